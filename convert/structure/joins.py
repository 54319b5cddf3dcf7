"""Joins: open tails and headless starts of the whole page are paired at least cost, across captions, columns, headlines.

What a pair gains is the logarithm of how much likelier it is than that nothing runs on: a conditional logit over all starts a
tail can reach (McFadden 1974), fitted on pages whose paragraphs are known (`joins.toml`).  The pairing of the page is the one
that gains most.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from convert.structure import kinds, signs
from convert.structure import order as orders
from convert.structure.features import features
from convert.structure.lexis import Lexis
from convert.structure.matching import match
from convert.structure.seams import Ends, ends
from convert.structure.signs import Side, Signs, Way
from convert.structure.state import State, Unit
from convert.structure.swaps import Seams

VERSE = 14
"""Characters a line of verse holds at most."""
REACH = 14
"""Units a remainder may lie ahead of, or behind, the place it was torn from."""
OTHER_SOURCE = 3
"""Units of another page a paragraph may run past."""
CAPTION = 60
"""Characters up to which a caption, or furniture, is whole."""
TORN = 12
"""Characters from which a line may be a torn piece of a paragraph."""
RUNS_ON = 3.0
"""Nats by which it must run on to be one."""
TORN_HEAD = 4.0
"""Cost of beginning a block from which a start is looked at behind an end that a mark closes."""
SEAM = 9.0
"""Nats that what is seen across a seam adds at most: less likely pairs are not looked at any closer."""
EAGER = 0.8
"""Nats added to every pair: one torn paragraph costs as much as another, and the starts a tail may reach share its chances."""
RULES = {"blocks": 0.15, "wrapped": 0.15, "placed": 0.3}
"""How much of the hand-set value of a seam counts beside what was fitted: it knows what no page fitted on has shown."""
ADDRESS = 6.0
"""What it is worth that an address follows, which may not be broken: the line ends early for it (CLREQ 3.1.2)."""
_ADDRESS = re.compile("(?:https?|ftp)[:：]//|www[.．]")
DOUBT = 0.7
"""Nats from a rival, or from no join at all, below which the editor is asked."""


@dataclass(frozen=True)
class Model:
    """Weights of the signs in nats, by family of units and part; `likely`: which class of words follows which."""

    weights: dict[str, dict[str, dict[str, float]]]
    likely: dict[tuple[str, str], float]


@cache
def model() -> Model:
    """Read `joins.toml`, once a process."""
    table = tomllib.loads(Path(__file__).with_name("joins.toml").read_text("utf-8"))
    names = table["likely"]["classes"]
    likely = {
        (one, other): value / 10
        for one, row in table["likely"]["after"].items()
        for other, value in zip(names, row, strict=True)
    }
    return Model({family: table[family] for family in signs.FAMILIES}, likely)


def weigh(weights: dict[str, float], seen: Signs) -> float:
    """The sum of what is seen."""
    return sum(weights.get(name, 0.0) * value for name, value in seen)


class Pairing:
    """The units of a page as tails and starts, and what each pair gains."""

    def __init__(
        self,
        units: list[Unit],
        seen: list[Ends],
        found: list[dict[str, float]],
        order: list[int],
        lexis: Lexis,
        likely: dict[tuple[str, str], float],
        placed: bool = False,
    ) -> None:
        self.order, self._lexis, self._likely, self._placed = order, lexis, likely, placed
        self.sides = signs.sides(units, seen, found)
        self.way = Way(order, self.sides)
        self._seams = Seams(units, seen, lexis)
        self._heads: dict[tuple[int, str], float] = {}

    def seam(self, one: int, other: int) -> Signs:
        """What is seen across the seam of two units."""
        return signs.pair(self.sides[one], self.sides[other], self._lexis, self._likely)

    def within(self, position: int) -> Iterator[int]:
        """Places of the starts that may go on with the unit at `position` of the order."""
        order, sides = self.order, self.sides
        here = sides[order[position]]
        if here.ends.aside and here.ends.size < CAPTION:
            return
        past = False
        for to in range(position + 1, min(len(order), position + 1 + REACH)):
            if sides[order[to]].unit.span.source != here.unit.span.source and to > position + OTHER_SOURCE:
                break
            if self._placed and past:  # what stands where it was printed has not moved past other text
                return
            past = past or not sides[order[to]].ends.aside
            if self._may(here, sides[order[to]], to == position + 1):
                yield to
        if not (self._placed or here.ends.closed or here.ends.aside):
            for to in range(position - 1, max(-1, position - 1 - REACH), -1):
                if self._may(here, sides[order[to]], False):
                    yield to

    @staticmethod
    def _may(here: Side, there: Side, beside: bool) -> bool:
        """Whether two units can be one paragraph at all: type of one size, and no start that is whole behind a closed end."""
        if not 0.88 < here.ends.scale / there.ends.scale < 1.14:
            return False
        if (here.ends.whole and there.ends.whole) or (_verse(here) and _verse(there)):
            return False
        if not here.ends.closed or there.ends.head >= TORN_HEAD:
            return True
        place = here.unit.place_says
        return beside and place is not None and bool(place.full)

    def row(self, position: int) -> dict[int, float]:
        """What pairing the unit at `position` of the order with each start within reach gains, where it gains or nearly does."""
        at = self.order[position]
        here, tail, row = self.sides[at], None, {}
        known = model().weights[here.family]
        for to in self.within(position):
            if tail is None:
                tail = EAGER + weigh(known["tail"], signs.tail(here, self._lexis))
            start = self.order[to]
            value = tail + self._head(start, here.family) + weigh(known["way"], self.way.signs(position, to))
            if value <= -SEAM and not here.ends.closed:
                continue
            value += weigh(known["pair"], self.seam(at, start))
            value += RULES[here.family] * max(-4.0, min(4.0, self._seams.gain(at, start)))
            if to == position + 1 and not here.ends.closed and _ADDRESS.match(self.sides[start].unit.text):
                value += ADDRESS
            if to == position + 1 and here.ends.closed and here.family == "placed":
                value = max(value, self._goes_on(here.ends, self.sides[start].ends))
            if value > -DOUBT:
                row[start] = value
        return row

    @staticmethod
    def _goes_on(here: Ends, there: Ends) -> float:
        """What it is worth that a full line is followed by one without an indent, though a full stop ends it."""
        flush = here.full and not (here.aside or there.aside or there.starts or there.headline)
        return there.head - TORN_HEAD if flush and there.head > TORN_HEAD else -SEAM

    def _head(self, at: int, family: str) -> float:
        if (at, family) not in self._heads:
            self._heads[at, family] = weigh(model().weights[family]["head"], signs.head(self.sides[at], self._lexis))
        return self._heads[at, family]


def _verse(side: Side) -> bool:
    """Whether a short line among short lines ends with a mark, as lines of verse do."""
    return side.among and side.ends.size <= VERSE and side.unit.text[-1:] in "，。；！？"


def pair(state: State) -> None:
    """Put columns back, pair tails with starts, and make one unit of each chain."""
    pairing = begin(state)
    units, order = state.units, pairing.order
    table = {order[at]: row for at in range(len(order)) if (row := pairing.row(at))}
    pairs = match(table)
    _drop_cycles(pairs)
    taken = set(pairs.values())
    for tail, row in table.items():
        _question(state, units, row, tail, pairs.get(tail), taken)
    state.units = orders.merge(state, units, [side.ends for side in pairing.sides], order, pairs)


def begin(state: State, likely: dict[tuple[str, str], float] | None = None) -> Pairing:
    """The units with columns put back, ready to be paired.

    `likely`: the classes of words that follow each other, if not the model's.
    """
    units = state.units
    found: list[dict[str, float]] = [features(unit) for unit in units]
    seen = [ends(unit, said) for unit, said in zip(units, found, strict=True)]
    kinds.mark(units, found)
    seen = _lines_together(seen, found)
    seen = _torn_lines(units, seen, Seams(units, seen, state.lexis))
    order = list(range(len(units))) if state.placed else orders.unswap(state, units, seen, Seams(units, seen, state.lexis))
    return Pairing(units, seen, found, order, state.lexis, model().likely if likely is None else likely, state.placed)


def _lines_together(seen: list[Ends], found: list[dict[str, float]]) -> list[Ends]:
    """A line under a headline line is one too, comma or not; verse, a row, an entry are whole: none is a torn paragraph."""
    settled = list(seen)
    for at in range(1, len(settled)):
        here, above = settled[at], settled[at - 1]
        if here.headline and above.headline and not above.starts and here.size <= 32 and not here.unclosed:
            settled[at] = replace(here, tail=min(here.tail, 1.0))
    return [
        replace(here, tail=0.0, head=0.0, starts=True, whole=True) if not said.keys().isdisjoint(kinds.WHOLE) else here
        for here, said in zip(settled, found, strict=True)
    ]


def _torn_lines(units: list[Unit], seen: list[Ends], seams: Seams) -> list[Ends]:
    """A line that itself runs on into the next text is the middle of a paragraph, and no headline."""
    settled = list(seen)
    following: int | None = None
    for at in range(len(units) - 1, -1, -1):
        here = seen[at]
        if here.aside:
            continue
        torn = following is not None and here.headline and not here.starts and here.size >= TORN
        if torn and following is not None and seams.gain(at, following) >= RUNS_ON:
            settled[at] = replace(here, headline=False)
        following = at
    return settled


def _drop_cycles(pairs: dict[int, int]) -> None:
    for start in list(pairs):
        at, trail = start, {start}
        while (following := pairs.get(at)) is not None:
            if following in trail:
                del pairs[at]
                break
            trail.add(following)
            at = following


def _question(state: State, units: list[Unit], row: dict[int, float], tail: int, head: int | None, taken: set[int]) -> None:
    """Ask where a second start fits nearly as well, where the join itself is doubtful, or where one was nearly made."""
    if head is None:
        free = [to for to in row if to not in taken]
        if not free:
            return
        head = max(free, key=lambda to: row[to])
    elif row[head] - max(0.0, max((value for to, value in row.items() if to != head), default=0.0)) >= DOUBT:
        return
    one, other = units[tail].text[-8:], units[head].text[:8]
    state.ask(
        units[head],
        "join-uncertain",
        f"Does “…{one}” run on into “{other}…”?",
        ("Yes, one paragraph", "No, two blocks"),
    )
