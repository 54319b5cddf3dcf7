"""Lines with boxes to paragraphs: blocks of one column, cut where a line is indented or the one before it ends early."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from convert.source import Box
from convert.structure.geometry_box import sound, union
from convert.structure.geometry_lines import Block, Line, body_size, calibrated, rows
from convert.structure.gutters import cut
from convert.structure.layout import in_order
from convert.structure.pieces import Piece
from convert.structure.reading import length

INDENT = 1.1
"""Ems from the column's left edge from which a line counts as indented (two is the rule, CLREQ 6.2.2)."""
HANGING = 4.0
"""Ems from the left edge from which a line followed by one at the edge is no first line: a byline set to the right."""
SHORT = 2.2
"""Ems from the right edge from which a line ends a paragraph: kinsoku alone leaves less."""

UNSURE = 0.6
"""Mean confidence below which a few characters by themselves are no text."""
RUBBISH = "drop"
"""The role of a piece that is none."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Pieces that run on, and what their place says.  `full`: the last line is a full one.  `above`: see `state.Place`."""

    pieces: tuple[Piece, ...]
    indented: bool | None
    full: bool | None
    scale: float
    centered: bool
    vertical: bool
    aside: bool
    above: float | None = None


def paragraphs(pieces: Sequence[Piece]) -> Iterator[Paragraph]:
    """The paragraphs of one page in reading order.  Every piece has a box."""
    whole = calibrated(list(cut(list(sound(pieces)))))
    lines = list(rows([piece for piece in whole if piece.role != RUBBISH]))
    body = body_size(lines)
    blocks = []
    rubbish = [piece for piece in whole if piece.role == RUBBISH]
    for block in stack(lines):
        kept = legible(block)
        rubbish += [replace(piece, role=RUBBISH) for line in block.lines if line not in kept for piece in line.pieces]
        if kept:
            blocks.append(block if len(kept) == len(block.lines) else _block(kept))
    found: list[Paragraph] = []
    starts: list[bool] = []
    for block, aside in in_order(blocks, body):
        parts = list(split(block, blocks, body, aside))
        parts[0] = replace(parts[0], above=_above(block, blocks))
        starts += [bool(part.indented) for part in parts[1:] if len(part.pieces) > 1 and not part.centered]
        found += parts
    if sum(starts) < 0.6 * len(starts):  # this page does not indent: no indent says nothing
        found = [replace(part, indented=None) if not part.indented else part for part in found]
    yield from found
    for piece in rubbish:
        yield Paragraph((replace(piece, blanks=-1),), None, None, 1.0, False, False, False)


def _above(block: Block, page: Sequence[Block]) -> float | None:
    """Ems of white between a block and the nearest one over it."""
    left, top, right, _ = block.box
    over = [
        other.box[3]
        for other in page
        if other is not block and other.box[3] < top + 0.5 * block.em and min(other.box[2], right) - max(other.box[0], left) > 0
    ]
    return (top - max(over)) / block.em if over else None


def legible(block: Block) -> Sequence[Line]:
    """The lines of a block that are text.  Marks a recogniser took for text in a picture are none: it is hardly sure of any, and
    they are few or not even words.  Of an upright headline it could not read the largest line stays, to show where one stands."""
    if block.vertical:
        largest = max(block.lines, key=lambda line: line.em * (line.box[3] - line.box[1]))
        return [line for line in block.lines if line is largest or _sure([line]) >= 0.75 * UNSURE]
    text = "".join(piece.text for line in block.lines for piece in line.pieces)
    han = sum(char > "\u2e7f" and char.isalpha() for char in text)
    few = len(text) <= 16 and len(block.lines) <= 2 and (han <= 2 or han < 0.5 * len(text))
    return [] if few and _sure(block.lines) < UNSURE else block.lines


def _sure(lines: Sequence[Line]) -> float:
    """Mean confidence a character, 1 where nothing is known."""
    words = [word for line in lines for piece in line.pieces for word in piece.words if word.confidence is not None]
    size = sum(word.end - word.start for word in words)
    return sum((word.confidence or 0.0) * (word.end - word.start) for word in words) / size if size else 1.0


def stack(lines: Sequence[Line]) -> Iterator[Block]:
    """Blocks: each line goes under the nearest line above that stands in the same column in about the same size."""
    groups: list[list[Line]] = []
    leading = _leading(lines)
    upright = [line for line in lines if line.vertical]
    for line in sorted((line for line in lines if not line.vertical), key=lambda line: (line.box[1], line.box[0])):
        best: list[Line] | None = None
        for group in reversed(groups[-60:]):
            if _under(line, group[-1], leading) and (best is None or group[-1].box[3] > best[-1].box[3]):
                best = group
        if best is None:
            groups.append([line])
        else:
            best.append(line)
            groups.remove(best)
            groups.append(best)
    yield from (_block(group) for group in groups)
    yield from _upright(upright)


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
    if overlap < -em:
        return False
    left, right = abs(line.box[0] - above.box[0]), line.box[2] - above.box[2]
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
    yield from (_block(group) for group in groups)


def _block(lines: Sequence[Line]) -> Block:
    sizes = sorted(line.em for line in lines)
    return Block(tuple(lines), union([line.box for line in lines]), sizes[len(sizes) // 2])


def split(block: Block, page: Sequence[Block], body: float, aside: bool) -> Iterator[Paragraph]:
    """The paragraphs of one block."""
    if block.vertical:
        for line in block.lines:
            yield Paragraph(line.pieces, None, None, line.em / body, True, True, False)
        return
    left, right = _edges(block, page)
    em = block.em
    ragged = _ragged(block, right)
    group: list[Line] = []
    for line in block.lines:
        if group and (
            _by_text(group[-1], line)
            or (ragged and (_pointed(group[-1]) or right - group[-1].box[2] > 0.6 * em))
            or _breaks(group[-1], line, left, right, em, body)
        ):
            yield _paragraph(group, left, right, em, body, aside, ragged)
            group = []
        group.append(line)
    yield _paragraph(group, left, right, em, body, aside, ragged)


def _pointed(line: Line) -> bool:
    return not line.pieces[-1].text[-1:].isalnum()


def _by_text(above: Line, line: Line) -> bool:
    """What no place can tell: the next number of a list, and lines of an imprint."""
    from convert.structure.features import ordinal, words

    one, other = "".join(piece.text for piece in above.pieces), "".join(piece.text for piece in line.pieces)
    first, second = ordinal(one), ordinal(other)
    if first is not None and second == (first[0], first[1] + 1):
        return True
    imprint = words().colophon
    return all(length(text) < 60 and any(hit.search(text) for hit in imprint) for text in (one, other))


def _ragged(block: Block, right: float) -> bool:
    """Verse, lists: most lines end before the edge, each is a paragraph."""
    early = sum(right - line.box[2] > 1.2 * block.em for line in block.lines[:-1])
    return len(block.lines) > 3 and early >= 0.55 * (len(block.lines) - 1)


def _edges(block: Block, page: Sequence[Block]) -> tuple[float, float]:
    """The edges of the column the block stands in; a short block asks its neighbours above and below."""
    left, top, right, bottom = block.box
    em = block.em
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


def _shared(edges: list[float], em: float, share: float) -> float:
    """The outer edge; not one line's that lies far beyond what most others share: it was read too long."""
    edges = sorted(edges, reverse=True)
    full = sum(edges[1] - edge < em for edge in edges[1:])
    return edges[1] if edges[0] - edges[1] > em and full >= share * (len(edges) - 1) else edges[0]


def _centered(line: Line, left: float, right: float, em: float) -> bool:
    before, behind = line.box[0] - left, right - line.box[2]
    return before > INDENT * em and behind > INDENT * em and abs(before - behind) < 1.5 * em


def _breaks(above: Line, line: Line, left: float, right: float, em: float, body: float) -> bool:
    if (
        not line.pieces[0].words
        and not 0.88 < line.em / above.em < 1.14
        and abs(line.em - above.em) > 0.12 * em
        and line.pieces[0].region != above.pieces[0].region
    ):
        return True
    if above.box[0] - left > HANGING * em and line.box[0] - left < INDENT * em and line.em < 1.1 * body:
        return True
    if line.box[0] - left > INDENT * em:
        return not (em > 1.1 * body and _centered(above, left, right, em) and _centered(line, left, right, em))
    return right - above.box[2] > SHORT * em


def _scale(lines: Sequence[Line], body: float) -> float:
    """Size against the body's, by the longest line; what a recogniser measures is taken for the same within an eighth."""
    longest = max(lines, key=lambda line: line.box[2] - line.box[0])
    scale = longest.em / body
    return 1.0 if longest.pieces[0].words and 0.85 < scale < 1.14 else scale


def _paragraph(lines: Sequence[Line], left: float, right: float, em: float, body: float, aside: bool, ragged: bool) -> Paragraph:
    first, last = lines[0], lines[-1]
    wide = right - left > 6 * em and not ragged
    centered = len(lines) == 1 and _centered(first, left, right, em)
    return Paragraph(
        tuple(replace(piece, blanks=-1) for line in lines for piece in line.pieces),
        first.box[0] - left > INDENT * em if wide else None,
        right - last.box[2] < SHORT * em if wide else None,
        _scale(lines, body),
        centered,
        False,
        aside,
    )
