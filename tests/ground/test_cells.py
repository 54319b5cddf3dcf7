"""The cells of a table row follow its text when an edit changes its length."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.issue import Article, Block, Issue, Role
from convert.laws import check_laws, revise
from convert.ledger import Edit
from convert.source import Source, Span

ROW = "县城\t1200人\t好"
CELLS = ((0, 2), (3, 8), (9, 10))


def table() -> Issue:
    row = Block("b1", Role.PARAGRAPH, ROW, (Span(0, 0, len(ROW)),), kind="table-row", cells=CELLS)
    return Issue((Source("t.txt", ROW),), "zh-Hans", articles=(Article("a1", (row,)),))


def cells(issue: Issue) -> list[str]:
    (row,) = issue.blocks()
    return [row.text[start:end] for start, end in row.cells]


def edit(start: int, end: int, after: str) -> Edit:
    return Edit("e1", 0, start, end, ROW[start:end], after, "editor")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (edit(0, 2, "城关镇"), ["城关镇", "1200人", "好"]),
        (edit(3, 7, "九"), ["县城", "九人", "好"]),
        (edit(7, 8, ""), ["县城", "1200", "好"]),
        (edit(7, 8, "人左右"), ["县城", "1200人左右", "好"]),
        (edit(9, 10, "很好"), ["县城", "1200人", "很好"]),
        (edit(2, 3, "  "), ["县城", "1200人", "好"]),
    ],
)
def test_cells_follow_their_text(change: Edit, expected: list[str]) -> None:
    revised = revise(table(), (change,))
    check_laws(revised)
    assert cells(revised) == expected
    assert cells(revise(revised, ())) == ["县城", "1200人", "好"]


@given(st.integers(0, len(ROW)), st.integers(0, 4), st.text("城1人\t新", max_size=4))
def test_cells_stay_sound_whatever_changes(start: int, size: int, after: str) -> None:
    end = min(len(ROW), start + size)
    revised = revise(table(), (replace(edit(start, end, after), block="b1"),))
    (row,) = revised.blocks()
    assert all(0 <= low <= high <= len(row.text) for low, high in row.cells)
    assert list(row.cells) == sorted(row.cells)
