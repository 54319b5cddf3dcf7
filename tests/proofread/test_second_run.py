"""A second run with every decision made asks nothing; any mixture of decisions keeps both laws."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert import pipeline, sidecars
from convert.issue import Issue, Query
from convert.laws import check_laws, revise
from convert.ledger import Status
from convert.options import Decision
from convert.proofread import errata
from convert.proofread.findings import rows

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
NAMES = ("linjiang-47.txt", "kepu-214.txt", "hengyue-386.txt", "fenglin-112.txt", "yunlu-58.txt", "yunlu-58-scan.hocr")


@cache
def parsed(name: str) -> tuple[Issue, sidecars.Sidecars]:
    path = SEEDS / name
    said = sidecars.load(sidecars.find(path))
    return pipeline.parse(pipeline.read(path, None, said.read), said.parse), said


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("answer", ["accept", "reject"])
def test_nothing_is_asked_again(name: str, answer: str) -> None:
    issue, said = parsed(name)
    asked = [row for row in rows(issue) if row.asked]
    decisions = (*said.parse.decisions, *(errata.decided(row, answer) for row in asked))
    again = pipeline.parse(issue.sources, replace(said.parse, decisions=decisions))
    assert [row for row in rows(again) if row.asked] == []


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(NAMES), st.integers(0, 2**32))
def test_any_mixture_of_decisions_keeps_the_laws(name: str, seed: int) -> None:
    issue, _ = parsed(name)
    dice = random.Random(seed)
    found = rows(issue)
    decisions = []
    for row in dice.sample(found, min(len(found), 25)):
        said = dice.choice(["accept", "reject", "replace"])
        right = dice.choice(["", "另作他字", row.before]) if said == "replace" else None
        made = errata.decided(row, said, right, scope=dice.choice(["here", "here", "issue", "batch"]))
        if dice.random() < 0.2:
            made = replace(made, kind=dice.choice(["role", "article", "move", "join"]),
                           right=dice.choice(["title", "drop", "begin", "continue", "colophon", "heading2", "nonsense"]))
        decisions.append(made)
    once = errata.apply(issue, decisions)
    check_laws(once)
    again = errata.apply(issue, decisions)
    assert once == again


def test_decisions_are_obeyed_by_the_whole_pipeline() -> None:
    issue, said = parsed("kepu-214.txt")
    text = issue.sources[0].text
    at = next(n for n in range(len(text)) if text[n:n + 12].isalpha())  # twelve characters of one line
    wrong = text[at + 4:at + 6]
    left, right = text[at:at + 4], text[at + 6:at + 12]
    decisions = (Decision("text", "kepu-214.txt", at + 4, at + 6, wrong, "改定的字", left, right, decision="replace"),)
    again = pipeline.parse(issue.sources, replace(said.parse, decisions=decisions))
    assert "改定的字" in "".join(block.text for block in again.blocks())
    assert any(edit.status is Status.ACCEPTED and edit.after == "改定的字" for edit in again.edits)


KINDS = ("unpaired-mark", "impossible-date", "impossible-time", "issue-number", "join-uncertain", "title-missing",
         "headline-without-text", "decision-lost", "decision-blocked", "decision-conflict", "what a plug-in asks")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("answer", ["accept", "reject", "replace"])
def test_a_question_of_any_kind_is_closed_by_its_answer(kind: str, answer: str) -> None:
    issue, _ = parsed("fenglin-112.txt")
    block = next(b for a in issue.articles[1:] for b in a.blocks)
    start = block.spans[0].start
    query = Query("q1", 0, start, start if kind.startswith("decision") else start + 6, kind, "?")
    asks = revise(replace(issue, queries=(query,), edits=()), ())
    row = next(row for row in rows(asks) if row.kind == "query")
    if answer == "replace" and (not row.before or errata.decision_kind(row) != "text"):
        answer = "accept"
    decided = errata.apply(asks, [errata.decided(row, answer, "另作他字" if answer == "replace" else None)])
    check_laws(decided)
    assert [query.kind for query in decided.queries if query.state == "open"] == []


def test_check_is_content_once_what_it_asks_is_decided(tmp_path: Path) -> None:
    """By the commands themselves: exit code 1, decisions beside the issue, exit code 0."""
    from tests.cli.run import reissue

    path = tmp_path / "linjiang-47.txt"
    path.write_bytes((SEEDS / "linjiang-47.txt").read_bytes())
    assert reissue("check", path).code == 1
    asked = [row for row in rows(pipeline.parse(pipeline.read(path))) if row.asked]
    decided = errata.dumps(errata.decided(row, "reject") for row in asked)
    (tmp_path / "linjiang-47.errata.tsv").write_text(decided, encoding="utf-8")
    assert reissue("check", path).code == 0
