"""The pages of an edition: masthead, contents, articles in columns, colophon."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from convert import labels
from convert.issue import Article, Block, Issue, Role
from convert.writers.docx.contents import Entry, contents
from convert.writers.docx.markup import run
from convert.writers.docx.styles import style_of, styled
from convert.writers.docx.template import Sections
from convert.writers.docx.theme import Theme
from convert.writers.xml import one_line

Inline = Callable[[Block, int, int], str]
"""Runs for a range of a block's text: plain, or with tracked changes and comments."""

_SHORT = re.compile(r"(?<![0-9A-Za-z.,:%/+=?&_#@-])([0-9]{1,2})(?![0-9A-Za-z.,:%/+=?&_#@-])")


def upright(block: Block, start: int, end: int) -> str:
    """The text for vertical lines."""
    return upright_run(block.text[start:end])


def upright_run(text: str) -> str:
    """Runs for vertical lines: numbers of one or two digits stand upright in one square (CLREQ 2.2.3)."""
    pieces = _SHORT.split(text)
    style = '<w:rStyle w:val="Upright"/>'
    return "".join(run(piece, style if number % 2 else "") for number, piece in enumerate(pieces))


HEAD = (Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.BYLINE)


def plain(block: Block, start: int, end: int) -> str:
    """The text as it is."""
    return run(block.text[start:end])


@dataclass
class _Pages:
    """The body as it grows: paragraphs of the section under way, and the sections that are closed."""

    issue: Issue
    theme: Theme
    ids: Mapping[str, str]
    sections: Sections
    inline: Inline
    open: list[str] = field(default_factory=list)
    closed: list[tuple[list[str], int]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def say(self) -> Callable[[str], str]:
        """Runs for words that are in no block."""
        return upright_run if self.theme.vertical else run

    @property
    def level(self) -> int:
        """Outline level of the last heading."""
        return self.entries[-1].level if self.entries else 0

    def put(self, key: str, inner: str) -> None:
        self.open.append(styled(self.ids, key, inner))

    def heading(self, level: int, inner: str, words: str) -> None:
        """A heading with the bookmark the contents list leads to."""
        number = len(self.entries) + 1
        name = f"_Toc{10000000 + number}"
        self.entries.append(Entry(level, name, one_line(words)))
        start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
        self.put(f"Heading{level}", f'{start}{inner}<w:bookmarkEnd w:id="{number}"/>')

    def close(self, columns: int) -> None:
        """End the section under way."""
        if self.open:
            if self.open[-1].endswith("</w:tbl>"):
                self.put("SectionEnd", "")
            self.closed.append((self.open, columns))
            self.open = []

    def open_with(self, front: list[str]) -> None:
        """Put masthead and contents before everything.

        In one column: LibreOffice makes a section of its own of a contents list, and spoils one with columns around it.
        """
        if front and self.closed and self.closed[0][1] == 1:
            self.closed[0] = (front + self.closed[0][0], 1)
        elif front:
            self.closed.insert(0, ([*front, styled(self.ids, "SectionEnd", "")], 1))

    def body(self) -> str:
        """All of it.  A section's properties ride on its last paragraph, those of the last stand at the end of the body.

        Columns are balanced only where another section follows, so an edition that ends in columns gets one, a point high.
        """
        if not self.closed or self.closed[-1][1] > 1:
            self.closed.append(([styled(self.ids, "SectionEnd", "")], 1))
        parts: list[str] = []
        final = len(self.closed) - 1
        for position, (paragraphs, columns) in enumerate(self.closed):
            section = self.sections.xml(columns, first=position == 0)
            if position == final:
                parts += [*paragraphs, section]
                continue
            before, mark, after = paragraphs[-1].rpartition("</w:pPr>")
            parts += [*paragraphs[:-1], before, section, mark, after]
        return "".join(parts)


def edition(
    issue: Issue,
    theme: Theme,
    ids: Mapping[str, str],
    sections: Sections,
    inline: Inline = plain,
    pages: Mapping[str, int] | None = None,
) -> tuple[str, list[Entry]]:
    """The children of `w:body`, and the headings in order.  `pages` are page numbers for the contents list, by bookmark."""
    columns = sections.columns
    sheet = _Pages(issue, theme, ids, sections, inline)
    for article in issue.articles:
        at = _head(article)
        _blocks(sheet, article.blocks[:at], article)
        if columns > 1 and at < len(article.blocks):
            sheet.close(1)
        _blocks(sheet, article.blocks[at:], None)
        if columns > 1 and at < len(article.blocks):
            sheet.close(columns)
    for block in issue.colophon:
        sheet.put("Colophon", inline(block, 0, len(block.text)))
    sheet.close(1)
    front = [styled(ids, "Title", sheet.say(one_line(labels.issue_title(issue))))] if issue.metadata.title else []
    details = _details(issue)
    if details:
        front.append(styled(ids, "Subtitle", sheet.say(details)))
    listed = contents(sheet.entries, theme.contents_depth, issue.language, ids, pages, sheet.say)
    sheet.open_with([*front, listed] if listed else front)
    return sheet.body(), sheet.entries


def _details(issue: Issue) -> str:
    """The line under the masthead: date, page or supplement, publisher, as far as known."""
    known = issue.metadata
    parts = (one_line(value or "") for value in (known.date, known.section, known.publisher))
    return "\u3000".join(part for part in parts if part)


def outline_level(block: Block, last: int) -> int:
    """The outline level a heading is printed at, under the article's own 1: never more than one below the `last`."""
    return max(min((block.level or 1) + 1, last + 1, 4), 1)


def _head(article: Article) -> int:
    """How many blocks at the start make the headline: kicker, title, subtitle, byline."""
    for position, block in enumerate(article.blocks):
        if block.role not in HEAD:
            return position
    return len(article.blocks)


def _blocks(sheet: _Pages, blocks: Sequence[Block], article: Article | None) -> None:
    """Blocks in reading order; `article` is given for its head, where a lost headline gets a stand-in."""
    lost = article is not None and labels.is_stand_in(article)
    for group in _groups(blocks):
        block = group[0]
        whole = "" if _tabular(block) else sheet.inline(block, 0, len(block.text))
        if lost and block.role is not Role.KICKER:
            _stand_in(sheet, article)
            lost = False
        if block.role is Role.TITLE and block.text.strip():
            sheet.heading(1, whole, block.text)
        elif block.role is Role.HEADING and block.text.strip():
            sheet.heading(outline_level(block, sheet.level), whole, block.text)
        elif _tabular(block):
            sheet.open.append(_table(sheet, group))
        elif block.text.strip():
            sheet.put(style_of(block), whole)
    if lost:
        _stand_in(sheet, article)


def _stand_in(sheet: _Pages, article: Article | None) -> None:
    if article is not None:
        label = labels.article_label(article, sheet.issue.language)
        sheet.heading(1, sheet.say(label), label)


def _groups(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Neighbouring table rows together, every other block alone."""
    rows: list[Block] = []
    for block in blocks:
        if _tabular(block):
            rows.append(block)
            continue
        if rows:
            yield rows
            rows = []
        yield [block]
    if rows:
        yield rows


def _tabular(block: Block) -> bool:
    """Whether the block is a table row whose cells hold all of its text: else it is printed as a line, and nothing is lost."""
    if not block.cells or block.role is not Role.PARAGRAPH:
        return False
    cursor = 0
    for start, end in block.cells:
        if block.text[cursor:start].strip():
            return False
        cursor = end
    return not block.text[cursor:].strip()


def _table(sheet: _Pages, rows: Sequence[Block]) -> str:
    columns = max(len(row.cells) for row in rows)
    width = sheet.theme.measure // columns
    grid = f'<w:gridCol w:w="{width}"/>' * columns
    lines = []
    for row in rows:
        cells = [sheet.inline(row, start, end) for start, end in row.cells] + [""] * (columns - len(row.cells))
        lines.append("<w:tr>" + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{styled(sheet.ids, "TableText", cell)}</w:tc>'
            for cell in cells
        ) + "</w:tr>")
    properties = f'<w:tblStyle w:val="{sheet.ids["TableGrid"]}"/><w:tblW w:w="5000" w:type="pct"/>'
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
