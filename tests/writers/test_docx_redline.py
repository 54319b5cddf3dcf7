"""The redline edition: reject all is the source, accept all is the edition; LibreOffice says so."""

from __future__ import annotations

import random
from itertools import chain
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from convert.writers.docx.alignment import Change, Line, Merged, merge
from convert.writers.docx.origins import NEW
from convert.writers.docx.redline import edition_lines, readings, source_lines
from convert.writers.xml import clean
from tests.writers.docx_kit import edition, repaired, shuffled, traditional
from tests.writers.docx_office import witness


def read(merged: list[Merged], without: Change) -> list[str]:
    """The lines a word processor is left with when all changes of one kind are undone."""
    lines, current = [], ""
    for paragraph in merged:
        current += "".join(text for change, text in paragraph.runs if change is not without)
        if paragraph.mark is not without:
            lines.append(current)
            current = ""
    assert not current, "the last mark must stay"
    return [line for line in lines if line]


@st.composite
def two_readings(draw: st.DrawFn) -> tuple[list[Line], list[Line]]:
    """A source of short lines, and an edition that keeps, drops, moves, repeats and invents pieces of it."""
    texts = draw(st.lists(st.text("甲乙丙丁ab，。", min_size=1, max_size=6), min_size=1, max_size=6))
    before, at = [], 0
    for text in texts:
        before.append(Line(text, range(at, at + len(text))))
        at += len(text) + 1
    everything = [(character, place) for line in before for character, place in zip(line.text, line.places, strict=True)]
    piece = st.tuples(st.integers(0, len(everything)), st.integers(0, 5)).map(lambda p: everything[p[0]:p[0] + p[1]])
    new = st.text("新增的x", max_size=3).map(lambda text: [(character, NEW) for character in text])
    rows = draw(st.lists(st.lists(piece | new, max_size=5).map(lambda parts: list(chain.from_iterable(parts))), max_size=6))
    after = [Line("".join(c for c, _ in row), [p for _, p in row]) for row in rows if row]
    return before, after


@settings(max_examples=400, deadline=None)
@given(two_readings())
def test_the_merged_stream_holds_both_readings_whatever_moved(pair: tuple[list[Line], list[Line]]) -> None:
    before, after = pair
    merged = merge(before, after)
    assert read(merged, Change.INSERTED) == [line.text for line in before]
    assert read(merged, Change.DELETED) == [line.text for line in after]
    assert merged[-1].mark is Change.KEPT
    assert all(paragraph.runs for paragraph in merged[:-1] if after)


def test_a_join_is_a_deleted_paragraph_mark_and_nothing_else() -> None:
    before = [Line("不断创新", range(4)), Line("推动", range(5, 7))]
    after = [Line("不断创新推动", [0, 1, 2, 3, 5, 6])]
    assert merge(before, after) == [
        Merged(((Change.KEPT, "不断创新"),), Change.DELETED, 0),
        Merged(((Change.KEPT, "推动"),), Change.KEPT, 0),
    ]


def test_a_caption_that_interrupts_is_deleted_here_and_inserted_there() -> None:
    before = [Line("甲乙丙", range(3)), Line("图", range(4, 5)), Line("丁戊", range(6, 8))]
    after = [Line("甲乙丙丁戊", [0, 1, 2, 6, 7]), Line("图", [4])]
    assert merge(before, after) == [
        Merged(((Change.KEPT, "甲乙丙"),), Change.DELETED, 0),
        Merged(((Change.DELETED, "图"),), Change.DELETED, 0),
        Merged(((Change.KEPT, "丁戊"),), Change.INSERTED, 0),
        Merged(((Change.INSERTED, "图"),), Change.KEPT, 1),
    ]


def test_libreoffice_gives_back_the_source_and_the_edition(tmp_path: Path) -> None:
    issue = repaired()
    cases = {"cn": issue, "tw": traditional(issue)}
    files = []
    for name, case in cases.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(edition(case, name, redline=True))
        files.append(path)
    seen = witness(files)
    for path, case in zip(files, cases.values(), strict=True):
        assert seen[str(path)]["reject"] == source_lines(case)
        assert seen[str(path)]["accept"] == edition_lines(case)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32))
def test_any_issue_that_keeps_the_laws_is_held_by_its_redline(seed: int) -> None:
    issue = shuffled(random.Random(seed))
    before, styled = readings(issue)
    merged = merge(before, [line for _, line in styled])
    assert read(merged, Change.INSERTED) == source_lines(issue)
    assert read(merged, Change.DELETED) == edition_lines(issue)
    words = [clean(line.strip()) for source in issue.sources for line in source.text.splitlines()]
    assert source_lines(issue) == [line for line in words if line]
    said = "".join(block.text for article in issue.articles for block in article.blocks if block.text.strip())
    kept = [text for style, text in zip((s for s, _ in styled), edition_lines(issue), strict=True) if not text.startswith("〔")]
    assert clean("".join(said.split())) == "".join("".join(kept).split())


def test_libreoffice_agrees_on_issues_no_parser_would_make(tmp_path: Path) -> None:
    rng = random.Random(20181107)
    cases = {tmp_path / f"{number}.docx": shuffled(rng, 24) for number in range(24)}
    for path, issue in cases.items():
        path.write_bytes(edition(issue, redline=True))
    seen = witness(list(cases))
    for path, issue in cases.items():
        assert seen[str(path)]["reject"] == source_lines(issue), path
        assert seen[str(path)]["accept"] == edition_lines(issue), path
