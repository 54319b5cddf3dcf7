"""What spans all columns: the masthead, the contents list, an article's headline."""

from __future__ import annotations

import math
from typing import NamedTuple

from convert.typeset.atoms import Setter
from convert.typeset.compose import Line, Paragraph
from convert.typeset.lines import SetLine, set_line
from convert.typeset.pages.display import display_lines, line_count
from convert.typeset.pages.model import Link, Page, Rule, Text
from convert.typeset.pages.theme import Theme


class Head(NamedTuple):
    """One line group of a headline: its type size, the rows it takes a line, and what it says."""

    element: str
    setter: Setter
    text: str
    size: float
    tracking: int
    grey: float = 0.0


class Headline:
    """Kicker, title, subtitle and byline of an article as whole rows of the grid."""

    def __init__(self, theme: Theme, heads: list[Head], title: str | None) -> None:
        self.theme = theme
        self.groups: list[tuple[Head, float, list[SetLine]]] = []
        width = theme.span * 0.96
        height = 0.0
        for head in heads:
            size = head.size
            if head.element == title:
                size = _fitting(head, width, theme.title_min)
            lines = display_lines(head.setter, head.text, width, size, head.tracking)
            if head.element == title and len(lines) == 1:
                lines = [_spread(lines[0])]
            self.groups.append((head, size, lines))
            height += self._pitch(head, size) * len(lines)
        self.height = height
        self.rows = math.ceil((height + theme.leading * 0.75) / theme.leading) if heads else 0

    def _pitch(self, head: Head, size: float) -> float:
        return size * 1.36 + (2.0 if size < 15 else 0.0)

    def draw(self, page: Page, v: float) -> None:
        """Draw with the top at `v`, the lines centred on the page's span."""
        at = v + max(0.0, (self.rows * self.theme.leading - self.height) * 0.40)
        for head, size, lines in self.groups:
            pitch = self._pitch(head, size)
            for line in lines:
                start = (self.theme.span - line.width * size / 1000) / 2
                page.texts.append(Text(start, at + pitch / 2, size, line, head.setter, head.element, head.grey))
                at += pitch


def _fitting(head: Head, width: float, least: float) -> float:
    """The largest size in which a headline takes no more lines than it must, one if it can, and breaks no worse than in
    the `least`."""

    def ends(size: float) -> list[int]:
        return [len(line.atoms) for line in display_lines(head.setter, head.text, width, size, head.tracking)]

    fewest = line_count(head.setter, head.text, width, least, head.tracking)
    wanted = ends(least) if fewest > 1 else []
    size = head.size
    while size > least and (
        line_count(head.setter, head.text, width, size, head.tracking) > fewest or (wanted and ends(size) != wanted)
    ):
        size = max(least, size - 1)
    return size


def _spread(line: SetLine) -> SetLine:
    """A short headline is spaced out, the fewer its characters the more, but stays one word to extractors."""
    count = len(line.atoms)
    extra = {2: 600, 3: 450, 4: 300, 5: 200, 6: 120}.get(count, 0)
    if not extra:
        return line
    return SetLine(line.atoms, [gap + extra for gap in line.gaps], line.width + extra * len(line.gaps))


def one_line(setter: Setter, text: str, tracking: int = 0) -> SetLine:
    """All of `text` on one line at its natural width."""
    paragraph = Paragraph(setter, text, 10**9)
    if not paragraph.atoms:
        return SetLine([], [], 0)
    line = set_line(paragraph, Line(0, len(paragraph.atoms), 0, True), justify=False)
    if tracking and line.gaps:
        line = SetLine(line.atoms, [gap + tracking for gap in line.gaps], line.width + tracking * len(line.gaps))
    return line


def shortened(setter: Setter, text: str, width: int) -> SetLine:
    """`text` on one line of at most `width` thousandths of an em, cut with …… where it is longer."""
    line = one_line(setter, text)
    if line.width <= width:
        return line
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if one_line(setter, text[:middle] + "……").width <= width:
            low = middle
        else:
            high = middle - 1
    return one_line(setter, text[:low].rstrip() + "……")


class Masthead:
    """The periodical's name, and under a rule its number, date and publisher."""

    def __init__(
        self, theme: Theme, setter: Setter, small: Setter, name: str, facts: list[str], element: str,
        fact_elements: list[str],
    ) -> None:
        self.fact_elements = fact_elements
        self.theme, self.element, self.setter, self.small = theme, element, setter, small
        size = theme.masthead
        width = theme.span * 0.9
        count = max(1, len(name))
        tracking = 500 if count <= 4 else 250 if count <= 8 else 80
        line = one_line(setter, name, tracking)
        if line.width * size / 1000 > width:
            size = max(theme.title, width * 1000 / line.width)
        self.lines = [line] if line.width * size / 1000 <= width else display_lines(setter, name, width, size, 0)
        self.size = size
        self.fact_size = theme.byline * 0.95
        room = int(theme.span * 1000 / self.fact_size) - 1500 * (len(facts) - 1)
        self.facts = [one_line(small, fact) for fact in facts]
        if sum(fact.width for fact in self.facts) > room:
            self.facts = [shortened(small, fact, room // len(facts)) for fact in facts]
        below = self.fact_size * 2.3 if facts else 8
        self.rows = math.ceil((size * 1.3 * len(self.lines) + below) / theme.leading) + 1

    def _starts(self, widths: list[float]) -> list[float]:
        """Where the facts begin: one in the middle; of two the last ends at the edge; of three the second is in the
        middle under the name, unless it would touch another."""
        span = self.theme.span
        if len(widths) == 1:
            return [(span - widths[0]) / 2]
        starts = [0.0]
        spare = (span - sum(widths)) / (len(widths) - 1)
        for width in widths[:-1]:
            starts.append(starts[-1] + width + spare)
        if len(widths) == 3:
            middle = (span - widths[1]) / 2
            if widths[0] + self.fact_size < middle and middle + widths[1] + self.fact_size < starts[2]:
                starts[1] = middle
        return starts

    def draw(self, page: Page, v: float) -> None:
        """Draw with the top at `v`."""
        theme = self.theme
        at = v
        for line in self.lines:
            start = (theme.span - line.width * self.size / 1000) / 2
            page.texts.append(
                Text(start, at + self.size * 0.6, self.size, line, self.setter, self.element, accent=True)
            )
            at += self.size * 1.3
        page.rules.append(Rule(0, at, theme.span, at, 1.6, accent=True))
        if self.facts:
            size = self.fact_size
            elements = iter(self.fact_elements)
            for start, fact in zip(self._starts([fact.width * size / 1000 for fact in self.facts]), self.facts, strict=True):
                page.texts.append(Text(start, at + size * 1.1, size, fact, self.small, next(elements)))
            page.rules.append(Rule(0, at + size * 2.1, theme.span, at + size * 2.1, 0.5, accent=True))


class Contents:
    """The contents list or a page of it: a label, then titles with leaders and page numbers, in two columns if many."""

    def __init__(self, theme: Theme, label_setter: Setter, setter: Setter, label: str, entries: list[tuple[str, str]]) -> None:
        self.theme, self.label_setter, self.setter = theme, label_setter, setter
        self.label, self.entries = label, entries
        self.columns = 2 if theme.columns >= 2 and len(entries) > 3 else 1
        self.each = math.ceil(len(entries) / self.columns)
        self.head = 2 if label else 0
        self.rows = self.each + self.head + 1
        self.size = theme.size * 0.92
        self._where: list[tuple[Page, float, float, float, str]] = []

    def draw(self, page: Page, v: float) -> None:
        """Draw the label and the titles; numbers come later, when the pages are known."""
        theme = self.theme
        if self.label:
            label = one_line(self.label_setter, self.label, 600 if len(self.label) < 4 else 0)
            size = self.size * 1.25
            start = (theme.span - label.width * size / 1000) / 2
            page.texts.append(Text(start, v + theme.leading, size, label, self.label_setter, "toc-label"))
        width = (theme.span - (self.columns - 1) * theme.gutter * theme.size) / self.columns
        for number, (title, key) in enumerate(self.entries):
            column, row = divmod(number, self.each)
            u = column * (width + theme.gutter * theme.size)
            middle = v + (row + self.head + 0.5) * theme.leading
            line = shortened(self.setter, title, int((width * 1000 / self.size) - 3500))
            page.texts.append(Text(u, middle, self.size, line, self.setter, f"toc-{key}"))
            page.links.append(Link(u, middle - theme.leading / 2, u + width, middle + theme.leading / 2, key, f"toc-{key}"))
            self._where.append((page, u + line.width * self.size / 1000, u + width, middle, key))
        bottom = v + (self.rows - 0.35) * theme.leading
        page.rules.append(Rule(0, bottom, theme.span, bottom, 0.5, 0.5))

    def number(self, pages: dict[str, str]) -> None:
        """Enter the page numbers and the leaders before them."""
        size = self.size
        for page, start, end, middle, key in self._where:
            number = one_line(self.setter, pages[key])
            left = end - number.width * size / 1000
            place = next(n for n, text in enumerate(page.texts) if text.element == f"toc-{key}")
            page.texts.insert(place + 1, Text(left, middle, size, number, self.setter, f"toc-{key}-page"))
            if left - start > 2.2 * size:
                at = middle + 0.28 * size
                page.rules.append(Rule(start + 0.6 * size, at, left - 0.6 * size, at, 0.5, 0.45, dotted=True))
