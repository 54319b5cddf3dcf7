"""Tables in plain text: rows of short cells, parted by tabs or by white space that lines them up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from convert.source import Span
from convert.structure.pieces import Piece

CELL = 24
"""Characters of a cell at most, where tabs part them; half of it where spaces do."""
FEWEST = {"\t": 2, " ": 3}
"""Rows from which lines so parted are a table."""
FIGURES = 0.66
"""Share of the rows that must have a figure in one column, where only spaces part the cells."""
_TABS = re.compile("[ \u3000]*\t[ \t\u3000]*")
_SPACES = re.compile("[ \u3000]{2,}|\u3000")
_FIGURE = re.compile("[-+±]?[0-9０-９][0-9０-９.,，．:：/—–~～-]*[ ]?[%％‰℃㐀-鿿A-Za-z]{0,2}")

Cells = tuple[tuple[int, int], ...]
"""Where the cells of a row begin and end in the source."""


def find(lines: Sequence[Piece], text: str) -> dict[int, Cells]:
    """Number of each line that is a row of a table, and its cells."""
    found: dict[int, Cells] = {}
    for mark, pattern in (("\t", _TABS), (" ", _SPACES)):
        parted = [_cells(line.span, text, pattern) if at not in found else () for at, line in enumerate(lines)]
        for first, end in _blocks(lines, [len(cells) for cells in parted]):
            rows = parted[first:end]
            longest = max(stop - start for row in rows for start, stop in row)
            if end - first < FEWEST[mark] or longest > (CELL if mark == "\t" else CELL // 2):
                continue
            if mark == "\t" or _has_figures(rows, text):
                found.update(zip(range(first, end), rows, strict=True))
    return found


def _cells(span: Span, text: str, pattern: re.Pattern[str]) -> Cells:
    """The cells of a line; none where nothing parts it."""
    starts, ends = [span.start], []
    for gap in pattern.finditer(text, span.start, span.end):
        ends.append(gap.start())
        starts.append(gap.end())
    return tuple(zip(starts, [*ends, span.end], strict=True)) if ends else ()


def _blocks(lines: Sequence[Piece], counts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of lines with one number of cells, no blank line between them or one between all."""
    first = 0
    for _, group in groupby(range(len(lines)), key=lambda at: (counts[at], at and counts[at] == counts[at - 1])):
        members = list(group)
        same = counts[members[0]] > 1 and members[0] and counts[members[0] - 1] == counts[members[0]]
        first = members[0] - 1 if same else members[0]
        if same:
            gaps = {lines[at].blanks for at in members}
            if len(gaps) == 1 and gaps <= {0, 1}:
                yield first, members[-1] + 1


def _has_figures(rows: Sequence[Cells], text: str) -> bool:
    """Whether some column but the first holds figures in nearly every row, the head of the table aside."""
    for column in range(1, len(rows[0])):
        cells = [text[row[column][0] : row[column][1]] for row in rows[1:]]
        if sum(bool(_FIGURE.fullmatch(cell)) for cell in cells) >= FIGURES * len(cells):
            return True
    return False
