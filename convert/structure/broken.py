"""Headlines set on two lines, which plain text gives as two lines without a blank one between: they are one title."""

from __future__ import annotations

from convert.issue import Role
from convert.structure.reading import length
from convert.structure.state import State, Unit

LINE, LONGEST = 26, 44
"""Characters of a line of a headline, and of a headline on several lines, at most."""
_FULL = frozenset("。；")


def mend(state: State) -> None:
    """Make one title of lines of titles that follow each other where blank lines part blocks and none parts them.

    Kicker and title, title and subtitle are told apart by the roles; two stories never begin in lines that stand together.
    """
    if state.placed:
        return
    kept: list[Unit] = []
    for unit in state.units:
        if kept and _goes_on(kept[-1], unit):
            first = kept[-1]
            space = " " if first.text[-1:].isascii() and unit.text[:1].isascii() and unit.text[:1].isalpha() else ""
            state.because(first, "join", f"“…{first.text[-6:]}” and “{unit.text[:6]}…” are lines of one headline.")
            first.joins += ["wrap", *unit.joins]
            first.text += space + unit.text
            first.spans += unit.spans
        else:
            kept.append(unit)
    state.units = kept


def _goes_on(first: Unit, second: Unit) -> bool:
    sizes = length(first.text), length(second.text)
    return (
        first.role is second.role is Role.TITLE
        and second.glued
        and first.text[-1:] not in _FULL
        and max(sizes) <= LINE
        and sum(sizes) <= LONGEST
        and first.page == second.page
    )
