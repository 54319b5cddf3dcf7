"""Lines with boxes to paragraphs: blocks of one column, cut where a line is indented or the one before it ends early."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from convert.structure.blocks import edges, of_lines, stack
from convert.structure.geometry_box import sound
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

DISPLAY = 1.25
"""Size against the body's from which a few lines are a headline, wrapped where its measure ends."""
HEADLINE = 4
"""Lines it has at most."""
ALIKE = 1.18
"""Ratio of two measured sizes within which they may be one."""
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
            blocks.append(block if len(kept) == len(block.lines) else of_lines(kept))
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


def split(block: Block, page: Sequence[Block], body: float, aside: bool) -> Iterator[Paragraph]:
    """The paragraphs of one block."""
    if block.vertical:
        for line in block.lines:
            yield Paragraph(line.pieces, None, None, line.em / body, True, True, False)
        return
    if block.em > DISPLAY * body and len(block.lines) <= HEADLINE:
        for lines in _headline(block):
            yield _paragraph(lines, *edges(block, page), block.em, body, aside, False)
        return
    left, right = edges(block, page)
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


def _headline(block: Block) -> Iterator[list[Line]]:
    """The lines of large type that are one headline: those of one size, wherever they end."""
    group: list[Line] = []
    for line in block.lines:
        if group and (not 1 / ALIKE < line.em / group[-1].em < ALIKE or _by_text(group[-1], line)):
            yield group
            group = []
        group.append(line)
    yield group


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
