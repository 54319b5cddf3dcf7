"""Columns that a text layer has read across: rows of pieces parted by spaces, sorted back into their columns.

Which lines show columns, and what parts of a line are pieces, is told here; which column a piece belongs to is decided for a
whole stretch of rows at once (`weaving`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from convert.source import Span
from convert.structure import upright, weaving
from convert.structure.features import words
from convert.structure.lexis import Lexis
from convert.structure.pieces import Piece
from convert.structure.reading import width

WIDTH = 16
"""Least width, in columns of a terminal, of the lines that show a page to be set in columns."""
MOST = weaving.MOST
FULL = 0.8
"""Share of the column's width from which a piece shows, with another one on its row, that the page is set in columns."""
WIDER = 1.2
"""How much wider than a column the pieces of such a row are together."""
_NOTE = re.compile("（[^（）]{1,16}）")
"""A note in brackets, whose space parts office and name: （记者 顾南）."""
_GAP = re.compile("(?<=[^ -~]) +(?=[^ ])|(?<=[^ ]) +(?=[^ -~])|(?<=[0-9]) (?=[0-9])|  +")


def untangle(lines: Sequence[Piece], lexis: Lexis) -> Iterator[Piece]:
    """The lines with every interleaved stretch put into reading order, column by column."""
    start = 0
    for rows, count, lifted in stretches(lines, lexis):
        end = start + 1
        while end < len(lines) and lines[end].blanks == 0:
            end += 1
        yield from lifted
        if count > 1:
            for column in weaving.columns(weaving.Weave(rows, column_width(rows), lexis)):
                yield from (replace(_joined(parts), blanks=0 if at else 1) for at, parts in enumerate(column))
        elif lifted:
            yield from (replace(_joined(row), blanks=0 if at else 1) for at, row in enumerate(rows))
        else:
            yield from lines[start:end]
        start = end


def stretches(lines: Sequence[Piece], lexis: Lexis) -> Iterator[tuple[list[list[Piece]], int, list[Piece]]]:
    """The lines between two blank ones as rows of parts, how many columns they show, and the upright headlines taken out."""
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end].blanks == 0:
            end += 1
        rows, lifted = upright.lift([tokens(line) for line in lines[start:end]], lexis)
        wide = column_width(rows)
        yield [_whole(row, wide) for row in rows], _columns(rows), lifted
        start = end


def is_together(text: str) -> bool:
    """Whether the spaces of a line part its own words: that of a byline, or of an imprint."""
    known = words()
    imprint = "，" not in text and any(hit.search(text) for hit in (*known.colophon, *known.drop))
    return imprint or bool(known.patterns["byline"].search(text))


def tokens(line: Piece) -> list[Piece]:
    """The parts of a line between spaces; a byline or a line of an imprint has none."""
    if is_together(line.text):
        return [line]
    parts: list[Piece] = []
    at = 0
    notes = [note.span() for note in _NOTE.finditer(line.text)]
    gaps = [gap for gap in _GAP.finditer(line.text) if not any(low < gap.start() < high for low, high in notes)]
    for match in [*gaps, None]:
        end = match.start() if match else len(line.text)
        text = line.text[at:end].strip()
        if text:
            first = at + line.text[at:end].index(text[0])
            span = Span(line.span.source, line.span.start + first, line.span.start + first + len(text))
            parts.append(replace(line, span=span, text=text, width=width(text), blanks=0, words=()))
        at = match.end() if match else end
    return _credited(_driven(parts))


def _credited(parts: list[Piece]) -> list[Piece]:
    """The last word of a credit (鲁一帆 摄) goes with what it credits."""
    if len(parts) > 1 and parts[-1].text in upright.CREDITS:
        return [*parts[:-2], _joined(parts[-2:])]
    return parts


def _driven(parts: list[Piece]) -> list[Piece]:
    """Characters driven apart to fill a line (产 出 4 7 台) are one part."""
    out: list[Piece] = []
    run: list[Piece] = []
    for part in [*parts, None]:
        if part is not None and len(part.text) == 1:
            run.append(part)
            continue
        out += [_joined(run)] if len(run) > 2 else run
        run = []
        if part is not None:
            out.append(part)
    return out


def _whole(row: list[Piece], wide: int) -> list[Piece]:
    """A headline or a byline that has room in one column, its words parted by a space, is one piece."""
    short = all(piece.width < WIDTH and piece.text[-1].isalnum() for piece in row)
    return [_joined(row)] if len(row) > 1 and short and sum(piece.width + 1 for piece in row) <= wide else row


def _columns(rows: Sequence[list[Piece]]) -> int:
    """How many columns a stretch holds: 1 where its lines are not parted into long pieces."""
    wide = column_width(rows)
    parted = [row for row in rows if 2 <= len(row) <= MOST and sum(piece.width >= WIDTH for piece in row) >= 2]
    alone = sum(len(row) == 1 and FULL * wide <= row[0].width <= wide + 2 for row in rows)
    plain = alone >= 2 and any(
        max(piece.width for piece in row) >= FULL * wide and sum(piece.width for piece in row) >= WIDER * wide for row in parted
    )
    if not plain and (len(parted) < 3 or len(parted) < 0.15 * len(rows)):
        return 1
    counts = sorted((len(row) for row in parted), reverse=True)
    return counts[1] if len(counts) > 2 else counts[-1]


def column_width(rows: Sequence[list[Piece]]) -> int:
    """The width of a column: what the wider lines have in common."""
    widths = sorted(piece.width for row in rows for piece in row if piece.width >= WIDTH)
    return widths[int(0.8 * len(widths))] if widths else WIDTH


def _joined(row: Sequence[Piece]) -> Piece:
    first, last = row[0], row[-1]
    text = " ".join(piece.text for piece in row)
    return replace(first, span=Span(first.span.source, first.span.start, last.span.end), text=text, width=width(text))
