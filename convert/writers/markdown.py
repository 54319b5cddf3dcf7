"""Markdown (CommonMark, tables as in GFM) that any renderer reads back as exactly the words of the edition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import BinaryIO

from convert import labels
from convert.issue import Article, Block, Issue, Role
from convert.style import Style
from convert.variants.table import Variant
from convert.writers.plain import one_line

_PUNCTUATION = re.compile(r"""([\\`*_{}\[\]<>#!|~$&:@"'^=])""")
_LINE_START = re.compile(r"^([-+]|\d{1,9}[.)])(?=\s|$|-)")


class MarkdownWriter:
    """Articles are parted by a rule so that a kicker stands with its own headline; the masthead is the one generated line."""

    name = "markdown"
    extension = "md"
    media_type = "text/markdown; charset=utf-8"
    variants: tuple[str, ...] = ("source",)

    def write(self, issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]:
        """Write the whole issue without what was dropped; no notices."""
        top = 2 if issue.metadata.title else 1
        parts = []
        if issue.metadata.title:
            parts.append([f"# {escape(labels.issue_title(issue))}"])
        parts += [list(_article(article, top, issue.language)) for article in issue.articles]
        parts.append(list(_body(issue.colophon, top)))
        chapters = ["\n\n".join(part) for part in parts if part]
        sink.write(("\n\n---\n\n".join(chapters) + "\n").encode("utf-8"))
        return ()


def escape(text: str) -> str:
    """`text` as literal Markdown on one line: every character that could open markup is backslash-escaped.

    URLs are not linked, HTML and entities are not read, a line does not become a list, a rule or a heading.
    """
    line = _PUNCTUATION.sub(r"\\\1", one_line(text))
    if match := _LINE_START.match(line):
        at = match.end(1) - 1
        line = f"{line[:at]}\\{line[at:]}"
    return line


def _article(article: Article, top: int, language: str) -> Iterator[str]:
    if labels.is_stand_in(article):
        yield f"{'#' * top} {escape(labels.article_label(article, language))}"
    yield from _body(article.blocks, top)


def _body(blocks: Iterable[Block], top: int) -> Iterator[str]:
    filled = (block for block in blocks if one_line(block.text))
    for kind, run in groupby(filled, key=lambda block: block.kind if block.role is Role.PARAGRAPH else None):
        group = list(run)
        if kind == "list-item":
            yield "\n".join(f"- {escape(block.text)}" for block in group)
        elif kind == "verse":
            yield "\\\n".join(escape(block.text) for block in group)
        elif kind == "table-row":
            yield _table(group)
        else:
            yield from (_block(block, top) for block in group)


def _block(block: Block, top: int) -> str:
    text = escape(block.text)
    if block.role is Role.TITLE:
        return f"{'#' * top} {text}"
    if block.role is Role.HEADING:
        return f"{'#' * min(6, top + (block.level or 1))} {text}"
    if block.role is Role.SUBTITLE:
        return f"**{text}**"
    if block.role in (Role.KICKER, Role.BYLINE):
        return f"*{text}*"
    if block.role is Role.CAPTION or block.kind == "quotation":
        return f"> {text}"
    return text


def _table(rows: Sequence[Block]) -> str:
    """A GFM table with an empty head, for no row of the source is known to be one."""
    cells = [[escape(row.text[start:end]) for start, end in row.cells] or [escape(row.text)] for row in rows]
    width = max(map(len, cells))
    lines = [[""] * width, ["---"] * width, *([*row, *[""] * (width - len(row))] for row in cells)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
