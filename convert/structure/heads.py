"""Headlines that stand where they cannot belong: behind their lead, behind their article, behind the imprint.

A move needs evidence.  Where there is none the order stays as it is, and a query says what looks wrong.
"""

from __future__ import annotations

from convert.issue import Role
from convert.structure import behind, company, stray, torn
from convert.structure.behind import LINES, PAGE, SIGNED
from convert.structure.features import words
from convert.structure.reading import length
from convert.structure.starts import opens_story, story_score
from convert.structure.state import State, Unit

LEAD = 3
"""Blocks of its story a headline may have slipped behind."""
COLUMN = 24
"""Blocks of a first story that may have been read before its headline."""
COLUMN_NAME = 7
"""Characters a column name (诗歌角, 身边的科学) has at most."""


def restore(state: State) -> None:
    """Put displaced headlines back, one kind of displacement after the other."""
    _inside_runs(state)
    _behind_imprint(state)
    _without_text(state)
    _kicker_first(state)
    _late(state)
    _before_opening(state)
    _before_first(state)
    _behind_lead(state)
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
            _move(state, at, end, first, rule, why)
        at = max(end, at + 1)


def _behind_imprint(state: State) -> None:
    """A title behind the imprint goes to the story whose words it has."""
    units = state.units
    at = len(units) - 1
    home = stray.home(units, at)
    if home is None:
        if units and units[at].role in PAGE and stray.is_headline(units, at):
            _ask_for_text(state, units[at])
        return
    to, column = home
    if column is not None:
        column.role = Role.KICKER
    units[at].role, units[at].kind = Role.TITLE, None
    why = f"“{units[at].text[:14]}” stands behind the imprint and has the words of the story it goes to"
    _move(
        state,
        at,
        at + 1,
        to if column is not None or units[to].role is not Role.PARAGRAPH else _over(units, to),
        "headline-behind-story",
        why,
    )


def _ask_for_text(state: State, unit: Unit) -> None:
    state.ask(unit, "headline-without-text", f"“{unit.text[:20]}” has no text under it. Which story is it the headline of?")


def _without_text(state: State) -> None:
    """A headline right before the next one, or at the end of the page: its story stands before it. Last ones first."""
    units = state.units
    found = list(behind.heads(units))
    for number in range(len(found) - 1, -1, -1):
        if number >= len(found):
            continue
        head, before = found[number], found[number - 1] if number else None
        lines = [unit for unit in units[head.start : head.end] if unit.role in LINES]
        if (
            company.crowded(units, head.start)
            or not behind.is_bare(units, head)
            or not (len(lines) == 1 or any(unit.role is Role.TITLE for unit in lines))
        ):
            continue
        home = behind.story_of_bare(units, before, head)
        if home is not None:
            if len(lines) == 1:
                lines[0].role = Role.TITLE
            why = f"“{units[head.start].text[:14]}” has no text under it; the story it fits stands before it without a headline"
            _move(state, head.start, head.end, _over(units, home[0]), "headline-behind-story", why)
            found = list(behind.heads(units))


def _late(state: State) -> None:
    """A headline behind the first paragraphs of its story: they share its subject and not that of the story before."""
    units = state.units
    found = list(behind.heads(units))
    for number in range(len(found)):
        if number >= len(found):
            break
        head, before = found[number], found[number - 1] if number else None
        home = behind.slipped(units, before, head, found[number + 1] if number + 1 < len(found) else None)
        if home is not None:
            why = f"“{units[home[0]].text[:8]}…” before “{units[head.start].text[:14]}” is of one subject with what follows it"
            end = company.end_of_own(state, head.start, head.end, home[0])
            if end > head.start:
                _move(state, head.start, end, _over(units, home[0]), "headline-slipped", why)
            found = list(behind.heads(units))


def _over(units: list[Unit], at: int) -> int:
    """The place over a paragraph, its bylines and its picture, where a headline goes."""
    at = _above_bylines(units, at) + 1
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


def _move(state: State, start: int, end: int, to: int, rule: str, why: str) -> None:
    units = state.units
    taken = units[start:end]
    del units[start:end]
    if to > start:
        to -= end - start
    units[to:to] = taken
    for unit in taken:
        unit.moved = (rule, why)
        state.because(unit, "move", why + ".")


def _kicker_first(state: State) -> None:
    """Title, then a column name: the column name goes first, as it was set."""
    units = state.units
    patterns = words().patterns
    for at in range(1, len(units)):
        title, unit = units[at - 1], units[at]
        if company.crowded(units, at):
            continue
        if title.role is Role.KICKER and unit.role is Role.TITLE and length(unit.text) <= min(COLUMN_NAME, length(title.text)):
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
            or length(name) > COLUMN_NAME
            or length(name) >= length(title.text)
            or any(mark in name for mark in "，：“”？！")
        ):
            continue
        if unit.role is Role.BYLINE and not (at + 1 < len(units) and units[at + 1].role is Role.BYLINE):
            continue
        unit.role = Role.KICKER
        if at + 1 < len(units) and units[at + 1].role is Role.TITLE:
            continue  # it stands over that one
        _move(state, at, at + 1, at - 1, "kicker-first", f"“{name}” names the column and stands over the title")


def _before_opening(state: State) -> None:
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
                why = f"“{units[found].text[:14]}” stands behind the opening of its story, “{unit.text[:8]}…”"
                _move(state, found, end, at, "headline-slipped", why)
                at = end
        at += 1


def _next_head(units: list[Unit], at: int) -> int | None:
    patterns = words().patterns
    for place in range(at + 1, min(len(units), at + 1 + LEAD)):
        unit = units[place]
        if unit.role in LINES:
            return place
        if unit.role is Role.HEADING:
            return None if patterns["numbered1"].search(unit.text) or patterns["numbered2"].search(unit.text) else place
        if unit.role is not Role.PARAGRAPH or opens_story(unit):
            return None
    return None


def _before_first(state: State) -> None:
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
    ):
        why = f"“{units[first].text[:14]}” is the first headline of the page, and text stands before it"
        _move(state, first, end, body[0], "headline-slipped", why)


def _behind_lead(state: State) -> None:
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
            if home is not None:
                why = f"“{units[first].text[:14]}” has one paragraph under it, which is the lead of “{units[at].text[:14]}”"
                _move(state, at, end, start, "headline-slipped", why)
                _move(state, first, start, home, "headline-behind-story", why)
                at = end
                continue
        if before is not None and heading and before.role not in (Role.HEADING, Role.PARAGRAPH):
            score = story_score(state, start) + 1.0
            if score >= 1.0:
                lead = units[start].text[:8]
                why = f"“{units[at].text[:14]}” has no lead under it, and “{lead}…” before it belongs to no other story"
                _move(state, at, end, start, "headline-slipped", why)
        at = end + 1


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


def _home(state: State, start: int, end: int) -> int | None:
    """Where the story of the headline begins that has no text under it."""
    units = state.units
    title = "".join(unit.text for unit in units[start:end])
    best: tuple[float, int] | None = None
    for at in range(start - 1, max(-1, start - 60), -1):
        unit = units[at]
        above = _above_bylines(units, at)
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
    at = _above_bylines(units, best[1]) + 1
    while at and units[at - 1].role is Role.CAPTION and not units[at - 1].interrupts and units[at - 1].blanks == 3:
        at -= 1
    return at


def _above_bylines(units: list[Unit], at: int) -> int:
    """The place before unit `at` and the bylines over it, -1 where there is none."""
    above = at - 1
    while above >= 0 and units[above].role is Role.BYLINE and units[above].kind not in SIGNED:
        above -= 1
    return above
