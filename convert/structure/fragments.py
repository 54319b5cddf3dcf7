"""From lines to units: what stands in one piece in the source.  Hard-wrapped lines run on where the column says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from convert.issue import Role
from convert.structure.pieces import Piece, pieces
from convert.structure.state import Place, State, Unit

SET_APART = 0.05
"""Share of lines behind a blank one from which blank lines part the blocks of a page."""

DRIVEN = re.compile(r"(?:\S ){4,}\S")


def unit(parts: Sequence[Piece], place: int, rules: Sequence[str] = (), says: Place | None = None) -> Unit:
    """One unit of lines that run on."""
    first = parts[0]
    text = _closed_up(first.text)
    for part in parts[1:]:
        text += (" " if _latin(text[-1:]) and _latin(part.text[:1]) else "") + _closed_up(part.text)
    return Unit(
        [part.span for part in parts],
        text,
        place,
        first.blanks,
        joins=list(rules),
        page=first.page,
        hint=_hint(first.role),
        level=first.level,
        place_says=says,
    )


def _measure(lines: Sequence[Piece]) -> int | None:
    """The width of the column these lines were set in: that of the widest, where one is neither the first nor the last."""
    return max(line.width for line in lines) if len(lines) > 2 else None


def _closed_up(text: str) -> str:
    """A line whose characters were driven apart to fill it, as words: 1 . 登 录 网 站."""
    return text.replace(" ", "") if DRIVEN.fullmatch(text) else text


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _hint(role: str | None) -> Role | None:
    return Role(role) if role in set(Role) else None


def read(state: State) -> None:
    """The first pass: every source's lines as units, in the order given, or by their place on the page where known."""
    for number, source in enumerate(state.sources):
        lines = list(pieces(number, source))
        if lines and sum(line.box is not None for line in lines) > 0.9 * len(lines):
            _by_place(state, lines)
            state.placed = len(state.sources) == 1
        else:
            _by_width(state, lines)


def _by_width(state: State, lines: list[Piece]) -> None:
    from convert.structure import tables

    text = state.sources[lines[0].span.source].text if lines else ""
    rows = tables.find(lines, text)
    first = 0
    for at in (*sorted(rows), len(lines)):
        _by_lines(state, lines[first:at], text)
        if at in rows:
            state.units.append(unit((lines[at],), len(state.units)))
            state.units[-1].cells = rows[at]
        first = at + 1


def _by_lines(state: State, lines: list[Piece], text: str) -> None:
    from convert.structure import geometry_text, interleaved, wrapping

    wrapped = wrapping.is_wrapped(lines)
    blanks = wrapped and sum(line.blanks > 0 for line in lines) > SET_APART * len(lines)
    laid_out = geometry_text.is_laid_out(lines, text)
    if laid_out:
        lines = list(geometry_text.in_columns(lines, text, state.lexis))
    elif wrapped:
        lines = list(interleaved.untangle(lines, state.lexis))
    for run in wrapping.runs(lines):
        found = unit(run.lines, len(state.units), [run.rule] * (len(run.lines) - 1), run.place)
        found.measure = _measure(run.lines)
        found.scanned = wrapped and not laid_out  # a text layer is never misread
        found.glued, found.parted = blanks and run.lines[0].blanks == 0, blanks and run.lines[0].blanks > 0
        state.units.append(found)


def _by_place(state: State, lines: list[Piece]) -> None:
    from convert.structure import geometry

    for page in sorted({line.page or 0 for line in lines}):
        here = [line for line in lines if (line.page or 0) == page]
        placed = [line for line in here if line.box is not None]
        for found in geometry.paragraphs(placed):
            says = Place(found.indented, found.full, found.scale, found.centered, found.vertical, found.aside, found.above)
            made = unit(found.pieces, len(state.units), ["wrap"] * (len(found.pieces) - 1), says)
            made.scanned = any(piece.words for piece in found.pieces)
            state.units.append(made)
        _by_width(state, [line for line in here if line.box is None])
