"""The ledger: every change as a row about the source, and how rows and spans make a text.

`laws` proves that the rows are all there is.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from convert.errors import BrokenLaw
from convert.source import Source, Span


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
        for at in range(bisect_left(self._starts[span.source], span.start), len(rows)):  # a slice would copy all that follow
            edit = rows[at]
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
