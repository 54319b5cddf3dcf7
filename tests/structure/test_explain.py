"""`reissue check --explain`: every join, move and role of a page has its reason, and the last one names the role."""

from __future__ import annotations

import pytest

from convert.issue import Issue, Role
from tests.structure.parsing import parse
from tests.structure.test_headlines import head_and_body, stories, text


def _damaged(page: str) -> Issue:
    imprint, articles = stories(page)
    head, body = head_and_body(articles[1])
    damaged = [articles[0], body[:1] + head + body[1:], *articles[2:]]
    lines = text(imprint + [row for rows in damaged for row in rows]).split("\n\n")
    longest = max(range(len(lines)), key=lambda at: len(lines[at]))
    half = len(lines[longest]) // 2
    lines[longest : longest + 1] = [lines[longest][:half], lines[longest][half:]]
    return parse("\n\n".join(lines))


@pytest.mark.parametrize("page", ["campus", "clinic", "forest", "shipyard"])
def test_every_decision_has_its_reason(page: str) -> None:
    issue = _damaged(page)
    told: dict[tuple[str, str], str] = {(reason.block, reason.what): reason.why for reason in issue.reasons}
    for block in issue.blocks():
        if block.role is not Role.PARAGRAPH:
            assert told[block.id, "role"].startswith(
                (str(block.role), "signature" if block.role is Role.BYLINE else str(block.role))
            )
    assert issue.moves
    assert all((move.block, "move") in told for move in issue.moves)
    joined = [edit.block for edit in issue.edits if edit.rule.startswith("join")]
    assert all((block, "join") in told for block in joined)
