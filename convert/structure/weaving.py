"""Which column each piece of text read across belongs to: a log-linear model of all choices, decoded by beam search.

A text layer read across is emitted row by row, and in a row from left to right, but its lines end anywhere in a row.  So a piece
goes on in a column to the right of the last one or, in the next row, in any; it may open a column, or stay in that of the piece
before it (names in a byline).  What speaks for each choice are named signs, whose weights (`columns.toml`) `tools/fit_columns.py`
learns from pages whose columns are known (structured perceptron, Collins 2002, with violations fixed in the beam, Huang 2012).
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from convert.structure import flow
from convert.structure.lexis import Lexis
from convert.structure.pieces import Piece
from convert.structure.reading import balance, is_closed

BEAM = 40
MOST = 6
"""Columns side by side at most."""
INDENT, SLACK, HEAD = 3, 4, 7
"""Columns of a terminal a line falls short of its column: at least, if indented; at most, if full; more, if short."""
DEAD = 2
"""Rows from which a column that got nothing has most likely come to its end."""

CHAIN, RARE = 8, 6
"""Pieces of a column that say what it is about, and pieces of a stretch a pair of characters stands in at most to say so."""

_NUMERALS = frozenset("0123456789〇一二三四五六七八九十百千万亿两几多数")
_PARTICLES = frozenset("的了着们吗呢吧")
_MARKS = frozenset("，。、；：！？”’）》」』")

Signs = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column so far: its last piece by number, its width in columns of a terminal, the rows that passed it since, its first
    piece, and the last ones.
    """

    last: int
    width: int
    age: int = 0
    first: int = -1
    chain: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """Where a piece may go: `at` counts columns from the left, `opens` puts a new one there, `stays` is no row's next step."""

    at: int
    way: Signs
    wraps: bool = False
    opens: bool = False
    stays: bool = False
    below: Signs = ()

    @property
    def signs(self) -> Signs:
        """All of them: of the way there, and of the piece it is put under."""
        return self.below + self.way


@dataclass(frozen=True, slots=True)
class Woven:
    """The columns so far, that of the last piece (-1: none), and the rows begun."""

    columns: tuple[Column, ...] = ()
    at: int = -1
    rows: int = 0

    @property
    def ends(self) -> tuple[int, ...]:
        """What the columns end with: ways that end alike differ no more in what may follow."""
        return tuple(column.last for column in self.columns)


@cache
def weights() -> Mapping[str, float]:
    """Read `columns.toml`, once a process."""
    table: dict[str, float] = tomllib.loads(Path(__file__).with_name("columns.toml").read_text("utf-8"))
    return table


class Weave:
    """The pieces of a stretch, and what speaks for each way to sort them."""

    def __init__(self, rows: Sequence[Sequence[Piece]], wide: int, lexis: Lexis) -> None:
        self.pieces = [piece for row in rows for piece in row]
        self.lines = [at for at, row in enumerate(rows) for _ in row]
        self._wide, self._lexis = wide, lexis
        self._closed = [is_closed(piece.text) for piece in self.pieces]
        self._balance = [balance(piece.text) for piece in self.pieces]
        self._pairs = [{a + b for a, b in pairwise(piece.text) if flow.han(a + b) == a + b} for piece in self.pieces]
        self._often = Counter(pair for pairs in self._pairs for pair in pairs)
        self._shares: dict[tuple[int, int], float] = {}
        self._seams: dict[tuple[int, int], tuple[float, float]] = {}
        self._under: dict[tuple[int, int, int], Signs] = {}

    def among(self, rows: Sequence[Sequence[Piece]]) -> Weave:
        """The same for some of its pieces."""
        return Weave(rows, self._wide, self._lexis)

    def choices(self, woven: Woven, item: int) -> Iterator[Choice]:
        """Everywhere piece number `item` may go."""
        columns, before, count = woven.columns, woven.at, len(woven.columns)
        inside = before >= 0 and self.lines[item] == self.lines[item - 1]
        passed = [self._passed(column) for column in columns]
        for at in range(before + 1 if inside else 0, count):
            signs = [*_way(passed, before, at, inside)]
            if at == before:
                signs.append(("same", 1.0))
            if columns[at].age:
                signs.append(("age1" if columns[at].age == 1 else "age2" if columns[at].age <= DEAD + 1 else "age3", 1.0))
            alike = self._alike(columns, at, item)
            if alike:
                signs.append(("topic", alike))
            yield Choice(at, tuple(signs), wraps=at <= before, below=self._signs(columns[at], item))
        if inside:
            yield Choice(before, self._staying(columns[before], item), stays=True)
        if count < MOST:
            opening = self._opening(woven, item)
            for at in range(before + 1 if inside else 0, count + 1):
                signs = [*opening, *_way(passed, before, at, inside)]
                if at <= before:
                    signs.append(("new_wrap", 1.0))
                elif at == count:
                    signs.append(("new_end", 1.0))
                if at == 0 and count:
                    signs.append(("new_left", 1.0))
                yield Choice(at, tuple(signs), wraps=at <= before, opens=True)

    def taken(self, woven: Woven, item: int, choice: Choice) -> Woven:
        """What comes of a choice."""
        columns, at = list(woven.columns), choice.at
        if not choice.stays:
            skipped = [*range(woven.at + 1, len(columns)), *range(at)] if choice.wraps else range(woven.at + 1, at)
            for other in skipped:
                column = columns[other]
                columns[other] = replace(column, age=column.age + 1)
        wide = self.pieces[item].width
        known = 0.8 * self._wide if choice.opens else columns[at].width
        wide = int(max(known, wide if wide <= 1.25 * self._wide else 0))
        first, chain = (item, ()) if choice.opens else (columns[at].first, columns[at].chain[1 - CHAIN :])
        column = Column(item, wide, 0, first, (*chain, item))
        if choice.opens:
            columns.insert(at, column)
        else:
            columns[at] = column
        return Woven(tuple(columns), at, woven.rows + choice.wraps)

    def ending(self, woven: Woven) -> Signs:
        """The signs of the columns as they end: what stops in the middle goes on at the head of the next one."""
        said: dict[str, float] = {}

        def add(sign: str, value: float = 1.0) -> None:
            said[sign] = said.get(sign, 0.0) + value

        for at, column in enumerate(woven.columns):
            following = woven.columns[at + 1] if at + 1 < len(woven.columns) else None
            wants = not self._closed[column.last] and self.pieces[column.last].width >= column.width - SLACK
            if wants and following is not None:
                words, pairs = self._seam(column.last, following.first)
                add("foot")
                add("foot_seam", words / 4)
                add("foot_pairs", pairs)
                if self._balance[column.last][0] and self._balance[following.first][1]:
                    add("foot_closes")
            elif wants:
                add("foot_last")
            elif following is not None and self.pieces[following.first].width >= following.width - 1:
                add("foot_headless")
        return tuple(said.items())

    def _alike(self, columns: Sequence[Column], at: int, item: int) -> float:
        """How much more rare pairs of characters a piece shares with a column than with any other."""
        if len(columns) < 2:
            return 0.0
        shared = [sum(self._share(one, item) for one in column.chain[-CHAIN:-1]) for column in columns]
        return max(-2.0, min(2.0, shared[at] - max(value for other, value in enumerate(shared) if other != at)))

    def _share(self, one: int, item: int) -> float:
        key = one, item
        if key not in self._shares:
            both = self._pairs[one] & self._pairs[item]
            self._shares[key] = sum(1.0 / (self._often[pair] - 1) for pair in both if self._often[pair] <= RARE)
        return self._shares[key]

    def _seam(self, last: int, item: int) -> tuple[float, float]:
        """Nats that words save over the seam, and pairs of words."""
        key = last, item
        if key not in self._seams:
            tail, head = self.pieces[last].text, self.pieces[item].text
            self._seams[key] = min(self._lexis.seam(tail, head), flow.STRONGEST), flow.follows(tail, head)
        return self._seams[key]

    def _passed(self, column: Column) -> str:
        """The sign of passing over a column."""
        wants = not self._closed[column.last] and self.pieces[column.last].width >= column.width - SLACK
        return ("skip_open" if wants else "skip_end") + ("_dead" if column.age > DEAD else "_old" if column.age else "")

    def _signs(self, column: Column, item: int) -> Signs:
        key = column.last, column.width, item
        if key not in self._under:
            self._under[key] = tuple(self._below(column, item))
        return self._under[key]

    def _below(self, column: Column, item: int) -> Iterator[tuple[str, float]]:
        """The signs of a piece under the last one of a column."""
        last, piece, wide = self.pieces[column.last], self.pieces[item], column.width
        closed, full = self._closed[column.last], last.width >= wide - SLACK
        indented, short = wide - HEAD <= piece.width <= wide - INDENT, piece.width < wide - HEAD
        ends = self._closed[item]
        if full and not closed:
            yield "open", 1.0
            words, pairs = self._seam(column.last, item)
            yield "o_seam", words / 4
            yield "o_pairs", pairs
            said = {
                "o_word": words > 4,
                "o_closes": bool(self._balance[column.last][0] and self._balance[item][1]),
                "o_mark": piece.text[0] in _MARKS,
                "o_measure": last.text[-1] in _NUMERALS and self._lexis.is_measure(piece.text[0]),
                "o_heading": short and not ends,
                "o_indented": indented and not ends,
                "o_end": short and ends,
                "o_flush": piece.width >= wide - 1,
            }
            yield from ((sign, 1.0) for sign, holds in said.items() if holds)
        else:
            above = "h" if not closed else "cf" if full else "cs"  # a heading, or a paragraph's end: a full line or a short one
            yield f"{above}_{'end' if ends and short else 'head' if short else 'indented' if indented else 'full'}", 1.0
            if piece.width >= wide - 1:  # the first line of a paragraph is indented
                yield f"{above}_flush", 1.0
            if piece.text[0] in _PARTICLES:
                yield "c_particle", 1.0
            if piece.text[0] in _MARKS:
                yield "c_mark", 1.0
            if not closed:
                yield "h_seam", self._seam(column.last, item)[0] / 4
        more = piece.width - wide
        if more >= 3:
            yield "wider", 1.0
        elif not ends:
            yield "as_wide" if abs(more) <= 1 else "nearly" if more >= -3 else "narrower" if more >= -6 else "narrow", 1.0

    def _staying(self, column: Column, item: int) -> Signs:
        before, piece = self.pieces[item - 1], self.pieces[item]
        signs = ["stay", "stay_fits" if before.width + piece.width < max(column.width, self._wide) + 2 else "stay_over"]
        if before.text[-1].isalnum() and piece.text[0].isalnum():
            signs.append("stay_letters")
        if before.width <= 3:
            signs.append("stay_tiny")
        if min(before.width, piece.width) <= 8:
            signs.append("stay_short")
        return tuple((sign, 1.0) for sign in signs)

    def _opening(self, woven: Woven, item: int) -> list[tuple[str, float]]:
        wide, signs = self.pieces[item].width, [("new", 1.0), ("new_count", float(len(woven.columns)))]
        signs.append(("new_late", math.log1p(woven.rows)) if woven.rows else ("new_first", 1.0))
        if wide >= self._wide - 2:
            signs.append(("new_full", 1.0))
        elif self._wide - HEAD <= wide <= self._wide - INDENT:
            signs.append(("new_indented", 1.0))
        return signs


def _way(passed: Sequence[str], before: int, at: int, inside: bool) -> Iterator[tuple[str, float]]:
    """The signs of the columns passed over between two pieces."""
    yield from ((sign, 1.0) for sign in (passed[before + 1 : at] if at > before else (*passed[before + 1 :], *passed[:at])))
    if at > before >= 0 and not inside:
        yield "onward", 1.0


def columns(weave: Weave, worth: Mapping[str, float] | None = None, beam: int = BEAM) -> list[list[list[Piece]]]:
    """The pieces by columns, from left to right, each column a list of what stands in one line of it."""
    worth = weights() if worth is None else worth
    states: list[tuple[float, Woven, tuple[object, ...]]] = [(0.0, Woven(), ())]
    known: dict[int, float] = {}

    def gained(choice: Choice) -> float:
        mark = id(choice.below)  # the weave keeps them all
        if mark not in known:
            known[mark] = sum([worth.get(sign, 0.0) * value for sign, value in choice.below])
        return known[mark] + sum([worth.get(sign, 0.0) * value for sign, value in choice.way])

    for item in range(len(weave.pieces)):
        grown = [
            (gain + gained(choice), woven, choice, path)
            for gain, woven, path in states
            for choice in weave.choices(woven, item)
        ]
        grown.sort(key=lambda way: -way[0])
        states = []
        ends: set[tuple[int, ...]] = set()
        for gain, woven, choice, path in grown:
            after = weave.taken(woven, item, choice)
            if after.ends not in ends:
                ends.add(after.ends)
                states.append((gain, after, (choice, path)))
                if len(states) == beam:
                    break
    best = max(states, key=lambda state: state[0] + sum(worth.get(sign, 0.0) * value for sign, value in weave.ending(state[1])))
    chosen: list[Choice] = []
    path = best[2]
    while path:
        choice, path = path  # type: ignore[assignment]
        chosen.append(choice)
    out: list[list[list[Piece]]] = []
    for piece, choice in zip(weave.pieces, reversed(chosen), strict=True):
        if choice.opens:
            out.insert(choice.at, [[piece]])
        elif choice.stays:
            out[choice.at][-1].append(piece)
        else:
            out[choice.at].append([piece])
    return out
