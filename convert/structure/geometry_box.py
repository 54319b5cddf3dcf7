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
