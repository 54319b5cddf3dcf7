"""Markdown, as document engines (MinerU, Marker, PaddleOCR-VL) and people write it: the words without the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.readers.encodings import decode
from convert.readers.html import flow
from convert.readers.lines import Lines
from convert.readers.xml import MAX_BYTES, parse_html
from convert.source import Source

if TYPE_CHECKING:
    from markdown_it.token import Token

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<!--|-->")


class MarkdownReader:
    """CommonMark with tables and strikethrough; HTML inside is read as HTML; front matter becomes metadata."""

    name = "markdown"
    extensions = (".md", ".markdown")

    def sniff(self, head: bytes, name: str) -> float:
        """Sure by extension only: any text is Markdown."""
        return 0.8 if name.lower().endswith(self.extensions) else 0.0

    def read(self, data: bytes, name: str, options: ReadOptions) -> Source:
        """Read the words; a heading's level, list numbers and table rows are kept."""
        from markdown_it import MarkdownIt

        if len(data) > MAX_BYTES:
            raise UnreadableInput(f"{name} is larger than {MAX_BYTES // 2**20} MB, too much for one file. Split it.")
        decoded = decode(data, name, options.encoding)
        metadata, body = _front_matter(decoded.text)
        parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        out = Lines()
        _blocks(parser.parse(body.replace("\x00", "\ufffd")), out)
        return out.source(data, name, self.name, decoded.encoding, metadata=metadata)


def _blocks(tokens: Sequence[Token], out: Lines) -> None:
    heading: int | None = None
    marker = ""
    cells: list[str] | None = None
    for token in tokens:
        kind = token.type
        if kind in ("paragraph_open", "heading_open", "table_open", "bullet_list_open", "ordered_list_open", "hr"):
            out.region(None)
        if kind == "heading_open":
            heading = int(token.tag[1:])
        elif kind == "heading_close":
            heading = None
        elif kind == "list_item_open":
            marker = f"{token.info}{token.markup} " if token.info else ""
        elif kind == "tr_open":
            cells = []
        elif kind == "tr_close":
            out.line("\t".join(cells or ()))
            cells = None
        elif kind == "inline" and cells is not None:
            cells.append(" ".join(_lines(token.children or [])))
        elif kind == "inline":
            for line in _lines(token.children or []):
                out.line(marker + line, None, None, "heading" if heading else None, heading)
                marker = ""
        elif kind in ("fence", "code_block"):
            out.region(None)
            for line in token.content.splitlines():
                out.line(line)
        elif kind == "html_block":
            out.region(None)
            _html(token.content, out)


def _html(content: str, out: Lines) -> None:
    flow(parse_html(content.encode("utf-8", "replace"), "the HTML in it", "utf-8"), out)


def _lines(children: Sequence[Token]) -> Iterator[str]:
    """Lines of inline content: text, code, the words of links and of images, without the marks."""
    parts: list[str] = []
    for token in children:
        if token.type in ("softbreak", "hardbreak") or (token.type == "html_inline" and token.content.lower().startswith("<br")):
            yield "".join(parts)
            parts = []
        elif token.type == "image":
            parts.append(token.content)
        elif token.type == "html_inline":
            parts.append(_TAG.sub("", token.content))
        else:
            parts.append(token.content)
    yield "".join(parts)


def _front_matter(text: str) -> tuple[list[tuple[str, str]], str]:
    """Simple `key: value` lines between two `---` lines at the head, and the rest."""
    lines = text.split("\n", 40)
    if lines[0].rstrip() != "---":
        return [], text
    found: list[tuple[str, str]] = []
    for number, line in enumerate(lines[1:40], 1):
        if line.rstrip() in ("---", "..."):
            return found, text.split("\n", number + 1)[-1]
        key, colon, value = line.partition(":")
        if not colon or not key.strip() or " " in key.strip():
            return [], text
        found.append((key.strip().lower(), value.strip().strip("\"'")))
    return [], text
