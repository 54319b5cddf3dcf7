"""TSV: `ROLE<TAB>TEXT` lines, an `article` line before each article; the format the scorer reads (DESIGN section 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from convert.issue import Block, Issue, Role
from convert.style import Style
from convert.variants.table import Variant
from convert.writers.plain import visible


class TsvWriter:
    """`article`, then role and text of each block; white space inside a text becomes a space."""

    name = "tsv"
    extension = "tsv"
    media_type = "text/tab-separated-values"
    variants: tuple[str, ...] = ("source",)

    def write(self, issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]:
        """Write the whole issue; no notices."""
        sink.write("".join(f"{line}\n" for line in _lines(issue)).encode("utf-8"))
        return ()


def _lines(issue: Issue) -> Iterator[str]:
    for article in issue.articles:
        yield "article"
        yield from map(_row, article.blocks)
    yield from map(_row, issue.colophon)
    yield from map(_row, issue.dropped)


def _row(block: Block) -> str:
    role = str(block.role)
    if block.role is Role.HEADING and (block.level or 1) > 1:
        role = f"heading{block.level}"
    return f"{role}\t{visible(' '.join(block.text.split()))}"
