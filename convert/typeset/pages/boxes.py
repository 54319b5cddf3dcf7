"""Boxes: what flows down a column in whole rows of the grid.

A box says how many rows it takes, after which of them a column may end, and draws any run of its rows.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import NamedTuple

from convert.typeset.atoms import Setter
from convert.typeset.compose import Line, Paragraph
from convert.typeset.lines import SetLine, set_line
from convert.typeset.pages.display import display_lines
from convert.typeset.pages.model import Page, Rule, Text
from convert.typeset.pages.theme import Theme

APART = 1.5
"""Lines further apart than this many times the type size are told apart as blocks."""


class Ink(NamedTuple):
    """Lines of type in a column that no strip parts: the middles of the first and the last of them, points from the top
    of what is asked for, their size, and whether they stand right."""

    first: float
    last: float
    size: float
    right: bool = False


def runs(count: int, size: float, leading: float, right: bool = False) -> Iterator[Ink]:
    """`count` lines of the grid, one run of them or each for itself."""
    if leading <= APART * size:
        yield Ink(leading / 2, (count - 0.5) * leading, size, right)
    else:
        for row in range(count):
            yield Ink((row + 0.5) * leading, (row + 0.5) * leading, size, right)


class Box(ABC):
    """Common to all: `rows`, `may_end` and `draw`.  `skip` rows fall away at the top of a column."""

    skip = 0
    below = 0
    """Blank rows under it, its own."""
    natural = 0
    """How many of `skip` its theme gives it."""
    spreads = False
    """Whether rows may be added above it."""
    kept = False
    """Whether it stands in one column with the beginning of what follows it: a question, what is signed below."""
    mark = ""
    """The place an outline entry leads to."""
    element: str

    def __init__(self, theme: Theme, element: str) -> None:
        self.theme, self.element = theme, element

    @property
    @abstractmethod
    def rows(self) -> int:
        """Rows of the grid."""

    @property
    def opened(self) -> int:
        """Blank rows beyond those of its theme."""
        return self.skip - self.natural + self.below

    @abstractmethod
    def may_end(self, row: int) -> bool:
        """Whether a column may end behind `row`."""

    def ink(self, first: int, last: int) -> Iterator[Ink]:
        """The lines of type in rows `first` to `last`."""
        return runs(last - first, self.theme.size, self.theme.leading)

    @abstractmethod
    def draw(self, page: Page, u: float, v: float, first: int, last: int) -> None:
        """Draw rows `first` to `last` (exclusive), the first of them with its top at `v`."""

    def _middle(self, v: float, row: int) -> float:
        return v + (row + 0.5) * self.theme.leading


class ParagraphBox(Box):
    """A paragraph of body text, which may be set a line longer or shorter.  `align`: justify, left, right, centre.

    A single line that stands right keeps two em from the edge, as signatures do (GB/T 9704-2012, 7.3.5), where it can.
    """

    def __init__(
        self, theme: Theme, element: str, setter: Setter, text: str, *, indent: int = 2000, hang: int = 0,
        inset: int = 0, size: float | None = None, align: str = "justify",
    ) -> None:
        super().__init__(theme, element)
        self.size = size or theme.size
        self.inset = inset * self.size / 1000
        self.align = align
        measure = int((theme.width - 2 * self.inset) * 1000 / self.size)
        self.paragraph = Paragraph(setter, text, measure, min(indent, measure // 3), min(hang, measure // 3))
        self.ends = self.paragraph.best
        self._best = self.ends
        self._lines: tuple[list[int], list[Line]] = ([], [])

    @property
    def rows(self) -> int:
        return len(self.ends)

    def may_end(self, row: int) -> bool:
        count = len(self.ends)
        return row == count - 1 or (count > 3 and 1 <= row <= count - 3)

    def ink(self, first: int, last: int) -> Iterator[Ink]:
        return runs(last - first, self.size, self.theme.leading, self.align == "right")

    def others(self) -> Iterator[tuple[float, list[int]]]:
        """Other settings a line longer or shorter, with how much dearer they are."""
        counts = self.paragraph.by_count
        here = min((cost for cost, _ in counts.values()), default=0.0)
        for count, (cost, ends) in sorted(counts.items()):
            if count != len(self._best):
                yield cost - here, ends

    def draw(self, page: Page, u: float, v: float, first: int, last: int) -> None:
        paragraph = self.paragraph
        if self._lines[0] is not self.ends:
            self._lines = (self.ends, paragraph.lines(self.ends))
        lines = self._lines[1]
        for row in range(first, last):
            line = lines[row]
            placed = set_line(paragraph, line, self.align == "justify")
            start = u + self.inset + line.indent * self.size / 1000
            spare = (paragraph.measure - line.indent - placed.width) * self.size / 1000
            if self.align == "right":
                start += max(spare - 2 * self.size, spare / 2) if len(lines) == 1 else spare
            elif self.align == "centre":
                start += spare / 2
            middle = self._middle(v, row - first)
            page.texts.append(Text(start, middle, self.size, placed, paragraph.setter, self.element))


class HeadingBox(Box):
    """A heading inside an article: kept with what follows, lines broken by sense, not filled.

    One that `follows` another heading stands right under it.
    """

    def __init__(self, theme: Theme, element: str, setter: Setter, text: str, level: int, follows: bool, mark: str) -> None:
        super().__init__(theme, element)
        self.mark, self.spreads = mark, not follows
        level = min(max(level, 1), 3)
        self.size = theme.heading[level - 1]
        self.skip = self.natural = 0 if follows else int(theme.heading_gap[level - 1])
        self.indent = 0.0 if level == 1 else theme.size * 2
        self.lines = display_lines(setter, text, theme.width - self.indent, self.size, theme.tracking if level == 1 else 0)
        self.setter = setter
        self.pitch = max(1, math.ceil(self.size * 1.2 / theme.leading))
        self.centred = theme.vertical is False and level == 1 and theme.columns == 1
        # Nearer to what it heads than to what it ends; beside other columns it keeps to the grid.
        self.raised = 0.22 * theme.leading if self.skip and theme.columns == 1 else 0.0

    @property
    def rows(self) -> int:
        return self.skip + self.pitch * len(self.lines)

    def may_end(self, row: int) -> bool:
        return False

    def ink(self, first: int, last: int) -> Iterator[Ink]:
        for number in range(len(self.lines)):
            if first <= self.skip + number * self.pitch < last:
                middle = (self.skip + (number + 0.5) * self.pitch - first) * self.theme.leading
                yield Ink(middle, middle, self.size)

    def draw(self, page: Page, u: float, v: float, first: int, last: int) -> None:
        for number, line in enumerate(self.lines):
            # A heading higher than the page is cut like anything else: a line goes with its first row.
            if not first <= self.skip + number * self.pitch < last:
                continue
            middle = v + (self.skip + (number + 0.5) * self.pitch - first) * self.theme.leading
            middle -= self.raised * (first < self.skip)
            start = u + self.indent
            if self.centred:
                start = u + (self.theme.width - line.width * self.size / 1000) / 2
            page.texts.append(Text(start, middle, self.size, line, self.setter, self.element))


class CaptionBox(Box):
    """A picture's caption, or words pulled out of a text in a larger size: between two hair rules, lines balanced and
    centred.  `at_head` of a column the upper one is not drawn: it would stand too close under a headline."""

    spreads = True
    at_head = False

    def __init__(self, theme: Theme, element: str, setter: Setter, text: str, size: float = 0.0) -> None:
        super().__init__(theme, element)
        self.size = size or theme.caption
        self.lines = display_lines(setter, text, theme.width - 2 * theme.size, self.size, 0)
        self.setter, self.text = setter, text

    @property
    def rows(self) -> int:
        return self.skip + len(self.lines) + 1 + self.below

    def may_end(self, row: int) -> bool:
        return row == self.rows - 1

    def fuller(self) -> list[SetLine]:
        """Its lines where it takes one more."""
        return display_lines(self.setter, self.text, self.theme.width - 2 * self.theme.size, self.size, 0, len(self.lines) + 1)

    def _middles(self, first: int, last: int) -> Iterator[tuple[float, SetLine]]:
        """The lines stand closer than the grid, in the middle of the caption's own rows."""
        whole = len(self.lines) + 1
        pitch = min(self.theme.leading, self.size * 1.42)
        top = (self.skip + whole / 2 - first) * self.theme.leading - pitch * (len(self.lines) - 1) / 2
        for number, line in enumerate(self.lines):
            # A caption higher than the page is cut like anything else: a line goes with its row.
            if first <= self.skip + number + (number > 0) < last - self.below * (last == self.rows):
                yield top + number * pitch, line

    def ink(self, first: int, last: int) -> Iterator[Ink]:
        for middle, _ in self._middles(first, last):
            yield Ink(middle, middle, self.size)

    def draw(self, page: Page, u: float, v: float, first: int, last: int) -> None:
        leading, width = self.theme.leading, self.theme.width
        for middle, line in self._middles(first, last):
            start = u + (width - line.width * self.size / 1000) / 2
            page.texts.append(Text(start, v + middle, self.size, line, self.setter, self.element, 0.15))
        foot = last - self.below * (last == self.rows)
        top, bottom = v + (max(0, self.skip - first) + 0.30) * leading, v + (foot - first - 0.30) * leading
        page.rules += [Rule(u, at, u + width, at, 0.4, 0.5) for at in ((bottom,) if self.at_head else (top, bottom))]


class ImprintBox(Box):
    """Lines of the colophon across the page, closer than the grid, centred as a group of its own."""

    MOST = 12

    def __init__(self, theme: Theme, setter: Setter, texts: list[tuple[str, str]]) -> None:
        super().__init__(theme, texts[0][0])
        self.size, self.setter = theme.colophon, setter
        self.pitch = self.size * 1.42
        measure = int(theme.span * 1000 / self.size)
        self.lines: list[tuple[str, SetLine]] = []
        for key, text in texts:
            paragraph = Paragraph(setter, text, measure)
            self.lines += [(key, set_line(paragraph, line, justify=False)) for line in paragraph.lines()]

    @property
    def rows(self) -> int:
        return max(1, math.ceil(self.pitch * len(self.lines) / self.theme.leading))

    def may_end(self, row: int) -> bool:
        return row == self.rows - 1

    def draw(self, page: Page, u: float, v: float, first: int, last: int) -> None:
        leading = self.theme.leading
        for number, (key, line) in enumerate(self.lines):
            middle = (number + 0.5) * self.pitch
            # An imprint higher than the page is cut like anything else: a line goes with the row it stands on.
            if first <= min(int(middle / leading), self.rows - 1) < last:
                start = u + (self.theme.span - line.width * self.size / 1000) / 2
                at = v + middle - first * leading
                page.texts.append(Text(start, at, self.size, line, self.setter, key, 0.2))
