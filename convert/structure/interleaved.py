"""Columns that a text layer has read across: rows of pieces parted by spaces, sorted back into their columns.

Which column a piece belongs to is decided for a whole stretch of rows at once (beam search): a column whose last
line is full and open wants a piece that goes on, and words completed across the line end tell which one does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from convert.source import Span
from convert.structure import upright
from convert.structure.features import words
from convert.structure.lexis import Lexis
from convert.structure.pieces import Piece
from convert.structure.reading import balance, is_closed, width

WIDTH = 16
"""Least width, in columns of a terminal, of the lines that show a page to be set in columns."""
BEAM = 100
MOST = 5
"""Columns side by side at most."""
FULL = 0.8
"""Share of the column's width from which a piece shows, with another one on its row, that the page is set in columns."""
WIDER = 1.2
"""How much wider than a column the pieces of such a row are together."""
PASSED, ENDED = 1.2, 0.4
"""What it costs to pass over a column that wants a piece, and one whose paragraph has ended."""
CARRIED = 1.0
"""What it costs that a column stops in the middle."""
BALANCED = 2.2
"""What it saves that marks open at the end of one line are closed on the next."""
BIT, LONE = 16, 2.0
"""Columns of a terminal the end of a paragraph takes at most to be known for one, and what it costs that it stands alone."""
INSIDE = 2.5
"""What it costs that a paragraph begins with a particle."""
NUMERALS = frozenset("0123456789〇一二三四五六七八九十百千万亿两几多数")
"""What a line ends with that wants a measure word: 四百|个."""
_NOTE = re.compile("（[^（）]{1,16}）")
"""A note in brackets, whose space parts office and name: （记者 顾南）."""
_GAP = re.compile("(?<=[^ -~]) +(?=[^ ])|(?<=[^ ]) +(?=[^ -~])|(?<=[0-9]) (?=[0-9])|  +")


def untangle(lines: Sequence[Piece], lexis: Lexis) -> Iterator[Piece]:
    """The lines with every interleaved stretch put into reading order, column by column."""
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end].blanks == 0:
            end += 1
        rows, lifted = upright.lift([tokens(line) for line in lines[start:end]], lexis)
        yield from lifted
        count = _columns(rows)
        rows = [_whole(row, _width(rows)) for row in rows]
        if count > 1:
            yield from _sorted(rows, count, lexis)
        elif lifted:
            yield from (replace(_joined(row), blanks=0 if at else 1) for at, row in enumerate(rows))
        else:
            yield from lines[start:end]
        start = end


def is_together(text: str) -> bool:
    """Whether the spaces of a line part its own words: that of a byline, or of an imprint."""
    known = words()
    imprint = "，" not in text and any(hit.search(text) for hit in (*known.colophon, *known.drop))
    return imprint or bool(known.patterns["byline"].search(text))


def tokens(line: Piece) -> list[Piece]:
    """The parts of a line between spaces; a byline or a line of an imprint has none."""
    if is_together(line.text):
        return [line]
    parts: list[Piece] = []
    at = 0
    notes = [note.span() for note in _NOTE.finditer(line.text)]
    gaps = [gap for gap in _GAP.finditer(line.text) if not any(low < gap.start() < high for low, high in notes)]
    for match in [*gaps, None]:
        end = match.start() if match else len(line.text)
        text = line.text[at:end].strip()
        if text:
            first = at + line.text[at:end].index(text[0])
            span = Span(line.span.source, line.span.start + first, line.span.start + first + len(text))
            parts.append(replace(line, span=span, text=text, width=width(text), blanks=0, words=()))
        at = match.end() if match else end
    return _credited(_driven(parts))


def _credited(parts: list[Piece]) -> list[Piece]:
    """The last word of a credit (鲁一帆 摄) goes with what it credits."""
    if len(parts) > 1 and parts[-1].text in upright.CREDITS:
        return [*parts[:-2], _joined(parts[-2:])]
    return parts


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


def _whole(row: list[Piece], wide: int) -> list[Piece]:
    """A headline or a byline that has room in one column, its words parted by a space, is one piece."""
    short = all(piece.width < WIDTH and piece.text[-1].isalnum() for piece in row)
    return [_joined(row)] if len(row) > 1 and short and sum(piece.width + 1 for piece in row) <= wide else row


def _columns(rows: Sequence[list[Piece]]) -> int:
    """How many columns a stretch holds: 1 where its lines are not parted into long pieces."""
    wide = _width(rows)
    parted = [row for row in rows if 2 <= len(row) <= MOST and sum(piece.width >= WIDTH for piece in row) >= 2]
    alone = sum(len(row) == 1 and FULL * wide <= row[0].width <= wide + 2 for row in rows)
    plain = alone >= 2 and any(
        max(piece.width for piece in row) >= FULL * wide and sum(piece.width for piece in row) >= WIDER * wide for row in parted
    )
    if not plain and (len(parted) < 3 or len(parted) < 0.15 * len(rows)):
        return 1
    counts = sorted((len(row) for row in parted), reverse=True)
    return counts[1] if len(counts) > 2 else counts[-1]


def _width(rows: Sequence[list[Piece]]) -> int:
    """The width of a column: what the wider lines have in common."""
    widths = sorted(piece.width for row in rows for piece in row if piece.width >= WIDTH)
    return widths[int(0.8 * len(widths))] if widths else WIDTH


@dataclass(frozen=True, slots=True)
class _State:
    """One way to have sorted the rows so far: its cost, per column its pieces, and the columns served since its last.

    A column served twice since is there a second time, as its number below nought: it counts once, a picture may stand there.
    """

    cost: float
    columns: tuple[tuple[Piece, ...], ...]
    since: tuple[frozenset[int], ...]


def _sorted(rows: Sequence[list[Piece]], count: int, lexis: Lexis) -> Iterator[Piece]:
    wide = _width(rows)
    beam = [_State(0.0, ((),) * count, (frozenset(),) * count)]
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
                columns, since = list(state.columns), list(state.since)
                for at, column in enumerate(state.columns):
                    if at in places:
                        piece = pieces[places.index(at)]
                        total += cost(column[-1] if column else None, piece)
                        columns[at] = (*column, piece)
                        since[at] = frozenset()
                    elif column:
                        again = since[at].intersection(places)  # another column had two lines, and this one none
                        if any(-1 - place not in since[at] for place in again):
                            open_ended = not is_closed(column[-1].text) and column[-1].width >= wide - 4
                            total += PASSED if open_ended else ENDED
                        since[at] = since[at].union(places, (-1 - place for place in again))
                grown.append(_State(total, tuple(columns), tuple(since)))
        grown.sort(key=lambda state: state.cost)
        beam = grown[:BEAM]
    best = min(beam, key=lambda state: state.cost + _carried(state, lexis))
    for column in best.columns:
        for at, piece in enumerate(column):
            yield replace(piece, blanks=0 if at else 1)


def _carried(state: _State, lexis: Lexis) -> float:
    """What the feet of the columns say: text that stops in the middle there goes on at the head of the next column."""
    cost = 0.0
    for column, following in pairwise(state.columns):
        if column and following and not is_closed(column[-1].text):
            cost += CARRIED - 0.5 * min(8.0, lexis.seam(column[-1].text, following[0].text))
            cost -= _closes(column[-1], following[0])
    last = state.columns[-1]
    return cost + (0.5 * CARRIED if last and not is_closed(last[-1].text) else 0.0)


def _choices(count: int, taken: int) -> Iterator[tuple[int, ...]]:
    return combinations(range(count), taken)


def _joined(row: Sequence[Piece]) -> Piece:
    first, last = row[0], row[-1]
    text = " ".join(piece.text for piece in row)
    return replace(first, span=Span(first.span.source, first.span.start, last.span.end), text=text, width=width(text))


def _closes(last: Piece, piece: Piece) -> float:
    """What it says that a quotation or bracket open at the end of `last` is closed in `piece`."""
    return BALANCED if balance(last.text)[0] and balance(piece.text)[1] else 0.0


def _cost(last: Piece | None, piece: Piece, wide: int, lexis: Lexis) -> float:
    """What it costs that `piece` stands under `last` in a column."""
    if last is None:
        return 0.6
    opening = wide - 7 <= piece.width <= wide - 3
    full = last.width >= wide - 4
    closed = is_closed(last.text)
    if closed:
        if is_closed(piece.text) and piece.width <= BIT:  # too short to be a paragraph, so the end of one
            return LONE
        if piece.text[0] in "，。、；：！？”’）》」』":
            return 2.5
        if piece.text[0] in "的了着们吗呢吧":  # no sentence begins so
            return INSIDE
        if not full:  # a paragraph has ended: the next one begins with an indent that was lost
            return 1.2 if piece.width >= wide - 2 else 0.0
        return 0.0 if opening else 0.8
    if not full:  # a heading, or a first line
        if last.width >= wide - 8:
            return 0.8 - 0.5 * min(lexis.seam(last.text, piece.text), 8.0)
        return 0.0 if opening else 1.5
    value = 1.6 - 0.6 * min(lexis.seam(last.text, piece.text), 8.0) - _closes(last, piece)
    if piece.text[0] in "，。、；：！？”’）》」』" or (last.text[-1] in NUMERALS and lexis.is_measure(piece.text[0])):
        value -= 3.0
    if piece.width < wide - 8 and not is_closed(piece.text):  # a heading cannot stand under an open line
        value += 2.0
    elif opening and not is_closed(piece.text):
        value += 0.8
    return value
