"""A paragraph on a measure: its atoms, the gaps between them, and its lines."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from convert.typeset.atoms import Atom, Setter
from convert.typeset.breaks import Breaks
from convert.typeset.rules import Gap

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
    def _breaks(self) -> Breaks:
        return Breaks(self.atoms, self.gaps, self.measure, self.indent, self.hang, self.setter.rules.latin_stretch)

    @cached_property
    def best(self) -> list[int]:
        """The line ends of the cheapest setting."""
        return self._breaks.best if self.atoms else []

    @cached_property
    def by_count(self) -> dict[int, tuple[float, list[int]]]:
        """Cost and line ends of the best setting in each line count within one of the cheapest's (`Breaks.by_count`)."""
        return self._breaks.by_count() if self.atoms else {}

    def lines(self, ends: Sequence[int] | None = None) -> list[Line]:
        """The lines of a setting, the cheapest by default."""
        found: list[Line] = []
        start = 0
        count = len(self.atoms)
        for end in self.best if ends is None else ends:
            found.append(Line(start, end, self.hang if start else self.indent, end == count))
            start = end
        return found
