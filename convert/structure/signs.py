"""What is seen of two units that may be one paragraph: at the end of the one, at the start of the other, across, and between.

Each sign is a name and a value; `joins.toml` has their weights, and `tools/fit_joins.py` fits them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from convert.structure.classes import word_class
from convert.structure.features import words
from convert.structure.lexis import Lexis
from convert.structure.seams import Ends
from convert.structure.state import Unit

FAMILIES = ("blocks", "wrapped", "placed")
"""How much lines tell: nothing, their widths, their places on the page.  Each has weights of its own."""
Signs = Iterator[tuple[str, float]]

SHORT, LONG = 16, 20
"""Characters of a line that may be one of many short ones, and of a block that is none."""
REACH = 12
"""Characters of a clause that are cut into words."""
_CLAUSE = re.compile("[，。；：！？、”’）》…—“‘（《%％ ]")
_OPENING = tuple("“‘《（【〔")
_MID = frozenset("，。、；：！？”’）》」』…%％·～")
_MARKS = {"，": "comma", "、": "enum", "；": "semicolon", "：": "colon", "）": "bracket"} | dict.fromkeys("”’》」", "quote")
_GRAMS = ((1, 1), (2, 1), (1, 2), (2, 2), (3, 1), (1, 3))
_SIGNED = ("byline", "names", "office_and_names", "org", "source_line", "date_only", "signed")


@dataclass(frozen=True, slots=True)
class Side:
    """A unit with all that signs are taken from.

    `family`: what its lines tell: `blocks`, `wrapped` or `placed`; `torn`: the logarithm of how many other blocks of
    its page end without a stop; `among`: it and its neighbours are short lines.
    """

    unit: Unit
    ends: Ends
    found: dict[str, float]
    family: str
    torn: float
    among: bool


def sides(units: Sequence[Unit], seen: Sequence[Ends], found: Sequence[dict[str, float]]) -> list[Side]:
    """All units of a page, looked at in their company."""
    short = [here.size <= SHORT for here in seen]
    torn = math.log1p(max(0, sum(map(_open, seen)) - 1))
    among = [all(short[max(0, at - 1) : at + 2]) for at in range(len(units))]
    rows = zip(units, seen, found, families(units), among, strict=True)
    return [Side(unit, here, said, family, torn, near) for unit, here, said, family, near in rows]


def _open(here: Ends) -> bool:
    """Whether a block of running text ends without a stop."""
    return not (here.closed or here.aside or here.headline or here.whole) and here.size > LONG


def families(units: Sequence[Unit]) -> list[str]:
    """How much the lines of each unit's source tell: nothing, their widths, or their places on the page."""
    wrapped = {unit.span.source for unit in units if unit.place_says is not None and unit.place_says.scale is None}
    return [
        "placed"
        if unit.place_says is not None and unit.place_says.scale is not None
        else "wrapped"
        if unit.span.source in wrapped
        else "blocks"
        for unit in units
    ]


def tail(side: Side, lexis: Lexis) -> Signs:
    """The end of a unit that may run on."""
    text, here, found = side.unit.text, side.ends, side.found
    last = text[-1:]
    yield "any", 1.0
    if here.closed:
        yield "closed", 1.0
        if here.unclosed and not here.unopened:
            yield "closed-in-quotes", 1.0
    else:
        if last.isalnum():
            yield from _last_word(text, lexis)
        else:
            yield _MARKS.get(last, "mark"), 1.0
        if "sentences" in found:
            yield "sentences", 1.0
        elif "，" in text:
            yield "clauses", 1.0
        if "；" in text:
            yield "semicolon-inside", 1.0
        if here.unclosed > here.unopened:
            yield "unclosed", 1.0
        if not found.keys().isdisjoint(_SIGNED):
            yield "signed", 1.0
    yield f"size{_step(here.size, (4, 8, 14, 20, 30, 45, 80))}", 1.0
    for name in ("photo", "closing", "report"):
        if name in found:
            yield name, 1.0
    if here.headline:
        yield "headline", 1.0
        if here.starts:
            yield "headline-starts", 1.0
    if not here.closed:
        if side.among:
            yield "among", 1.0
        if _open(here):
            yield "open", 1.0
            yield "torn-page", side.torn
    yield from _kind(here)
    place = side.unit.place_says
    if place is not None and place.full is not None:
        yield f"{'closed-' if here.closed else ''}{'full' if place.full else 'short'}", 1.0


def _last_word(text: str, lexis: Lexis) -> Signs:
    clause = last_clause(text, lexis)
    cut = lexis.words(clause[-REACH:])
    if cut:
        yield f"clause{_step(len(clause), (1, 2, 4, 8, 16))}", 1.0
        yield f"word-{word_class(cut[-1], lexis)}", 1.0
        yield f"letters{min(3, len(cut[-1]))}", 1.0


def head(side: Side, lexis: Lexis) -> Signs:
    """The start of a unit that may be a remainder."""
    unit, text, here, found = side.unit, side.unit.text, side.ends, side.found
    first = text[:1]
    if first in _MID and not text.startswith("……"):
        yield "mid", 1.0
    elif first in _OPENING:
        yield "opening", 1.0
    elif first.isalnum():
        yield from _first_word(text, lexis)
    else:
        yield "mark", 1.0
    yield f"size{_step(here.size, (4, 8, 14, 20, 30, 45, 80))}", 1.0
    if here.closed:
        yield "closed", 1.0
    if here.unopened > here.unclosed:
        yield "unopened", 1.0
    if here.starts:
        yield "starts", 1.0
    for name in ("lead", "closing", "photo", "report"):
        if name in found:
            yield name, 1.0
    if words().patterns["fact"].match(text):
        yield "fact", 1.0
    if here.opener:
        yield "opener", 1.0
    if here.headline:
        yield "headline", 1.0
        if here.size > 20:
            yield "headline-long", 1.0
    yield from _kind(here)
    place = unit.place_says
    if place is not None and place.indented is not None:
        yield "indented" if place.indented else "flush", 1.0
    if unit.glued:
        yield "glued", 1.0
    if unit.parted:
        yield "parted", 1.0


def _first_word(text: str, lexis: Lexis) -> Signs:
    start = lexis.fold(text[: 2 * REACH])
    mark = _CLAUSE.search(start)
    clause = start[: mark.start()] if mark else start
    cut = lexis.words(clause[:REACH])
    if not cut:
        return
    after = mark.group().strip() if mark else ""
    size = len(clause)
    yield f"clause{_step(size, (1, 2, 4, 8, 16))}", 1.0
    yield f"before{after}", 1.0
    if after and ((after in "。；！？" and size <= 3) or (after in "，、”’）》：" and size <= 1)):
        yield "stub", 1.0
    yield f"word-{word_class(cut[0], lexis)}", 1.0
    yield f"letters{min(3, len(cut[0]))}", 1.0


def _kind(here: Ends) -> Signs:
    if here.aside:
        yield "aside", 1.0
    if here.whole:
        yield "whole", 1.0


def pair(one: Side, other: Side, lexis: Lexis, likely: dict[tuple[str, str], float]) -> Signs:
    """What is seen across the seam.  `likely`: how much likelier one class of words follows another than by chance."""
    left, right, a, b = one.unit.text, other.unit.text, one.ends, other.ends
    if left[-1:].isalnum() and right[:1].isalnum():
        yield from _across(left, right, lexis, likely)
    if a.unclosed and b.unopened:
        yield "brackets", 1.0
    elif a.unclosed > a.unopened and not b.unopened and b.closed:
        yield "left-open", 1.0
    if a.closed and right[:1] in _MID:
        yield "closed-mid", 1.0
    if a.headline or b.headline:
        yield "headlines" if a.headline and b.headline else "headline-text" if a.headline else "text-headline", 1.0
    if a.aside and b.aside:
        yield "asides", 1.0
    if a.size <= 12 and b.size <= 12:
        yield "short-lines", 1.0
    if one.unit.measure and other.unit.measure:
        yield f"measure{_step(abs(one.unit.measure - other.unit.measure), (1, 3, 5))}", 1.0
    if a.size > 20 and b.size > 20:
        yield "likeness", 5 * lexis.likeness(left[-256:], right[:256])


def _across(left: str, right: str, lexis: Lexis, likely: dict[tuple[str, str], float]) -> Signs:
    yield "any", 1.0
    here, there = lexis.fold(left[-6:]), lexis.fold(right[:6])
    gain = lexis.across(here, there)
    if left[-1] == right[0] and left[-1].isalpha() and len(there) > 1 and not lexis.is_word(right[:2]):
        yield "read-twice", 1.0
        gain = max(gain, lexis.across(here, there[1:]))
    if gain >= 4:
        yield "one-word", 1.0
        if gain >= 7:
            yield "rare-word", 1.0
    else:
        before, after = last_clause(left, lexis), _CLAUSE.split(lexis.fold(right[: 2 * REACH]), 1)[0]
        yield f"clause{_step(len(before) + len(after), (3, 6, 9, 12, 16, 20, 26))}", 1.0
        one, other = lexis.words(before[-REACH:]), lexis.words(after[:REACH])
        if one and other:
            yield "likely", likely.get((word_class(one[-1], lexis), word_class(other[0], lexis)), 0.0)
    if gain > 0.01:
        yield "word", min(gain, 10.0) / 5
    else:
        yield "no-word", 1.0
    best: dict[int, float] = {}
    for size, more in _GRAMS:
        gram = left[-size:] + right[:more]
        if len(gram) == size + more and gram.isalnum() and (seen := lexis.seen(gram)):
            best[size + more] = max(best.get(size + more, 0.0), math.log1p(seen))
    for size, value in best.items():
        yield f"seen{size}", value
    if here[-1].isdigit():
        yield "measure" if lexis.is_measure(there[0]) else "figures" if there[0].isdigit() else "figure-word", 1.0
    elif there[0].isdigit():
        yield "word-figure", 1.0


def last_clause(text: str, lexis: Lexis) -> str:
    """What stands behind the last mark, in the script of the lexicon."""
    return _CLAUSE.split(lexis.fold(text[-2 * REACH :]))[-1]


def _step(size: int, steps: Sequence[int]) -> int:
    """The first of `steps` that is not below `size`, 99 above all."""
    return next((step for step in steps if size <= step), 99)


class Way:
    """The reading order, and what lies between two places of it."""

    def __init__(self, order: Sequence[int], sides: Sequence[Side]) -> None:
        self._ends = [sides[at].ends for at in order]
        self._sides = [sides[at] for at in order]
        seen = self._ends
        self._asides = _sums(here.aside for here in seen)
        self._lines = _sums(here.headline and not here.aside and not here.starts for here in seen)
        self._headlines = _sums(here.headline and not here.aside and here.starts for here in seen)
        self._body = _sums(not here.aside and not here.headline for here in seen)
        self._size = _sums(0 if here.aside or here.headline else here.size for here in seen)

    def signs(self, one: int, other: int) -> Signs:
        """What lies between the places `one` and `other` of the order, and how the second stands there."""
        side = self._sides[other]
        if other == one + 1:
            yield "next", 1.0
            if side.unit.blanks == 0:
                yield "next-line", 1.0
            return
        if other > one:
            low, high = one + 1, other
            if self._ends[low].head >= 4:
                yield "over-torn", 1.0
        else:
            low, high = other, one
            yield "back", 1.0
        asides, lines, headlines, body = (
            row[high] - row[low] for row in (self._asides, self._lines, self._headlines, self._body)
        )
        if other > one and asides == high - low:
            yield "caption", 1.0
        for name, count in (("asides", asides), ("lines", lines), ("headlines", headlines)):
            if count:
                yield name, math.log1p(count)
        if body:
            yield "body", 1.0
            yield "blocks", math.log1p(body)
            yield "characters", math.log1p((self._size[high] - self._size[low]) / 50)
        if other > 0 and other - 1 != one:
            above = self._ends[other - 1]
            name = "headline" if above.headline else "aside" if above.aside else "closed" if above.closed else "open"
            yield f"under-{name}", 1.0


def _sums(counts: Iterable[int]) -> list[int]:
    return [0, *accumulate(counts)]
