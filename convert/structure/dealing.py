"""Headlines go to the stories they belong to: one decision for each, the surest first (see `placing` for what is weighed).

A move needs to be likelier than staying and all other places together; where one is only possible, a query names it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from convert.issue import Role
from convert.structure import behind, company, placing, stray
from convert.structure.behind import LINES, Head
from convert.structure.moves import move, over
from convert.structure.placing import Page, Place
from convert.structure.reading import length
from convert.structure.state import State, Unit

ROUNDS = 3
"""How often the page is looked at again after headlines were moved."""
CLEAR = 0.6
"""Share of all places but its own that the best one must have."""
ASKED = 0.4
"""Probability of a place from which the editor is asked about it."""
SLIPPED = 0.3
"""The same where cohesion says too that a headline has slipped behind a paragraph or two."""
VETO = -1.4
"""Log-odds of a place against staying from which a rule may move a headline there: one in five."""
STRUCTURE = ("slip", "bare")
"""Kinds of moves that structure alone can show, where no word of the headline comes back."""
ECHO, TAKES = 0.05, 0.3
"""How much more of its words must come back over another text, and over one that has a headline."""


def deal(state: State) -> None:
    """Move every headline whose place is another one, and ask about those that may have one."""
    for _ in range(ROUNDS):
        page = Page(state.units)
        found = [(odds, place) for number in _asked(page) for odds, place in [_best(page, number)] if place]
        moved: list[tuple[int, int]] = []
        for odds, place in sorted(found, key=lambda one: (-one[0], one[1].head.start)):
            reach = (min(place.at, place.head.start), max(place.at, place.head.end))
            if _is_sure(page, odds, place) and all(reach[1] < low or high < reach[0] for low, high in moved):
                moved.append(reach)
                _go(state, page, odds, place)
        if not moved:
            break
    for odds, place in found:
        if ASKED <= odds < placing.SURE:
            _ask(state, page, place)


def _is_sure(page: Page, odds: float, place: Place) -> bool:
    """Whether a headline goes there; one that may have slipped, where the text on either side parts there too."""
    if odds >= placing.SURE:
        return True
    if odds < SLIPPED or "slip" not in place.found or place.head not in page.heads:
        return False
    number = page.heads.index(place.head)
    before, after = page.heads[number - 1] if number else None, page.heads[number + 1] if number + 1 < len(page.heads) else None
    found = behind.slipped(page.units, before, place.head, after)
    return found is not None and found[0] == place.at


def allows(state: State, start: int, end: int, to: int) -> bool:
    """Whether the lines `start`..`end`-1 may go over unit `to`, as a rule would have it; where not, the editor is asked."""
    page = Page(state.units)
    rank = page.rank(to)
    number = next((at for at, head in enumerate(page.heads) if head.start <= start < head.end), None)
    if number is None or rank >= len(page.body):
        return True  # a heading, of which the model knows nothing
    place = placing.place(page, number, Head(start, end), page.body[rank])
    if placing.score(place.found) >= VETO:
        return True
    _ask(state, page, place)
    return False


def _asked(page: Page) -> range:
    """The headlines that are looked at; in blocks, what stands behind the imprint is left to `stray`, which knows its roles."""
    late = sum(head.start >= page.end for head in page.heads)
    return range(len(page.heads) - (late if page.kind == "blocks" else 0))


def _best(page: Page, number: int) -> tuple[float, Place | None]:
    """The likeliest place of a headline that is not its own, and how likely it is that it has one; None where none is clear."""
    head = page.heads[number]
    if company.crowded(page.units, head.start):
        return 0.0, None
    ways = [place for place in placing.places(page, number) if not place.found or _is_backed(place.found)]
    scores = [placing.score(place.found) for place in ways]
    top = max(scores)
    odds = [math.exp(score - top) for score in scores]
    going = sum(odds[1:])
    best = max(range(len(ways)), key=lambda number: odds[number] if number else 0.0)
    clear = best and odds[best] >= CLEAR * going
    return (going / sum(odds), ways[best]) if clear else (0.0, None)


def _is_backed(found: Mapping[str, float]) -> bool:
    """Whether the words of the headline come back more where it goes than where it stands, or structure alone may decide.

    A teaser on the first page has them too: so the gain counts, and not that they come back at all.
    """
    if found.get("join_echo", 0.0) >= ECHO:
        return True
    gain = found.get("echo", 0.0)
    if found.get("empty", 0.0) > 0:  # it would take all the text another headline has
        return gain >= TAKES
    return gain >= ECHO or any(kind in found for kind in STRUCTURE)


def _go(state: State, page: Page, odds: float, place: Place) -> None:
    """Make the move: the lines, their roles at the new place, and the reason."""
    units = state.units
    lines = page.units[place.head.start : place.head.end]
    start = units.index(lines[0])
    target = page.units[place.at]
    why = f"{_why(page, place)} ({round(100 * min(odds, 0.99))} in 100)"
    rule = "headline-slipped" if "slip" in place.found or "first" in place.found else "headline-behind-story"
    heading = [unit for unit in lines if unit.role in LINES]
    late = place.head.start >= page.end
    if late or len(heading) == 1:
        lines[0].role, lines[0].kind = Role.TITLE, None
    to = units.index(target)
    if place.joins:
        to = _among(units, to)
    elif target.role is Role.PARAGRAPH:
        to = over(units, to)
    move(state, start, start + len(lines), to, rule, why)


def _among(units: Sequence[Unit], at: int) -> int:
    """Where a title goes among the lines of a headline that lost it: under its kicker; a column's name becomes one."""
    while at < len(units) and (units[at].role is Role.KICKER or _names_column(units[at])):
        units[at].role = Role.KICKER
        at += 1
    return at


def _names_column(unit: Unit) -> bool:
    return unit.role is Role.TITLE and length(unit.text) <= stray.COLUMN_NAME


def _why(page: Page, place: Place) -> str:
    """The move in words: where the lines stand, and what says that they belong elsewhere."""
    found = place.found
    title = page.units[place.head.start].text[:14]
    there = page.units[place.at].text[:8]
    stands = next(words for name, words in STANDS if name in found)
    signs = [words for name, least, words in SIGNS if found.get(name, 0.0) >= least]
    return f"“{title}” {stands}, “{there}…”" + (f": {', '.join(signs)}" if signs else "")


STANDS = (
    ("join", "stands behind the imprint, and a headline without a title stands over the story it goes to"),
    ("tail", "stands behind the imprint and not over the story it goes to"),
    ("first", "is the first headline of the page, and the story before it has none"),
    ("bare", "has no text under it, and a story before it has no headline of its own"),
    ("slip", "stands behind the beginning of its story"),
    ("far", "stands behind its story"),
    ("forth", "stands before another story than its own"),
)
"""The kinds of moves, in words."""
SIGNS = (
    ("echo", 0.1, "its words come back there"),
    ("join_echo", 0.1, "its words come back there"),
    ("border", 1.0, "a new subject begins there"),
    ("border_left", 1.0, "the subject goes on where it stands"),
    ("behind_signed", 1.0, "the story before it is signed"),
)
"""What speaks for a move, from how much of it on, in words."""


def _ask(state: State, page: Page, place: Place) -> None:
    unit = page.units[place.head.start]
    there = page.units[place.at].text[:12]
    question = f"“{unit.text[:20]}” may be the headline of the story that begins at “{there}…”. It was left where it stands."
    state.ask(unit, "headline-place", question, ("It stands right", f"Over “{there}…”"))
