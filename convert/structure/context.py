"""Features a unit has from its neighbours: what follows a line, what went before, whether the subject changes at it."""

from __future__ import annotations

from convert.structure import kinds, surroundings, wording
from convert.structure.features import SHORT, features, words
from convert.structure.legible import LONGEST, is_legible
from convert.structure.reading import length
from convert.structure.state import State, Unit

WINDOW = 400
"""Characters either side in which a change of subject is looked for."""
_OPENINGS = ("report", "question", "salutation", "entry", "lead")
_KNOWN = (
    "byline", "names", "office_and_names", "signed", "source_line", "date_only", "page_number", "in_series", "verse",
    "says_title", "numbered1", "numbered2", "numbered3", "leader", "photo", "scene", "aside", "under_picture",
)  # fmt: skip
"""Signs of a line that can be read, whatever a lexicon says."""
CAPTION = (8, 60)
"""Characters of a caption."""
LONGEST_HEAD = 40
EDGE = 3
"""Units at either end of a page among which its name stands."""
NAME = 16
"""Characters of the name of a paper that stands alone."""


def page(state: State) -> list[dict[str, float]]:
    """Features of every unit, neighbours included."""
    units = state.units
    seen = [features(unit) for unit in units]
    bodies = [length(unit.text) > LONGEST_HEAD or "closed" in found for unit, found in zip(units, seen, strict=True)]
    kinds.mark(units, seen)
    for unit, found in zip(units, seen, strict=True):
        unknown = unit.scanned and length(unit.text) <= LONGEST and found.keys().isdisjoint(_KNOWN)
        if unknown and not found.get("colophon_hits") and not is_legible(unit.text, state.lexis):
            found["illegible"] = 1.0
    for at, found in enumerate(seen):
        _isolation(units, at, found)
    _masthead(units, seen)
    for at, (unit, found) in enumerate(zip(units, seen, strict=True)):
        if (
            at
            and "bare" in found
            and length(unit.text) <= LONGEST_HEAD
            and not found.get("drop_hits")
            and ("related" in seen[at - 1] or "behind_related" in seen[at - 1])
        ):
            found["behind_related"] = 1.0
        if bodies[at] or length(unit.text) > LONGEST_HEAD:
            continue
        if not found.get("colophon_hits") and found.keys().isdisjoint(("masthead", "page_number")):
            found["hitless"] = 1.0
        following = seen[at + 1] if at + 1 < len(units) else {}
        if unit.glued and at and bodies[at - 1]:
            found["glued"] = 1.0
        elif at + 1 < len(units) and units[at + 1].glued and bodies[at + 1]:
            found["glued_below"] = 1.0
        for name in _OPENINGS:
            if name in following:
                found[f"before_{name}"] = 1.0
        if "date_only" in following:
            found["before_date"] = 1.0
            if "org" in found:
                found["org_before_date"] = 1.0
        if not following.keys().isdisjoint(("byline", "source_line", "office_and_names", "signed")):
            found["before_byline"] = 1.0
            if "org" in found:
                found["org_before_byline"] = 1.0
        if "in_series" in following:
            found["before_series"] = 1.0
        if "patterned" in following:
            found["before_patterned"] = 1.0
        if at and "verse" in seen[at - 1] and "verse" not in found:
            found["behind_verse"] = 1.0
        after = _body(units, bodies, range(at + 1, min(len(units), at + 12)))
        if len(after) >= 60:
            found["echo"] = state.lexis.likeness(unit.text, after)
        if at and "three_blanks" in seen[at - 1]:
            found["behind_caption"] = 1.0
        if at + 1 == len(units):
            found["at_end"] = 1.0
        elif not bodies[at + 1] and length(units[at + 1].text) <= LONGEST_HEAD:
            found["before_line"] = 1.0
        if at and not bodies[at - 1]:
            found["behind_line"] = 1.0
        if at and (bodies[at - 1] or "three_blanks" in seen[at - 1]):
            shift = _shift(state, units, bodies, at, after)
            if shift > 0:
                found["shift"] = shift
            else:
                found["keeps"] = -shift
    surroundings.mark(units, seen, bodies)
    wording.mark(units, seen)
    return seen


def _masthead(units: list[Unit], seen: list[dict[str, float]]) -> None:
    """The name of the paper at the head or the foot of the page, with or beside the imprint."""
    for at in {*range(min(EDGE, len(units))), *range(max(0, len(units) - EDGE), len(units))}:
        found, text = seen[at], units[at].text
        if length(text) > SHORT or "closed" in found or not words().patterns["masthead"].search(text):
            continue
        beside = length(text) <= NAME and any(
            seen[near].get("colophon_hits") for near in (at - 1, at + 1) if 0 <= near < len(units)
        )
        if beside or found.get("colophon_hits"):
            found["masthead"] = 1.0


def _isolation(units: list[Unit], at: int, found: dict[str, float]) -> None:
    """What lines alone say of a caption: a sentence between blank lines, in one line, or in two that begin without an indent."""
    unit = units[at]
    if not unit.parted or (at + 1 < len(units) and units[at + 1].glued) or not CAPTION[0] <= length(unit.text) <= CAPTION[1]:
        return
    if unit.text[0] in "“‘《（" or found.get("colophon_hits"):
        return
    if len(unit.spans) == 1 and "closed" in found:
        found["alone"] = 1.0
    if 1 < len(unit.spans) < 4 and unit.place_says is not None and unit.place_says.indented is False and "closed" in found:
        found["flush"] = 1.0


def _shift(state: State, units: list[Unit], bodies: list[bool], at: int, after: str) -> float:
    """-1 where the text goes on about the same things behind unit `at`, up to 1 where nothing is shared."""
    before = _body(units, bodies, range(at - 1, max(-1, at - 9), -1))
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
    return text[: 2 * WINDOW]
