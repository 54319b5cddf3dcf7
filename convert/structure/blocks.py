"""Blocks: lines of one column and size that follow each other, and the edges of the column they stand in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from convert.source import Box
from convert.structure.geometry_box import union
from convert.structure.geometry_lines import Block, Line

NEAR = 40.0
"""Ems above and below in which other text shows the width of the column."""
INDENTED = (1.5, 2.6)
"""Ems that verse is set in (two is the rule, CLREQ 6.2.2)."""
EARLY = 3.0
"""Ems that all its lines end before the edge at least."""
FARTHEST = 8.0
"""Ems of white between lines side by side at most."""


def stack(lines: Sequence[Line]) -> Iterator[Block]:
    """Blocks: each line goes under the nearest line above that stands in the same column in about the same size."""
    groups: list[list[Line]] = []
    leading = _leading(lines)
    rows = _Rows(lines)
    upright = [line for line in lines if line.vertical]
    for line in sorted((line for line in lines if not line.vertical), key=lambda line: (line.box[1], line.box[0])):
        best: list[Line] | None = None
        for group in reversed(groups[-60:]):
            if len(group) == 1 and rows.heads(group[0], line):
                continue
            if _under(line, group[-1], leading) and (best is None or group[-1].box[3] > best[-1].box[3]):
                best = group
        if best is None:
            groups.append([line])
        else:
            best.append(line)
            groups.remove(best)
            groups.append(best)
    yield from (of_lines(group) for group in groups)
    yield from _upright(upright)


class _Rows:
    """Which lines of a page stand side by side."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = sorted((line for line in lines if not line.vertical), key=lambda line: line.box[1])
        self._tops = [line.box[1] for line in self._lines]

    def heads(self, above: Line, below: Line) -> bool:
        """Whether `above` stands in the middle over columns of which `below` begins one: nothing is beside it, and text in step
        is on both sides of the line under it."""
        if abs(above.box[0] - below.box[0]) < above.em or abs(above.box[2] - below.box[2]) < above.em:
            return False
        return not self._beside(above) and len(self._beside(below)) == 2

    def _beside(self, line: Line) -> set[int]:
        """On which sides of a line others stand level with it and near: 0 left, 1 right."""
        reach = line.em
        near = self._lines[bisect_left(self._tops, line.box[1] - reach) : bisect_right(self._tops, line.box[1] + reach)]
        level = [
            other.box
            for other in near
            if other is not line and min(other.box[3], line.box[3]) - max(other.box[1], line.box[1]) > 0.5 * line.em
        ]
        left = any(-line.em < line.box[0] - box[2] < FARTHEST * line.em for box in level)
        right = any(-line.em < box[0] - line.box[2] < FARTHEST * line.em for box in level)
        return ({0} if left else set()) | ({1} if right else set())


def _leading(lines: Sequence[Line]) -> float:
    """The white between two lines of running text in ems: the median over neighbours that stand exactly in line."""
    level = sorted((line for line in lines if not line.vertical), key=lambda line: (round(line.box[0] / line.em), line.box[1]))
    gaps = sorted(
        (below.box[1] - above.box[3]) / above.em
        for above, below in pairwise(level)
        if abs(above.box[0] - below.box[0]) < 0.7 * above.em and -0.6 * above.em < below.box[1] - above.box[3] < 1.5 * above.em
    )
    return gaps[len(gaps) // 2] if gaps else 0.7


def _under(line: Line, above: Line, leading: float) -> bool:
    em = min(line.em, above.em)
    measured = bool(line.pieces[0].words)  # by a recogniser, and badly
    bit = measured and sum(piece.width for piece in line.pieces) <= 8 and abs(line.box[0] - above.box[0]) < em
    if bit and 0.6 < line.em / above.em < 1.67:
        pass  # too little to measure
    elif not (0.75 < line.em / above.em < 1.34 if measured else 0.96 < line.em / above.em < 1.04):
        return False
    gap = (line.box[1] - above.box[3]) / em
    if not -0.6 < gap < leading + 0.38:
        return False
    overlap = min(line.box[2], above.box[2]) - max(line.box[0], above.box[0])
    left, right = abs(line.box[0] - above.box[0]), line.box[2] - above.box[2]
    if overlap < -em or (left > 3 * em and overlap < 0.3 * min(line.box[2] - line.box[0], above.box[2] - above.box[0])):
        return False
    centre = abs(line.box[0] + line.box[2] - above.box[0] - above.box[2]) / 2
    return left < 3 * em or abs(right) < 3 * em or centre < 1.5 * em


def _upright(lines: Sequence[Line]) -> Iterator[Block]:
    """Vertical lines side by side are one headline group, read from right to left."""
    groups: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.box[2]):
        for group in groups:
            last = group[-1]
            if last.box[0] - line.box[2] < 2 * max(line.em, last.em) and abs(last.box[1] - line.box[1]) < 3 * max(
                line.em, last.em
            ):
                group.append(line)
                break
        else:
            groups.append([line])
    yield from (of_lines(group) for group in groups)


def of_lines(lines: Sequence[Line]) -> Block:
    """The block of these lines, in their order, in the size most of them have."""
    sizes = sorted(line.em for line in lines)
    return Block(tuple(lines), union([line.box for line in lines]), sizes[len(sizes) // 2])


def edges(block: Block, page: Sequence[Block]) -> tuple[float, float]:
    """The edges of the column the block stands in; a short block asks its neighbours above and below."""
    left, top, right, bottom = block.box
    em = block.em
    if len(block.lines) > 3 and (column := _indented(block, page)) is not None:
        return column
    if len(block.lines) > 3:
        if not block.lines[0].pieces[0].words:
            return left, right
        return -_shared([-line.box[0] for line in block.lines], em, 0.7), _shared([line.box[2] for line in block.lines], em, 0.5)
    best: tuple[float, Box] | None = None
    for other in page:
        box = other.box
        if other is block or other.vertical or len(other.lines) < 3 or not 0.85 < other.em / em < 1.18:
            continue
        if box[0] - 0.6 * em <= left and right <= box[2] + 0.6 * em:
            away = max(box[1] - bottom, top - box[3], 0.0)
            if away < 12 * em and (best is None or away < best[0]):
                best = (away, box)
    return (min(left, best[1][0]), max(right, best[1][2])) if best is not None else (left, right)


def _indented(block: Block, page: Sequence[Block]) -> tuple[float, float] | None:
    """The edges of the column in which all lines of a block are short and set in, as verse is; None where its own are those."""
    left, top, right, bottom = block.box
    em = block.em
    for other in page:
        box = other.box
        if other is block or other.vertical or len(other.lines) < 4 or not 0.85 < other.em / em < 1.18:
            continue
        near = max(box[1] - bottom, top - box[3], 0.0) < NEAR * em
        if near and INDENTED[0] < (left - box[0]) / em < INDENTED[1] and right < box[2] - EARLY * em:
            return box[0], box[2]
    return None


def _shared(places: list[float], em: float, share: float) -> float:
    """The outer edge; not one line's that lies far beyond what most others share: it was read too long."""
    places = sorted(places, reverse=True)
    full = sum(places[1] - edge < em for edge in places[1:])
    return places[1] if places[0] - places[1] > em and full >= share * (len(places) - 1) else places[0]
