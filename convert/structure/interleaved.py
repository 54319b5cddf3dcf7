"""Columns that a text layer has read across: rows of pieces parted by spaces, sorted back into their columns.

Which lines show columns, and what parts of a line are pieces, is told here; which column a piece belongs to is decided for a
whole stretch of rows at once, by a fitted model (`weaving`) and by costs set by hand (`sorting`): what reads on best is taken,
and nothing is sorted that reads on as well as given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from convert.source import Span
from convert.structure import flow, sorting, upright, weaving
from convert.structure.features import words
from convert.structure.lexis import Lexis
from convert.structure.pieces import Piece, joined
from convert.structure.reading import width

WIDTH = 16
"""Least width, in columns of a terminal, of the lines that show a page to be set in columns."""
MOST = weaving.MOST
FULL = 0.8
"""Share of the column's width from which a piece shows, with another one on its row, that the page is set in columns."""
WIDER = 1.2
"""How much wider than a column the pieces of such a row are together."""
ACROSS = 1.3
"""How much wider than a column a line is that stands across the columns."""
GAP, PARTED = 3, 0.3
"""Blanks from which a gap is none of a line's own, and share of rows with such a one that shows columns."""
BETTER = 0.2
"""How much better the order of the costs set by hand must read on than that of the fitted model, in fours of nats."""
LEAST, SHARE = 1.5, 0.15
"""How much better lines must read on by columns than as given, in fours of nats: at least, and of what they do as given."""
_NOTE = re.compile("（[^（）]{1,16}）")
"""A note in brackets, whose space parts office and name: （记者 顾南）."""
_GAP = re.compile("(?<=[^ -~]) +(?=[^ ])|(?<=[^ ]) +(?=[^ -~])|(?<=[0-9]) (?=[0-9])|  +")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines between two blank ones: those across the page above and below, the rows of parts between, their columns."""

    lines: Sequence[Piece]
    above: Sequence[Piece]
    rows: list[list[Piece]]
    below: Sequence[Piece]
    count: int
    lifted: list[Piece]
    """Upright headlines, taken out of the rows."""


def untangle(lines: Sequence[Piece], lexis: Lexis) -> Iterator[Piece]:
    """The lines with every interleaved stretch put into reading order, column by column."""
    for stretch in stretches(lines, lexis):
        yield from stretch.lifted
        woven = _woven(stretch, lexis) if stretch.count > 1 else []
        if woven:
            yield from stretch.above
            for column in (*woven, stretch.below):
                yield from (replace(line, blanks=0 if at else 1) for at, line in enumerate(column))
        elif stretch.lifted:
            rows = [*([line] for line in stretch.above), *stretch.rows, *([line] for line in stretch.below)]
            yield from (replace(joined(row), blanks=0 if at else 1) for at, row in enumerate(rows))
        else:
            yield from stretch.lines


def stretches(lines: Sequence[Piece], lexis: Lexis) -> Iterator[Stretch]:
    """The stretches that blank lines part."""
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end].blanks == 0:
            end += 1
        rows, lifted = upright.lift([_row(line) for line in lines[start:end]], lexis)
        count, wide = _columns(rows), column_width(rows)
        first, last = 0, len(rows)
        if count > 1:
            while first < last and _is_across(rows[first], wide):
                first += 1
            while last > first and _is_across(rows[last - 1], wide):
                last -= 1
        above, below = ([joined(row) for row in side] for side in (rows[:first], rows[last:]))
        whole = [_whole(row, wide) if len(row) > 1 else row for row in rows[first:last]]
        yield Stretch(lines[start:end], above, whole, below, count, lifted)
        start = end


def _row(line: Piece) -> list[Piece]:
    """The parts of a line; where wide gaps part some, a single space parts none."""
    parts = tokens(line)
    if len(parts) < 3 or not any(after.span.start - last.span.end >= GAP for last, after in pairwise(parts)):
        return parts
    row: list[list[Piece]] = []
    for part in parts:
        if row and part.span.start - row[-1][-1].span.end == 1:
            row[-1].append(part)
        else:
            row.append([part])
    return [joined(run) for run in row]


def _is_across(row: Sequence[Piece], wide: int) -> bool:
    """Whether a row is a line across the columns: a headline or an imprint, or the writers' names under a headline."""
    return len(row) == 1 and (row[0].width > ACROSS * wide or is_together(row[0].text))


def _woven(stretch: Stretch, lexis: Lexis) -> list[list[Piece]]:
    """The lines by columns; nothing where they read on as given, or hardly better by columns.

    The fitted model sorts them, and costs set by hand, whose order is taken where it reads on clearly better.
    """
    rows, wide = stretch.rows, column_width(stretch.rows)

    def coherence(columns: Sequence[Sequence[Piece]]) -> float:
        return flow.coherence([line for column in columns for line in column], wide, lexis)

    fitted = [[joined(parts) for parts in column] for column in weaving.columns(weaving.Weave(rows, wide, lexis))]
    costed = sorting.columns(rows, stretch.count, wide, lexis)
    best = costed if coherence(costed) > coherence(fitted) + BETTER else fitted
    after = coherence(best)
    before = coherence([[joined(row) for row in rows]])
    return best if _is_parted(rows) or after - before >= LEAST + SHARE * before else []


def _is_parted(rows: Sequence[list[Piece]]) -> bool:
    """Whether white space as wide as no line's own shows the columns, whatever the words say: a scan misread shows none."""
    wide = sum(any(after.span.start - last.span.end >= GAP for last, after in pairwise(row)) for row in rows)
    return wide > PARTED * len(rows)


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
        return [*parts[:-2], joined(parts[-2:])]
    return parts


def _driven(parts: list[Piece]) -> list[Piece]:
    """Characters driven apart to fill a line (产 出 4 7 台) are one part."""
    out: list[Piece] = []
    run: list[Piece] = []
    for part in [*parts, None]:
        if part is not None and len(part.text) == 1:
            run.append(part)
            continue
        out += [joined(run)] if len(run) > 2 else run
        run = []
        if part is not None:
            out.append(part)
    return out


def _whole(row: list[Piece], wide: int) -> list[Piece]:
    """A headline or a byline that has room in one column, its words parted by a space, is one piece."""
    short = all(piece.width < WIDTH and piece.text[-1].isalnum() for piece in row)
    return [joined(row)] if len(row) > 1 and short and sum(piece.width + 1 for piece in row) <= wide else row


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
