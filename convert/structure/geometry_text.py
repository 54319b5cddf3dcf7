"""Text that keeps the layout of its page in white space (`pdftotext -layout`): columns found by where they begin.

One character is one em across, whatever its width; columns drift by up to ten characters from line to line, so an indent
says nothing here, and only the order of the lines is taken: paragraphs are found by the widths of lines as in other text.
Which column a piece stands in is told by its rank in the row, against the rows around that hold most pieces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from convert.source import Span
from convert.structure import upright
from convert.structure.blocks import stack
from convert.structure.geometry_lines import Line
from convert.structure.interleaved import is_together, tokens
from convert.structure.layout import in_order
from convert.structure.lexis import Lexis
from convert.structure.pieces import Piece
from convert.structure.reading import width

DRIFT = 2
"""Characters by which the beginnings of one column differ."""
SWAY = 10
"""Characters by which a column sways where what stands left of it holds digits, or marks set half as wide."""
LARGEST = 2.5
"""Size of type a headline may have, against the body's."""
HEAD = 1.3
"""Size a line over several columns is taken to have, against the body's."""
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
_GAP = re.compile(r" +")


def is_laid_out(lines: Sequence[Piece], text: str) -> bool:
    """Whether white space places the lines: many begin with it, or hold two long pieces far apart."""
    begin = sum(_column(line, text) >= 2 for line in lines)
    far = sum(any(len(part) >= LEAST for part in _FAR.split(line.text)[1:]) for line in lines)
    return len(lines) > 12 and begin + far > 0.25 * len(lines) and min(far, begin) > 2


def in_columns(lines: Sequence[Piece], text: str, lexis: Lexis) -> Iterator[Piece]:
    """The pieces of the page in reading order, each block after a blank line; vertical headlines before the text beside them."""
    for sheet in _sheets(lines, text):
        level, lifted = _without_upright(sheet, text, lexis)
        for block, _ in in_order(list(stack(list(_placed(level, text)))), 1.0):
            first, last = (line.pieces[0].span.start for line in (block.lines[0], block.lines[-1]))
            beside = [part for part in lifted if first <= part.span.start <= last]
            if beside:
                yield from lifted
                lifted = []
            for at, line in enumerate(block.lines):
                yield replace(line.pieces[0], blanks=0 if at else 1, box=None)


def _without_upright(lines: Sequence[Piece], text: str, lexis: Lexis) -> tuple[Sequence[Piece], list[Piece]]:
    """The lines with white space where parts of vertical lines stand, and these."""
    _, lifted = upright.lift([tokens(line) for line in lines], lexis, 2 * upright.GAP)  # rows of two columns need not be level
    if not lifted:
        return lines, lifted
    starts = {
        part.span: part.span.start - line.span.start + _column(line, text)
        for line in lines
        for part in lifted
        if line.span.start <= part.span.start < line.span.end
    }
    lifted = list(upright.by_place(lifted, starts))
    left = []
    for line in lines:
        kept = line.text
        for part in lifted:
            if line.span.start <= part.span.start < line.span.end:
                at = part.span.start - line.span.start
                kept = kept[:at] + " " * len(part.text) + kept[at + len(part.text) :]
        body = kept.strip()
        if body:
            start = line.span.start + kept.index(body)
            span = Span(line.span.source, start, start + len(body))
            left.append(replace(line, span=span, text=body, width=width(body)))
    return left, lifted


def _sheets(lines: Sequence[Piece], text: str) -> Iterator[Sequence[Piece]]:
    """Lines of one page: up to a form feed, or as many as no page holds more of."""
    first = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or at - first == MOST or "\f" in text[lines[at - 1].span.end : lines[at].span.start]:
            yield lines[first:at]
            first = at


def _column(line: Piece, text: str) -> int:
    return line.span.start - text.rfind("\n", 0, line.span.start) - 1


def _placed(lines: Sequence[Piece], text: str) -> Iterator[Line]:
    """Every line cut where columns begin, with boxes in ems."""
    rows: list[int] = []
    for line in lines:
        rows.append((rows[-1] + 1 if rows else 0) + line.blanks)
    left = [_column(line, text) for line in lines]
    starts = [list(_starts(line, left[at], _GAP)) for at, line in enumerate(lines)]
    columns = _columns(rows, [list(_parted(line, left[at])) for at, line in enumerate(lines)])
    for at, line in enumerate(lines):
        near = [
            start
            for other in range(max(0, at - 3 * NEAR), min(len(lines), at + 3 * NEAR + 1))
            if abs(rows[other] - rows[at]) <= NEAR
            for start in starts[other]
        ]
        cuts = _cuts(line, left[at], near, columns[at])
        edges = [_edge(left[at] + cut, near) for cut in cuts]
        ends = [*cuts[1:], len(line.text)]
        bodies = [line.text[first:last].rstrip() for first, last in zip(cuts, ends, strict=True)]
        places = _ranked([left[at] + cut for cut in cuts], [len(body) for body in bodies], columns[at])
        top = rows[at] * PITCH
        for cut, body, edge, place in zip(cuts, bodies, edges, places, strict=True):
            begin = line.span.start + cut
            snapped = edge if place is None else float(columns[at][place])
            right = snapped + max(1.0, width(body) / 2)
            across = len(cuts) == 1 and _lies_across(left[at], len(body), columns[at])
            if across:
                snapped, right = 0.0, float(columns[at][-1] + columns[at][-1] - columns[at][-2])
            if place is not None and place + 1 < len(columns[at]):
                right = min(right, columns[at][place + 1] - 1.0)
            span = Span(line.span.source, begin, begin + len(body))
            box = snapped, top, max(right, snapped + 1.0), top + 1.0
            piece = replace(line, span=span, text=body, width=width(body), box=box, words=())
            yield Line((piece,), box, HEAD if across else 1.0)


def _lies_across(start: int, size: int, columns: Sequence[int]) -> bool:
    """Whether a line that stands alone begins where no column does and is set in the middle of them all, in type of any size."""
    if len(columns) < 2 or start < columns[0] + LEAST or any(abs(column - start) <= DRIFT for column in columns):
        return False
    middle = (columns[0] + columns[-1] + columns[-1] - columns[-2]) / 2
    return start + size / 2 <= middle + SWAY / 2 and start + LARGEST * size / 2 >= middle - SWAY / 2


def _cuts(line: Piece, left: int, near: Sequence[int], columns: Sequence[int]) -> list[int]:
    """Where in a line columns begin."""
    cuts = [0]
    together = is_together(line.text)
    for gap in _GAP.finditer(line.text):
        wide = gap.end() - gap.start() > 1
        begin = left + gap.end()
        shown = sum(abs(start - begin) <= DRIFT + 1 for start in near) >= WITNESSES
        shown = shown or any(abs(column - begin) <= SWAY for column in columns[1:])
        across = max(line.text[gap.start() - 1], line.text[gap.end()]) > "\u2e7f"  # not inside Latin text
        filled = gap.start() - cuts[-1] >= FILLED  # a byline has one space too, and fills no column
        far = gap.end() - gap.start() > (FAR if together else 3)
        if far or (shown and not together and (wide or (across and filled))):
            cuts.append(gap.end())
    return cuts


def _columns(rows: Sequence[int], starts: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Where the columns a line stands in begin: those of the rows around that hold most pieces, by their rank in the row.

    What stands left of a column is set in characters of several widths, so that the column sways; its rank does not.
    The same columns keep one beginning from row to row.
    """
    found: list[tuple[int, ...]] = []
    for at, row in enumerate(rows):
        around = [
            starts[other]
            for other in range(max(0, at - 2 * NEAR), min(len(rows), at + 2 * NEAR + 1))
            if abs(rows[other] - row) <= NEAR
        ]
        counts = [len(one) for one in around if len(one) > 1]
        count = max((n for n in set(counts) if counts.count(n) >= WITNESSES), default=1)
        ranks = zip(*(one for one in around if len(one) == count), strict=True) if count > 1 else ()
        columns = tuple(sorted(rank)[len(rank) // 2] for rank in ranks)
        last = found[-1] if found else ()
        same = len(last) == len(columns) > 1 and abs(last[0] - columns[0]) <= 2 * DRIFT  # nothing stands left of the first
        same = same and all(abs(one - other) <= SWAY for one, other in zip(last, columns, strict=True))
        found.append(last if same else columns)
    return found


def _parted(line: Piece, left: int) -> Iterator[int]:
    """Where the pieces of a line begin, were it set in columns: behind wide gaps, and behind a space that text fills up to."""
    first = 0
    for gap in _GAP.finditer(line.text):
        wide = gap.end() - gap.start() > 1
        filled = gap.start() - first >= FILLED and max(line.text[gap.start() - 1], line.text[gap.end()]) > "\u2e7f"
        if wide or filled:
            if gap.start() - first >= LEAST:
                yield left + first
            first = gap.end()
    if len(line.text) - first >= LEAST:
        yield left + first


def _ranked(starts: Sequence[int], sizes: Sequence[int], columns: Sequence[int]) -> list[int | None]:
    """The column each piece of a row stands in, in their order; None where that is not certain."""
    if len(columns) < 2 or len(starts) > len(columns):
        return [None] * len(starts)
    if len(starts) == 1:
        at = min(range(len(columns)), key=lambda place: abs(columns[place] - starts[0]))
        room = columns[at + 1] - columns[at] if at + 1 < len(columns) else columns[-1] - columns[-2]
        fits = starts[0] + sizes[0] <= columns[at] + room + DRIFT
        alone = fits and abs(columns[at] - starts[0]) <= (SWAY if sizes[0] >= FILLED else DRIFT + 1)
        return [at if alone else None]
    nearest = min(
        combinations(range(len(columns)), len(starts)),
        key=lambda places: sum(abs(columns[place] - start) for place, start in zip(places, starts, strict=True)),
    )
    return list(nearest)


def _starts(line: Piece, left: int, gap: re.Pattern[str]) -> Iterator[int]:
    """Where long pieces of a line begin."""
    ends = [0, *(found.end() for found in gap.finditer(line.text))]
    for first, last in zip(ends, [*ends[1:], len(line.text)], strict=True):
        if len(line.text[first:last].rstrip()) >= LEAST:
            yield left + first


def _edge(start: int, near: Sequence[int]) -> float:
    """The beginning of the column a piece belongs to: the leftmost of those shared within the drift."""
    shared = [other for other in set(near) if abs(other - start) <= DRIFT + 1]
    counted = [other for other in shared if sum(abs(one - other) <= 1 for one in near) >= WITNESSES]
    return float(min(counted, default=start))
