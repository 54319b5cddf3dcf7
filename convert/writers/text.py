"""Plain text: the words of the edition and nothing else, a blank line between blocks, two between articles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from convert.issue import Block, Issue, Role
from convert.style import Style
from convert.variants.table import Variant
from convert.writers.plain import one_line

HEAD = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.BYLINE})


class TextWriter:
    """UTF-8 without byte-order mark, line feeds.  Dropped furniture is left out; nothing is generated."""

    name = "text"
    extension = "txt"
    media_type = "text/plain; charset=utf-8"
    variants: tuple[str, ...] = ("source",)

    def write(self, issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]:
        """Write the whole issue; no notices."""
        parts = [_blocks(article.blocks) for article in issue.articles]
        parts.append(_blocks(issue.colophon))
        sink.write("\n\n".join(part for part in parts if part).encode("utf-8"))
        return ()


def _blocks(blocks: Iterable[Block]) -> str:
    """Blocks as paragraphs; headline lines that follow each other, and lines of verse, stand close."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        text = one_line(block.text)
        if not text:
            continue
        if before is not None and not _close(before, block):
            lines.append("\n")
        lines.append(f"{text}\n")
        before = block
    return "".join(lines)


def _close(before: Block, block: Block) -> bool:
    if before.role in HEAD and block.role in HEAD:
        return True
    return before.kind == block.kind and block.kind in ("verse", "list-item", "table-row", "contents")
