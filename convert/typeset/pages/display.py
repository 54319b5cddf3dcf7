"""Display lines: headlines and captions, few and of like length, broken by sense."""

from __future__ import annotations

import math

from convert.typeset.atoms import Setter
from convert.typeset.compose import Line, Paragraph
from convert.typeset.lines import SetLine, set_line
from convert.typeset.sense import torn

TORN = 0.7
"""A display line that ends inside a word; a line half as long again as the other of two costs as much."""


def display_lines(
    setter: Setter, text: str, width: float, size: float, tracking: int, least: int = 1
) -> list[SetLine]:
    """A headline's lines, as few as fit (but `least`), of like length, broken at a space or after a mark where one is near.

    Marks at the ends lose their outer blank; `tracking` thousandths of an em are added between characters.
    """
    measure = int(width * 1000 / size)
    probe = Paragraph(setter, text, measure - tracking, 0)
    if not probe.atoms:
        return []
    wanted = max(least, _count(probe, measure, tracking))
    ends = _balanced(probe, wanted, measure, tracking) if wanted <= 12 else probe.best
    lines: list[SetLine] = []
    start = 0
    for end in ends:
        placed = set_line(probe, Line(start, end, 0, True), justify=False)
        if tracking and placed.gaps:
            gaps = [gap + (tracking if row.any else 0) for gap, row in zip(placed.gaps, probe.gaps[start:end], strict=False)]
            placed = SetLine(placed.atoms, gaps, placed.width + sum(gaps) - sum(placed.gaps))
        lines.append(placed)
        start = end
    return lines


def line_count(setter: Setter, text: str, width: float, size: float, tracking: int) -> int:
    """How many display lines `text` takes at least."""
    measure = int(width * 1000 / size)
    probe = Paragraph(setter, text, measure - tracking)
    return _count(probe, measure, tracking) if probe.atoms else 0


def _count(probe: Paragraph, measure: int, tracking: int) -> int:
    total = sum(atom.body + gap.blank + tracking for atom, gap in zip(probe.atoms, probe.gaps, strict=True))
    return max(1, math.ceil((total - 1) / measure))


def _balanced(probe: Paragraph, wanted: int, measure: int, tracking: int) -> list[int]:
    """Ends of `wanted` (or more, where that cannot be) lines of like length: least sum of squares, spaces preferred, words
    whole."""
    atoms, gaps = probe.atoms, probe.gaps
    count = len(atoms)
    at = [0]
    for atom, gap in zip(atoms, gaps, strict=True):
        at.append(at[-1] + atom.body + gap.blank + tracking)
    tears = torn(atoms, probe.setter.rules.region) if wanted > 1 else set()
    places = [0] + [n + 1 for n, gap in enumerate(gaps) if gap.cut or n + 1 == count]
    for lines in range(wanted, wanted + 4):
        ideal = max(1, at[count]) / lines  # a headline may be of characters without width
        best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
        for _ in range(lines):
            here: dict[int, tuple[float, int]] = {}
            for start, (cost, _) in best[-1].items():
                for end in places:
                    if end <= start:
                        continue
                    length = at[end] - at[start] - gaps[end - 1].blank - tracking
                    if length > measure:
                        break
                    bonus = -0.5 if end < count and (atoms[end - 1].text.isspace() or gaps[end - 1].blank) else 0.0
                    price = cost + ((length - ideal) / ideal) ** 2 * 4 + bonus + (gaps[end - 1].cut == 2)
                    price += TORN * (end in tears)
                    if end not in here or price < here[end][0]:
                        here[end] = (price, start)
            best.append(here)
        if count in best[-1]:
            ends = []
            place = count
            for layer in reversed(best[1:]):
                ends.append(place)
                place = layer[place][1]
            return ends[::-1]
    return probe.best
