"""Columns that changed places: where taking a stretch forward mends more seams than it breaks, it goes back."""

from __future__ import annotations

from dataclasses import dataclass

from convert.structure.lexis import Lexis
from convert.structure.seams import Ends, gain
from convert.structure.state import Unit

WIDEST, USUAL, NARROWEST = 800, 400, 40
"""Characters a column holds at most, usually, and at least, to be taken for one that changed places."""
CAPTION = 70
"""Characters a single block must exceed to be a column that was passed over, and not a caption."""
BROKEN = 1.5
"""Cost in nats from which a seam counts as broken."""
REACH = 24
"""Units a column may hold."""
NEEDED = 5.0
"""Nats that the seams must gain before anything is moved: one in a hundred and fifty would be wrong if the nats were exact."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Units `first`..`second`-1 and `second`..`end` of the order change places."""

    first: int
    second: int
    end: int
    gain: float


class Seams:
    """What each seam of the page costs when one unit follows another, computed once."""

    def __init__(self, units: list[Unit], seen: list[Ends], lexis: Lexis) -> None:
        self._units, self._seen, self._lexis = units, seen, lexis
        self._gains: dict[tuple[int, int], float] = {}

    def gain(self, one: int, other: int) -> float:
        """Nats by which running on beats a break between the two units."""
        key = (one, other)
        if key not in self._gains:
            self._gains[key] = gain(self._units[one], self._units[other], self._seen[one], self._seen[other], self._lexis)
        return self._gains[key]

    def cost(self, one: int | None, other: int | None) -> float:
        """Cost of `other` following `one`, joined or not, whichever is cheaper."""
        tail = 0.0 if one is None else self._seen[one].tail
        head = 0.0 if other is None else self._seen[other].head
        joined = self.gain(one, other) if one is not None and other is not None else 0.0
        return tail + head - max(0.0, joined)


def find(order: list[int], seen: list[Ends], seams: Seams) -> list[Swap]:
    """Swaps worth making, best first, none overlapping another.  `order` holds body units only."""
    if not order:
        return []
    page = _Page(order, seen, seams)
    found = [
        swap for at in range(len(order)) if page.costs[at] >= BROKEN for swap in (page.opening(at), page.closing(at)) if swap
    ]
    found.sort(key=lambda swap: (-swap.gain, swap.first))
    chosen: list[Swap] = []
    for swap in found:
        if all(swap.end < other.first - 1 or swap.first - 1 > other.end for other in chosen):
            chosen.append(swap)
    return chosen


class _Page:
    """The seams between neighbours as the source has them, and what a swap would make of them."""

    def __init__(self, order: list[int], seen: list[Ends], seams: Seams) -> None:
        self.order, self.seen, self.seams = order, seen, seams
        self.costs = [self._cost(position) for position in range(len(order))]
        self.sizes = [seen[at].size for at in order]
        lines = [seen[at].headline for at in order]
        self.heads = [
            float(here and (after or (not seen[at].heading and seen[at].starts)))
            for here, after, at in zip(lines, [*lines[1:], False], order, strict=True)
        ]

    def _at(self, position: int) -> int | None:
        return self.order[position] if 0 <= position < len(self.order) else None

    def _cost(self, position: int) -> float:
        """Cost of the seam behind `position` as it stands; one headline or caption in between may be read past."""
        here, beside, beyond = self.order[position], self._at(position + 1), self._at(position + 2)
        cost = self.seams.cost(here, beside)
        if (
            cost >= BROKEN
            and beside is not None
            and beyond is not None
            and (self.seen[beside].headline or self.seen[beside].size <= CAPTION)
        ):
            past = self.seams.cost(here, beyond) + self.seen[beside].tail * 0.5 + 1.0
            return min(cost, past + (0.0 if self.seen[beside].headline else self.seen[beside].head))
        return cost

    def opening(self, at: int) -> Swap | None:
        """The best swap whose first broken seam is the one behind position `at`."""
        best: Swap | None = None
        first = at + 1
        for second in range(first + 1, min(len(self.order), first + REACH)):
            if sum(self.sizes[first:second]) > WIDEST:
                break
            opened = self.seams.cost(self.order[at], self.order[second])
            if self.costs[at] + self.costs[second - 1] - opened >= 1.0:
                for end in range(second, min(len(self.order), second + REACH)):
                    best = self._better(best, first, second, end)
        return best

    def closing(self, end: int) -> Swap | None:
        """The best swap whose last broken seam is the one behind position `end`."""
        best: Swap | None = None
        for first in range(end - 1, max(0, end - 2 * REACH), -1):
            if sum(self.sizes[first : end + 1]) > 2 * WIDEST:
                break
            if self.seams.cost(self.order[end], self.order[first]) <= self.costs[end] - 1.0:
                for second in range(first + 1, end + 1):
                    best = self._better(best, first, second, end)
        return best

    def _better(self, best: Swap | None, first: int, second: int, end: int) -> Swap | None:
        passed, taken = sum(self.sizes[first:second]), sum(self.sizes[second : end + 1])
        if max(passed, taken) > WIDEST or min(passed, taken) < NARROWEST or (second == first + 1 and passed < CAPTION):
            return best
        old = self.costs[first - 1] + self.costs[second - 1] + self.costs[end]
        shape = 2.5 * abs(passed - taken) / (passed + taken) + max(0.0, max(passed, taken) - USUAL) / 100
        shape += 2.0 * sum(self.heads[first : end + 1])
        if old - shape <= NEEDED:
            return best
        order, seams = self.order, self.seams
        new = seams.cost(order[first - 1], order[second]) + seams.cost(order[end], order[first])
        if old - shape - new <= NEEDED - 4.0:
            return best
        new += seams.cost(order[second - 1], self._at(end + 1))
        value = old - new - shape
        return Swap(first, second, end, value) if value > NEEDED and (best is None or value > best.gain) else best
