"""Lines a recogniser read across a gutter are cut there: other lines of the page show where columns end and begin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from convert.source import Box, Span, Word
from convert.structure.geometry_box import PARTED, pitch, union
from convert.structure.pieces import Piece
from convert.structure.reading import width

NEAR = 0.5
"""Ems within which two edges count as one."""
DISTANCE = 8
"""Heights of a line within which witnesses count."""
WITNESSES = 3
"""Lines that must end, and begin, at a gutter for it to be one."""

STRAY = 3
"""Characters of an upright headline that may stand in one row before a line."""
FAR = 0.8
"""Ems of white between such characters and the line."""
_NUMBERS = frozenset("一二三四五六七八九十问答問")
DOUBTED = 0.6
"""Confidence below which a character may be none."""

LARGE = 1.5
"""Size against the usual height of a line from which type is a headline's, which may span columns."""

LEAST = 0.6
"""Ems of white that every gutter has."""
WIDE = 1.2
"""Ems of white from which a gap in a line may be a gutter."""

_SPECKS = "“”‘’\"'`.·，、"
"""Marks that specks on a rule are read as."""

Gap = tuple[float, float, float]
"""The top of a line, and where a wide gap in it begins and ends."""


def cut(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Every piece, those that cross a gutter in parts.  Needs boxes of words."""
    boxes = sorted((piece.box for piece in pieces if piece.box), key=lambda box: box[1])
    tops = [box[1] for box in boxes]
    highs = sorted(box[3] - box[1] for box in boxes)
    usual = highs[len(highs) // 2] if highs else 0.0
    white = sorted(gap for piece in pieces for gap in _gaps(piece))
    heights = [gap[0] for gap in white]
    upright = [box for box in boxes if box[3] - box[1] > max(1.8 * (box[2] - box[0]), 4 * usual)]
    for piece in pieces:
        if piece.box is None or len(piece.words) < 4 or pitch(piece) > LARGE * usual:
            yield piece
            continue
        reach = DISTANCE * (piece.box[3] - piece.box[1])
        near = boxes[bisect_left(tops, piece.box[1] - reach) : bisect_right(tops, piece.box[1] + reach)]
        beside = white[bisect_left(heights, piece.box[1] - reach) : bisect_right(heights, piece.box[1] + reach)]
        lefts = sorted(box[0] for box in near)
        stray = _before_column(piece, lefts, upright)
        if stray:
            yield replace(_part(piece, piece.words[:stray]), role="drop")
            piece = _part(piece, piece.words[stray:])
        yield from _cut(piece, lefts, sorted(box[2] for box in near), beside)


def _gaps(piece: Piece) -> Iterator[Gap]:
    """The wide gaps in a line, rules between columns counted as white."""
    words = [word for word in piece.words if word.box is not None and not _is_rule(word, piece)]
    if piece.box is None or len(words) < 4:
        return
    em = pitch(piece)
    for before, word in pairwise(words):
        if before.box and word.box and word.box[0] - before.box[2] > WIDE * em:
            yield piece.box[1], before.box[2], word.box[0]


def _shared(gap: tuple[float, float], others: Sequence[Gap], em: float) -> bool:
    """Whether lines above and below are white where this one is."""
    begin, end = gap
    return sum(min(end, other[2]) - max(begin, other[1]) > 0.8 * WIDE * em for other in others) >= WITNESSES


def _before_column(piece: Piece, lefts: list[float], upright: Sequence[Box]) -> int:
    """How many words at the beginning of a line are not its own: characters of an upright headline beside the column.  They stand
    before the edge where other lines begin, far from the rest or hardly read."""
    em = pitch(piece)
    if piece.box is None or piece.box in upright or not any(_beside(piece.box, box, em) for box in upright):
        return 0
    size = 0
    for at in range(1, len(piece.words) - 2):
        word, following = piece.words[at - 1], piece.words[at]
        size += word.end - word.start
        if word.box is None or following.box is None or size > STRAY or not _is_han(piece, word):
            return 0
        far = following.box[0] - word.box[2] > FAR * em
        doubted = word.confidence is not None and word.confidence < DOUBTED
        begin = following.box[0]
        if (far or doubted) and max(_count(lefts, begin, em), _count(lefts, begin - 2 * em, em)) >= WITNESSES:
            return at
    return 0


def _beside(line: Box, upright: Box, em: float) -> bool:
    """Whether an upright line stands near the beginning of a level one."""
    return -2 * em < upright[0] - line[0] < 6 * em and upright[1] - 8 * em < line[1] < upright[3] + 4 * em


def _is_han(piece: Piece, word: Word) -> bool:
    text = piece.text[word.start - piece.span.start : word.end - piece.span.start]
    return all(char > "\u2e7f" and char.isalpha() and char not in _NUMBERS for char in text)


def _cut(piece: Piece, lefts: list[float], rights: list[float], white: Sequence[Gap]) -> Iterator[Piece]:
    words = [word for word in piece.words if word.box is not None]
    em = pitch(piece)
    if len(words) > 4 and _is_rule(words[-1], piece):
        yield replace(_part(piece, words[-1:]), role="drop")
        piece = _part(piece, words[:-1])
        words = words[:-1]
    first = 0
    for at in range(1, len(words)):
        before, needed, reach = words[at - 1], WITNESSES, em
        if _is_rule(before, piece) and at > 1:  # a rule between columns was read as a character
            before, needed, reach = words[at - 2], 1, 2.5 * em
        here = words[at].box
        if at - first > 1 and before.box and here and not _is_rule(words[at], piece):
            ends, begins = before.box[2], here[0]
            shown = _count(rights, ends, reach) >= needed and _count(lefts, begins, reach) >= needed
            if begins - ends > LEAST * em and (shown or (begins - ends > WIDE * em and _shared((ends, begins), white, em))):
                rule = before is not words[at - 1]
                yield _part(piece, words[first : at - rule])
                if rule:
                    yield replace(_part(piece, words[at - 1 : at]), role="drop")
                first = at
    yield _part(piece, words[first:]) if first else piece


def _is_rule(word: Word, piece: Piece) -> bool:
    text = piece.text[word.start - piece.span.start : word.end - piece.span.start]
    return text.strip(_SPECKS) in ("|", "｜", "丨")


def _count(edges: list[float], place: float, em: float) -> int:
    return bisect_right(edges, place + NEAR * em) - bisect_left(edges, place - NEAR * em)


def _part(piece: Piece, words: Sequence[Word]) -> Piece:
    start, end = max(words[0].start, piece.span.start), min(words[-1].end, piece.span.end)
    text = piece.text[start - piece.span.start : end - piece.span.start]
    boxes = [word.box for word in words if word.box]
    tops, bottoms = sorted(box[1] for box in boxes), sorted(box[3] for box in boxes)
    left, _, right, _ = union(boxes)
    box = left, tops[len(tops) // 4], right, bottoms[3 * len(bottoms) // 4]  # single boxes are often too tall
    mark = f"{piece.region or ''}{PARTED}{piece.span.start}"
    span = Span(piece.span.source, start, end)
    return replace(piece, span=span, text=text, width=width(text), box=box, words=tuple(words), region=mark)
