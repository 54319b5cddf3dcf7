"""What a displaced headline takes along, and what is no headline for all its short lines.

A move answers for every neighbour it parts.  A line under a displaced headline may be the next story's own, and a crowd of
short lines is a poem or a list whose order nothing contradicts: there the source is believed.
"""

from __future__ import annotations

from convert.issue import Role
from convert.structure.behind import LINES
from convert.structure.features import words
from convert.structure.reading import is_closed, length
from convert.structure.starts import opens_story
from convert.structure.state import State, Unit

CROWD, SHORT = 7, 16
"""Lines without text between them from which they are no headlines, and characters such a line holds at most."""
COLUMN_NAME = 5
"""Characters a column name (编读往来) has at most that is told by nothing else."""
TITLE = 6
"""Characters a line must hold to head a story of its own."""
SUBJECT = 600
"""Characters of a story that a line is compared with."""
OWN = 0.1
"""Likeness by which a line must be nearer to the text below it than to the story above to be that one's own."""

ALIKE = 0.1
"""Likeness from which two stretches may be of one story."""


def crowded(units: list[Unit], at: int) -> bool:
    """Whether unit `at` stands in a crowd of short lines: verse, a programme, a list."""
    first = last = at
    while first and at - first < CROWD and _in_crowd(units[first - 1]):
        first -= 1
    while last + 1 < len(units) and last - at < CROWD and _in_crowd(units[last + 1]):
        last += 1
    return last + 1 - first >= CROWD


def _in_crowd(unit: Unit) -> bool:
    return (
        length(unit.text) <= SHORT
        and not is_closed(unit.text)
        and unit.role is not Role.CAPTION
        and unit.role is not Role.COLOPHON
    )


def end_of_own(state: State, start: int, end: int, home: int) -> int:
    """How many of the lines `start`..`end`-1 go to the story that begins at `home`; `start` where none should.

    A last line over an opening (本报讯) heads what opens there; others are told by their words, and the name of a column stays
    with the line under it, or with the text where no line is.
    """
    units = state.units
    lines = [at for at in range(start, end) if units[at].role in LINES]
    if len(lines) < 2 or end >= len(units):
        return end
    cut = _cut(state, lines, end, home)
    while cut < end and cut - 1 > start and _is_column(units[cut - 1]):
        cut -= 1
    return start if cut < end and all(_is_column(unit) for unit in units[start:cut]) else cut


def _cut(state: State, lines: list[int], end: int, home: int) -> int:
    units = state.units
    last = units[lines[-1]]
    dash = words().patterns["dash"]
    if opens_story(units[end]) and length(last.text) >= TITLE and not dash.search(last.text):
        return lines[-1]
    above, below = _text(units[home : lines[0]]), _text(units[end : end + 6])
    for number, at in enumerate(lines):
        if all(_is_column(units[one]) for one in lines[:number]):
            continue
        if state.lexis.likeness(units[at].text, below) - state.lexis.likeness(units[at].text, above) >= OWN:
            return at
    if lines[-1] == end - 1 and _is_column(last) and not _is_column(units[lines[0]]) and not dash.search(last.text):
        return lines[-1]
    return end


def belongs_below(state: State, start: int, end: int, home: int) -> bool:
    """Whether the headline `start`..`end`-1 has the words of the text under it and not of the story at `home` above it."""
    units = state.units
    if sum(unit.role in LINES for unit in units[start:end]) < 2:
        return False
    head = "".join(unit.text for unit in units[start:end] if unit.role in LINES)
    above, below = _text(units[home:start]), _text(units[end : end + 6])
    like = state.lexis.likeness
    return like(head, below) - like(head, above) >= OWN and like(above, below) < ALIKE


def _is_column(unit: Unit) -> bool:
    return unit.role in LINES and length(unit.text) <= COLUMN_NAME


def _text(units: list[Unit]) -> str:
    return "".join(unit.text for unit in units if unit.role is Role.PARAGRAPH)[:SUBJECT]
