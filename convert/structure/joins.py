"""Joins: open tails and headless starts of the whole page are paired at least cost, across captions, columns, headlines."""

from __future__ import annotations

from dataclasses import replace

from convert.structure import kinds
from convert.structure import order as orders
from convert.structure.features import features
from convert.structure.matching import match
from convert.structure.seams import Ends, ends
from convert.structure.state import State, Unit
from convert.structure.swaps import Seams

REACH = 14
"""Units a remainder may lie ahead of, or behind, the place it was torn from."""
_AHEAD, _BACK = 0.9, 7.0
TORN = 12
"""Characters from which a line may be a torn piece of a paragraph."""
RUNS_ON = 3.0
"""Nats by which it must run on to be one."""
TORN_HEAD = 1.0
"""Cost of beginning a block from which a start looks torn off: what is whole is not fetched past other text."""
FAR = 1.0
"""Nats more that it takes past other text where no word spans the seam."""
WORD_NEAR = 0.8
"""How much of the way counts where a word spans the seam."""
_UNDER_HEADING = 2.5
"""What a start loses that stands under a heading: there blocks begin anyway."""


def pair(state: State) -> None:
    """Put columns back, pair tails with starts, and make one unit of each chain."""
    units = state.units
    seen = _lines_together(units, [ends(unit) for unit in units])
    seen = _torn_lines(units, seen, Seams(units, seen, state.lexis))
    seams = Seams(units, seen, state.lexis)
    order = list(range(len(units))) if state.placed else orders.unswap(state, units, seen, seams)
    table: dict[int, dict[int, float]] = {}
    for position, at in enumerate(order):
        row = _row(units, seen, seams, order, position, state.placed)
        if row:
            table[at] = row
    pairs = match(table)
    _drop_cycles(pairs)
    for tail, head in pairs.items():
        _question(state, units, table, tail, head)
    state.units = orders.merge(state, units, seen, order, pairs)


def _lines_together(units: list[Unit], seen: list[Ends]) -> list[Ends]:
    """A line under a headline line is one too, comma or not; verse, a row, an entry are whole: none is a torn paragraph."""
    settled = list(seen)
    for at in range(1, len(settled)):
        here, above = settled[at], settled[at - 1]
        if here.headline and above.headline and not above.starts and here.size <= 32 and not here.unclosed:
            settled[at] = replace(here, tail=min(here.tail, 1.0))
    runs: list[dict[str, float]] = [features(unit) for unit in units]
    kinds.mark(units, runs)
    return [
        replace(here, tail=0.0, head=0.0, starts=True) if not found.keys().isdisjoint(kinds.WHOLE) else here
        for here, found in zip(settled, runs, strict=True)
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


def _row(units: list[Unit], seen: list[Ends], seams: Seams, order: list[int], position: int, placed: bool) -> dict[int, float]:
    """What pairing the unit at `position` with each start within reach gains; one past other text where that may have moved."""
    at = order[position]
    here = seen[at]
    following = order[position + 1] if position + 1 < len(order) else None
    if here.tail <= 0.5 and not here.unclosed and (following is None or seen[following].head < (5 if here.full else 10)):
        return {}
    row: dict[int, float] = {}
    distance, past = 0.0, False
    previous = None
    for to in order[position + 1 : position + 1 + REACH]:
        if (units[to].span.source != units[at].span.source and distance > 3) or (placed and past):
            break
        word = past and seams.one_word(at, to)
        value = seams.gain(at, to) - distance * (WORD_NEAR if word else 1.0)
        if past and value > 0 and not word:
            value = value - FAR if seen[to].head >= TORN_HEAD else 0.0  # nothing says that a whole beginning was torn off
        if previous is not None and previous.headline and not seen[to].head:
            value -= _UNDER_HEADING
        if value > 0:
            row[to] = value
        distance += 0.3 if previous is not None and previous.headline and seen[to].headline else _passing(seen[to])
        past = past or not (seen[to].aside or (seen[to].headline and not placed))
        previous = seen[to]
    if here.tail >= 4 and not placed:
        distance = _BACK
        for to in reversed(order[max(0, position - REACH) : position]):
            value = seams.gain(at, to) - distance
            if value > 0:
                row[to] = value
            distance += 0.25 * _passing(seen[to])
    return row


def _passing(seen: Ends) -> float:
    """What it costs a reader to skip a unit on the way."""
    if seen.aside:
        return 0.2
    if seen.headline:
        return 3.5 if seen.starts else 1.5
    return _AHEAD if seen.size > 45 else 0.7


def _drop_cycles(pairs: dict[int, int]) -> None:
    for start in list(pairs):
        at, trail = start, {start}
        while (following := pairs.get(at)) is not None:
            if following in trail:
                del pairs[at]
                break
            trail.add(following)
            at = following


def _question(state: State, units: list[Unit], table: dict[int, dict[int, float]], tail: int, head: int) -> None:
    """Ask where a second start fits nearly as well, or where the join itself is doubtful."""
    value = table[tail][head]
    rival = max((other for to, other in table[tail].items() if to != head), default=0.0)
    if value - max(rival, 0.0) < 0.7:
        one, other = units[tail].text[-8:], units[head].text[:8]
        state.ask(
            units[head],
            "join-uncertain",
            f"Does “…{one}” run on into “{other}…”?",
            ("Yes, one paragraph", "No, two blocks"),
        )
