"""Moving a headline: what belongs to it, the place over a story, and the move with its reason."""

from __future__ import annotations

from convert.issue import Role
from convert.structure.behind import LINES, SIGNED
from convert.structure.state import State, Unit


def over(units: list[Unit], at: int) -> int:
    """The place over a paragraph, its bylines and its picture, where a headline goes."""
    at = above_bylines(units, at) + 1
    while at and units[at - 1].role is Role.CAPTION and not units[at - 1].interrupts and units[at - 1].blanks == 3:
        at -= 1
    return at


def group(units: list[Unit], at: int) -> int:
    """End of the headline group that begins at `at`: kicker, title, subtitle and the bylines under them."""
    end = at
    while end < len(units) and (
        units[end].role in LINES or (units[end].role is Role.BYLINE and units[end].kind not in SIGNED and end > at)
    ):
        end += 1
    return end


def move(state: State, start: int, end: int, to: int, rule: str, why: str) -> None:
    units = state.units
    taken = units[start:end]
    del units[start:end]
    if to > start:
        to -= end - start
    units[to:to] = taken
    for unit in taken:
        unit.moved = (rule, why)
        state.because(unit, "move", why + ".")


def above_bylines(units: list[Unit], at: int) -> int:
    """The place before unit `at` and the bylines over it, -1 where there is none."""
    above = at - 1
    while above >= 0 and units[above].role is Role.BYLINE and units[above].kind not in SIGNED:
        above -= 1
    return above
