"""Filling columns: where each ends, so that no line is left alone, no heading stranded, and feet stand level."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import Any, NamedTuple

from convert.typeset.pages.alleys import alleys
from convert.typeset.pages.boxes import Box, CaptionBox, HeadingBox, ParagraphBox
from convert.typeset.pages.column import Column, Position, used

SHORT = 40.0
"""Price of one row left blank at a column's foot (squared), against the dearer setting of a paragraph."""

LAST = 0.2
"""How much of that counts in the last column of an article, which may be shorter."""

LOWEST = 3
"""Rows of the lowest balanced columns: less is not spread over columns."""
LOST = 8.0
"""Counts like that many rows: a caption that ends a column lower than the next one."""
ALLEY = 12.0
"""Counts like that many rows: white strips at one height in two columns."""
OPENED = 15.0
"""Price of a blank row beside a heading or caption that parts such strips; two in one place cost four times as much."""
FULLER = 15.0
"""Price of a caption in a line more than it needs: the one way to part two captions at the heads of columns."""
CLOSED = 240.0
"""Price of a heading that loses the row above it."""
PAIRED = 16
"""How many moves, the cheapest, are tried two at a time."""


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
            if box.may_end(rows - 1) and not box.kept:
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
    """The columns of one page: balanced where all that is left fits, else full; feet level, and no alleys between them.

    Where that fails paragraphs are tried a line longer or shorter, two of them at most, and against alleys rows above
    headings and captions and somewhat higher columns too.
    """
    ends = len(boxes)
    # Over tiers of vertical lines no program reads across: rows opened or closed would be seen for nothing.
    down = boxes[start.box].theme.vertical
    found = _balanced(boxes, start, count, height)
    done = found is not None
    if found is None:
        found = fill(boxes, start, count, height)
    limit = max(column.used for column in found) if done else height

    def price(now: list[Column], below: float = math.inf) -> float:
        if done and now[-1].end.box < ends:
            return math.inf
        level = max(column.used for column in now) if done else height
        paid = [float((level - column.used) ** 2) for column in now]
        if done:
            if len(now) == count:
                paid[-1] *= LAST
            # A caption below the foot of the next column looks lost, and extractors read it after that column.
            for column, after in pairwise(now):
                last = column.end.box - 1
                if not column.end.row and isinstance(boxes[last], CaptionBox) and after.used < column.used - 1:
                    paid.append(LOST)
        cost = SHORT * sum(paid)
        return cost if cost >= below or down else cost + SHORT * ALLEY * alleys(boxes, now)

    def tried(moves: Iterable[tuple[Move, ...]], best: float, more: int) -> tuple[float, tuple[Move, ...], int]:
        """The cheapest of some sets of moves, and the height it takes; none of them if all is best as it is."""
        choice: tuple[Move, ...] = ()
        height_of = limit
        for chosen in moves:
            dearer = sum(move.price for move in chosen)
            if dearer >= best - 1:
                continue
            before = [move.make() for move in chosen]
            for high in range(limit, min(limit + more, height) + 1):
                extra = dearer + SHORT * (high - limit)
                cost = price(fill(boxes, start, count, high), best - extra - 1) + extra
                if cost < best - 1:
                    best, choice, height_of = cost, chosen, high
            for move, value in zip(chosen, before, strict=True):
                setattr(move.box, move.name, value)
        return best, choice, height_of

    best = price(found)
    for turn in range(4):
        crossed = not down and best >= SHORT * ALLEY and alleys(boxes, found) > 0
        if best < SHORT * 0.5 or (turn > 1 and not crossed):
            break
        moves = list(_moves(boxes, start, min(found[-1].end.box + 1, ends), crossed))
        more = 2 if crossed and done else 0
        now, choice, high = tried(((move,) for move in moves), best, more)
        if crossed and (not choice or choice[0].closes):
            # One alone would not do, or at the price of a heading without its row: two together may.
            single = sorted((move for move in moves if not move.closes), key=lambda move: move.price)[:PAIRED]
            pairs = ((a, b) for a, b in combinations(single, 2) if a.box is not b.box)
            _, two, taller = tried(pairs, now, 0)
            if two:
                choice, high = two, taller
        if not choice:
            break
        for move in choice:
            move.make()
        limit = high
        found = fill(boxes, start, count, limit)
        best = price(found)
    if done and best >= SHORT * LOST:
        found = _captions_over(boxes, found, count, height)
    return _level(boxes, found, done and len(found) == count)


class Move(NamedTuple):
    """What may be set otherwise: an attribute of a box, its value, and the price."""

    box: Box
    name: str
    value: Any
    price: float
    closes: bool = False

    def make(self) -> Any:
        """Set it; what it was before."""
        before = getattr(self.box, self.name)
        setattr(self.box, self.name, self.value)
        return before


def _moves(boxes: list[Box], start: Position, last: int, crossed: bool) -> Iterator[Move]:
    """The paragraphs between `start` and the box `last` a line longer or shorter; against alleys, rows opened or closed."""
    for number in range(start.box, last):
        box = boxes[number]
        if number == start.box and start.row:
            continue
        if isinstance(box, ParagraphBox) and len(box.ends) > 1:
            for dearer, other in box.others():
                yield Move(box, "ends", other, dearer / 4)
        elif crossed and box.spreads:
            for rows in (1, 2):
                dearer = OPENED * rows * (2 * box.opened + rows)
                yield Move(box, "skip", box.skip + rows, dearer)
                if isinstance(box, CaptionBox) and number + 1 < len(boxes):
                    yield Move(box, "below", box.below + rows, dearer)
            if isinstance(box, CaptionBox) and len(box.lines) < 3:
                yield Move(box, "lines", box.fuller(), FULLER)
            if box.skip and isinstance(box, HeadingBox):
                yield Move(box, "skip", 0, CLOSED, True)


def _level(boxes: list[Box], found: list[Column], done: bool) -> list[Column]:
    """The columns with the rows they are short of their neighbours above their headings and captions, one each at most.

    The last column of an article stays short where it is far short; and nothing is moved that would open an alley.
    """
    level = max(column.used for column in found)
    for at, column in enumerate(found):
        short = level - column.used
        if not short or (done and at == len(found) - 1 and short > 3):
            continue
        for number, first, _ in list(column.parts(boxes))[1:]:
            box = boxes[number]
            if not box.spreads or first or number == column.end.box or not short or box.opened > 0:
                continue
            before = alleys(boxes, found)
            box.skip += 1
            if alleys(boxes, found) > before:
                box.skip -= 1
            else:
                short -= 1
        found[at] = column._replace(used=used(boxes, column))
    for column in found:
        _centre(boxes, found, column)
    return found


def _centre(boxes: list[Box], found: list[Column], column: Column) -> None:
    """Captions in the middle of the white they were given, where text follows and no alley is opened."""
    for number, first, _ in column.parts(boxes):
        box = boxes[number]
        text = number + 1 < min(column.end.box, len(boxes)) and not isinstance(boxes[number + 1], HeadingBox)
        if isinstance(box, CaptionBox) and not first and text and box.skip >= box.below + 2:
            before = alleys(boxes, found)
            box.skip, box.below = box.skip - 1, box.below + 1
            if alleys(boxes, found) > before:
                box.skip, box.below = box.skip + 1, box.below - 1


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
