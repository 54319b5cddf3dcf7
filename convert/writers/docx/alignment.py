"""Two readings of one document, the source's lines and the edition's paragraphs, merged into one stream of changes.

The stream has three kinds of tokens: kept, deleted, inserted.  Left without what was inserted it is the source, left
without what was deleted it is the edition; this holds by construction, whatever the parser did.  What was moved is
kept where the heaviest increasing chain of pieces keeps it and is deleted and inserted elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum

from convert.writers.docx.origins import NEW


class Change(IntEnum):
    """What became of a piece of text or of a paragraph mark."""

    KEPT = 0
    DELETED = 1
    INSERTED = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a reading: its text, and the place of every character (`NEW` where the source has none)."""

    text: str
    places: Sequence[int]


@dataclass(frozen=True, slots=True)
class Merged:
    """One paragraph of the merged document: runs with what became of them, then its mark.

    `line` is the number of the edition's paragraph whose text this is or would join.
    """

    runs: tuple[tuple[Change, str], ...]
    mark: Change
    line: int


MARK = "\n"
"""The paragraph mark as a token; no text of a line holds one."""


def merge(before: Sequence[Line], after: Sequence[Line]) -> list[Merged]:
    """The merged stream.  Neither reading may hold an empty line or a line break inside a line."""
    kept = _chain(_present(before, after))
    out = _Builder(len(after))
    left, right = _tokens(before), _tokens(after)
    index = {place: number for number, (_, place) in enumerate(left) if place != NEW}
    at_left = at_right = 0
    for number, (_, place) in enumerate(right):
        if place in kept:
            kept.discard(place)
            at = index[place]
            if at_left < at or at_right < number:
                _gap(out, _parts(left[at_left:at]), _parts(right[at_right:number]))
            out.put(Change.KEPT, left[at][0])
            at_left, at_right = at + 1, number + 1
    _end(out, _parts(left[at_left:]), _parts(right[at_right:]))
    return out.merged


def _tokens(lines: Sequence[Line]) -> list[tuple[str, int]]:
    tokens: list[tuple[str, int]] = []
    for line in lines:
        tokens += zip(line.text, line.places, strict=True)
        tokens.append((MARK, NEW))
    return tokens


@dataclass(slots=True)
class _Piece:
    """A run of neighbouring places, in the order of the edition."""

    start: int
    end: int


def _present(before: Sequence[Line], after: Sequence[Line]) -> list[_Piece]:
    """What the edition keeps of the source, as pieces.  A place named twice counts once."""
    there = {place for line in before for place in line.places}
    seen: set[int] = set()
    pieces: list[_Piece] = []
    for line in after:
        for place in line.places:
            if place == NEW or place not in there or place in seen:
                continue
            seen.add(place)
            if pieces and pieces[-1].end == place:
                pieces[-1].end += 1
            else:
                pieces.append(_Piece(place, place + 1))
    return pieces


def _chain(pieces: Sequence[_Piece]) -> set[int]:
    """Places of the heaviest chain of pieces whose order is the source's.  O(n log n), by a Fenwick tree of best weights."""
    order = sorted(range(len(pieces)), key=lambda number: pieces[number].start)
    rank = {number: position for position, number in enumerate(order, 1)}
    tree: list[tuple[int, int]] = [(0, -1)] * (len(pieces) + 1)
    came_from: list[int] = []
    best = (0, -1)
    for number, piece in enumerate(pieces):
        weight, previous = 0, -1
        at = rank[number] - 1
        while at > 0:
            if tree[at][0] > weight:
                weight, previous = tree[at]
            at -= at & -at
        came_from.append(previous)
        entry = (weight + piece.end - piece.start, number)
        best = max(best, entry, key=lambda item: item[0])
        at = rank[number]
        while at <= len(pieces):
            if tree[at][0] < entry[0]:
                tree[at] = entry
            at += at & -at
    kept: set[int] = set()
    number = best[1]
    while number >= 0:
        kept.update(range(pieces[number].start, pieces[number].end))
        number = came_from[number]
    return kept


def _parts(tokens: Sequence[tuple[str, int]]) -> list[str]:
    return "".join(character for character, _ in tokens).split(MARK) if tokens else [""]


def _gap(out: _Builder, left: list[str], right: list[str]) -> None:
    """What stands between two kept characters: deletions and insertions, paragraph marks kept as far as they pair."""
    if len(left) == len(right) == 1:
        out.put(Change.DELETED, left[0])
        out.put(Change.INSERTED, right[0])
        return
    for stretches in _pairings(left, right):
        orders = _orders(stretches)
        if orders is not None:
            break
    for number, ((old, new), order) in enumerate(zip(stretches, orders or (), strict=True)):
        if number:
            out.end(Change.KEPT)
        for change in order:
            parts = old if change is Change.DELETED else new
            for position, text in enumerate(parts):
                if position:
                    out.end(change)
                out.put(change, text)


def _end(out: _Builder, left: list[str], right: list[str]) -> None:
    """The gap at the end.  No word processor can delete the last mark of a document, so the last marks pair."""
    _gap(out, left[:-1] or [""], right[:-1] or [""])
    out.end(Change.KEPT)


_Stretch = tuple[list[str], list[str]]
"""What is deleted and what is inserted between two kept marks, each cut at its own marks."""


def _pairings(left: list[str], right: list[str]) -> Iterator[list[_Stretch]]:
    """Ways to pair the marks of a gap, the best first: the first marks (a line dropped between two paragraphs goes with
    its own mark), the last marks, none."""
    pairs = min(len(left), len(right)) - 1
    singles: list[_Stretch] = [([old], [new]) for old, new in zip(left, right, strict=False)]
    yield [*singles[:pairs], (left[pairs:], right[pairs:])]
    cut_left, cut_right = len(left) - pairs, len(right) - pairs
    tail: list[_Stretch] = [([old], [new]) for old, new in zip(left[cut_left:], right[cut_right:], strict=True)]
    yield [(left[:cut_left], right[:cut_right]), *tail]
    yield [(left, right)]


_FORWARD = (Change.DELETED, Change.INSERTED)
_BACKWARD = (Change.INSERTED, Change.DELETED)


def _orders(stretches: Sequence[_Stretch]) -> list[tuple[Change, Change]] | None:
    """For every stretch which comes first, so that no kept mark has changes of one kind on both sides; None if none will do.

    LibreOffice takes such changes for one and the mark for a part of it.
    """
    ways: list[dict[tuple[Change, Change], tuple[Change, Change] | None]] = []
    ends: dict[tuple[Change, Change], Change | None] = {_FORWARD: None}
    for number, stretch in enumerate(stretches):
        way: dict[tuple[Change, Change], tuple[Change, Change] | None] = {}
        new_ends: dict[tuple[Change, Change], Change | None] = {}
        for order in (_FORWARD, _BACKWARD):
            there = [change for change in order if _holds(stretch, change)]
            before = next((old for old, end in ends.items() if not there or end is not there[0]), None)
            if number and before is None:
                continue
            way[order] = before
            new_ends[order] = there[-1] if there else None
        if not way:
            return None
        ways.append(way)
        ends = new_ends
    order = next(iter(ends))
    found = []
    for way in reversed(ways):
        found.append(order)
        order = way[order] or _FORWARD
    return found[::-1]


def _holds(stretch: _Stretch, change: Change) -> bool:
    parts = stretch[0] if change is Change.DELETED else stretch[1]
    return len(parts) > 1 or bool(parts[0])


class _Builder:
    """Runs and marks as they come, neighbouring runs of one kind joined."""

    def __init__(self, lines: int) -> None:
        self.merged: list[Merged] = []
        self._runs: list[tuple[Change, list[str]]] = []
        self._line = 0
        self._last = lines - 1

    def put(self, change: Change, text: str) -> None:
        if not text:
            return
        if self._runs and self._runs[-1][0] is change:
            self._runs[-1][1].append(text)
        else:
            self._runs.append((change, [text]))

    def end(self, mark: Change) -> None:
        runs = tuple((change, "".join(parts)) for change, parts in self._runs)
        self.merged.append(Merged(runs, mark, min(self._line, self._last)))
        self._runs = []
        if mark is not Change.DELETED:
            self._line += 1
