"""Columns that a text layer has read across: rows of pieces parted by spaces, sorted back into their columns.

Which column a piece belongs to is decided for a whole stretch of rows at once (beam search): a column whose last
line is full and open wants a piece that goes on, and words completed across the line end tell which one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from convert.source import Span
from convert.structure.lexis import Lexis
from convert.structure.pieces import Piece
from convert.structure.reading import is_closed, width

WIDTH = 16
"""Least width, in columns of a terminal, of the lines that show a page to be set in columns."""
BEAM = 24
MOST = 5
"""Columns side by side at most."""
_GAP = re.compile("(?<=[^ -~]) +(?=[^ ])|(?<=[^ ]) +(?=[^ -~])|(?<=[0-9]) (?=[0-9])|  +")


def untangle(lines: Sequence[Piece], lexis: Lexis) -> Iterator[Piece]:
    """The lines with every interleaved stretch put into reading order, column by column."""
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end].blanks == 0:
            end += 1
        rows = [_tokens(line) for line in lines[start:end]]
        count = _columns(rows)
        if count > 1:
            yield from _sorted(rows, count, lexis)
        else:
            yield from lines[start:end]
        start = end


def _tokens(line: Piece) -> list[Piece]:
    """The parts of a line between spaces."""
    parts: list[Piece] = []
    at = 0
    for match in [*_GAP.finditer(line.text), None]:
        end = match.start() if match else len(line.text)
        text = line.text[at:end].strip()
        if text:
            first = at + line.text[at:end].index(text[0])
            span = Span(line.span.source, line.span.start + first, line.span.start + first + len(text))
            parts.append(replace(line, span=span, text=text, width=width(text), blanks=0, words=()))
        at = match.end() if match else end
    return _driven(parts)


def _driven(parts: list[Piece]) -> list[Piece]:
    """Characters driven apart to fill a line (产 出 4 7 台) are one part."""
    out: list[Piece] = []
    run: list[Piece] = []
    for part in [*parts, None]:
        if part is not None and len(part.text) == 1:
            run.append(part)
            continue
        out += [_joined(run)] if len(run) > 2 else run
        run = []
        if part is not None:
            out.append(part)
    return out


def _columns(rows: Sequence[list[Piece]]) -> int:
    """How many columns a stretch holds: 1 where its lines are not parted into long pieces again and again."""
    parted = [row for row in rows if 2 <= len(row) <= MOST and sum(piece.width >= WIDTH for piece in row) >= 2]
    if len(parted) < 3 or len(parted) < 0.15 * len(rows):
        return 1
    counts = sorted((len(row) for row in parted), reverse=True)
    return counts[1] if len(counts) > 2 else counts[-1]


@dataclass(frozen=True, slots=True)
class _State:
    """One way to have sorted the rows so far: its cost, and per column the pieces in it."""

    cost: float
    columns: tuple[tuple[Piece, ...], ...]


def _sorted(rows: Sequence[list[Piece]], count: int, lexis: Lexis) -> Iterator[Piece]:
    widths = sorted(piece.width for row in rows for piece in row if piece.width >= WIDTH)
    wide = widths[int(0.8 * len(widths))] if widths else WIDTH
    beam = [_State(0.0, ((),) * count)]
    memo: dict[tuple[int, int], float] = {}

    def cost(last: Piece | None, piece: Piece) -> float:
        key = (last.span.start if last else -1, piece.span.start)
        if key not in memo:
            memo[key] = _cost(last, piece, wide, lexis)
        return memo[key]

    for row in rows:
        pieces = row if len(row) <= count else [*row[: count - 1], _joined(row[count - 1 :])]
        grown: list[_State] = []
        for state in beam:
            for places in _choices(count, len(pieces)):
                total = state.cost
                columns = list(state.columns)
                for at, column in enumerate(state.columns):
                    if at in places:
                        piece = pieces[places.index(at)]
                        total += cost(column[-1] if column else None, piece)
                        columns[at] = (*column, piece)
                    elif column and not is_closed(column[-1].text) and column[-1].width >= wide - 4:
                        total += 0.7
                grown.append(_State(total, tuple(columns)))
        grown.sort(key=lambda state: state.cost)
        beam = grown[:BEAM]
    for column in beam[0].columns:
        for at, piece in enumerate(column):
            yield replace(piece, blanks=0 if at else 1)


def _choices(count: int, taken: int) -> Iterator[tuple[int, ...]]:
    from itertools import combinations

    return combinations(range(count), taken)


def _joined(row: Sequence[Piece]) -> Piece:
    first, last = row[0], row[-1]
    text = " ".join(piece.text for piece in row)
    return replace(first, span=Span(first.span.source, first.span.start, last.span.end), text=text, width=width(text))


def _cost(last: Piece | None, piece: Piece, wide: int, lexis: Lexis) -> float:
    """What it costs that `piece` stands under `last` in a column."""
    if last is None:
        return 0.6
    opening = wide - 7 <= piece.width <= wide - 3
    full = last.width >= wide - 4
    closed = is_closed(last.text)
    if closed:
        if piece.text[0] in "，。、；：！？”’）》」』":
            return 2.5
        if not full:  # a paragraph has ended: the next one begins with an indent that was lost
            return 1.2 if piece.width >= wide - 2 else 0.0
        return 0.0 if opening else 0.8
    if not full:  # a heading, or a first line
        if last.width >= wide - 8:
            return 0.8 - 0.5 * min(lexis.seam(last.text, piece.text), 8.0)
        return 0.3 if opening else 1.5
    value = 1.6 - 0.6 * min(lexis.seam(last.text, piece.text), 8.0)
    if piece.text[0] in "，。、；：！？”’）》」』":
        value -= 3.0
    if piece.width < wide - 8 and not is_closed(piece.text):  # a heading cannot stand under an open line
        value += 2.0
    elif opening and not is_closed(piece.text):
        value += 0.8
    return value
