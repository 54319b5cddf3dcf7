"""Headlines of which only rubbish was read: they leave the edition, their stories begin where they stood, the editor is asked."""

from __future__ import annotations

from convert.issue import Role
from convert.structure.behind import LINES, SIGNED
from convert.structure.features import words
from convert.structure.reading import length
from convert.structure.roles import PAGE, UNREADABLE
from convert.structure.state import State, Unit

LARGE = 1.4
"""Size against the body's from which what cannot be read was a headline."""
ENOUGH = 4
"""Characters from which it may have been one where nothing is known of sizes."""
HEADLINE = 5
"""Han characters from which rubbish alone, without sizes, shows that a headline stood here."""
REACH = 8
"""Units before such a headline in which the byline of its story may stand: upright ones are read late."""
_BEFORE = frozenset({Role.PARAGRAPH, Role.BYLINE, Role.CAPTION, Role.SUBTITLE})


def mark(state: State) -> None:
    """Ask for each unreadable headline, once for lines that follow each other, and let the story under it begin there."""
    units = state.units
    asked = -2
    for at, unit in enumerate(units):
        if unit.role is not Role.DROP or unit.reason != UNREADABLE:
            continue
        known = unit.place_says is not None and unit.place_says.scale is not None
        if not (_is_display(unit) if known else length(unit.text) >= ENOUGH):
            continue
        if asked < at - 1:
            state.ask(
                unit,
                "headline-unreadable",
                f"A headline may have stood here; all that was read of it is “{unit.text[:20]}”. What does it say?",
            )
        asked = at
        following: Unit | None = next((other for other in units[at + 1 :] if other.role not in PAGE), None)
        if not known:
            large = sum("㐀" <= char <= "鿿" for char in unit.text) >= HEADLINE
            following = _beginning(state, at) if large else None
        if following is not None and following.role in _BEFORE:
            following.opens = True


def _beginning(state: State, at: int) -> Unit | None:
    """Where the story of such a headline begins in plain text: at a byline that has no headline, or behind a signature."""
    units = state.units
    for place in range(at - 1, max(-1, at - REACH), -1):
        unit, above = units[place], units[place - 1] if place else None
        if unit.role in LINES or (unit.role is Role.HEADING and above is not None):
            break
        if unit.role is Role.BYLINE and above is not None and above.role in (Role.PARAGRAPH, Role.CAPTION):
            if unit.kind in SIGNED and not words().patterns["byline"].search(unit.text):
                return units[place + 1]
            unit.kind = None
            return unit
    return None


def _is_display(unit: Unit) -> bool:
    place = unit.place_says
    return place is not None and (place.vertical or (place.scale or 0.0) > LARGE)
