"""One line: where each atom of it stands, once the composer has said what is on it.

CLREQ 6.2.4 takes room away in turns (word spaces, interpuncts, marks, Han-Latin gaps), equally within a turn; then
once more, beyond what is gentle.  Room is added to word spaces and Han-Latin gaps first, then everywhere alike.
"""

from __future__ import annotations

from typing import NamedTuple

from convert.typeset.atoms import Atom
from convert.typeset.breaks import SPACED, Breaks, Placed
from convert.typeset.compose import Line, Paragraph
from convert.typeset.rules import Gap, Kind

_TURNS = (0, 1, 2, 3)


class SetLine(NamedTuple):
    """Atoms and the blank behind each (the last has none); `width` from the first ink to the last, thousandths.

    `inner` is added between the letters of words that may be spaced (`Atom.inner`).
    """

    atoms: list[Atom]
    gaps: list[int]
    width: int
    inner: int = 0


def set_line(paragraph: Paragraph, line: Line, justify: bool = True) -> SetLine:
    """Place the atoms of `line` so that it fills its measure (a last line keeps its natural width)."""
    breaks = paragraph.breaks
    filled = justify and not line.last
    key = (line.start, line.end, line.indent, filled)
    placed = breaks.placed.get(key)
    if placed is None:
        placed = breaks.placed[key] = _place(breaks, line, filled)
    start, end, gaps, width, inner = placed
    return SetLine(paragraph.atoms[start:end], gaps, width, inner)


def _place(breaks: Breaks, line: Line, filled: bool) -> Placed:
    shapes = breaks.shapes
    start, end = line.start, line.end
    while start < end - 1 and shapes[start].habit.kind is Kind.SPACE:
        start += 1
    while end - 1 > start and shapes[end - 1].habit.kind is Kind.SPACE:
        end -= 1
    rows = breaks.gaps[start:end - 1]
    gaps = [row.blank for row in rows]
    width = sum([shape.body for shape in shapes[start:end]]) + sum(gaps)
    room = breaks.measure - line.indent - width
    if room < 0:
        width -= _shrink(gaps, rows, -room)
    elif room and filled and gaps:
        letters = sum(shape.inner for shape in shapes[start:end])
        inner = _stretch(gaps, rows, room, breaks.stretch, letters)
        return Placed(start, end, gaps, width + room, inner)
    return Placed(start, end, gaps, width)


def _shrink(gaps: list[int], rows: list[Gap], need: int) -> int:
    left = need
    for column in (1, 2):
        for turn in _TURNS:
            places = [at for at, row in enumerate(rows) if row.turn == turn and row[column]]
            room = sum(rows[at][column] for at in places)
            if not room:
                continue
            take = min(left, room)
            done = 0
            so_far = 0
            for at in places:
                so_far += rows[at][column]
                upto = take * so_far // room
                gaps[at] -= upto - done
                done = upto
            left -= take
            if not left:
                return need
    return need - left


def _stretch(gaps: list[int], rows: list[Gap], room: int, soft_limit: int, letters: int) -> int:
    """Add `room` to the gaps; what is left to put between each two letters, if the line is very loose."""
    first = [at for at, row in enumerate(rows) if row.soft]
    if first:
        take = min(room, soft_limit * len(first))
        _share(gaps, first, take)
        room -= take
    places = [at for at, row in enumerate(rows) for _ in range(row.any)] or list(range(len(gaps)))
    inner = 0
    if letters and room > SPACED * len(places):
        inner = min(room // (len(places) + letters), (room - SPACED * len(places)) // letters)
        room -= inner * letters
    if room:
        _share(gaps, places, room)
    return inner


def _share(gaps: list[int], places: list[int], room: int) -> None:
    """Add `room` to `places` in whole thousandths, the remainder spread evenly."""
    each, rest = divmod(room, len(places))
    done = 0
    for number, at in enumerate(places, 1):
        upto = rest * number // len(places)
        gaps[at] += each + upto - done
        done = upto
