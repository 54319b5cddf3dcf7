"""Headlines that stand where they cannot belong: behind their lead, behind their article, behind the imprint.

A move needs evidence.  Where there is none the order stays as it is, and a query says what looks wrong.
"""

from __future__ import annotations

from convert.issue import Role
from convert.structure import behind, company, dealing, leads, stray, torn
from convert.structure.behind import LINES, PAGE
from convert.structure.features import words
from convert.structure.moves import group, move, over
from convert.structure.reading import length
from convert.structure.state import State, Unit


def restore(state: State) -> None:
    """Put displaced headlines back, one kind of displacement after the other."""
    if state.placed:  # what stands where it was printed has not slipped
        _behind_body(state)
        return
    if any("wrap" in unit.joins for unit in state.units):  # lines of a page: what the rules below look for hardly happens
        dealing.deal(state)
        _behind_body(state)
        return
    _inside_runs(state)
    _behind_entries(state)
    dealing.deal(state)
    _behind_imprint(state)
    _without_text(state)
    _kicker_first(state)
    leads.before_opening(state)
    leads.before_first(state)
    leads.behind_lead(state)
    _behind_body(state)


def _inside_runs(state: State) -> None:
    """A headline or heading inside question and answer or a numbered list goes over it; a bare heading over its paragraph."""
    units = state.units
    at = 1
    while at < len(units):
        if units[at].role not in LINES | {Role.HEADING}:
            at += 1
            continue
        end = group(units, at) if units[at].role in LINES else at + 1
        first = torn.start_of_run(units, at, end)
        rule = "headline-slipped" if units[at].role in LINES else "heading-slipped"
        if first is None:
            first = torn.bare_heading(units, at)
        if first is not None:
            why = f"“{units[at].text[:14]}” stands behind the beginning of what it heads, “{units[first].text[:8]}…”"
            move(state, at, end, first, rule, why)
        at = max(end, at + 1)


def _behind_entries(state: State) -> None:
    """目录 behind the entries it stood over."""
    units = state.units
    for at in range(1, len(units)):
        unit = units[at]
        first = at
        while first and units[first - 1].kind == "contents" and units[first - 1].role is Role.PARAGRAPH:
            first -= 1
        below = units[at + 1] if at + 1 < len(units) else None
        if first == at or not words().patterns["contents_head"].search(unit.text) or (below and below.kind == "contents"):
            continue
        unit.role, unit.kind = Role.TITLE, None
        move(state, at, at + 1, first, "headline-behind-story", f"“{unit.text[:14]}” stands behind the entries of the contents")


def _behind_imprint(state: State) -> None:
    """Titles behind the imprint go to the stories whose words they have."""
    units = state.units
    for at in stray.tail(units):
        home = stray.home(units, at)
        if home is None:
            if at == len(units) - 1 and units[at].role in PAGE and stray.is_headline(units, at):
                _ask_for_text(state, units[at])
            return
        to, there = home
        for unit, role in there:
            unit.role, unit.kind = role, None
        units[at].role, units[at].kind = Role.TITLE, None
        why = f"“{units[at].text[:14]}” stands behind the imprint and has the words of the story it goes to"
        place = to if there or units[to].role is not Role.PARAGRAPH else over(units, to)
        move(state, at, at + 1, place, "headline-behind-story", why)


def _ask_for_text(state: State, unit: Unit) -> None:
    state.ask(unit, "headline-without-text", f"“{unit.text[:20]}” has no text under it. Which story is it the headline of?")


def _without_text(state: State) -> None:
    """A headline right before the next one, or at the end of the page: its story stands before it. Last ones first."""
    units = state.units
    found = list(behind.heads(units))
    tail = _behind_page(units)
    for number in range(len(found) - 1, -1, -1):
        if number >= len(found):
            continue
        head, before = found[number], found[number - 1] if number else None
        if head.start >= tail:
            continue  # behind the imprint: `stray` has looked for its words
        lines = [unit for unit in units[head.start : head.end] if unit.role in LINES]
        if (
            company.crowded(units, head.start)
            or not behind.is_bare(units, head)
            or not (len(lines) == 1 or any(unit.role is Role.TITLE for unit in lines))
        ):
            continue
        home = behind.story_of_bare(units, before, head)
        if home is not None:
            why = f"“{units[head.start].text[:14]}” has no text under it; the story it fits stands before it without a headline"
            if not dealing.allows(state, head.start, head.end, home[0]):
                continue
            if len(lines) == 1:
                lines[0].role = Role.TITLE
            move(state, head.start, head.end, over(units, home[0]), "headline-behind-story", why)
            found = list(behind.heads(units))


def _behind_page(units: list[Unit]) -> int:
    """Where nothing but headlines follows the imprint; the end of the page where something else does."""
    first = len(units)
    while first and units[first - 1].role in LINES | {Role.BYLINE}:
        first -= 1
    return first if first and units[first - 1].role in PAGE else len(units)


def _kicker_first(state: State) -> None:
    """Title, then a column name: the column name goes first, as it was set."""
    units = state.units
    patterns = words().patterns
    for at in range(1, len(units)):
        title, unit = units[at - 1], units[at]
        if company.crowded(units, at):
            continue
        short = length(unit.text) <= min(stray.COLUMN_NAME, length(title.text))
        if short and title.role is Role.KICKER and unit.role is Role.TITLE:
            story = "".join(other.text for other in units[at + 1 : at + 8] if other.role is Role.PARAGRAPH)[:600]
            named = bool(patterns["column"].search(unit.text)) and not patterns["column"].search(title.text)
            if named or state.lexis.likeness(title.text, story) - state.lexis.likeness(unit.text, story) >= 0.5:
                title.role, unit.role = Role.TITLE, Role.SUBTITLE
        if title.role is not Role.TITLE or unit.role not in (Role.SUBTITLE, Role.KICKER, Role.BYLINE):
            continue
        name = unit.text
        plain = not any(patterns[kind].search(name) for kind in ("dash", "byline", "figures", "separator", "org"))
        if (
            not plain
            or length(name) > stray.COLUMN_NAME
            or length(name) >= length(title.text)
            or any(mark in name for mark in "，：“”？！")
        ):
            continue
        if unit.role is Role.BYLINE and not (at + 1 < len(units) and units[at + 1].role is Role.BYLINE):
            continue
        unit.role = Role.KICKER
        if at + 1 < len(units) and units[at + 1].role is Role.TITLE:
            continue  # it stands over that one
        move(state, at, at + 1, at - 1, "kicker-first", f"“{name}” names the column and stands over the title")


def _behind_body(state: State) -> None:
    """A headline with nothing under it, at the end of the page or right before the next: its story stands before it."""
    units = state.units
    at = 1
    while at < len(units):
        if units[at].role not in LINES:
            at += 1
            continue
        end = group(units, at)
        titles = [place for place in range(at, end) if units[place].role is Role.TITLE]
        cut = titles[1] if len(titles) > 1 else end
        if len(titles) > 1 and cut > at + 1 and units[cut - 1].role is Role.KICKER:
            cut -= 1
        bare = cut < end or end == len(units) or all(unit.role in PAGE for unit in units[end:])
        if titles and bare:
            _ask_for_text(state, units[at])
        at = max(cut, at + 1)
