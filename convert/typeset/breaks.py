"""Where a paragraph's lines may end, what each line costs, and the cheapest way through.

A dynamic programme over break points (Knuth and Plass 1981), with the blank of Chinese marks as shrinkable glue.  A line
is squeezed gently before it is stretched, and stretched before marks lose their whole blank.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate
from math import inf
from operator import add, itemgetter, sub
from typing import NamedTuple

from convert.typeset.rules import Gap, Habit, Kind

LINE = 12.0
"""Cost of every line but the last: of two settings as good the one in fewer lines."""
GENTLE = 9.0
"""Cost of a line that loses all its marks may lose gently."""
FIRM, FIRM_SLOPE = 85.0, 260.0
"""Cost of going beyond that, and of going all the way."""
STRETCH = 30.0
"""Thousandths of an em between two characters that cost 4."""
WIDE = 66.0
"""Where stretching begins to be seen: beyond it the cost rises with the fourth power."""
SPACED = 80
"""Beyond this gap the letters of long words and addresses take the rest, sooner than that Han stands wide apart."""
ALONE = 3000.0
"""A last line of a single character."""
CUT = 60.0
"""A line that begins with a dash or breaks an address."""
OVERFULL = 50_000.0
_LOOSE, _LOOSEST = 0.9, 0.8
"""Lines shorter than this part of the measure are looked at only where there is nothing better; where some line is dear
anyway, those down to the second figure are."""
_SQUARE = 4.0 / STRETCH**2
_FOURTH = 20.0 / WIDE**4

DEARER = 120.0
"""How much dearer than its best a paragraph's setting may be, to save or gain a line for the page's sake."""
_EXTRA = (0.0, LINE, LINE + CUT)
"""By `Gap.cut`; 0 where no line may end."""
_HOPELESS = 80.0
"""A line that begins here is not worth trying where a place nearby is reached this much cheaper."""
_NEAR = 8
"""How many atoms either way are nearby."""

_Row = tuple[int, list[float]]
_WORKINGS = ("_from", "_to", "_least", "_extra", "_rows", "_ways")


class Shape(NamedTuple):
    """What breaking has to know of an atom: its habit, the width of its ink, its gaps between letters (`Atom.inner`), and
    how many characters of text it is (marks are none)."""

    habit: Habit
    body: int
    inner: int
    said: int


class Placed(NamedTuple):
    """A line as it was set: its first atom and the one behind its last, gaps, width, and what is between letters."""

    start: int
    end: int
    gaps: list[int]
    width: int
    inner: int = 0


class Breaks:
    """The break points of one paragraph: lists by the atom a line would begin with or end before.

    `placed` keeps lines that have been set, by their ends, indent and whether they were filled.
    """

    def __init__(
        self, shapes: Sequence[Shape], gaps: list[Gap], measure: int, indent: int, hang: int, stretch: int
    ) -> None:
        self.shapes, self.gaps, self.measure, self.indent, self.hang, self.stretch = (
            shapes, gaps, measure, indent, hang, stretch
        )
        self.placed: dict[tuple[int, int, int, bool], Placed] = {}
        self._hopeless, self._loose = _HOPELESS, _LOOSE

    def _measure_up(self) -> None:
        """Sums of the widths and what may be added and taken away."""
        blank, gentle, firm, _, soft, anyway, cuts = zip(*self.gaps, strict=True)
        shapes = self.shapes
        bodies, letters = [shape.body for shape in shapes], [shape.inner for shape in shapes]
        # Sums up to an atom of what lies before it, and up to a line's end of what lies inside the line.
        width = [0, *accumulate(map(add, bodies, blank))]
        inside = [_sums(values) for values in (gentle, firm, soft, anyway)]
        inner = _sums(letters)
        self._from = [width, *inside, inner]
        self._to = [[0, *map(sub, width[1:], blank)], *([0, *values[:-1]] for values in inside), inner]
        spaces = [at for at, shape in enumerate(shapes) if shape.habit.kind is Kind.SPACE]
        if spaces:
            self._drop_spaces(spaces)
        natural, easy, hard, *_ = self._to
        self._least = [n - e - h for n, e, h in zip(natural, easy, hard, strict=True)]
        self._extra = [0.0, *map(_EXTRA.__getitem__, cuts)]
        self._rows: list[_Row | None] = [None] * len(self.shapes)

    def _drop_spaces(self, spaces: list[int]) -> None:
        """Spaces at the ends of a line are not on it."""
        self._from = [list(values) for values in self._from]
        self._to = [list(values) for values in self._to]
        for values in self._to:
            for at in spaces:
                if at:
                    values[at + 1] = values[at]
        for values in self._from:
            for at in reversed(spaces):
                if at < len(self.shapes) - 1:
                    values[at] = values[at + 1]

    @cached_property
    def _ways(self) -> tuple[list[int], list[float]]:
        """The cheapest way to each line end: where its line begins, and the cost so far."""
        self._measure_up()
        ways = self._search()
        if _dearest(*ways) > self._hopeless:
            # A line that dear is worth any detour.
            self._hopeless, self._loose = inf, _LOOSEST
            self._rows = [None] * len(self.shapes)
            ways = self._search()
        return ways

    def _search(self) -> tuple[list[int], list[float]]:
        end = len(self.shapes)
        cost = [inf] * (end + 1)
        before = [0] * (end + 1)
        cost[0] = 0.0
        for start in range(end):
            here = cost[start]
            if here == inf or here > min(cost[max(0, start - _NEAR):start + _NEAR]) + self._hopeless:
                continue
            at, prices = self._row(start)
            for price in prices:
                total = here + price
                if total < cost[at]:
                    cost[at] = total
                    before[at] = start
                at += 1
        return before, cost

    @cached_property
    def best(self) -> list[int]:
        """Line ends of the cheapest setting."""
        ends: list[int] = []
        at = len(self.shapes)
        if not at:
            return []
        before, _ = self._ways
        while at:
            ends.append(at)
            at = before[at]
        return ends[::-1]

    def _row(self, start: int) -> _Row:
        """The first line end worth looking at for a line that begins at `start`, and the costs from there on."""
        row = self._rows[start]
        if row is None:
            low, high = self._window(start)
            row = self._rows[start] = (low, self._prices(start, low, high))
        return row

    def _window(self, start: int) -> tuple[int, int]:
        """The ends worth looking at for a line that begins at `start`."""
        measure = self.measure - (self.hang if start else self.indent)
        base, easy, hard = self._from[0][start], self._from[1][start], self._from[2][start]
        high = bisect_right(self._least, measure + base - easy - hard, start + 1)
        low = bisect_left(self._to[0], int(measure * self._loose) + base, start + 1, high)
        legal = self._extra
        while low < high and not legal[low]:
            low += 1
        if low == high:
            low -= 1
            while low > start and not legal[low]:
                low -= 1
            if low <= start:
                # Not even the first place fits.
                low = next(at for at in range(start + 1, len(legal)) if legal[at])
                high = low
        return low, high

    def _prices(self, start: int, low: int, high: int) -> list[float]:
        """What lines from `start` to each end from `low` to `high` (exclusive) cost."""
        if low == high:
            return [OVERFULL]
        base, easy0, hard0, soft0, any0, inner0 = [values[start] for values in self._from]
        natural, easy, hard, soft, anyway, inner = self._to
        extra, stretch = self._extra, self.stretch
        base += self.measure - (self.hang if start else self.indent)
        prices: list[float] = []
        for at in range(low, high):
            if not extra[at]:
                prices.append(inf)
                continue
            room = base - natural[at]
            if room < 0:
                gently = easy[at] - easy0
                if -room <= gently:
                    part = room / gently
                    cost = GENTLE * part * part
                else:
                    firmly = hard[at] - hard0
                    part = (-room - gently) / firmly if firmly else 1.0
                    cost = GENTLE + FIRM + FIRM_SLOPE * part * part
            else:
                takers = soft[at] - soft0
                rest = room - takers * stretch
                if rest > 0:
                    gaps = anyway[at] - any0 or 1
                    gap = rest / gaps
                    if gap > SPACED:
                        gap = max(SPACED, rest / (gaps + inner[at] - inner0))
                    square = gap * gap
                    cost = (_SQUARE + _FOURTH * square) * square
                    if takers:
                        cost += 4.0
                else:
                    part = room / (takers * stretch or 1)
                    cost = 4.0 * part * part
            prices.append(cost + extra[at])
        if high == len(natural):
            prices[-1] = self._last(start, room, cost)
        return prices

    def _last(self, start: int, room: int, cost: float) -> float:
        """The price of a last line, which need not be filled; `cost` is what squeezing it takes."""
        if room < 0:
            return cost + 8.0
        alone = start and sum(shape.said for shape in self.shapes[start:]) < 2
        return ALONE if alone else 1.0

    @cached_property
    def by_count(self) -> dict[int, tuple[float, list[int]]]:
        """Cost and line ends of the best setting in each line count within one of the cheapest's, none of them more than
        `DEARER` dearer than that."""
        if not self.best:
            return {}
        found = self._by_count()
        # Best and these are all that is ever asked again; the sums and prices they were found by weigh ten times as much.
        for name in _WORKINGS:
            del self.__dict__[name]
        return found

    def _by_count(self) -> dict[int, tuple[float, list[int]]]:
        end = len(self.shapes)
        states: list[dict[int, tuple[float, int]]] = [{} for _ in range(end + 1)]
        states[0] = {0: (0.0, 0)}
        _, cost = self._ways
        for start in range(end):
            here = states[start]
            if not here:
                continue
            hopeless = min(cost[max(0, start - _NEAR):start + _NEAR]) + DEARER + self._hopeless
            ways = [(lines + 1, paid) for lines, (paid, _) in here.items() if paid <= hopeless]
            if not ways:
                continue
            if len(ways) > 3:
                lead = min(ways, key=itemgetter(1))[0]
                ways = [way for way in ways if abs(way[0] - lead) <= 1]
            at, prices = self._row(start)
            for price in prices:
                if price < inf:
                    there = states[at]
                    for lines, paid in ways:
                        if lines not in there or paid + price < there[lines][0]:
                            there[lines] = (paid + price, start)
                at += 1
        goal = states[end]
        cheapest = min(goal, key=lambda n: goal[n][0])
        found: dict[int, tuple[float, list[int]]] = {}
        for lines, (paid, _) in goal.items():
            if abs(lines - cheapest) > 1 or paid - goal[cheapest][0] > DEARER:
                continue
            ends: list[int] = []
            at = end
            for key in range(lines, 0, -1):
                ends.append(at)
                at = states[at][key][1]
            found[lines] = (paid, ends[::-1])
        return found


def _sums(values: Sequence[int]) -> list[int]:
    return [0, *accumulate(values)] if any(values) else [0] * (len(values) + 1)


def _dearest(before: list[int], cost: list[float]) -> float:
    """The cost of the dearest line on the cheapest way."""
    end = len(cost) - 1
    if cost[end] == inf:
        return inf
    dearest = 0.0
    while end:
        dearest = max(dearest, cost[end] - cost[before[end]])
        end = before[end]
    return dearest
