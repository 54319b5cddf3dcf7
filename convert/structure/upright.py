"""Headlines set from top to bottom: a text layer gives them one character a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from convert.source import Span
from convert.structure.features import words
from convert.structure.pieces import Piece

LEAST = 3
"""Lines of one character that make a vertical line."""
CREDIT = 24
"""Characters a byline under a vertical headline holds at most."""
SCALE = 2.0
"""Size of type such a line is taken to have, against the body's: nothing else is set like this."""
MARK = "upright"
"""What `Piece.region` of such a line says."""


def is_upright(piece: Piece) -> bool:
    """Whether the piece is a vertical line, which no line runs on into."""
    return piece.region == MARK


def gather(lines: Sequence[Piece]) -> Iterator[Piece]:
    """The lines, with every run of single characters made one piece, and the byline at its foot another."""
    first = 0
    while first < len(lines):
        end = first
        while end < len(lines) and _single(lines[end]) and (end == first or _under(lines[end - 1], lines[end])):
            end += 1
        if end - first >= LEAST and any(line.text.isalpha() for line in lines[first:end]):
            cut = first + _credit(lines[first:end])
            yield _one(lines[first:cut])
            if cut < end:
                yield _one(lines[cut:end])
            first = end
        else:
            yield lines[first]
            first += 1


def _single(line: Piece) -> bool:
    return len(line.text) == 1 or line.text in ("——", "……")


def _under(above: Piece, line: Piece) -> bool:
    return line.blanks == 0 and line.span.source == above.span.source and 0 <= line.span.start - above.span.end <= 2


def _one(lines: Sequence[Piece]) -> Piece:
    first = lines[0]
    return replace(
        first,
        span=Span(first.span.source, first.span.start, lines[-1].span.end),
        text="".join(line.text for line in lines),
        width=sum(line.width for line in lines),
        region=MARK,
    )


def _credit(lines: Sequence[Piece]) -> int:
    """How many of the lines stand before the byline at the foot: all, where there is none."""
    byline = words().patterns["byline"]
    for at in range(max(2, len(lines) - CREDIT), len(lines) - 3):
        tail = "".join(line.text for line in lines[at:])
        if tail[0] in "本特学學实见通记記文图圖摄攝" and byline.search(tail):
            return at
    return len(lines)
