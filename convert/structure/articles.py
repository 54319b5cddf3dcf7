"""Articles: a headline group opens one, and a story without a headline is found where caption and subject change."""

from __future__ import annotations

from convert.issue import Role
from convert.structure.behind import Head, heads
from convert.structure.reading import length
from convert.structure.state import State, Unit

HEAD = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE})
STYLES = ("chapter", "numbered1", "numbered2", "numbered3")
"""Numbering of headings, the first that fits: 第一章, 一、, （一）, 1."""
NEEDED = 2.3
"""Evidence from which a story without a headline is set apart (see `starts.story_score`)."""
SHORT = 5
"""Characters of a line that may be a piece of the title it stands under."""
_PAGE = frozenset({Role.COLOPHON, Role.DROP})


def open_articles(state: State) -> None:
    """Mark the units with which an article begins.

    A headline right under another one, which has no text, begins an article where both have a title: the text of the first
    stands elsewhere or is lost.
    """
    previous: Unit | None = None
    text = True  # the article so far has more than headlines
    two = _second_heads(state.units)
    for unit in state.units:
        if unit.role in _PAGE:
            continue
        unit.article = previous is None or (text and (unit.opens or _opens(unit.role, previous.role))) or id(unit) in two
        text = (text and not unit.article) or unit.role not in HEAD
        previous = unit


def _second_heads(units: list[Unit]) -> set[int]:
    """Headlines with a title that follow another such one with nothing but lines of headlines between."""
    found: set[int] = set()
    last: Head | None = None
    for head in heads(units):
        titled = any(unit.role is Role.TITLE and length(unit.text) > SHORT for unit in units[head.start : head.end])
        if titled and last is not None and last.end == head.start:
            found.add(id(units[head.start]))
        last = head if titled else None
    return found


def _opens(role: Role, before: Role) -> bool:
    """Whether a unit of `role` behind one of `before` begins another article."""
    if role not in HEAD:
        return False
    if before not in HEAD:
        return True
    return (role is Role.KICKER and before is not Role.KICKER) or (role is Role.TITLE and before is not Role.KICKER)


def untitled(state: State) -> None:
    """A story that begins without a headline: found by its opening, its picture and the change of subject; and marked."""
    from convert.structure.starts import story_score

    units = state.units
    blocks = 0
    for at, unit in enumerate(units):
        if unit.article:
            blocks = 0
        blocks += unit.role is Role.PARAGRAPH
        if unit.role is not Role.PARAGRAPH or unit.article or blocks < 4:
            continue
        score = story_score(state, at, NEEDED)
        if score < NEEDED:
            continue
        first = at
        while first and units[first - 1].role is Role.CAPTION and not units[first - 1].interrupts:
            first -= 1
        units[first].article = True
        blocks = 1
        state.because(
            units[first],
            "article",
            f"A new subject begins with “{unit.text[:10]}…” (evidence {score:.1f}); its headline is missing.",
        )
        state.ask(
            unit,
            "title-missing",
            f"A story seems to begin at “{unit.text[:12]}…”, and its headline is not in the source.",
            ("A story of its own", "Part of the story before it"),
        )


def levels(state: State) -> None:
    """Heading levels: one for each style of numbering, in the order of their first appearance in an article."""
    from convert.structure.features import words

    patterns = words().patterns
    seen: list[str] = []
    for unit in state.units:
        if unit.article:
            seen = []
        if unit.role is not Role.HEADING:
            unit.level = None
            continue
        style = next((name for name in STYLES if patterns[name].search(unit.text)), "plain")
        if style not in seen:
            seen.append(style)
        unit.level = min(3, seen.index(style) + 1)
