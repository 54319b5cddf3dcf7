"""From pieces to ledger rows: the smallest ranges that differ, so that a row shows what changed and nothing else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from convert.issue import VariantEdit
from convert.ledger import Status
from convert.variants.model import Doubt, Piece


def differences(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """Ranges of `before` that differ and what stands there instead.

    Strings of equal length are compared character by character (conversion keeps the order); of others the common
    beginning and end are left out.
    """
    if before == after:
        return
    if len(before) == len(after):
        start = None
        for at, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new and start is None:
                start = at
            elif old == new and start is not None:
                yield start, at, after[start:at]
                start = None
        if start is not None:
            yield start, len(before), after[start:]
        return
    limit = min(len(before), len(after))
    head = 0
    while head < limit and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < limit - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    yield head, len(before) - tail, after[head:len(after) - tail]


def changes(block: str, text: str, pieces: Iterable[Piece], doubts: Iterable[Doubt] = ()) -> list[VariantEdit]:
    """The rows of one block: applied ones from the pieces, suggested ones for the readings not chosen."""
    rows: list[VariantEdit] = []
    for piece in pieces:
        before = text[piece.start:piece.end]
        if before == piece.out:
            continue
        for start, end, after in differences(before, piece.out):
            low, high = piece.start + start, piece.start + end
            rows.append(VariantEdit(block, low, high, text[low:high], after, piece.rule, piece.confidence, why=piece.why))
    for doubt in doubts:
        rows.append(
            VariantEdit(
                block, doubt.start, doubt.end, text[doubt.start:doubt.end], doubt.alternative,
                doubt.rule, doubt.confidence, Status.SUGGESTED, doubt.why,
            )
        )
    rows.sort(key=lambda row: (row.start, row.end, row.status is Status.SUGGESTED))
    return rows


def outcome(pieces: Iterable[Piece], start: int, end: int) -> str | None:
    """What a range of the text becomes; None where a piece of another length crosses its border."""
    out: list[str] = []
    for piece in pieces:
        if piece.end <= start or piece.start >= end:
            continue
        low, high = max(start, piece.start), min(end, piece.end)
        if (low, high) == (piece.start, piece.end):
            out.append(piece.out)
        elif len(piece.out) == piece.end - piece.start:
            out.append(piece.out[low - piece.start:high - piece.start])
        else:
            return None
    return "".join(out)


def moved(cells: Iterable[tuple[int, int]], pieces: Sequence[Piece]) -> tuple[tuple[int, int], ...]:
    """Ranges of the text as ranges of the converted text.  A border inside a piece moves with its common length."""
    places = sorted({place for cell in cells for place in cell})
    where: dict[int, int] = {}
    at = offset = 0
    for place in places:
        while at < len(pieces) and pieces[at].end <= place:
            offset += len(pieces[at].out)
            at += 1
        inside = min(place - pieces[at].start, len(pieces[at].out)) if at < len(pieces) else 0
        where[place] = offset + inside
    return tuple((where[start], where[end]) for start, end in cells)


def substitute(pieces: Sequence[Piece], matches: Iterable[tuple[int, int, str]], rule: str) -> list[Piece]:
    """Change the outcome at ranges of the *converted* text, which follow each other; pieces a range touches become one.

    A range that touches a final piece is left alone.
    """
    starts = [0, *accumulate(len(piece.out) for piece in pieces)]
    groups: list[tuple[int, int, list[tuple[int, int, str]]]] = []
    for match in matches:
        first, last = bisect_right(starts, match[0]) - 1, bisect_left(starts, match[1])
        if any(piece.final for piece in pieces[first:last]):
            continue
        if groups and groups[-1][1] > first:
            low, high, members = groups.pop()
            groups.append((low, max(high, last), [*members, match]))
        else:
            groups.append((first, last, [match]))
    out: list[Piece] = []
    done = 0
    for first, last, members in groups:
        out += pieces[done:first]
        text = "".join(piece.out for piece in pieces[first:last])
        for start, end, after in reversed(members):
            text = text[:start - starts[first]] + after + text[end - starts[first]:]
        out.append(replace(pieces[first], end=pieces[last - 1].end, out=text, rule=rule))
        done = last
    return [*out, *pieces[done:]]
