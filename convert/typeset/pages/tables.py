"""Tables: rows of cells in columns as wide as they need, between rules."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import groupby, product

from convert.typeset.atoms import Setter
from convert.typeset.compose import Paragraph
from convert.typeset.lines import set_line
from convert.typeset.pages.boxes import Box, HeadingBox, Ink, runs
from convert.typeset.pages.heads import one_line
from convert.typeset.pages.model import Page, Rule, Text
from convert.typeset.pages.theme import Theme

_WHOLE = 8
"""A table of no more than this many rows of the grid is not parted by the end of a column."""
_TRIED = 6
"""Most columns of which all ways to share too little room are tried."""


class RowBox(Box):
    """A row of a table: cells side by side, a hair rule under them.  `fit` says how wide they are."""

    def __init__(self, theme: Theme, cells: list[tuple[str, str]], setter: Setter) -> None:
        super().__init__(theme, "")
        self.size = theme.caption
        self.setter, self.texts = setter, cells
        self.naturals = [(one_line(setter, text).width + 50) * self.size / 1000 for _, text in cells]
        self.top = self.foot = False
        self.fit([theme.width / max(1, len(cells)) - theme.size] * len(cells))

    def fit(self, widths: list[float]) -> None:
        """Set the cells in columns of these widths, an em of body type apart; the last goes on over those it lacks."""
        gap = self.theme.size
        last = len(self.texts) - 1
        self.cells: list[tuple[str, float, Paragraph]] = []
        u = 0.0
        for number, (key, text) in enumerate(self.texts):
            width = widths[number] if number < last else max(widths[number], self.theme.width - u)
            self.cells.append((key, u, Paragraph(self.setter, text, max(2000, int(width * 1000 / self.size)))))
            u += width + gap

    @property
    def rows(self) -> int:
        return self.skip + self.below + (max((len(paragraph.best) for _, _, paragraph in self.cells), default=0) or 1)

    def may_end(self, row: int) -> bool:
        return row == self.rows - 1

    def _body(self, first: int, last: int) -> tuple[int, int]:
        """Which lines of the cells stand in rows `first` to `last`."""
        return max(first - self.skip, 0), min(last, self.rows - self.below) - self.skip

    def ink(self, first: int, last: int) -> Iterator[Ink]:
        begin, end = self._body(first, last)
        down = max(self.skip - first, 0) * self.theme.leading
        for found in runs(end - begin, self.size, self.theme.leading):
            yield found._replace(first=found.first + down, last=found.last + down)

    def draw(self, page: Page, u: float, v: float, first: int, last: int) -> None:
        leading, width = self.theme.leading, self.theme.width
        begin, end = self._body(first, last)
        top = v + max(self.skip - first, 0) * leading
        for key, start, paragraph in self.cells:
            for row, line in enumerate(paragraph.lines()[begin:end]):
                placed = set_line(paragraph, line, justify=False)
                page.texts.append(Text(u + start, self._middle(top, row), self.size, placed, paragraph.setter, key))
        foot = top + (end - begin) * leading
        if self.top and begin == 0:
            edge = top + 0.08 * leading  # clear of a heading above
            page.rules.append(Rule(u, edge, u + width, edge, 0.6, 0.3))
        page.rules.append(Rule(u, foot, u + width, foot, *((0.6, 0.3) if self.foot else (0.3, 0.6))))


def tables(boxes: list[Box]) -> None:
    """Make tables of the rows that follow one another: one set of columns, rules above and below, white around."""
    for is_row, group in groupby(enumerate(boxes), key=lambda found: isinstance(found[1], RowBox)):
        if not is_row:
            continue
        numbered = [(at, box) for at, box in group if isinstance(box, RowBox)]
        rows = [box for _, box in numbered]
        (before, first), (after, last) = numbered[0], numbered[-1]
        theme = first.theme
        count = max(len(row.texts) for row in rows)
        widths = column_widths([row.naturals for row in rows], theme.width - theme.size * (count - 1))
        for row in rows:
            row.fit(widths)
        whole = sum(row.rows for row in rows) <= _WHOLE
        for row in rows[:-1]:
            row.kept = whole or row in (first, rows[-2])
        first.top = last.foot = True
        first.skip = first.natural = int(before > 0 and not isinstance(boxes[before - 1], HeadingBox))
        last.below = int(after + 1 < len(boxes) and not boxes[after + 1].skip)


def column_widths(table: list[list[float]], room: float) -> list[float]:
    """Widths that fill `room`, from the natural widths of the cells, row by row.

    Each column is as wide as its widest cell, and what is left is shared; where there is too little room, some keep that
    width and the others share the rest by need, so that the table takes the fewest lines.
    """
    count = max(len(row) for row in table)
    # The last cell of a row that lacks cells goes on over those it lacks: it says nothing of its column.
    full = [row if len(row) == count else row[:-1] for row in table]
    needs = [max([row[at] for row in full if at < len(row)], default=0.0) or 1.0 for at in range(count)]
    spare = room - sum(needs)
    if spare >= 0:
        return [width + spare / count for width in needs]
    best, lines = [room / count] * count, math.inf
    for kept in product((False, True), repeat=count) if count <= _TRIED else ():
        rest = room - sum(width for width, keep in zip(needs, kept, strict=True) if keep)
        wide = sum(width for width, keep in zip(needs, kept, strict=True) if not keep)
        widths = [width if keep else rest * width / wide for width, keep in zip(needs, kept, strict=True)]
        if rest <= 0 or min(widths) < room / count / 3:
            continue
        took = sum(max((math.ceil(cell / width) for cell, width in zip(row, widths, strict=False)), default=1) for row in full)
        if took < lines:
            best, lines = widths, took
    return best
