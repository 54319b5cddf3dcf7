"""Boxes of lines: their union, and the size of type that the pitch of the characters shows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from convert.source import Box
from convert.structure.pieces import Piece

FARTHEST = 1e6
"""Coordinates beyond this are no place on a page."""
SMALLEST, LARGEST = 0.1, 1e4
"""Bounds of a size of type, and of the height of a line, in the reader's units."""
TALL = 1.6
"""Ems from which a line's box is too tall."""

PARTED = "#"
"""Between the name of a region and the place of the line that a gutter parts there."""


def sound(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces with boxes one can reckon with: finite, upright, not empty; a line without one stands under the line before."""
    last: Box = (0.0, 0.0, SMALLEST, SMALLEST)
    for piece in pieces:
        box = _sound(piece.box) or (last[0], last[3], last[2], 2 * last[3] - last[1])
        size = piece.size if piece.size is not None and math.isfinite(piece.size) and piece.size > 0 else None
        words = piece.words
        if any(word.box != _sound(word.box) for word in words):
            words = tuple(replace(word, box=_sound(word.box)) for word in words)
        yield replace(piece, box=box, size=None if size is None else min(max(size, SMALLEST), LARGEST), words=words)
        last = box


def _sound(box: Box | None) -> Box | None:
    if box is None or not all(map(math.isfinite, box)):
        return None
    left, top, right, bottom = (min(max(edge, -FARTHEST), FARTHEST) for edge in box)
    left, right, top, bottom = min(left, right), max(left, right), min(top, bottom), max(top, bottom)
    return left, top, max(right, left + SMALLEST), max(bottom, top + SMALLEST)


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around all."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def pitch(piece: Piece) -> float:
    """The em of a line: the advance of its characters where there are enough, else the size the reader gives."""
    high = ink(piece, 0.0)
    return advance(piece, high) or high


def advance(piece: Piece, high: float) -> float | None:
    """The advance of a full-width character, where the line has enough of them to tell; `high` is about its size."""
    if piece.box is None or piece.width < 12 or piece.width <= 1.6 * len(piece.text):
        return None
    across = piece.box[2] - piece.box[0]
    measured = 2 * across / piece.width
    least = 0.7 if not piece.words else 0.5 if piece.width < 24 else 0.33  # the box of a long line is often too tall
    return measured if across > high and least < measured / high < 1.3 else None


def ink(piece: Piece, rise: float) -> float:
    """The size the reader gives; of what was recognised, the height of the line as it would be on a level page."""
    if piece.box is None or (piece.size and not piece.words):
        return max(piece.size or 1.0, SMALLEST)
    left, top, right, bottom = piece.box
    across, down = right - left, bottom - top
    highs = sorted(word.box[3] - word.box[1] for word in piece.words if word.box is not None)
    if len(highs) > 3 and down < 1.8 * across:  # the box of a line may reach into a picture; most of its words do not
        down = min(down, 1.15 * highs[3 * len(highs) // 4] + abs(rise) * across)
    return max(down - abs(rise) * across, 0.4 * down, SMALLEST) if down < 1.8 * across else max(across, SMALLEST)


def trimmed(piece: Piece, size: float) -> Box:
    """The box of a line that is much too tall for its type, as most of its words have it: single ones reach too far."""
    left, top, right, bottom = piece.box or (0.0, 0.0, SMALLEST, SMALLEST)
    boxes = [word.box for word in piece.words if word.box is not None]
    if len(boxes) < 4 or bottom - top < TALL * size or bottom - top > right - left:
        return left, top, right, bottom
    tops, bottoms = sorted(box[1] for box in boxes), sorted(box[3] for box in boxes)
    top, bottom = tops[len(tops) // 2], bottoms[len(bottoms) // 2]
    return left, top, right, max(bottom, top + SMALLEST)


def slope(pieces: Sequence[Piece]) -> float:
    """How much lines rise to the right (pixels a pixel): the median over long lines, from where their words stand."""
    found: list[float] = []
    for piece in pieces:
        boxes = [word.box for word in piece.words if word.box is not None]
        if len(boxes) < 6:
            continue
        third = len(boxes) // 3
        first, last = boxes[:third], boxes[-third:]
        run = _mean([(b[0] + b[2]) / 2 for b in last]) - _mean([(b[0] + b[2]) / 2 for b in first])
        if run > 5 * (boxes[0][3] - boxes[0][1]):
            found.append((_mean([(b[1] + b[3]) / 2 for b in last]) - _mean([(b[1] + b[3]) / 2 for b in first])) / run)
    found.sort()
    return found[len(found) // 2] if len(found) >= 5 else 0.0


def level(box: Box, rise: float) -> Box:
    """A box as it would stand on a page that was not turned."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return box[0] + rise * down, box[1] - rise * across, box[2] + rise * down, box[3] - rise * across


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
