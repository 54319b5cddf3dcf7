"""Captions that stand where none is set: between a heading and its text, or over the headline of their own story.

Words tell which story a picture belongs to (30 of 33 captions of annotated pages have the likest paragraph there), and not
beside which paragraph it hung (8 of 33): no caption is sent to a paragraph for its words; the editor is asked.
"""

from __future__ import annotations

from convert.issue import Role
from convert.structure.behind import LINES, PAGE
from convert.structure.cohesion import Cohesion
from convert.structure.state import State, Unit

LIKE, CLEAR = 0.15, 2.0
"""Likeness a caption must have to the story below its place, and how many times that to the story above."""
STORY = 24
"""Blocks of a story that are compared."""


def settle(state: State) -> None:
    """Put a caption under a heading before it, and ask where one over the headline of its story belongs."""
    units = state.units
    at = 1
    while at + 1 < len(units):
        if units[at].role is Role.CAPTION and not units[at].interrupts and units[at].place_says is None:
            _from_heading(state, at)
            _over_headline(state, at)
        at += 1


def _from_heading(state: State, at: int) -> None:
    units = state.units
    above, below = units[at - 1], units[at + 1]
    if above.role is not Role.HEADING or below.role is not Role.PARAGRAPH or at < 2 or units[at - 2].role is not Role.PARAGRAPH:
        return
    why = f"“{units[at].text[:12]}” parts the heading “{above.text[:12]}” from its text"
    units[at - 1 : at + 1] = units[at], above
    units[at - 1].moved = ("caption-slipped", why)
    state.because(units[at - 1], "move", why + ".")


def _over_headline(state: State, at: int) -> None:
    """A caption over a headline: the story above it has nothing of its words, and the one below has."""
    units = state.units
    if units[at + 1].role not in LINES or units[at - 1].role is not Role.PARAGRAPH:
        return
    below = _body(units, at + 1, 1)
    above = _body(units, at - 1, -1)
    if not below or not above or below[-1] - at > STORY:
        return
    page = Cohesion([units[at].text, *(units[one].text for one in (*above, *below))])
    ours = page.likeness(0, range(len(above) + 1, len(above) + len(below) + 1))
    theirs = page.likeness(0, range(1, len(above) + 1))
    if ours < LIKE or ours < CLEAR * theirs:
        return
    state.ask(
        units[at],
        "caption-place",
        f"“{units[at].text[:16]}” stands before the headline “{units[at + 1].text[:16]}” and has the words of its story. "
        "Which paragraph does it belong to?",
    )


def _body(units: list[Unit], at: int, step: int) -> list[int]:
    """The paragraphs of the story that `at` stands at the edge of: past its headline, up to the next one."""
    while 0 <= at < len(units) and (units[at].role in LINES or units[at].role is Role.BYLINE):
        at += step
    found: list[int] = []
    while 0 <= at < len(units) and units[at].role not in LINES | PAGE and len(found) < STORY:
        if units[at].role is Role.PARAGRAPH:
            found.append(at)
        at += step
    return sorted(found)
