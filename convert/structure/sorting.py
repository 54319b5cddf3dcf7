"""Columns sorted by costs set by hand: the second opinion beside the fitted model (`weaving`), which it keeps from tearing text.

Which column a piece belongs to is decided for a whole stretch of rows at once (beam search): a column whose last line is full
and open wants a piece that goes on, and words completed across the line end tell which one does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from convert.structure.lexis import Lexis
from convert.structure.pieces import Piece, joined
from convert.structure.reading import balance, is_closed

BEAM = 100
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


@dataclass(frozen=True, slots=True)
class _State:
    """One way to have sorted the rows so far: its cost, per column its pieces, and the columns served since its last.

    A column served twice since is there a second time, as its number below nought: it counts once, a picture may stand there.
    """

    cost: float
    columns: tuple[tuple[Piece, ...], ...]
    since: tuple[frozenset[int], ...]


def columns(rows: Sequence[list[Piece]], count: int, wide: int, lexis: Lexis) -> list[list[Piece]]:
    """The rows sorted into so many columns as wide as that, from left to right."""
    beam = [_State(0.0, ((),) * count, (frozenset(),) * count)]
    memo: dict[tuple[int, int], float] = {}

    def cost(last: Piece | None, piece: Piece) -> float:
        key = (last.span.start if last else -1, piece.span.start)
        if key not in memo:
            memo[key] = _cost(last, piece, wide, lexis)
        return memo[key]

    for row in rows:
        pieces = row if len(row) <= count else [*row[: count - 1], joined(row[count - 1 :])]
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
    return [list(column) for column in best.columns if column]


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
