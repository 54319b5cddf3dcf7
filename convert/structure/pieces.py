"""Pieces: the lines of a source, or parts of them, as the parser handles them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from convert.source import Source, Span, Word
from convert.structure.reading import reading, width


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
    words: tuple[Word, ...] = ()


def pieces(number: int, source: Source) -> Iterator[Piece]:
    """The non-blank lines of a source, each knowing how many blank ones stand before it."""
    blanks = 0
    for line in source.lines:
        raw = source.text[line.start : line.end]
        body = raw.strip()
        if not body:
            blanks += 1
            continue
        start = line.start + len(raw) - len(raw.lstrip())
        text = reading(body)
        yield Piece(
            Span(number, start, start + len(body)),
            text,
            blanks,
            width(text),
            line.page,
            line.size,
            line.role,
            line.level,
            line.box,
            line.region,
            line.words,
        )
        blanks = 0


def joined(row: Sequence[Piece]) -> Piece:
    """Pieces of one line as one again, a space between them."""
    first, last = row[0], row[-1]
    text = " ".join(piece.text for piece in row)
    return replace(first, span=Span(first.span.source, first.span.start, last.span.end), text=text, width=width(text))
