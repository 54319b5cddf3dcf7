"""Alleys: white strips that lie at one height in two columns side by side.

A page designer avoids them (two headings side by side are a "tombstone"): the eye takes such a strip for the end of
everything above it and reads across.  So do programs that guess at the order of text, poppler's among them: four blocks
round an alley are a table to them, read row by row.
"""

from __future__ import annotations

import math
from itertools import pairwise

from convert.typeset.pages.boxes import APART, Box, Ink
from convert.typeset.pages.column import Column, used

ALIKE = 1.05
"""So are lines whose sizes differ by more than this."""
NEAR = 1.0
"""Strips that miss each other by no more than this many points still meet."""

Strip = tuple[float, float]


def alleys(boxes: list[Box], found: list[Column]) -> int:
    """How many pairs of strips meet in neighbouring columns.

    The white under a column that ends first counts for the one before it: what stands alone below looks lost.
    """
    leading = boxes[found[0].start.box].theme.leading
    rows = [(strips(boxes, column), used(boxes, column) * leading) for column in found]
    return sum(
        min(a[1], b[1]) - max(a[0], b[0]) > -NEAR
        for (left, _), (right, foot) in pairwise(rows) for a in left for b in (*right, (foot, math.inf))
    )


def strips(boxes: list[Box], column: Column) -> list[Strip]:
    """Where the white strips of a column begin and end, points from its head."""
    theme = boxes[column.start.box].theme
    leading = theme.leading
    # Widely leaded themes are read across by extractors as it is; to the eye only more than the leading is a gap.
    least = leading * 1.04 if leading > APART * theme.size else 0.0
    lines: list[Ink] = []
    row = 0
    for number, first, last in column.parts(boxes):
        top = row * leading
        lines += [Ink(top + start, top + end, size, right) for start, end, size, right in boxes[number].ink(first, last)]
        row += last - first
    return [
        (above.last + above.size / 2, below.first - below.size / 2)
        for above, below in pairwise(lines) if _apart(above, below, least)
    ]


def _apart(above: Ink, below: Ink, least: float) -> bool:
    low, high = sorted((above.size, below.size))
    return below.first - above.last > max(APART * low, least) or high > ALIKE * low or above.right is not below.right
