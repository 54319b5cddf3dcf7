"""Boxes of lines: their union, and the size of type that the pitch of the characters shows."""

from __future__ import annotations

from collections.abc import Sequence

from convert.source import Box
from convert.structure.fragments import Piece


def union(boxes: Sequence[Box]) -> Box:
    """The smallest box around all."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def pitch(piece: Piece) -> float:
    """The em of a line: the advance of its characters where there are enough, else the size the reader gives."""
    if piece.box is None:
        return piece.size or 1.0
    left, top, right, bottom = piece.box
    size = piece.size or bottom - top
    if piece.width >= 12 and piece.width > 1.6 * len(piece.text) and right - left > bottom - top:
        measured = 2 * (right - left) / piece.width
        if 0.7 < measured / max(size, 0.1) < 1.3:
            return measured
    return max(size, 0.1)


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
