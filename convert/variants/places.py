"""Where a range of a block's text is in the sources."""

from __future__ import annotations

from collections.abc import Iterable

from convert.issue import Block
from convert.ledger import Segment


def place(block: Block, segments: Iterable[Segment], start: int, end: int) -> tuple[int, int, int]:
    """Source, start and end of a range of a block's text; the first source where it runs over two."""
    found: list[tuple[int, int, int]] = []
    for segment in segments:
        low, high = max(start, segment.text_start), min(end, segment.text_end)
        if low < high:
            span = segment.span
            if segment.edit is None:
                moved = span.start - segment.text_start
                found.append((span.source, low + moved, high + moved))
            else:
                found.append((span.source, span.start, span.end))
    if not found:
        span = block.spans[0]
        return span.source, span.start, span.start
    source = found[0][0]
    return source, found[0][1], max(high for at, _, high in found if at == source)
