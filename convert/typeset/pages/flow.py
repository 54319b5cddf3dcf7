"""Filling columns: where each ends, so that no line is left alone, no heading stranded, and feet stand level."""

from __future__ import annotations

import math
from typing import NamedTuple

from convert.typeset.pages.boxes import Box, ParagraphBox


class Position(NamedTuple):
    """A row of a box: nothing before it is left to place."""

    box: int
    row: int


class Column(NamedTuple):
    """What one column holds: rows from `start` to `end`, `used` of them."""

    start: Position
    end: Position
    used: int


def _walk(boxes: list[Box], start: Position, height: int) -> tuple[Position, int, bool]:
    """Go down the rows: where a column of `height` must end, how many rows it uses, and whether it is full or done."""
    used = 0
    legal: tuple[Position, int] | None = None
    row = start.row
    for number in range(start.box, len(boxes)):
        box = boxes[number]
        if used == 0 and row == 0:
            row = box.skip
        rows = box.rows
        left = height - used
        if rows - row <= left:
            used += rows - row
            if used and box.may_end(rows - 1):
                legal = (Position(number + 1, 0), used)
            row = 0
            continue
        for last in range(row + left - 1, row - 1, -1):
            if box.may_end(last):
                legal = (Position(number, last + 1), used + last + 1 - row)
                break
        if legal is None:
            cut = row + left
            return (Position(number, cut) if cut > 0 else Position(number, 0)), height, True
        return legal[0], legal[1], legal[1] == height
    return Position(len(boxes), 0), used, True


def fill(boxes: list[Box], start: Position, height: int) -> Column:
    """One column.  Paragraphs in it may be set a line longer or shorter before a row is left blank at its foot."""
    end, used, full = _walk(boxes, start, height)
    if full:
        return Column(start, end, used)
    best: tuple[float, ParagraphBox, list[int]] | None = None
    for number in range(min(end.box, len(boxes) - 1), start.box - 1, -1):
        box = boxes[number]
        if not isinstance(box, ParagraphBox) or (number == start.box and start.row) or len(box.ends) < 2:
            continue
        kept = box.ends
        for price, ends in box.others():
            box.ends = ends
            if _walk(boxes, start, height)[2] and (best is None or price < best[0]):
                best = (price, box, ends)
        box.ends = kept
        if best is not None and best[0] < 30:
            break
    if best is not None:
        best[1].ends = best[2]
        end, used, _ = _walk(boxes, start, height)
    return Column(start, end, used)


def columns(boxes: list[Box], start: Position, count: int, height: int) -> list[Column]:
    """The columns of one page: balanced where all that is left fits, else full."""
    saved = [(box, box.ends) for box in boxes[start.box:] if isinstance(box, ParagraphBox)]

    def attempt(rows: int) -> list[Column]:
        for box, ends in saved:
            box.ends = ends
        found = []
        place = start
        for _ in range(count):
            column = fill(boxes, place, rows)
            found.append(column)
            place = column.end
            if place.box >= len(boxes):
                break
        return found

    total = sum(box.rows for box in boxes[start.box:]) - start.row
    for rows in range(max(1, math.ceil(total / count) - 1), height + 1):
        found = attempt(rows)
        if found[-1].end.box >= len(boxes):
            return found
        if total > (height + 1) * count:
            break
    return attempt(height)
