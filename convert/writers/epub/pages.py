"""Where the pages of the original begin in the edition, when the reader knew them (EPUB Accessibility 1.1, page source).

A page is marked once, at the first of its text in reading order: an article continued from page 1 on page 3 passes
page 3 before the second article returns to page 1.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from convert.issue import Block, Issue, VariantEdit
from convert.ledger import EditIndex, trace
from convert.source import Source
from convert.writers.epub.inline import PageBreak


def page_breaks(issue: Issue) -> dict[str, list[PageBreak]]:
    """Page breaks by block id, in reading order; empty where no source has pages."""
    origin = issue.origin
    if not any(source.pages for source in origin.sources):
        return {}
    index = EditIndex(origin.edits)
    changes = _changes(issue)
    labels = _labels(origin.sources)
    seen: set[tuple[int, int]] = set()
    found: dict[str, list[PageBreak]] = {}
    for block in _printed(origin):
        for source, page, offset in _pages_of(block, index, origin.sources):
            if (source, page) in seen or (source, page) not in labels:
                continue
            seen.add((source, page))
            for level in changes:
                offset = _moved(offset, level.get(block.id, []))
            mark = PageBreak(offset, f"page{source}-{page}", labels[source, page])
            found.setdefault(block.id, []).append(mark)
    return found


def _printed(issue: Issue) -> Iterator[Block]:
    for article in issue.articles:
        yield from (block for block in article.blocks if block.text.strip())
    yield from (block for block in issue.colophon if block.text.strip())


def _labels(sources: tuple[Source, ...]) -> dict[tuple[int, int], str]:
    """Printed labels, made different from each other: a reader who asks for page 3 must get one."""
    labels: dict[tuple[int, int], str] = {}
    taken: set[str] = set()
    for number, source in enumerate(sources):
        for page in source.pages:
            label = page.label.strip() or str(page.index + 1)
            if label in taken:
                label = f"{number + 1}-{label}" if f"{number + 1}-{label}" not in taken else f"{number + 1}-{page.index + 1}"
            taken.add(label)
            labels[number, page.index] = label
    return labels


def _pages_of(block: Block, index: EditIndex, sources: tuple[Source, ...]) -> Iterator[tuple[int, int, int]]:
    """Source, page and offset in the block's text of each line that begins or goes on in the block."""
    for segment in trace(block.id, block.spans, index, sources):
        span = segment.span
        source = sources[span.source]
        if not source.pages or span.start == span.end:
            continue
        first = max(bisect_right(source.line_starts, span.start) - 1, 0)
        last = bisect_left(source.line_starts, span.end)
        for line in source.lines[first:last]:
            if line.page is not None:
                inside = max(line.start - span.start, 0) if segment.edit is None else 0
                yield span.source, line.page, segment.text_start + inside


def _changes(issue: Issue) -> list[dict[str, list[VariantEdit]]]:
    """The variant's changes by block, from the origin outwards."""
    levels: list[dict[str, list[VariantEdit]]] = []
    at: Issue | None = issue
    while at is not None and at.parent is not None:
        level: dict[str, list[VariantEdit]] = {}
        for change in at.changes:
            if change.effective:
                level.setdefault(change.block, []).append(change)
        for rows in level.values():
            rows.sort(key=lambda row: (row.start, row.end))
        levels.insert(0, level)
        at = at.parent
    return levels


def _moved(offset: int, changes: list[VariantEdit]) -> int:
    """An offset of the parent's text in the variant's; inside a change it becomes the start of the change."""
    delta = 0
    for change in changes:
        if change.end <= offset:
            delta += len(change.after) - (change.end - change.start)
        elif change.start < offset:
            return change.start + delta
        else:
            break
    return offset + delta
