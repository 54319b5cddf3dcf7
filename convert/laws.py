"""The two laws, and an issue made anew under them.

Law 1, partition: every non-white character of every source lies in exactly one block.
Law 2, balance: a block's text is its spans, in order, with its effective edits; nothing else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from weakref import WeakValueDictionary

from convert.errors import BrokenLaw
from convert.issue import Block, Issue, Query, VariantEdit
from convert.ledger import Edit, EditIndex, render
from convert.source import Source

LONGEST_ROW = 2000
"""Characters of a table row whose cells are found again when its text has changed; what is longer is a row of text."""


def revise(issue: Issue, edits: Sequence[Edit], queries: Sequence[Query] | None = None) -> Issue:
    """`issue` with another set of edits: the texts of its blocks are made anew from their spans, and cells move along."""
    index = EditIndex(edits)

    def anew(block: Block) -> Block:
        text = render(block.id, block.spans, index, issue.sources)
        cells = _moved(block.cells, block.text, text) if block.cells else ()
        return replace(block, text=text, cells=cells)

    def redo(blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(map(anew, blocks))

    return replace(
        issue,
        articles=tuple(replace(article, blocks=redo(article.blocks)) for article in issue.articles),
        colophon=redo(issue.colophon),
        dropped=redo(issue.dropped),
        edits=tuple(edits),
        queries=issue.queries if queries is None else tuple(queries),
    )


def _moved(cells: Sequence[tuple[int, int]], old: str, new: str) -> tuple[tuple[int, int], ...]:
    """Where the cells of a row are after its text has changed.  Words put in at the border of a cell belong to it."""
    if old == new or len(old) > LONGEST_ROW:
        return tuple(cells) if old == new else ()
    from difflib import SequenceMatcher

    changes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    found: list[tuple[int, int]] = []
    at = 0
    for start, end in cells:
        inside = [
            (first + max(start - low, 0), last - max(high - end, 0)) if kind == "equal" else (first, last)
            for kind, low, high, first, last in changes
            if (low < end and high > start) or (start <= low == high <= end and new[first:last].strip())
        ]
        begin = max(at, inside[0][0] if inside else at)
        at = max(begin, inside[-1][1] if inside else begin)
        text = new[begin:at]
        found.append((begin + len(text) - len(text.lstrip()), begin + len(text.rstrip())) if text.strip() else (begin, at))
    return tuple(found)


def check_laws(issue: Issue) -> None:
    """Prove partition and balance, for a variant also against its parent.  Raises `BrokenLaw` saying where.

    An issue cannot change, so the parent of several variants is proved once as long as it lives.
    """
    if _proved.get(id(issue)) is issue:
        return
    if issue.parent is not None:
        _check_variant(issue, issue.parent)
    else:
        _check_source(issue)
    _proved[id(issue)] = issue


_proved: WeakValueDictionary[int, Issue] = WeakValueDictionary()


def _check_source(issue: Issue) -> None:
    blocks = list(issue.blocks())
    _check_partition(issue.sources, blocks)
    _check_rows(issue.sources, blocks, issue.edits)
    index = EditIndex(issue.edits)
    for block in blocks:
        if block.text != render(block.id, block.spans, index, issue.sources):
            raise BrokenLaw(f"Balance: block {block.id} says something its spans and edits do not.")


def _check_partition(sources: Sequence[Source], blocks: Sequence[Block]) -> None:
    by_source: dict[int, list[tuple[int, int, str]]] = {}
    ids: set[str] = set()
    for block in blocks:
        if block.id in ids:
            raise BrokenLaw(f"Partition: two blocks are called {block.id}.")
        ids.add(block.id)
        for span in block.spans:
            by_source.setdefault(span.source, []).append((span.start, span.end, block.id))
    for number, source in enumerate(sources):
        cursor = 0
        for start, end, block_id in sorted(by_source.get(number, ())):
            if start < cursor:
                raise BrokenLaw(f"Partition: {source.name} {start}-{cursor} lies in block {block_id} and in another.")
            _white_only(source, cursor, start)
            if end > len(source.text):
                raise BrokenLaw(f"Partition: block {block_id} ends at {end}, behind the end of {source.name}.")
            cursor = end
        _white_only(source, cursor, len(source.text))


def _white_only(source: Source, start: int, end: int) -> None:
    left = source.text[start:end].strip()
    if left:
        raise BrokenLaw(f"Partition: “{left[:20]}” at {start}-{end} of {source.name} lies in no block.")


def _check_rows(sources: Sequence[Source], blocks: Sequence[Block], edits: Sequence[Edit]) -> None:
    owners: dict[int, list[tuple[int, int]]] = {}
    for block in blocks:
        for span in block.spans:
            owners.setdefault(span.source, []).append((span.start, span.end))
    for spans in owners.values():
        spans.sort()
    ids = {block.id for block in blocks}
    last: dict[int, Edit] = {}
    for edit in sorted(edits, key=lambda e: (e.source, e.start, e.end)):
        if sources[edit.source].text[edit.start:edit.end] != edit.before:
            raise BrokenLaw(f"Balance: edit {edit.id} does not quote the source at {edit.start}-{edit.end}.")
        if not edit.effective:
            continue
        before = last.get(edit.source)
        same_point = before is not None and (before.start, before.end) == (edit.start, edit.end)
        if before is not None and (edit.start < before.end or same_point):
            raise BrokenLaw(f"Balance: edits {before.id} and {edit.id} overlap at {edit.start}.")
        last[edit.source] = edit
        if edit.start == edit.end:
            if edit.block not in ids:
                raise BrokenLaw(f"Balance: the insertion {edit.id} names no block of the issue.")
            continue
        spans = owners.get(edit.source, [])
        at = bisect_left(spans, (edit.start + 1, -1)) - 1
        if at < 0 or spans[at][1] < edit.end:
            raise BrokenLaw(f"Balance: edit {edit.id} at {edit.start}-{edit.end} acts on no block.")


def apply_changes(text: str, changes: Iterable[VariantEdit]) -> str:
    """`text` with non-overlapping changes made, offsets counted in `text`."""
    parts: list[str] = []
    cursor = 0
    for change in sorted((c for c in changes if c.effective), key=lambda c: (c.start, c.end)):
        if change.start < cursor or text[change.start:change.end] != change.before:
            raise BrokenLaw(f"Balance: the conversion of “{change.before}” in {change.block} does not fit its block.")
        parts += (text[cursor:change.start], change.after)
        cursor = change.end
    parts.append(text[cursor:])
    return "".join(parts)


def _check_variant(issue: Issue, parent: Issue) -> None:
    check_laws(parent)
    changes: dict[str, list[VariantEdit]] = {}
    for change in issue.changes:
        changes.setdefault(change.block, []).append(change)
    mine: Mapping[str, Block] = {block.id: block for block in issue.blocks()}
    theirs = {block.id: block for block in parent.blocks()}
    if mine.keys() != theirs.keys() or changes.keys() - theirs.keys():
        raise BrokenLaw("Partition: the variant and its parent issue do not have the same blocks.")
    for block_id, block in mine.items():
        if block.text != apply_changes(theirs[block_id].text, changes.get(block_id, ())):
            raise BrokenLaw(f"Balance: the variant's block {block_id} says something its changes do not.")
