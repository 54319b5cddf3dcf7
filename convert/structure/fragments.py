"""From lines to units: what stands in one piece in the source.  Hard-wrapped lines run on where the column says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from convert.issue import Role
from convert.source import Source, Span
from convert.structure.reading import reading, width
from convert.structure.state import State, Unit


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a part of one, without white space at its ends."""

    span: Span
    text: str
    blanks: int
    width: int
    page: int | None = None
    size: float | None = None
    role: str | None = None
    level: int | None = None
    box: tuple[float, float, float, float] | None = None
    region: str | None = None


def pieces(number: int, source: Source) -> Iterator[Piece]:
    """The non-blank lines of a source, each knowing how many blank ones stand before it."""
    blanks = 0
    for line in source.lines:
        raw = source.text[line.start:line.end]
        body = raw.strip()
        if not body:
            blanks += 1
            continue
        start = line.start + len(raw) - len(raw.lstrip())
        text = reading(body)
        yield Piece(
            Span(number, start, start + len(body)), text, blanks, width(text),
            line.page, line.size, line.role, line.level, line.box, line.region,
        )
        blanks = 0


def unit(parts: Sequence[Piece], place: int, rules: Sequence[str] = ()) -> Unit:
    """One unit of lines that run on."""
    first = parts[0]
    text = first.text
    for part in parts[1:]:
        text += (" " if _latin(text[-1:]) and _latin(part.text[:1]) else "") + part.text
    sizes = [part.size for part in parts if part.size]
    return Unit(
        [part.span for part in parts], text, place, first.blanks, joins=list(rules), page=first.page,
        size=max(sizes) if sizes else None, hint=_hint(first.role), level=first.level,
    )


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _hint(role: str | None) -> Role | None:
    return Role(role) if role in set(Role) else None


def read(state: State) -> None:
    """The first pass: every source's lines as units, in the order given."""
    from convert.structure import wrapping

    place = 0
    for number, source in enumerate(state.sources):
        lines = list(pieces(number, source))
        for group in wrapping.runs(lines, state.lexis):
            state.units.append(unit(group, place, ["wrap"] * (len(group) - 1)))
            place += 1
