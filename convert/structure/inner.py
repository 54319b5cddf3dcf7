"""Where a block gathered from wrapped lines is to be parted: at a line end inside it, if a small forest says so.

Plain text that a recogniser made of a page has no indents: a paragraph whose last line happens to be full runs on into the
next.  What `parting` sees of a place is seen here too, and the lines: how full the one is against the column, whether the next
falls short of it by an indent, and whether the lines of this page, and its blocks, begin and end so elsewhere.  The trees of
`inner.json` were grown as those of `parting.json` were, on pages that were printed and read (`tools/fit_inner.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

from convert.structure import parting
from convert.structure.reading import balance, is_closed, width
from convert.structure.state import Unit

NEEDED = 0.5
"""Nats from which a block is parted at the end of a line."""
LEAST = 4
"""Characters a part holds at least."""
SHORT = 3
"""Columns by which the last line of a block falls short of the others to show where it ends."""

SIGNS = (
    *parting.SIGNS,
    *("fill", "fill-behind", "fill-last", "fill-first", "fill-above", "fill-below", "lines-before", "lines-behind"),
    *("last-closed", "page-fill", "page-fill-behind", "unit-measure", "measure-known"),
    *("unit-ends", "unit-closed", "page-ends", "page-closed", "near-lines", "near-short", "near-indented", "page-indented"),
    *("near-lone", "open-quotes", "close-quotes", "quoted-near", "blank-above", "blank-below", "blanks-part", "next-fits"),
)
"""What is seen of a line end, in the order in which the trees know it."""

_PROSE = re.compile("[，。；、]")
"""What running text holds on one of two lines; where it does, a line that ends without a mark ends no block."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a block: where each begins in its text, their widths in columns, and the measure they show."""

    starts: tuple[int, ...]
    widths: tuple[int, ...]
    ends: tuple[str, ...]
    measure: int


def lines(unit: Unit) -> Lines | None:
    """The lines of a block; None where its text is not simply theirs."""
    sizes = [span.end - span.start for span in unit.spans]
    if sum(sizes) != len(unit.text):
        return None
    starts, at = [], 0
    for size in sizes:
        starts.append(at)
        at += size
    texts = [unit.text[start : start + size] for start, size in zip(starts, sizes, strict=True)]
    widths = [width(text) + text.count('"') for text in texts]  # a straight quote stands for one as wide as a character
    return Lines(tuple(starts), tuple(widths), tuple(text[-1:] for text in texts), max(widths[:-1] or widths))


class Page:
    """The blocks of a page and their lines."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.blocks = parting.Page([unit.text for unit in units])
        self.lines = [lines(unit) for unit in units]
        many = [found for found in self.lines if found is not None and len(found.widths) > 1]
        self.measure = median([found.measure for found in many] or [0])
        inner = [end for found in many for end in found.ends[:-1]]
        self.ends = sum(not end.isalnum() for end in inner) / (len(inner) or 1)
        self.closed = sum(end in "。！？”" for end in inner) / (len(inner) or 1)
        self.indented = sum(_indented(found) for found in many) / (len(many) or 1)
        self.blanks = sum(unit.parted for unit in units) / (len(units) or 1)

    def places(self, at: int, every: bool = False) -> list[int]:
        """Numbers of the lines of block `at` that may begin a block; `every`: those amid running text too."""
        unit, found = self.units[at], self.lines[at]
        if found is None or len(self.units) < 2 or not _gathered(unit):
            return []
        text, size = unit.text, len(unit.text)
        borders = (0, *found.starts, size)
        return [
            number
            for number, start in enumerate(found.starts)
            if LEAST <= start <= size - LEAST
            and (every or not text[start - 1].isalnum() or not _PROSE.search(text, borders[number], borders[number + 2]))
        ]

    def signs(self, at: int, number: int) -> list[float]:
        """What is seen where line `number` of block `at` begins, in the order of `SIGNS`."""
        own = self.lines[at]
        assert own is not None
        place, text = own.starts[number], self.units[at].text
        widths, last = own.widths, len(own.widths) - 1
        near = [self.lines[by] for by in self.blocks.near(at)]
        many = [found for found in near if found is not None and len(found.widths) > 1]
        others = [w for n, w in enumerate(widths[:-1]) if n not in (number - 1, number)]
        beside = [found.measure for found in many]
        measure = median(others) if len(others) > 1 else median(beside) if beside else own.measure
        inner = [end for n, end in enumerate(own.ends[:-1]) if n != number - 1]
        before, behind = text[:place], text[place:]
        unit, below = self.units[at], self.units[at + 1] if at + 1 < len(self.units) else None
        return [
            *self.blocks.signs(at, place),
            widths[number - 1] - measure,
            widths[number] - measure,
            widths[last] - measure,
            widths[0] - measure,
            widths[number - 2] - measure if number > 1 else 9,
            widths[number + 1] - measure if number < last else 9,
            number,
            last - number + 1,
            is_closed(text[-40:]),
            widths[number - 1] - self.measure,
            widths[number] - self.measure,
            own.measure,
            len(others),
            sum(not end.isalnum() for end in inner) / (len(inner) or 1),
            sum(end in "。！？”" for end in inner),
            self.ends,
            self.closed,
            median([len(found.widths) for found in many] or [0]),
            sum(found.widths[-1] < found.measure - SHORT for found in many),
            sum(_indented(found) for found in many),
            self.indented,
            len(near) - len(many),
            balance(before)[0],
            balance(behind)[1],
            sum(self.units[by].text[:1] == "“" for by in self.blocks.near(at)),
            unit.parted,
            below is not None and below.parted,
            self.blanks,
            measure - widths[number - 1] - width(text[place : place + 2]),
        ]


def _gathered(unit: Unit) -> bool:
    """Whether it was gathered by the widths of lines; where their places are known, indents have told more."""
    placed = unit.place_says is not None and unit.place_says.scale is not None
    return unit.scanned and unit.joins[:1] == ["wrap"] and not unit.cells and not placed


def _indented(found: Lines) -> bool:
    """Whether the first line of a block falls short of the others by an indent that was lost."""
    return 2 <= found.measure - found.widths[0] <= 6


@cache
def forest() -> tuple[float, tuple[parting.Node, ...]]:
    """What every line end begins with, and the trees of `inner.json`, read once a process."""
    return parting.load(Path(__file__).with_name("inner.json"), SIGNS)


def places(units: Sequence[Unit]) -> dict[int, list[int]]:
    """Of each block that is to be parted between two of its lines, where in its text."""
    if not any(_gathered(unit) for unit in units):
        return {}
    base, trees = forest()
    page = Page(units)
    found: dict[int, list[int]] = {}
    for at, own in enumerate(page.lines):
        for number in page.places(at) if own is not None else ():
            if own is not None and parting.weigh(page.signs(at, number), base, trees) >= NEEDED:
                found.setdefault(at, []).append(own.starts[number])
    return found
