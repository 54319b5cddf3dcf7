"""Text that keeps the layout of its page in white space (`pdftotext -layout`): columns found by where they begin.

One character is one em across, whatever its width; columns drift by a character or two from line to line, so an indent
says nothing here, and only the order of the lines is taken: paragraphs are found by the widths of lines as in other text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from convert.source import Span
from convert.structure.geometry import stack
from convert.structure.geometry_lines import Line
from convert.structure.interleaved import is_together
from convert.structure.layout import in_order
from convert.structure.pieces import Piece
from convert.structure.reading import width

DRIFT = 2
"""Characters by which the beginnings of one column differ."""
NEAR = 6
"""Rows either side in which a column shows."""
WITNESSES = 3
"""Rows in which it must."""
PITCH = 1.6
"""Ems from row to row."""
MOST = 300
"""Lines of a page at most."""
LEAST = 6
"""Characters of a piece that shows a column."""
FILLED = 12
"""Characters before a single space at least for a column to end there."""
FAR = 12
"""Spaces that part two lines although each may be a byline or an imprint, whose own spaces are fewer."""
_FAR = re.compile(r" {4,}")
_WIDE_GAP = re.compile(r" {2,}")
_GAP = re.compile(r" +")


def is_laid_out(lines: Sequence[Piece], text: str) -> bool:
    """Whether white space places the lines: many begin with it, or hold two long pieces far apart."""
    begin = sum(_column(line, text) >= 2 for line in lines)
    far = sum(any(len(part) >= LEAST for part in _FAR.split(line.text)[1:]) for line in lines)
    return len(lines) > 12 and begin + far > 0.25 * len(lines) and min(far, begin) > 2


def in_columns(lines: Sequence[Piece], text: str) -> Iterator[Piece]:
    """The pieces of the page in reading order, each block after a blank line."""
    for sheet in _sheets(lines, text):
        boxed = [Line((piece,), piece.box, 1.0) for piece in _placed(sheet, text) if piece.box is not None]
        for block, _ in in_order(list(stack(boxed)), 1.0):
            for at, line in enumerate(block.lines):
                yield replace(line.pieces[0], blanks=0 if at else 1, box=None)


def _sheets(lines: Sequence[Piece], text: str) -> Iterator[Sequence[Piece]]:
    """Lines of one page: up to a form feed, or as many as no page holds more of."""
    first = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or at - first == MOST or "\f" in text[lines[at - 1].span.end : lines[at].span.start]:
            yield lines[first:at]
            first = at


def _column(line: Piece, text: str) -> int:
    return line.span.start - text.rfind("\n", 0, line.span.start) - 1


def _placed(lines: Sequence[Piece], text: str) -> Iterator[Piece]:
    """Every line cut where columns begin, with boxes in ems."""
    rows: list[int] = []
    for line in lines:
        rows.append((rows[-1] + 1 if rows else 0) + line.blanks)
    starts = [list(_starts(line, _column(line, text), _GAP)) for line in lines]
    for at, line in enumerate(lines):
        near = [
            start
            for other in range(max(0, at - 3 * NEAR), min(len(lines), at + 3 * NEAR + 1))
            if abs(rows[other] - rows[at]) <= NEAR
            for start in starts[other]
        ]
        left = _column(line, text)
        cuts = [0]
        together = is_together(line.text)
        for gap in _GAP.finditer(line.text):
            wide = gap.end() - gap.start() > 1
            shown = sum(abs(start - left - gap.end()) <= DRIFT + 1 for start in near) >= WITNESSES
            across = max(line.text[gap.start() - 1], line.text[gap.end()]) > "\u2e7f"  # not inside Latin text
            filled = gap.start() - cuts[-1] >= FILLED  # a byline has one space too, and fills no column
            far = gap.end() - gap.start() > (FAR if together else 3)
            if far or (shown and not together and (wide or (across and filled))):
                cuts.append(gap.end())
        for first, last in zip(cuts, [*cuts[1:], len(line.text)], strict=True):
            body = line.text[first:last].rstrip()
            begin = line.span.start + first
            snapped = _snap(left + first, near)
            top = rows[at] * PITCH
            yield replace(
                line,
                span=Span(line.span.source, begin, begin + len(body)),
                text=body,
                width=width(body),
                box=(snapped, top, snapped + max(1.0, width(body) / 2), top + 1.0),
                words=(),
            )


def _starts(line: Piece, left: int, gap: re.Pattern[str]) -> Iterator[int]:
    """Where long pieces of a line begin."""
    ends = [0, *(found.end() for found in gap.finditer(line.text))]
    for first, last in zip(ends, [*ends[1:], len(line.text)], strict=True):
        if len(line.text[first:last].rstrip()) >= LEAST:
            yield left + first


def _snap(start: int, near: Sequence[int]) -> float:
    """The beginning of the column a piece belongs to: the leftmost of those shared within the drift."""
    shared = [other for other in set(near) if abs(other - start) <= DRIFT + 1]
    counted = [other for other in shared if sum(abs(one - other) <= 1 for one in near) >= WITNESSES]
    return float(min(counted, default=start))
