"""Does a story begin at this paragraph?  What the opening words, the neighbours and the change of subject say."""

from __future__ import annotations

from convert.issue import Role
from convert.structure.features import words
from convert.structure.reading import length
from convert.structure.state import State, Unit

MOST_CHANGE = 1.5
"""What a change of subject alone can say at most."""
WINDOW = 400
"""Characters either side in which subjects are compared."""


def opens_story(unit: Unit) -> bool:
    """本报讯, 【本刊訊】, or a salutation: words no story has but at its beginning."""
    patterns = words().patterns
    return (
        bool(patterns["report"].search(unit.text))
        or (length(unit.text) <= 14 and bool(patterns["salutation"].search(unit.text)))
        or bool(patterns["greeting"].match(unit.text))
    )


def story_score(state: State, at: int, needed: float = -9.0) -> float:
    """Evidence, 0 for none and about 2.5 for plenty, that a story without a headline begins at unit `at`.

    What can no longer reach `needed` is not looked into further: comparing subjects is dear.
    """
    units = state.units
    unit, before = units[at], units[at - 1] if at else None
    if before is not None and before.role in (Role.HEADING, Role.TITLE, Role.KICKER, Role.SUBTITLE):
        return -3.0 if before.role is Role.HEADING else -0.5
    score = 1.0 if words().patterns["lead"].search(unit.text) else 0.0
    if before is not None and before.role is Role.CAPTION and not before.interrupts:
        score += 1.0
    if before is not None and before.role in (Role.COLOPHON, Role.DROP):
        score += 1.0
    if before is not None and before.kind in ("signature", "date"):
        score += 1.0
    following = [other.role for other in units[at + 1 : at + 4]]
    if Role.HEADING in following and all(role is Role.PARAGRAPH for role in following[: following.index(Role.HEADING)]):
        score += 0.5
    return score + _change(state, at) if score + MOST_CHANGE >= needed else score


def _change(state: State, at: int) -> float:
    """-1.5..1.5: whether the paragraph and what follows share more words with each other than with what went before."""
    units = state.units
    bodies = [unit.text for unit in units[max(0, at - 12) : at] if unit.role is Role.PARAGRAPH]
    before = "".join(bodies)[-WINDOW:]
    after = "".join(unit.text for unit in units[at : at + 12] if unit.role is Role.PARAGRAPH)[:WINDOW]
    onward = "".join(unit.text for unit in units[at + 1 : at + 12] if unit.role is Role.PARAGRAPH)[:WINDOW]
    trust = min(1.0, min(len(before), len(onward)) / (0.75 * WINDOW))
    if trust < 0.2:
        return 0.0
    own = units[at].text
    likeness = state.lexis.likeness
    pull = likeness(own, onward) - likeness(own, before)
    shift = 0.06 - likeness(before, after)
    return trust * (max(-1.0, min(0.8, 8 * pull)) + max(-0.5, min(0.7, 25 * shift)))
