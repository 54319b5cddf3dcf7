"""Joins: open tails and headless starts of the whole page are paired at least cost, across captions, columns, headlines."""

from __future__ import annotations

from convert.structure.matching import match
from convert.structure.seams import Ends, ends, gain
from convert.structure.state import State, Unit

REACH = 14
"""Units a remainder may lie ahead of, or behind, the place it was torn from."""
_AHEAD, _BACK = 0.9, 6.0


def pair(state: State) -> None:
    """Pair tails with starts, bring the pieces together in reading order and make one unit of each chain."""
    from convert.structure.order import arrange

    units = state.units
    seen = [ends(unit) for unit in units]
    table: dict[int, dict[int, float]] = {}
    for at, unit in enumerate(units):
        row = _row(state, units, seen, at, unit)
        if row:
            table[at] = row
    pairs = match(table)
    _drop_cycles(pairs)
    for tail, head in pairs.items():
        _question(state, units, table, tail, head)
    state.units = arrange(state, units, seen, pairs)


def _row(state: State, units: list[Unit], seen: list[Ends], at: int, unit: Unit) -> dict[int, float]:
    """What pairing unit `at` with each start within reach gains."""
    here = seen[at]
    if here.tail <= 0.5 and not here.unclosed and not (at + 1 < len(units) and seen[at + 1].head >= 10):
        return {}
    row: dict[int, float] = {}
    distance = 0.0
    for to in range(at + 1, min(len(units), at + 1 + REACH)):
        if units[to].span.source != unit.span.source and to > at + 1 and distance > 3:
            break
        value = gain(unit, units[to], here, seen[to], state.lexis) - distance
        if value > 0:
            row[to] = value
        distance += _passing(seen[to])
    if here.tail >= 4:
        distance = _BACK
        for to in range(at - 1, max(-1, at - 1 - REACH), -1):
            value = gain(unit, units[to], here, seen[to], state.lexis) - distance
            if value > 0:
                row[to] = value
            distance += 0.25 * _passing(seen[to])
    return row


def _passing(seen: Ends) -> float:
    """What it costs a reader to skip a unit on the way."""
    if seen.aside:
        return 0.2
    if seen.headline:
        return 1.5
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
            units[head], "join-uncertain", f"Does “…{one}” run on into “{other}…”?", ("Yes, one paragraph", "No, two blocks"),
        )
