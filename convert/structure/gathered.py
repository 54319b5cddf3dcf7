"""Headlines gathered behind the imprint: a text layer in the order of painting gives the columns first, the heads last.

They are in the order of their stories still, so one decision places them all: each at the beginning of a story, none before
the one ahead of it, where the stories part and where their words come back (dynamic programming).
"""

from __future__ import annotations

from collections.abc import Sequence

from convert.issue import Role
from convert.structure.behind import LINES, PAGE
from convert.structure.features import features, words
from convert.structure.reading import length
from convert.structure.starts import opens_story, story_score
from convert.structure.state import State, Unit

FEWEST, LONGEST = 2, 40
"""Headlines that make a gathering, and characters one holds at most."""
BODY = 6
"""Paragraphs a page has at least whose headlines are looked for."""
PAGE_SIZE = 150
"""Units of a page at most: what is longer is a volume, and nothing is looked for."""
WINDOW = 500
"""Characters of a story that are compared with a headline."""
ECHO = 5.0
"""How much the words of a headline that come back count."""
ECHOED = 0.1
"""Likeness from which the words of a headline come back: function words alone give less."""
NEEDED = 0.6
"""Evidence a headline must have on the average, in the units of `starts.story_score`."""
UNDER = ("byline", "dash", "names", "office_and_names", "source_line")
"""What a line shows that stands under a title and not over it."""


def restore(state: State) -> None:
    """Put the headlines at the end of the page over their stories, all of them or none."""
    units = state.units
    first = _tail(units)
    if state.placed or first is None or not BODY <= first <= PAGE_SIZE:
        return
    groups = _groups(units, first)
    places = [at for at in range(first) if _may_begin(units, at)]
    if len(groups) < FEWEST or len(places) < len(groups) or sum(unit.role is Role.PARAGRAPH for unit in units[:first]) < BODY:
        return
    table = [[_evidence(state, group, at) for at in places] for group in groups]
    total, chosen = _place(table)
    echoes = sum(_echo(state, group, places[number]) > ECHOED for group, number in zip(groups, chosen, strict=True))
    if total < NEEDED * len(groups) or 2 * echoes < len(groups):
        return
    for group, at in zip(reversed(groups), reversed([places[number] for number in chosen]), strict=True):
        _put(state, group, at)


def _tail(units: Sequence[Unit]) -> int | None:
    """Where the lines behind the imprint begin; None where what stands there is no row of headlines."""
    first = len(units)
    while first and units[first - 1].role not in PAGE and _is_line(units[first - 1]):
        first -= 1
    imprint = 0 < first < len(units) and units[first - 1].role in PAGE
    return first if imprint and len(units) - first > FEWEST else None


def _is_line(unit: Unit) -> bool:
    found = features(unit)
    open_ended = "closed" not in found or "asks" in found
    return open_ended and length(unit.text) <= LONGEST and not found.get("colophon_hits") and not found.get("drop_hits")


def _groups(units: Sequence[Unit], first: int) -> list[list[Unit]]:
    """The headlines with what belongs to each: kickers over it, subtitles and bylines under it."""
    groups: list[list[Unit]] = []
    over = False
    for unit in units[first:]:
        under = not features(unit).keys().isdisjoint(UNDER)
        if groups and (under or over):
            groups[-1].append(unit)
        else:
            groups.append([unit])
        over = unit.role is Role.KICKER and not under
    return groups


def _may_begin(units: Sequence[Unit], at: int) -> bool:
    """A story that has no headline can begin at a paragraph, or at a heading that is the first thing of it."""
    unit, before = units[at], units[at - 1] if at else None
    if before is not None and before.role in LINES | {Role.HEADING} and not _is_book(before):
        return False
    if unit.kind in ("answer", "verse", "contents", "list-item", "table-row"):
        return False
    if any(words().patterns[name].search(unit.text) for name in ("numbered2", "numbered3", "serial")):
        return False
    return unit.role in (Role.PARAGRAPH, Role.HEADING) or _is_book(unit)


def _is_book(unit: Unit) -> bool:
    return unit.role in LINES | {Role.HEADING} and bool(words().patterns["book"].search(unit.text))


def _echo(state: State, group: Sequence[Unit], at: int) -> float:
    """How much more of a headline's words come back behind a place than stand before it."""
    units = state.units
    title = "".join(unit.text for unit in group if unit.role is not Role.BYLINE)
    story = (unit for unit in units[at : at + 10] if unit.role in (Role.PARAGRAPH, Role.HEADING) and unit not in group)
    after = "".join(unit.text for unit in story)[:WINDOW]
    before = "".join(unit.text for unit in units[max(0, at - 8) : at] if unit.role is Role.PARAGRAPH)[-WINDOW:]
    return state.lexis.likeness(title, after) - state.lexis.likeness(title, before)


def _evidence(state: State, group: Sequence[Unit], at: int) -> float:
    """What says that the story of a headline begins there."""
    units = state.units
    opening = 1.5 if opens_story(units[at]) else 0.0
    if at == 0 or units[at - 1].role in PAGE or units[at - 1].kind in ("signature", "date", "contents"):
        opening += 1.0
    return ECHO * _echo(state, group, at) + opening + (story_score(state, at) if units[at].role is Role.PARAGRAPH else 0.0)


def _place(table: Sequence[Sequence[float]]) -> tuple[float, list[int]]:
    """The best rising choice of a column for every row, and its sum."""
    width = len(table[0])
    best = [0.0] * (width + 1)
    backs: list[list[int]] = []
    for number, row in enumerate(table):
        now = [float("-inf")] * (width + 1)
        back = [-1] * (width + 1)
        for at in range(width):
            now[at + 1], back[at + 1] = now[at], back[at]
            if at >= number and best[at] + row[at] > now[at + 1]:
                now[at + 1], back[at + 1] = best[at] + row[at], at
        best = now
        backs.append(back)
    chosen: list[int] = []
    end = width
    for back in reversed(backs):
        chosen.append(back[end])
        end = back[end]
    return best[width], chosen[::-1]


def _put(state: State, group: Sequence[Unit], at: int) -> None:
    units = state.units
    place = units[at]
    for unit in group:
        units.remove(unit)
    to = units.index(place)
    units[to:to] = group
    title = next((unit for unit in group if unit.role is not Role.KICKER and features(unit).keys().isdisjoint(UNDER)), group[0])
    why = f"“{title.text[:14]}” stands behind the imprint in a row of headlines; its story begins at “{place.text[:8]}…”"
    below = False
    for unit in group:
        found = features(unit)
        if unit is title:
            unit.role, unit.kind, below = Role.TITLE, None, True
        elif below:
            unit.role, unit.kind = (Role.SUBTITLE if "dash" in found else Role.BYLINE), None
        unit.moved = ("headline-behind-story", why)
        state.because(unit, "move", why + ".")
    if _is_book(place):
        place.role = Role.HEADING
