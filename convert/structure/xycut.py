"""Recursive X-Y cut (Nagy and Seth 1984), of all ways to cut a page the one whose blocks read on best.

A page of stories in rows and columns can be cut in many ways.  Which one its setter meant shows where one block ends and the next
begins: text that stops in the middle of a sentence on a full line goes on without an indent, a headline stands over its own text,
a column that ends a paragraph is followed by an indent.  Each cut costs what these seams cost, and the cheapest order is taken
(dynamic programming over the parts of the page).  Costs are in nats, roughly: 3 is a fault that is hardly ever seen in print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from convert.source import Box
from convert.structure.blocks import edges
from convert.structure.geometry_lines import Block
from convert.structure.reading import is_closed

if TYPE_CHECKING:
    from convert.structure.layout import Tile

GUTTER = 0.3
"""Ems of white that part two columns at least."""
FULL = 1.6
"""Ems from the right edge within which a line is full."""
INDENT = 1.1
"""Ems from the left edge from which a line is indented."""
HANGING = 4.0
"""Ems from the left edge from which a line is set to the right or in the middle: a signature."""
LEVEL = 1.5
"""Ems by which the tops of columns side by side differ at most."""
UNDER = 9.0
"""Ems of white between a headline and its text at most, where no picture stands there."""
CLOSE = 2.5
"""Ems of white between a headline and the lines that go with it at most."""
HOLE = 3.0
"""Ems of white from which text of one column does not go on below."""
BROKEN, TORN, STRANDED, ASTRIDE, IDLE, TANGLED = 4.0, 3.0, 5.0, 2.0, 1.0, 3.0
"""What it costs that a headline follows text that stops in the middle of a sentence; that text goes on with an indent there, or
begins without one behind an end; that a headline is not followed by what stands under it; that columns are parted beside a
headline that stands higher than their text; that text is cut across where no headline begins; that tiles cannot be cut apart."""
ROW = 1.0
"""What it costs to part headlines that stand side by side at one height."""
MOST, CROWD, KNOT = 3000, 150, 40
"""Parts of a page looked at, beyond which the first way to cut is taken; tiles from which a part is cut in the middle first;
tiles that cannot be cut apart, from which they are taken from top to bottom."""

Order = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Ends:
    """What the ends of a block say.  `open`: stops in the middle of a sentence; `full`: its last line fills the column; `flush`:
    begins without an indent, None where that cannot be told.  `light`: a caption, which reading passes over."""

    box: Box
    head: bool
    light: bool
    open: bool
    full: bool
    flush: bool | None


def in_order(tiles: Sequence[Tile], body: float) -> list[Tile]:
    """The tiles as they are read.  Their rooms say where they stand."""
    return [tiles[at] for at in _Cutter(tiles, body).order()]


class _Cutter:
    """One page being cut."""

    def __init__(self, tiles: Sequence[Tile], body: float) -> None:
        self.body = body
        self.rooms = [tile.room for tile in tiles]
        blocks = [tile.block for tile in tiles]
        self.tall = [len(block.lines) > 1 for block in blocks]
        indents = _indents(blocks)
        usual = 0.8 * _usual(blocks)
        self.ends = [_ends(tile, blocks, indents, usual) for tile in tiles]
        self.leads = self._leads(tiles)
        self.known: dict[tuple[Order, bool], tuple[float, Order]] = {}

    def _leads(self, tiles: Sequence[Tile]) -> list[bool]:
        """Which tiles open a story: headlines, and single lines under one, such as bylines."""
        leads = [tile.head for tile in tiles]
        for at in sorted(range(len(tiles)), key=lambda at: self.rooms[at][1]):
            room = self.rooms[at]
            if leads[at] or self.tall[at] or self.ends[at].light or self.ends[at].flush is not None:
                continue
            leads[at] = any(
                -0.5 * self.body < room[1] - self.rooms[over][3] < CLOSE * self.body and _across(room, self.rooms[over]) > 0
                for over in range(len(tiles))
                if leads[over]
            )
        return leads

    def order(self) -> Order:
        """The order of all tiles."""
        everything = tuple(sorted(range(len(self.rooms)), key=lambda at: (self.rooms[at][1], self.rooms[at][0])))
        return self._best(everything)[1]

    def _best(self, part: Order, across: bool = True) -> tuple[float, Order]:
        """The cheapest order of a part of the page and its cost; `across`: its first cut may run from side to side."""
        if len(part) < 2:
            return 0.0, part
        key = part, across
        if key not in self.known:
            self.known[key] = 0.0, part  # what cannot be cut stays as it stands
            self.known[key] = self._cut(part, across)
        return self.known[key]

    def _cut(self, part: Order, across: bool) -> tuple[float, Order]:
        columns = list(self._columns(part))
        strips = list(self._strips(part))
        if len(columns) == 1 and len(strips) == len(part):
            return self._chained(part)
        found: list[tuple[float, Order]] = []
        if len(part) > CROWD or len(self.known) > MOST:
            columns, strips = _halves(columns), _halves(strips) if len(columns) == 1 else []
            across = True
        if len(columns) > 1:
            for at in range(1, len(columns)):
                left, right = sum(columns[:at], ()), sum(columns[at:], ())
                one, other = self._best(_by_top(left, self.rooms)), self._best(_by_top(right, self.rooms))
                found.append(self._joined(one, other, self._beside(left, right)))
        if len(strips) > 1 and across:
            for at in range(1, len(strips)):
                above, below = sum(strips[:at], ()), sum(strips[at:], ())
                text = next((strip for strip in strips[at:] if not all(self.ends[one].light for one in strip)), strips[at])
                cost = self._above(above, text)
                found.append(self._joined(self._best(above, len(part) > CROWD), self._best(below), cost))
        if not found:
            return (float("inf"), part) if len(strips) > 1 else self._tangled(part)
        return min(found, key=lambda one: one[0])

    def _chained(self, part: Order) -> tuple[float, Order]:
        cost = 0.0
        last: int | None = None
        for at in part:
            if not self.ends[at].light:
                cost += self._seam(last, at) if last is not None else 0.0
                last = at
        return cost, part

    def _joined(self, one: tuple[float, Order], other: tuple[float, Order], cost: float) -> tuple[float, Order]:
        last = next((at for at in reversed(one[1]) if not self.ends[at].light), None)
        first = next((at for at in other[1] if not self.ends[at].light), None)
        if last is not None and first is not None:
            cost += self._seam(last, first)
        return one[0] + other[0] + cost, one[1] + other[1]

    def _tangled(self, part: Order) -> tuple[float, Order]:
        """An order for tiles that overlap: the shortest one between them is set aside, and goes behind what stands over it."""
        if len(part) > KNOT:
            return TANGLED, part
        least = min(part, key=lambda at: (not self.ends[at].light, _area(self.rooms[at])))
        cost, order = self._best(tuple(at for at in part if at != least))
        room = self.rooms[least]
        over = [at for at in order if self.rooms[at][1] < room[1] and _across(self.rooms[at], room) > 0]
        place = order.index(max(over, key=lambda at: self.rooms[at][3])) + 1 if over else 0
        return cost + TANGLED, (*order[:place], least, *order[place:])

    def _columns(self, part: Order) -> Iterator[Order]:
        """The tiles of a part between white gutters, left to right."""
        group: list[int] = []
        edge = float("-inf")
        for at in sorted(part, key=lambda at: self.rooms[at][0]):
            if group and self.rooms[at][0] - edge > GUTTER * self.body:
                yield tuple(group)
                group = []
            group.append(at)
            edge = max(edge, self.rooms[at][2])
        yield tuple(group)

    def _strips(self, part: Order) -> Iterator[Order]:
        """The tiles of a part, which are sorted by their tops, between white bands."""
        group: list[int] = []
        edge = float("-inf")
        for at in part:
            if group and self.rooms[at][1] >= edge - 1e-6:
                yield tuple(group)
                group = []
            group.append(at)
            edge = max(edge, self.rooms[at][3])
        yield tuple(group)

    def _beside(self, left: Order, right: Order) -> float:
        """What it costs to part two sides.  A headline that stands higher than the other side's text, and not over a picture, is
        one for both; and where headlines stand at one height below the first, the page is set in rows, not in columns."""
        tops = [next((at for at in _by_top(side, self.rooms) if not self.ends[at].light), -1) for side in (left, right)]
        if -1 in tops:
            return 0.0
        one, other = sorted(tops, key=lambda at: self.rooms[at][1])
        uneven = self.rooms[other][1] - self.rooms[one][1] > LEVEL * self.body
        over = self.ends[one].head or not self.tall[one]
        cost = ASTRIDE if uneven and over and not self.ends[other].head else 0.0
        first = self.rooms[other][1] + 3 * self.body
        heads = [[top for top in self._heads(side) if top > first] for side in (left, right)]
        return cost + ROW * sum(any(abs(top - beside) < LEVEL * self.body for beside in heads[1]) for top in heads[0])

    def _heads(self, side: Order) -> Iterator[float]:
        """The tops of headlines, kickers over them included."""
        last = float("-inf")
        for at in _by_top(side, self.rooms):
            if self.ends[at].head:
                if self.rooms[at][1] > last + 3 * self.body:
                    yield self.rooms[at][1]
                last = self.rooms[at][3]

    def _above(self, above: Order, strip: Order) -> float:
        """What it costs to cut from side to side over a strip: text that goes on below is cut, where no headline begins."""
        if any(self.ends[at].head for at in strip):
            return 0.0
        for at in strip:
            room = self.rooms[at]
            over = [other for other in above if not self.ends[other].light and _across(self.rooms[other], room) > 0]
            nearest = max(over, key=lambda other: self.rooms[other][3], default=None)
            if nearest is not None and not self.ends[at].light and self.tall[nearest] and not self.ends[nearest].head:
                return IDLE
        return 0.0

    def _seam(self, one: int, other: int) -> float:
        """What it costs that tile `other` is read behind tile `one`."""
        before, after = self.ends[one], self.ends[other]
        down = after.box[1] - before.box[3]
        under = down > -0.5 * self.body and _across(before.box, after.box) > 0
        if self.leads[one]:
            if self.leads[other]:
                return 0.0 if under and down < 3 * self.body else STRANDED if after.head else IDLE
            if down <= -0.5 * self.body:
                return STRANDED
            far = 1.0 if down > UNDER * self.body else 0.0
            return 0.5 * (after.flush is True) + far + (0.0 if under else self._sidelong(one, other))
        if after.head:
            return BROKEN if before.open else 0.0
        if under:
            return 0.5 if down > HOLE * self.body else 0.0
        if before.open:
            return TORN if after.flush is False else 0.5 if after.flush is None else 0.0
        if before.full:
            return 0.2
        return TORN if after.flush else 0.2 if after.flush is None else 0.0


    def _sidelong(self, head: int, text: int) -> float:
        """What it costs that a headline is followed by text that does not begin under it: much, where other text does."""
        left, bottom = self.rooms[head][0], self.rooms[head][3]
        for at, room in enumerate(self.rooms):
            below = 0 <= room[1] - bottom < UNDER * self.body and not self.leads[at] and not self.ends[at].light
            if at != text and below and abs(room[0] - left) < INDENT * self.body:
                return ASTRIDE
        return 0.3


def _ends(tile: Tile, page: Sequence[Block], indents: bool, usual: float) -> Ends:
    block = tile.block
    first, last = block.lines[0], block.lines[-1]
    if tile.head or tile.aside or block.vertical:
        return Ends(block.box if not block.vertical else tile.room, tile.head, tile.aside, False, False, None)
    left, right = edges(block, page)
    em = block.em
    across = right - left
    size = len(block.lines)
    known = across > 6 * em and (size > 3 or (left, right) != block.box[::2] or (size > 1 and across > usual))
    reached = sum(right - line.box[2] < FULL * em for line in block.lines)
    full = known and 2 * reached >= len(block.lines) and right - last.box[2] < FULL * em and last.box[0] - left < HANGING * em
    flush: bool | None = None
    if indents and known:
        if INDENT * em < first.box[0] - left < HANGING * em:
            flush = False
        elif right - first.box[2] < FULL * em and len(block.lines) > 1 and first.box[0] - left < INDENT * em:
            flush = True
    box = (min(left, block.box[0]), block.box[1], max(right, block.box[2]), block.box[3])
    return Ends(box, False, tile.light, full and not is_closed(last.pieces[-1].text), full, flush)


def _indents(blocks: Sequence[Block]) -> bool:
    """Whether paragraphs of this page begin with an indent."""
    long = [block for block in blocks if len(block.lines) > 4 and not block.vertical]
    shown = sum(
        any(INDENT * block.em < line.box[0] - block.box[0] < 3 * block.em for line in block.lines) for block in long
    )
    return shown >= 0.5 * len(long) > 0


def _usual(blocks: Sequence[Block]) -> float:
    """The width of a column: the median over long blocks, infinite where there are none."""
    found = sorted(block.box[2] - block.box[0] for block in blocks if len(block.lines) > 4 and not block.vertical)
    return found[len(found) // 2] if found else float("inf")


def _halves(groups: list[Order]) -> list[Order]:
    """Groups of tiles as two, or the one there is."""
    middle = len(groups) // 2
    return [sum(half, ()) for half in (groups[:middle], groups[middle:]) if half]


def _by_top(part: Order, rooms: Sequence[Box]) -> Order:
    return tuple(sorted(part, key=lambda at: (rooms[at][1], rooms[at][0])))


def _across(one: Box, other: Box) -> float:
    return min(one[2], other[2]) - max(one[0], other[0])


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
