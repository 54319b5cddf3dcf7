"""What XML cannot hold, and what the writers say of it."""

from __future__ import annotations

import pytest

from convert.issue import Article, Block, Issue, Role
from convert.source import Source, Span
from convert.writers.xml import illegal
from tests.writers.epub_sample import edition_and_notices


def test_what_xml_cannot_hold_is_counted_where_it_is_shown() -> None:
    assert illegal(["甲\x00乙\x1f", "\x1f", " \x1f\n", "甲乙"]) == 2


@pytest.mark.parametrize("to", ["html", "epub", "docx"])
def test_a_block_of_blanks_which_is_not_shown_is_not_spoken_of(to: str) -> None:
    block = Block("b1", Role.PARAGRAPH, "\x1f", (Span(0, 0, 1),))
    issue = Issue((Source("a", "\x1f"),), "zh-Hans", articles=(Article("a1", (block,)),))
    assert not [notice for notice in edition_and_notices(issue, "source", to=to)[1] if "U+FFFD" in notice]
