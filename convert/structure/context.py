"""Features a unit has from its neighbours: what follows a line, what went before, whether the subject changes at it."""

from __future__ import annotations

from convert.structure.features import features
from convert.structure.reading import length
from convert.structure.state import State, Unit

WINDOW = 400
"""Characters either side in which a change of subject is looked for."""
_OPENINGS = ("report", "question", "salutation", "entry", "lead")
LONGEST_HEAD = 40


def page(state: State) -> list[dict[str, float]]:
    """Features of every unit, neighbours included."""
    units = state.units
    seen = [features(unit) for unit in units]
    bodies = [length(unit.text) > LONGEST_HEAD or "closed" in found for unit, found in zip(units, seen, strict=True)]
    for at, (unit, found) in enumerate(zip(units, seen, strict=True)):
        if bodies[at] or length(unit.text) > LONGEST_HEAD:
            continue
        following = seen[at + 1] if at + 1 < len(units) else {}
        for name in _OPENINGS:
            if name in following:
                found[f"before_{name}"] = 1.0
        if at and "three_blanks" in seen[at - 1]:
            found["behind_caption"] = 1.0
        if at + 1 == len(units):
            found["at_end"] = 1.0
        elif not bodies[at + 1] and length(units[at + 1].text) <= LONGEST_HEAD:
            found["before_line"] = 1.0
        if at and not bodies[at - 1]:
            found["behind_line"] = 1.0
        if at and (bodies[at - 1] or "three_blanks" in seen[at - 1]):
            shift = _shift(state, units, bodies, at)
            if shift > 0:
                found["shift"] = shift
            else:
                found["keeps"] = -shift
    return seen


def _shift(state: State, units: list[Unit], bodies: list[bool], at: int) -> float:
    """-1 where the text goes on about the same things behind unit `at`, up to 1 where nothing is shared."""
    before = _body(units, bodies, range(at - 1, max(-1, at - 9), -1))
    after = _body(units, bodies, range(at + 1, min(len(units), at + 12)))
    if min(len(before), len(after)) < 60:
        return 0.0
    likeness = state.lexis.likeness(before, after)
    trust = min(1.0, min(len(before), len(after)) / (0.75 * WINDOW))
    return max(-1.0, min(1.0, (0.05 - likeness) / 0.04)) * trust


def _body(units: list[Unit], bodies: list[bool], places: range) -> str:
    """Up to WINDOW characters of body text, nearest first."""
    text = ""
    for at in places:
        if bodies[at] and len(units[at].text) > 20:
            text += units[at].text
            if len(text) >= WINDOW:
                break
    return text[:2 * WINDOW]
