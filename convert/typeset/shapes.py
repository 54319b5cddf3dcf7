"""Shapes: what line breaking has to know of an atom.

Characters of equal shape are set alike, in whatever region and variant: paragraphs whose shapes are the same, as those of
two editions in Traditional characters mostly are, have their lines broken once.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

from convert.typeset.breaks import Breaks, Shape
from convert.typeset.rules import Gap, Habit, Rules

_MOST = 20_000
"""Atoms of the paragraphs whose breaks are kept: those of two pages in two scripts, some 3 MB."""
_END = Gap(0, 0, 0, 0, 0, 0, 1)


class Shapes:
    """Numbers for shapes under one set of rules, the gaps between them, and the breaks of paragraphs met lately."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._shapes: list[Shape] = []
        self._ids: dict[Shape, int] = {}
        self._habits: dict[Habit, int] = {}
        self._habit_of: list[int] = []
        self._gaps: dict[int, Gap] = {}
        self._breaks: dict[tuple[object, ...], Breaks] = {}
        self._held = 0

    def number(self, shape: Shape) -> int:
        """The number that stands for a shape."""
        found = self._ids.get(shape)
        if found is None:
            found = self._ids[shape] = len(self._shapes)
            self._shapes.append(shape)
            self._habit_of.append(self._habits.setdefault(shape.habit, len(self._habits)))
        return found

    def between(self, a: int, b: int) -> Gap:
        """The gap between two shapes, given by number."""
        return self.rules.between(self._shapes[a].habit, self._shapes[b].habit)

    def breaks(self, numbers: tuple[int, ...], measure: int, indent: int, hang: int) -> Breaks:
        """The breaks of a paragraph of these shapes."""
        key = (measure, indent, hang, numbers)
        found = self._breaks.get(key)
        if found is None:
            shapes = [self._shapes[number] for number in numbers]
            found = Breaks(shapes, self._between(numbers), measure, indent, hang, self.rules.latin_stretch)
            self._held += len(numbers)
            while self._held > _MOST and self._breaks:
                oldest = next(iter(self._breaks))
                self._held -= len(self._breaks.pop(oldest).shapes)
            self._breaks[key] = found
        return found

    def _between(self, numbers: tuple[int, ...]) -> list[Gap]:
        habits = [self._habit_of[number] for number in numbers]
        pairs = [a << 16 | b for a, b in pairwise(habits)]
        gaps = self._gaps
        for pair in sorted(set(pairs).difference(gaps)):
            at = pairs.index(pair)
            gaps[pair] = self.between(numbers[at], numbers[at + 1])
        return [*map(gaps.__getitem__, pairs), _END]


def shapes(rules: Rules) -> Shapes:
    """The shapes of a set of rules, shared by all regions and faces that follow it."""
    return _shapes(replace(rules, region=""))


@cache
def _shapes(rules: Rules) -> Shapes:
    return Shapes(rules)
