"""Filling columns: where each ends, so that no line is left alone, no heading stranded, and feet stand level."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import NamedTuple

from convert.typeset.pages.boxes import Box, CaptionBox, ParagraphBox

SHORT = 40.0
"""Price of one row left blank at a column's foot (squared), against the dearer setting of a paragraph."""

LAST = 0.2
"""How much of that counts in the last column of an article, which may be shorter."""

LOWEST = 3
"""Rows of the lowest balanced columns: less is not spread over columns."""
LOST = 8.0
"""Counts like that many rows: a caption that ends a column lower than the next one."""


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


def walk(boxes: list[Box], start: Position, height: int) -> Column:
    """One column of at most `height` rows, ended where a column may end."""
    used = 0
    legal: Column | None = None
    row = start.row
    for number in range(start.box, len(boxes)):
        box = boxes[number]
        if used == 0 and row == 0:
            row = box.skip
        rows = box.rows
        left = height - used
        if rows - row <= left:
            used += rows - row
            if box.may_end(rows - 1):
                legal = Column(start, Position(number + 1, 0), used)
            row = 0
            continue
        for last in range(row + left - 1, row - 1, -1):
            if box.may_end(last):
                return Column(start, Position(number, last + 1), used + last + 1 - row)
        # Nothing fits by the rules: what is higher than a whole column is cut where the column ends.
        return legal or Column(start, Position(number, row + left), height, True)
    return Column(start, Position(len(boxes), 0), used)


def fill(boxes: list[Box], start: Position, count: int, height: int) -> list[Column]:
    """Up to `count` columns of `height` rows from `start` on, paragraphs as they are set now."""
    found: list[Column] = []
    place = start
    for _ in range(count):
        found.append(walk(boxes, place, height))
        place = found[-1].end
        if place.box >= len(boxes):
            break
    return found


def columns(boxes: list[Box], start: Position, count: int, height: int) -> list[Column]:
    """The columns of one page: balanced where all that is left fits, else full and with level feet.

    Where feet are uneven paragraphs are tried a line longer or shorter, two of them at most.
    """
    ends = len(boxes)
    found = _balanced(boxes, start, count, height)
    done = found is not None
    if found is None:
        found = fill(boxes, start, count, height)
    limit = max(column.used for column in found) if done else height

    def price(now: list[Column]) -> float:
        if done and now[-1].end.box < ends:
            return math.inf
        level = max(column.used for column in now) if done else height
        feet = [level - column.used for column in now]
        paid = [float(foot * foot) for foot in feet]
        if done:
            if len(now) == count:
                paid[-1] *= LAST
            # A caption below the foot of the next column looks lost, and extractors read it after that column.
            for column, after in pairwise(now):
                last = column.end.box - 1
                if not column.end.row and isinstance(boxes[last], CaptionBox) and after.used < column.used - 1:
                    paid.append(LOST)
        return SHORT * sum(paid)

    best = price(found)
    for _ in range(2):
        if best < SHORT * 0.5:
            break
        choice: tuple[ParagraphBox, list[int]] | None = None
        for number in range(start.box, min(found[-1].end.box + 1, ends)):
            box = boxes[number]
            if not isinstance(box, ParagraphBox) or (number == start.box and start.row) or len(box.ends) < 2:
                continue
            kept = box.ends
            for dearer, other in box.others():
                box.ends = other
                now = fill(boxes, start, count, limit)
                cost = price(now) + dearer / 4
                if cost < best - 1:
                    best, choice = cost, (box, other)
            box.ends = kept
        if choice is None:
            break
        choice[0].ends = choice[1]
        found = fill(boxes, start, count, limit)
        best = price(found)
    if done and best >= SHORT * LOST:
        return _captions_over(boxes, found, count, height)
    return found


def _captions_over(boxes: list[Box], found: list[Column], count: int, height: int) -> list[Column]:
    """The same columns with captions that ended one taken over to the head of the next, if all still fits."""
    moved: list[Column] = []
    place = found[0].start
    level = max(column.used for column in found)
    for number in range(count):
        limit = level if number < len(found) - 1 else min(height, level + 4)
        column = walk(boxes, place, limit)
        last = column.end.box - 1
        if number < count - 1 and not column.end.row and last > place.box and isinstance(boxes[last], CaptionBox):
            column = Column(place, Position(last, 0), column.used - boxes[last].rows)
        moved.append(column)
        place = column.end
        if place.box >= len(boxes):
            return moved
    return found


def _balanced(boxes: list[Box], start: Position, count: int, height: int) -> list[Column] | None:
    """The lowest columns that hold all that is left, or None where a page is not enough."""
    total = sum(box.rows for box in boxes[start.box:]) - start.row
    if total > (height + 2) * count:
        return None
    for rows in range(max(min(LOWEST, height), math.ceil(total / count) - 2), height + 1):
        found = fill(boxes, start, count, rows)
        if found[-1].end.box >= len(boxes) and not any(column.forced for column in found):
            return found
    return None
