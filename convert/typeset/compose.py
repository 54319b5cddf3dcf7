"""Line breaking: the set of breaks that makes the whole paragraph even, not each line as it comes.

A dynamic programme over break points (Knuth and Plass 1981), with the blank of Chinese marks as shrinkable glue.  A line
is squeezed gently before it is stretched, and stretched before marks lose their whole blank.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import NamedTuple

from convert.typeset.atoms import Atom, Setter
from convert.typeset.rules import Gap, Kind

GENTLE = 14.0
"""Cost of a line that loses all its marks may lose gently."""
FIRM, FIRM_SLOPE = 70.0, 260.0
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
_LOOSE = 0.84
"""Lines shorter than this part of the measure are looked at only where there is nothing better."""
_END = Gap(0, 0, 0, 0, 0, 0, 1)


class Line(NamedTuple):
    """Atoms `start:end` of a paragraph, `indent` thousandths of an em in."""

    start: int
    end: int
    indent: int
    last: bool


class Paragraph:
    """One paragraph on one measure (thousandths of an em)."""

    def __init__(self, setter: Setter, text: str, measure: int, indent: int = 0, hang: int = 0) -> None:
        self.setter, self.measure, self.indent, self.hang = setter, measure, indent, hang
        self.atoms: list[Atom] = setter.atoms(text)
        gaps = setter.gaps
        habits = [atom.habit for atom in self.atoms]
        self.gaps: list[Gap] = [gaps[a << 8 | b] for a, b in pairwise(habits)]
        self.gaps.append(_END)

    @cached_property
    def _sums(self) -> tuple[list[int], ...]:
        """Sums up to each atom of width, gentle shrink, firm shrink, gaps that stretch, gaps that stretch first, and of
        the gaps between letters."""
        blank, gentle, firm, _, soft, anyway, _ = zip(*self.gaps, strict=True)
        widths = [atom.body + gap for atom, gap in zip(self.atoms, blank, strict=True)]
        inner = [atom.inner for atom in self.atoms]
        return tuple([0, *accumulate(values)] for values in (widths, gentle, firm, anyway, soft, inner))

    @cached_property
    def _ends(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Legal line ends; for each the width up to the last ink before it, that less all shrink, and the atom count
        that counts (a space before the end does not)."""
        width, gentle, firm, *_ = self._sums
        places: list[int] = []
        natural: list[int] = []
        least: list[int] = []
        inner: list[int] = []
        atoms, gaps = self.atoms, self.gaps
        count = len(atoms)
        for at, gap in enumerate(gaps, 1):
            if gap.cut or at == count:
                last = at
                while last > 1 and atoms[last - 1].kind is Kind.SPACE:
                    last -= 1
                end = width[last] - gaps[last - 1].blank
                places.append(at)
                natural.append(end)
                least.append(end - gentle[last - 1] - firm[last - 1])
                inner.append(last - 1)
        return places, natural, least, inner

    @cached_property
    def best(self) -> list[int]:
        """The line ends of the cheapest setting."""
        counts = self.by_count(0)
        return min(counts.values())[1] if counts else []

    def by_count(self, spread: int = 1) -> dict[int, tuple[float, list[int]]]:
        """Cost and line ends of the best setting in each line count within `spread` of the cheapest.

        With `spread` 0 counts are not told apart, which is faster; the one result has its own count as key.
        """
        count = len(self.atoms)
        if not count:
            return {}
        states: list[dict[int, tuple[float, int, int]] | None] = [None] * (count + 1)
        states[0] = {0: (0.0, 0, 0)}
        for start in range(count):
            here = states[start]
            if here is None:
                continue
            if spread and len(here) > 2 * spread + 1:
                lead = min(here, key=lambda n, here=here: here[n][0])  # type: ignore[misc]
                here = {n: v for n, v in here.items() if abs(n - lead) <= spread}
            for end, price in self._lines_from(start):
                there = states[end]
                if there is None:
                    there = states[end] = {}
                for lines, (cost, _, _) in here.items():
                    total = cost + price
                    key = lines + 1 if spread else 0
                    old = there.get(key)
                    if old is None or total < old[0]:
                        there[key] = (total, start, lines)
        found: dict[int, tuple[float, list[int]]] = {}
        goal = states[count] or {}
        cheapest = min(goal, key=lambda n: goal[n][0], default=0)
        for lines, (cost, _, _) in goal.items():
            if abs(lines - cheapest) > spread:
                continue
            ends: list[int] = []
            place, key = count, lines
            while place:
                ends.append(place)
                row = states[place]
                assert row is not None
                _, place, key = row[key]
            found[len(ends)] = (cost, ends[::-1])
        return found

    def _lines_from(self, start: int) -> list[tuple[int, float]]:
        """The line ends worth looking at for a line that begins at `start`, with their costs."""
        width, gentle, firm, anyway, soft, inside = self._sums
        places, natural, least, inner = self._ends
        atoms = self.atoms
        count = len(atoms)
        first = start
        while first < count - 1 and atoms[first].kind is Kind.SPACE:
            first += 1
        measure = self.measure - (self.indent if start == 0 else self.hang)
        base = width[first]
        shrunk = base - gentle[first] - firm[first]
        high = bisect_right(least, measure + shrunk)
        low = bisect_left(natural, int(measure * _LOOSE) + base)
        after = bisect_right(places, start)
        if high <= after:
            return [(places[after], OVERFULL)]
        low = max(after, min(low, high - 1))
        found: list[tuple[int, float]] = []
        stretch = self.setter.rules.latin_stretch
        for at in range(low, high):
            end, last = places[at], inner[at]
            room = measure - natural[at] + base
            if end == count:
                if room >= 0:
                    alone = start and sum(len(atom.text) for atom in atoms[first:count] if atom.kind < Kind.DASH) < 2
                    found.append((end, ALONE if alone else 1.0))
                    continue
                extra = 8.0
            else:
                extra = 1.0 if self.gaps[end - 1].cut == 1 else CUT
            if room < 0:
                easy = gentle[last] - gentle[first]
                if -room <= easy:
                    part = room / easy
                    cost = GENTLE * part * part
                else:
                    hard = firm[last] - firm[first]
                    part = (-room - easy) / hard if hard else 1.0
                    cost = GENTLE + FIRM + FIRM_SLOPE * part * part
            else:
                takers = soft[last] - soft[first]
                rest = room - takers * stretch
                if rest > 0:
                    gaps = anyway[last] - anyway[first] or 1
                    gap = rest / gaps
                    if gap > SPACED:
                        gap = max(SPACED, rest / (gaps + inside[last + 1] - inside[first]))
                    cost = 4.0 * (gap / STRETCH) ** 2 + 20.0 * (gap / WIDE) ** 4 + 4.0 * (takers > 0)
                else:
                    cost = 4.0 * (room / (takers * stretch or 1)) ** 2
            found.append((end, cost + extra))
        return found

    def lines(self, ends: Sequence[int] | None = None) -> list[Line]:
        """The lines of a setting, the cheapest by default."""
        found: list[Line] = []
        start = 0
        count = len(self.atoms)
        for end in self.best if ends is None else ends:
            found.append(Line(start, end, self.hang if start else self.indent, end == count))
            start = end
        return found
