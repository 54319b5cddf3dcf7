"""Printed lines of a page: true sizes of type on a level page, and parts of one row put together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from convert.source import Box
from convert.structure.geometry_box import PARTED, advance, ink, level, slope, trimmed, union
from convert.structure.pieces import Piece
from convert.structure.reading import length

ROW_GAP = 1.0
"""Ems that parts of one printed line may lie apart; a column gutter is wider."""
TIGHT = 0.35
"""Ems of white within which parts are of one line whatever else."""
LOST = 3.0
"""Ems that they may where lines above and below show that no column ends there."""
COVER = 5.0
"""Ems above and below in which such lines count."""
LARGE = 1.5
"""Size against the usual line's from which type is a headline's, whose characters may lie over a gutter."""


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its pieces from left to right, its box, and the size of its type."""

    pieces: tuple[Piece, ...]
    box: Box
    em: float

    @property
    def vertical(self) -> bool:
        """Set from top to bottom."""
        left, top, right, bottom = self.box
        size = sum(length(piece.text) for piece in self.pieces)
        return bottom - top > 1.8 * (right - left) and size > (2 if self.pieces[0].words else 1)


class Edges:
    """Where lines of a page begin and end."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._boxes = sorted(boxes, key=lambda box: box[1])
        self._tops = [box[1] for box in self._boxes]

    def columns(self, first: Line, near: float, second: Line, nearer: float) -> bool:
        """Whether three lines near by end where `first` does, and three begin where `second` does."""
        ends = sum(
            -near < box[2] - first.box[2] < 0.4 * near and box[0] < first.box[2] - 2 * near for box in self._around(second)
        )
        return ends > 3 and self.begins(second, nearer) > 3

    def begins(self, line: Line, near: float) -> int:
        """How many lines near by begin where this one does, itself included."""
        return sum(abs(box[0] - line.box[0]) < near for box in self._around(line))

    def ends(self, line: Line, near: float) -> int:
        """How many lines near by end where this one does, itself included."""
        return sum(abs(box[2] - line.box[2]) < near for box in self._around(line))

    def _around(self, line: Line) -> list[Box]:
        top, bottom = line.box[1], line.box[3]
        reach = 8 * (bottom - top)
        return self._boxes[bisect_left(self._tops, top - reach) : bisect_right(self._tops, top + reach)]


def calibrated(pieces: list[Piece]) -> list[Piece]:
    """Pieces on a level page with sizes in true ems.

    A recogniser's size of a line is rarely the advance of its characters, and two formats of one run give two: there the
    advance decides, or the height of the ink where characters are few.
    """
    rise = slope(pieces)
    inks = [ink(piece, rise) for piece in pieces]
    shares = sorted(found / high for piece, high in zip(pieces, inks, strict=True) if (found := advance(piece, high)))
    share = shares[len(shares) // 2] if shares else 1.0
    sizes = _alike(
        pieces,
        [
            _near(advance(piece, high), share * high) if piece.words or not piece.size else share * piece.size
            for piece, high in zip(pieces, inks, strict=True)
        ],
    )
    return [
        replace(piece, box=level(trimmed(piece, size), rise) if piece.box else None, size=size)
        for piece, size in zip(pieces, sizes, strict=True)
    ]


def _alike(pieces: Sequence[Piece], sizes: Sequence[float]) -> Iterator[float]:
    """Sizes of recognised lines, those of one region that hardly differ made the same: their median, long lines counting more."""
    regions: dict[tuple[int | None, str], list[float]] = {}
    for piece, size in zip(pieces, sizes, strict=True):
        if piece.words and piece.region:
            regions.setdefault((piece.page, piece.region.partition(PARTED)[0]), []).extend([size] * piece.width)
    medians = {key: sorted(found)[len(found) // 2] for key, found in regions.items()}
    for piece, size in zip(pieces, sizes, strict=True):
        median = medians.get((piece.page, (piece.region or "").partition(PARTED)[0]), size) if piece.words else size
        yield median if 0.75 < size / median < 1.34 else size


def _near(measured: float | None, expected: float) -> float:
    return measured if measured is not None and 0.33 < measured / expected < 1.25 else expected


def body_size(lines: Sequence[Line]) -> float:
    """The size most characters are set in."""
    sizes = sorted((line.em, sum(length(piece.text) for piece in line.pieces)) for line in lines)
    half = sum(count for _, count in sizes) / 2
    passed = 0
    for size, count in sizes:
        passed += count
        if passed >= half:
            return size
    return 1.0


def rows(pieces: Sequence[Piece]) -> Iterator[Line]:
    """Printed lines: what a reader cut apart within a row and a column is put together again, left to right.

    Twice: where characters were lost the gap is wide, and only whole lines above and below show that no column ends there.
    """
    first = list(_merged([_line((piece,)) for piece in pieces], _same_row))
    if not any(piece.words for piece in pieces):
        yield from first
        return
    edges = Edges([line.box for line in first])
    wide = sorted((line.box for line in first if len(line.pieces[0].words) > 3), key=lambda box: box[1])
    tops = [box[1] for box in wide]

    def across(one: Line, other: Line) -> bool:
        em = min(one.em, other.em)
        low, high = sorted((one, other), key=lambda line: line.box[0])
        begin, end = low.box[2] - 2 * em, high.box[0] + 2 * em
        near = wide[bisect_left(tops, one.box[1] - COVER * em) : bisect_right(tops, one.box[1] + COVER * em)]
        covering = sum(box[0] < begin and box[2] > end and box[3] - box[1] < 1.6 * em for box in near)
        return covering > 1 and _same_row(one, other, LOST) and not _across_gutter(one, other, edges)

    yield from _merged(first, across, gutters=False)


def _merged(loose: list[Line], same: Callable[[Line, Line], bool], gutters: bool = True) -> Iterator[Line]:
    """Lines with those put together that are of the same row and have no gutter between them."""
    loose = sorted(loose, key=lambda line: line.box[1] + line.box[3])
    edges = Edges([line.box for line in loose])
    heights = sorted(line.box[3] - line.box[1] for line in loose if not line.vertical)
    usual = heights[len(heights) // 2] if heights else 0.0
    large = Edges([line.box for line in loose if line.em > LARGE * usual])
    taken = [False] * len(loose)
    for at, line in enumerate(loose):
        if taken[at]:
            continue
        members = [line]
        grown = True
        while grown and not line.vertical:
            grown = False
            for other in range(at + 1, min(len(loose), at + 40)):
                if not taken[other] and not loose[other].vertical and any(
                    same(loose[other], member)
                    and not (gutters and _parts(loose[other], member, edges, large, usual))
                    for member in members
                ):
                    members.append(loose[other])
                    taken[other] = grown = True
        members.sort(key=lambda member: member.box[0])
        yield _line(tuple(piece for member in members for piece in member.pieces))


def _parts(one: Line, other: Line, edges: Edges, large: Edges, usual: float) -> bool:
    """Whether a gutter parts two pieces of one row.  Headlines lie over gutters; but two of them side by side begin where their
    columns do, or have further lines that end and begin there."""
    if min(one.em, other.em) < LARGE * usual:
        return _across_gutter(one, other, edges)
    first, second = sorted((one, other), key=lambda line: line.box[0])
    stacked = large.ends(first, usual) > 1 and large.begins(second, usual) > 1
    return stacked or (edges.begins(first, 0.5 * usual) > 3 and edges.begins(second, 0.5 * usual) > 3)


def _same_row(one: Line, other: Line, gap_most: float = ROW_GAP) -> bool:
    top, bottom = max(one.box[1], other.box[1]), min(one.box[3], other.box[3])
    if bottom - top < 0.6 * min(one.box[3] - one.box[1], other.box[3] - other.box[1]):
        return False
    if not 0.75 < one.em / other.em < 1.34 or _parted(one, other):
        return False
    gap = max(one.box[0], other.box[0]) - min(one.box[2], other.box[2])
    if gap > TIGHT * one.em and not one.pieces[0].words and not other.pieces[0].words and not _consecutive(one, other):
        return False  # a file that says in which order it was set
    spaced = len(one.pieces[-1].text) <= 2 and len(other.pieces[-1].text) <= 2  # a short line driven out to the full width
    behind = max(one, other, key=lambda line: line.box[0])
    hangs = behind.pieces[0].text[:1] in "，。、；：！？）》”’" and bool(behind.pieces[0].words)  # begins no line
    return -0.5 * one.em < gap < (max(gap_most, 2 * ROW_GAP) if spaced or hangs else gap_most) * min(one.em, other.em)


def _consecutive(one: Line, other: Line) -> bool:
    """Whether nothing but a line end or a blank line stands between two lines in the source."""
    first, second = sorted((one.pieces, other.pieces), key=lambda pieces: (pieces[0].span.source, pieces[0].span.start))
    return first[-1].span.source == second[0].span.source and 0 <= second[0].span.start - first[-1].span.end <= 2


def _across_gutter(one: Line, other: Line, edges: Edges) -> bool:
    """Whether a column ends between the two: lines above and below end there, and others begin."""
    first, second = sorted((one, other), key=lambda line: line.box[0])
    em = min(one.em, other.em)
    if second.box[0] - first.box[2] < 0.2 * em:
        return False
    return edges.columns(first, 1.2 * em, second, 0.4 * em)


def _parted(one: Line, other: Line) -> bool:
    """Whether a gutter was found between them."""
    marks = [(line.pieces[at].region or "").partition(PARTED)[2] for line, at in ((one, -1), (other, -1))]
    return bool(marks[0]) and marks[0] == marks[1]


def _line(pieces: tuple[Piece, ...]) -> Line:
    boxes = [piece.box for piece in pieces if piece.box is not None]
    box = union(boxes)
    longest = max(pieces, key=lambda piece: piece.width)
    return Line(pieces, box, max(longest.size or 0.0, 0.1))


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one column that follow each other."""

    lines: tuple[Line, ...]
    box: Box
    em: float

    @property
    def vertical(self) -> bool:
        """Whether its lines run from top to bottom."""
        return self.lines[0].vertical
