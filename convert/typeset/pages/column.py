"""A column: which rows of which boxes it holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from convert.typeset.pages.boxes import Box


class Position(NamedTuple):
    """A row of a box: nothing before it is left to place."""

    box: int
    row: int


class Column(NamedTuple):
    """What one column holds: rows from `start` to `end`, `used` of them; `forced` where it had to end against the rules."""

    start: Position
    end: Position
    used: int
    forced: bool = False

    def parts(self, boxes: list[Box]) -> Iterator[tuple[int, int, int]]:
        """Each box in it: its number, and its rows from the first to the last (exclusive)."""
        begun = False
        for number in range(self.start.box, min(self.end.box + 1, len(boxes))):
            box = boxes[number]
            first = self.start.row if number == self.start.box else 0
            last = self.end.row if number == self.end.box else box.rows
            if not begun and first == 0:
                first = box.skip
            if last > first:
                begun = True
                yield number, first, last


def used(boxes: list[Box], column: Column) -> int:
    """Rows of a column, as its boxes are now."""
    return sum(last - first for _, first, last in column.parts(boxes))
