"""A paragraph on a measure: its atoms, the gaps between them, and its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from convert.typeset.atoms import Atom, Setter
from convert.typeset.rules import Gap


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
        self.breaks = setter.shapes.breaks(tuple([atom.shape for atom in self.atoms]), measure, indent, hang)

    @property
    def gaps(self) -> list[Gap]:
        """What is between each atom and the next; the last one's is empty."""
        return self.breaks.gaps

    @property
    def best(self) -> list[int]:
        """The line ends of the cheapest setting."""
        return self.breaks.best

    @property
    def by_count(self) -> dict[int, tuple[float, list[int]]]:
        """Cost and line ends of the best setting in each line count within one of the cheapest's (`Breaks.by_count`)."""
        return self.breaks.by_count

    def lines(self, ends: Sequence[int] | None = None) -> list[Line]:
        """The lines of a setting, the cheapest by default."""
        found: list[Line] = []
        start = 0
        count = len(self.atoms)
        for end in self.best if ends is None else ends:
            found.append(Line(start, end, self.hang if start else self.indent, end == count))
            start = end
        return found
