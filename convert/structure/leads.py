"""Headlines read behind the lead of their story, or behind a whole column of it: the opening words show the place."""

from __future__ import annotations

from convert.issue import Role
from convert.structure import company, dealing, stray
from convert.structure.behind import LINES, PAGE
from convert.structure.features import words
from convert.structure.moves import above_bylines, group, move
from convert.structure.starts import opens_story, story_score
from convert.structure.state import State, Unit

LEAD = 3
"""Blocks of its story a headline may have slipped behind."""
COLUMN = 24
"""Blocks of a first story that may have been read before its headline."""


def before_opening(state: State) -> None:
    """A story opens (本报讯, 各位读者：) without a headline, and one follows a few blocks on: it goes before the opening."""
    units = state.units
    at = 0
    while at < len(units):
        unit = units[at]
        before = units[at - 1] if at else None
        if (
            unit.role is Role.PARAGRAPH
            and opens_story(unit)
            and (before is None or before.role not in LINES | {Role.HEADING, Role.BYLINE})
        ):
            found = _next_head(units, at)
            if found is not None:
                end = max(group(units, found), found + 1)
                if end < len(units) and opens_story(units[end]):  # it heads the next story, which opens under it
                    at = end
                    continue
                if units[found].role is Role.HEADING:
                    units[found].role = Role.TITLE
                own = company.end_of_own(state, found, end, at)
                if own == found or company.belongs_below(state, found, own, at):
                    at = end
                    continue
                end = own
                if not dealing.allows(state, found, end, at):
                    at = end
                    continue
                why = f"“{units[found].text[:14]}” stands behind the opening of its story, “{unit.text[:8]}…”"
                move(state, found, end, at, "headline-slipped", why)
                at = end
        at += 1


def _next_head(units: list[Unit], at: int) -> int | None:
    patterns = words().patterns
    for place in range(at + 1, min(len(units), at + 1 + LEAD)):
        unit = units[place]
        if unit.role in LINES | {Role.HEADING} and stray.is_credit(unit):
            return None
        if unit.role in LINES:
            return place
        if unit.role is Role.HEADING:
            return None if patterns["numbered1"].search(unit.text) or patterns["numbered2"].search(unit.text) else place
        if unit.role is not Role.PARAGRAPH or opens_story(unit):
            return None
    return None


def before_first(state: State) -> None:
    """Text before the first headline of a page can be the story of no other headline."""
    units = state.units
    body = [at for at, unit in enumerate(units) if unit.role not in PAGE]
    if not body or units[body[0]].role in LINES | {Role.HEADING, Role.BYLINE}:
        return
    first = next((at for at in body if units[at].role in LINES), None)
    if first is None or body.index(first) > COLUMN:
        return
    end = company.end_of_own(state, first, group(units, first), body[0])
    before = [units[at] for at in body[: body.index(first)]]
    if any(unit.kind in ("contents", "list-item", "question") for unit in before):
        return
    if len(before) > LEAD:
        above = "".join(unit.text for unit in before if unit.role is Role.PARAGRAPH)[-400:]
        below = "".join(unit.text for unit in units[end : end + 8] if unit.role is Role.PARAGRAPH)[:400]
        title = "".join(unit.text for unit in units[first:end])
        echo = state.lexis.likeness(title, above) - state.lexis.likeness(title, below)
        if state.lexis.likeness(above, below) < 0.05 and echo < 0.15:
            return
    if (
        end > first
        and not company.belongs_below(state, first, end, body[0])
        and Role.TITLE in {unit.role for unit in units[first:end]}
        and all(unit.role in (Role.PARAGRAPH, Role.CAPTION, Role.HEADING) for unit in before)
        and dealing.allows(state, first, end, body[0])
    ):
        why = f"“{units[first].text[:14]}” is the first headline of the page, and text stands before it"
        move(state, first, end, body[0], "headline-slipped", why)


def behind_lead(state: State) -> None:
    """Headline, then at once a heading, and before it a paragraph that reads as its lead."""
    units = state.units
    at = 1
    while at < len(units):
        if units[at].role not in LINES or units[at - 1].role is not Role.PARAGRAPH:
            at += 1
            continue
        end = group(units, at)
        heading = end < len(units) and units[end].role is Role.HEADING and not company.crowded(units, at)
        start = at - 1
        before = units[start - 1] if start else None
        if heading and before is not None and before.role is Role.TITLE:
            first = start - 1
            while first and units[first - 1].role in LINES:
                first -= 1
            home = _home(state, first, start)
            if home is not None:  # two moves at once, of which the model sees one
                why = f"“{units[first].text[:14]}” has one paragraph under it, which is the lead of “{units[at].text[:14]}”"
                move(state, at, end, start, "headline-slipped", why)
                move(state, first, start, home, "headline-behind-story", why)
                at = end
                continue
        if before is not None and heading and before.role not in (Role.HEADING, Role.PARAGRAPH):
            score = story_score(state, start) + 1.0
            if score >= 1.0 and dealing.allows(state, at, end, start):
                lead = units[start].text[:8]
                why = f"“{units[at].text[:14]}” has no lead under it, and “{lead}…” before it belongs to no other story"
                move(state, at, end, start, "headline-slipped", why)
        at = end + 1


def _home(state: State, start: int, end: int) -> int | None:
    """Where the story of the headline begins that has no text under it."""
    units = state.units
    title = "".join(unit.text for unit in units[start:end])
    best: tuple[float, int] | None = None
    for at in range(start - 1, max(-1, start - 60), -1):
        unit = units[at]
        above = above_bylines(units, at)
        if unit.role is not Role.PARAGRAPH or (above >= 0 and units[above].role in LINES | {Role.HEADING}):
            continue
        story = "".join(other.text for other in units[at : at + 8] if other.role is Role.PARAGRAPH)[:600]
        earlier = "".join(other.text for other in units[max(0, at - 6) : at] if other.role is Role.PARAGRAPH)[-600:]
        echo = state.lexis.likeness(title, story) - state.lexis.likeness(title, earlier)
        score = story_score(state, at) + 2.0 * echo + (2.5 if opens_story(unit) else 0.0)
        if all(other.role in PAGE for other in units[: above + 1]):
            score += 1.5  # a page whose text begins without a headline
        if score >= 1.5 and (best is None or score > best[0]):
            best = (score, at)
    if best is None:
        return None
    at = above_bylines(units, best[1]) + 1
    while at and units[at - 1].role is Role.CAPTION and not units[at - 1].interrupts and units[at - 1].blanks == 3:
        at -= 1
    return at
