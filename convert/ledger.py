"""The ledger: every change as a row about the source, and the two laws that prove the rows are all there is.

Law 1, partition: every non-white character of every source lies in exactly one block.
Law 2, balance: a block's text is its spans, in order, with its effective edits; nothing else.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from convert.errors import BrokenLaw
from convert.source import Source, Span

if TYPE_CHECKING:
    from convert.issue import Block, Issue, Query, VariantEdit


class Status(StrEnum):
    """What became of a row: `applied` by rule, `suggested` to the editor, or decided by the editor."""

    APPLIED = "applied"
    SUGGESTED = "suggested"
    REJECTED = "rejected"
    ACCEPTED = "accepted"


EFFECTIVE = frozenset({Status.APPLIED, Status.ACCEPTED})


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: `before` is always the source text of the range, `after` what stands there instead.

    An insertion has `start == end` and names its `block`.  `confidence` is calibrated: 0.99 means 99 in 100.
    """

    id: str
    source: int
    start: int
    end: int
    before: str
    after: str
    rule: str
    confidence: float = 1.0
    status: Status = Status.APPLIED
    block: str | None = None
    why: str = ""

    @property
    def effective(self) -> bool:
        """Whether the row changes the text of its block."""
        return self.status in EFFECTIVE


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a block's text and the source it came from; `edit` is None where the source stands unchanged."""

    text_start: int
    text_end: int
    span: Span
    edit: Edit | None


class Ledger:
    """The rows while passes are at work; effective rows of one source never overlap.

    A later pass may amend: a proposal that covers earlier rows whole takes their place, and its `before` is still
    source text.  A proposal that cuts an earlier row in two is refused.
    """

    def __init__(self, sources: Sequence[Source], edits: Iterable[Edit] = ()) -> None:
        self.sources = tuple(sources)
        self._starts: list[list[tuple[int, int]]] = [[] for _ in self.sources]
        self._effective: list[dict[tuple[int, int], Edit]] = [{} for _ in self.sources]
        self._others: list[Edit] = []
        for edit in edits:
            self._put(edit)

    def _put(self, edit: Edit) -> None:
        if not edit.effective:
            self._others.append(edit)
            return
        key = (edit.start, edit.end)
        insort(self._starts[edit.source], key)
        self._effective[edit.source][key] = edit

    def overlapping(self, source: int, start: int, end: int) -> list[Edit]:
        """Effective rows that share a character with the range, or insert inside it or at the same point."""
        keys, rows = self._starts[source], self._effective[source]
        at = bisect_left(keys, (start, -1))
        if at and keys[at - 1][1] > start:
            at -= 1
        found: list[Edit] = []
        while at < len(keys) and keys[at][0] <= end:
            low, high = keys[at]
            at += 1
            same_point = low == high == start == end
            if same_point or (low < end and high > start) or (low == high and start < low < end):
                found.append(rows[low, high])
        return found

    def propose(
        self,
        source: int,
        start: int,
        end: int,
        after: str,
        rule: str,
        *,
        confidence: float = 1.0,
        status: Status = Status.APPLIED,
        block: str | None = None,
        why: str = "",
    ) -> bool:
        """Enter a row.  Returns False, and changes nothing, where it would cut an earlier row in two."""
        edit = Edit("", source, start, end, self.sources[source].text[start:end], after, rule, confidence, status, block, why)
        if not edit.effective:
            self._others.append(edit)
            return True
        earlier = self.overlapping(source, start, end)
        if any(row.start < start or row.end > end for row in earlier):
            return False
        if earlier:
            rules = list(dict.fromkeys([*(row.rule for row in earlier), rule]))
            edit = replace(edit, rule="+".join(rules))
            for row in earlier:
                key = (row.start, row.end)
                del self._effective[source][key]
                self._starts[source].remove(key)
        if edit.before == edit.after:
            return True
        self._put(edit)
        return True

    def edits(self) -> tuple[Edit, ...]:
        """All rows in source order with ids e1, e2, …"""
        rows = [edit for by_key in self._effective for edit in by_key.values()] + self._others
        rows.sort(key=lambda e: (e.source, e.start, e.end, e.rule, e.after))
        return tuple(replace(edit, id=f"e{n}") for n, edit in enumerate(rows, 1))


class EditIndex:
    """Effective edits by source, sorted, for rendering many blocks in O(n)."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._by_source: dict[int, list[Edit]] = {}
        for edit in edits:
            if edit.effective:
                self._by_source.setdefault(edit.source, []).append(edit)
        for rows in self._by_source.values():
            rows.sort(key=lambda e: (e.start, e.end))
        self._starts = {source: [e.start for e in rows] for source, rows in self._by_source.items()}

    def within(self, span: Span, block: str) -> Iterator[Edit]:
        """Rows that act inside `span` of `block`; insertions at its borders only where they name the block."""
        rows = self._by_source.get(span.source)
        if not rows:
            return
        for edit in rows[bisect_left(self._starts[span.source], span.start):]:
            if edit.start > span.end:
                return
            if edit.start == edit.end:
                if edit.block == block:
                    yield edit
            elif edit.end <= span.end:
                yield edit
            elif edit.start < span.end:
                raise BrokenLaw(f"Edit {edit.id or edit.rule} crosses the border of block {block} at {span.end}.")


def trace(block_id: str, spans: Sequence[Span], index: EditIndex, sources: Sequence[Source]) -> list[Segment]:
    """How the block's text is made: runs of source and edits, in order.  Joined, their texts are the block."""
    segments: list[Segment] = []
    at = 0
    inserted: set[int] = set()

    def emit(length: int, span: Span, edit: Edit | None) -> None:
        nonlocal at
        segments.append(Segment(at, at + length, span, edit))
        at += length

    for span in spans:
        cursor = span.start
        for edit in index.within(span, block_id):
            if edit.start == edit.end:
                if id(edit) in inserted:
                    continue
                inserted.add(id(edit))
            if edit.start > cursor:
                emit(edit.start - cursor, Span(span.source, cursor, edit.start), None)
            emit(len(edit.after), Span(span.source, edit.start, edit.end), edit)
            cursor = edit.end
        if span.end > cursor:
            emit(span.end - cursor, Span(span.source, cursor, span.end), None)
    return segments


def render(block_id: str, spans: Sequence[Span], index: EditIndex, sources: Sequence[Source]) -> str:
    """The text the second law says a block must have."""
    parts: list[str] = []
    for segment in trace(block_id, spans, index, sources):
        if segment.edit is None:
            text = sources[segment.span.source].text
            parts.append(text[segment.span.start:segment.span.end])
        else:
            parts.append(segment.edit.after)
    return "".join(parts)


def revise(issue: Issue, edits: Sequence[Edit], queries: Sequence[Query] | None = None) -> Issue:
    """`issue` with another set of edits: the texts of its blocks are made anew from their spans."""
    index = EditIndex(edits)

    def redo(blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple(replace(block, text=render(block.id, block.spans, index, issue.sources)) for block in blocks)

    return replace(
        issue,
        articles=tuple(replace(article, blocks=redo(article.blocks)) for article in issue.articles),
        colophon=redo(issue.colophon),
        dropped=redo(issue.dropped),
        edits=tuple(edits),
        queries=issue.queries if queries is None else tuple(queries),
    )


def check_laws(issue: Issue) -> None:
    """Prove partition and balance, for a variant also against its parent.  Raises `BrokenLaw` saying where."""
    if issue.parent is not None:
        _check_variant(issue, issue.parent)
        return
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
