"""Where every character of an edition came from: block text, through a variant's changes and the ledger, to the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from convert.issue import Block, Issue, VariantEdit
from convert.ledger import EditIndex, Segment, trace
from convert.source import Source

NEW = -1
"""The origin of a character no source has at that place."""

LONGEST_COMPARED = 2_000
"""Replacements longer than this many characters are compared by their ends only: a full comparison is quadratic."""


@dataclass(frozen=True)
class Sheet:
    """All sources of an issue laid end to end, so that one number names a place in any of them."""

    sources: tuple[Source, ...]
    bases: tuple[int, ...]

    def place(self, source: int, offset: int) -> int:
        """The number of a place."""
        return self.bases[source] + offset

    def lines(self) -> Iterator[tuple[int, str]]:
        """Non-blank lines, stripped, each with the place it starts at."""
        for source, base in zip(self.sources, self.bases, strict=True):
            at = base
            for line in source.text.splitlines(keepends=True):
                body = line.strip()
                if body:
                    yield at + line.index(body), body
                at += len(line)


def sheet(sources: Sequence[Source]) -> Sheet:
    """Sources in order, one place left free between any two."""
    return Sheet(tuple(sources), tuple(accumulate((len(source.text) + 1 for source in sources[:-1]), initial=0)))


class Origins:
    """Origins of the blocks of one issue."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self.sheet = sheet(issue.sources)
        origin = issue.origin
        self._index = EditIndex(origin.edits)
        self.stages = list(_stages(issue))

    def segments(self, block: Block) -> list[Segment]:
        """How the text of the block in the source's own script was made."""
        return trace(block.id, block.spans, self._index, self.issue.sources)

    def of(self, block: Block) -> list[int]:
        """For every character of the block's text the place it was kept from, or `NEW`."""
        places: list[int] = []
        for segment in self.segments(block):
            start = self.sheet.place(segment.span.source, segment.span.start)
            if segment.edit is None:
                places.extend(range(start, start + segment.text_end - segment.text_start))
            else:
                places.extend(_kept(segment.edit.before, segment.edit.after, range(start, start + len(segment.edit.before))))
        for changes in self.stages:
            places = _converted(places, changes.get(block.id, ()))
        return places


def _stages(issue: Issue) -> Iterator[Mapping[str, Sequence[VariantEdit]]]:
    """The changes of each conversion by block, the one next to the source first."""
    if issue.parent is None:
        return
    yield from _stages(issue.parent)
    by_block: dict[str, list[VariantEdit]] = {}
    for change in sorted(issue.changes, key=lambda change: (change.block, change.start, change.end)):
        if change.effective:
            by_block.setdefault(change.block, []).append(change)
    yield by_block


def _kept(before: str, after: str, places: Sequence[int]) -> list[int]:
    """Places of the characters of `after` that were already in `before`, in the same order."""
    found = [NEW] * len(after)
    low, high = 0, min(len(before), len(after))
    while low < high and before[low] == after[low]:
        found[low] = places[low]
        low += 1
    tail = 0
    while tail < high - low and before[-1 - tail] == after[-1 - tail]:
        tail += 1
        found[-tail] = places[len(before) - tail]
    left, right = before[low:len(before) - tail], after[low:len(after) - tail]
    if left and right and len(left) * len(right) > 1 and max(len(left), len(right)) <= LONGEST_COMPARED:
        if len(left) == len(right):
            for at, (old, new) in enumerate(zip(left, right, strict=True), low):
                if old == new:
                    found[at] = places[at]
            return found
        for a, b, size in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
            for step in range(size):
                found[low + b + step] = places[low + a + step]
    return found


def _converted(places: list[int], changes: Sequence[VariantEdit]) -> list[int]:
    result: list[int] = []
    cursor = 0
    for change in changes:
        result += places[cursor:change.start]
        result += _kept(change.before, change.after, places[change.start:change.end])
        cursor = change.end
    return result + places[cursor:]
