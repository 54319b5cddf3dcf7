"""Glyphs of a PDF page to lines and regions, in the order the page's content has them.

Coordinates are points from the top left.  Thresholds are in ems of the type and come from how Chinese is set: columns
stand an em and a half apart or more, letter-spaced headlines less; a vertical line is a run of single characters, each below
the one before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from convert.readers.lines import median, union
from convert.source import Box

BASELINE = 0.5
"""Ems the baseline may move inside a line (superscripts, mixed sizes)."""
SAME_BASELINE = 0.1
"""Ems two glyphs of one baseline may differ by."""
GUTTER = 1.5
"""Ems of white that part two lines on one baseline; where the type size changes too, `SPACE_AFTER_SIZE` are enough."""
SPACE_AFTER_SIZE = 1.0
OVERLAP = 0.6
"""Ems a glyph may reach back over the one before (kerning, punctuation compressed)."""
SPACE, SPACE_SCANNED = 0.2, 0.6
"""Ems of white, beyond the line's usual, that a space stands for where the file has no space character: in type, and in the
text layer of a scan, where boxes of words are rough."""
SPACE_AUTO, AUTOSPACED = 0.35, 0.6
"""The same between Han and Latin on a page where this share of such neighbours stand apart: its typesetter puts up to a third
of an em there, which is no character (CLREQ 3.2.2)."""
SAME_AXIS = 0.45
"""Ems the middle of a glyph may be off the axis of a vertical line."""
STACKED = 0.9
"""Ems of white between two glyphs of a vertical line; up to `CLOSE` two glyphs are enough to make one."""
CLOSE = 0.3
MANY_SPACES, SPACED_OUT = 20, 0.3
"""Spaces between full-width characters, and their share of such pairs, from which a page is an OCR engine's text layer."""
FAR = 1.6
"""Times the usual distance of such characters from which a space was meant."""
SIZE_CHANGE = 0.08
"""Share by which the type size must change to begin a region."""
USUAL_PITCH, WIDEST_PITCH = 1.8, 2.5
"""Line distance in ems where a page shows none, and the most that counts as one."""
LEADING = 1.3
"""Times the page's usual line distance above which white begins a region."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as set: box, baseline and type size in points."""

    text: str
    box: Box
    baseline: float
    size: float


@dataclass(frozen=True, slots=True)
class Row:
    """A line as set, horizontal or vertical."""

    glyphs: tuple[Glyph, ...]
    box: Box
    size: float
    vertical: bool = False
    space: float = SPACE
    autospaced: bool = False

    @property
    def text(self) -> str:
        """The characters, with spaces where the file or the white between glyphs has them."""
        near, far = (1, 3) if self.vertical else (0, 2)
        return _with_spaces(self.glyphs, near, far, self.space, max(self.space, SPACE_AUTO) if self.autospaced else self.space)


def regions(glyphs: Sequence[Glyph]) -> Iterator[list[Row]]:
    """Rows in groups that stand together: one column, one size, no wider white than between lines."""
    found = rows(glyphs)
    if not found:
        return
    if _autospaced(found):
        found = [replace(row, autospaced=True) for row in found]
    pitch = _pitch(found)
    group = [found[0]]
    for above, below in pairwise(found):
        if _parted(above, below, pitch):
            yield group
            group = []
        group.append(below)
    yield group


def _autospaced(found: Sequence[Row]) -> bool:
    apart = together = 0
    for row in found:
        for left, right in pairwise(row.glyphs):
            if not row.vertical and _mixed(left, right):
                if right.box[0] - left.box[2] > SPACE / 2 * left.size:
                    apart += 1
                else:
                    together += 1
    return apart > AUTOSPACED * (apart + together)


def _mixed(left: Glyph, right: Glyph) -> bool:
    """Whether one is Han and the other a Latin letter or a digit."""
    return (left.text.isalnum() and right.text.isalnum()) and left.text.isascii() != right.text.isascii()


def rows(glyphs: Sequence[Glyph]) -> list[Row]:
    """Rows in content order; by place on the page where the content order scatters single characters."""
    given = glyphs
    glyphs = _without_word_spaces(glyphs)
    space = SPACE if glyphs is given else SPACE_SCANNED
    found = _stacked([_row(run, space) for run in _runs(glyphs) if _visible(run)])
    if _scattered(found):
        size = median(glyph.size for glyph in glyphs) or 1.0
        by_place = sorted(glyphs, key=lambda g: (round(g.baseline / (BASELINE * size)), g.box[0]))
        sorted_rows = _stacked([_row(run, space) for run in _runs(by_place) if _visible(run)])
        if len(sorted_rows) < len(found):
            return sorted_rows
    return found


def _without_word_spaces(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """The glyphs of an OCR engine's text layer without the space it writes behind every word.

    Where such spaces part many of the page's full-width characters they say nothing, unless the next one is far away.
    """
    triples = [
        at for at in range(len(glyphs) - 2) if glyphs[at + 1].text == " " and _wide(glyphs[at]) and _wide(glyphs[at + 2])
        and abs(glyphs[at].baseline - glyphs[at + 2].baseline) <= BASELINE * glyphs[at].size
    ]
    close = sum(_wide(left) and _wide(right) for left, right in pairwise(glyphs))
    if len(triples) < MANY_SPACES or len(triples) < SPACED_OUT * (len(triples) + close):
        return glyphs
    distance = {at: glyphs[at + 2].box[0] - glyphs[at].box[0] for at in triples}
    usual = median(distance.values())
    dropped = {at + 1 for at in triples if 0 < distance[at] <= FAR * usual}
    kept: list[Glyph] = []
    for at, glyph in enumerate(glyphs):
        if glyph.text == " " and kept:  # the space fills the word's box
            left, top, right, bottom = kept[-1].box
            if left <= glyph.box[0] <= right + glyph.size:
                kept[-1] = replace(kept[-1], box=(left, top, max(right, glyph.box[2]), bottom))
        if at not in dropped:
            kept.append(glyph)
    return kept


def _wide(glyph: Glyph) -> bool:
    return unicodedata.east_asian_width(glyph.text[0]) in "WFA" and glyph.text != " "


def _scattered(found: Sequence[Row]) -> bool:
    single = sum(len(row.glyphs) == 1 for row in found if not row.vertical)
    return single > 20 and single > 0.3 * sum(len(row.glyphs) for row in found)


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    run: list[Glyph] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last is not None and not (_follows(last, glyph) or _within(run, glyph)):
            yield run
            run = []
        run.append(glyph)
        if glyph.text.strip() or last is None or not run[:-1]:
            last = glyph
    if run:
        yield run


def _follows(left: Glyph, right: Glyph) -> bool:
    em = max(left.size, right.size)
    gap = right.box[0] - left.box[2]
    if left.box == right.box:  # parts of a ligature, such as a dash of two ems
        return True
    same = abs(left.size - right.size) <= 0.04 * em
    widest = GUTTER if same else SPACE_AFTER_SIZE
    onward = gap >= -OVERLAP * em or right.box[0] > left.box[0] + 0.05 * em  # rough boxes of words may overlap
    return abs(left.baseline - right.baseline) <= BASELINE * em and onward and gap <= widest * em


def _within(run: Sequence[Glyph], glyph: Glyph) -> bool:
    """Whether the glyph begins inside the run, on its very baseline: OCR engines give some words boxes far too wide."""
    first, last = run[0], run[-1]
    level = abs(last.baseline - glyph.baseline) <= SAME_BASELINE * glyph.size
    return level and first.box[0] < glyph.box[0] < last.box[2] and first.size == glyph.size


def _visible(run: Sequence[Glyph]) -> bool:
    return any(glyph.text.strip() for glyph in run)


def _row(run: Sequence[Glyph], space: float) -> Row:
    while not run[0].text.strip():
        run = run[1:]
    while not run[-1].text.strip():
        run = run[:-1]
    box = union(glyph.box for glyph in run) or (0.0, 0.0, 0.0, 0.0)
    return Row(tuple(run), box, median(glyph.size for glyph in run), False, space)


def _stacked(found: Sequence[Row]) -> list[Row]:
    """Rows of single glyphs one below another made vertical rows."""
    merged: list[Row] = []
    stack: list[Row] = []
    for row in found:
        if stack and not _below(stack[-1], row):
            merged += _column(stack)
            stack = []
        stack.append(row)
    return merged + _column(stack)


def _below(above: Row, below: Row) -> bool:
    if not (_narrow(above) and _narrow(below)) or abs(above.size - below.size) > 0.15 * above.size:
        return False
    off = abs((above.box[0] + above.box[2]) - (below.box[0] + below.box[2])) / 2
    gap = below.box[1] - above.box[3]
    return off <= SAME_AXIS * above.size and -OVERLAP * above.size <= gap <= STACKED * above.size


def _narrow(row: Row) -> bool:
    """One glyph, or two or three that fill no more than its square (a number set upright in a vertical line)."""
    return row.box[2] - row.box[0] <= 1.3 * row.size and len(row.glyphs) <= 3


def _column(stack: Sequence[Row]) -> list[Row]:
    if not stack:
        return []
    close = all(below.box[1] - above.box[3] <= CLOSE * above.size for above, below in pairwise(stack))
    letters = any(not glyph.text.isascii() for row in stack for glyph in row.glyphs)
    if len(stack) < (2 if close else 3) or not letters:
        return list(stack)
    glyphs = tuple(glyph for row in stack for glyph in row.glyphs)
    box = union(row.box for row in stack) or stack[0].box
    return [Row(glyphs, box, median(row.size for row in stack), True, stack[0].space)]


def _with_spaces(glyphs: Sequence[Glyph], near: int, far: int, space: float, mixed: float) -> str:
    """The characters, a space where the white between two is wider than usual: `near` and `far` are the sides of a box."""
    gaps = [after.box[near] - before.box[far] for before, after in pairwise(glyphs)]
    usual = max(0.0, median(gaps))
    parts = [glyphs[0].text]
    for (before, after), gap in zip(pairwise(glyphs), gaps, strict=True):
        least = mixed if _wide(before) != _wide(after) else space
        if gap - usual > least * max(before.size, after.size) and before.text.strip() and after.text.strip():
            parts.append(" ")
        parts.append(after.text)
    return "".join(parts)


def _pitch(found: Sequence[Row]) -> float:
    """The usual distance of lines in ems."""
    distances = [
        (below.box[1] - above.box[1]) / above.size for above, below in pairwise(found)
        if above.size and not above.vertical and not below.vertical and _overlap(above, below) > 0.3
        and 0 < below.box[1] - above.box[1] < 4 * above.size and abs(below.size - above.size) <= SIZE_CHANGE * above.size
    ]
    return min(WIDEST_PITCH, median(distances)) if distances else USUAL_PITCH


def _parted(above: Row, below: Row, pitch: float) -> bool:
    if above.vertical and below.vertical:
        return _parted_vertical(above, below)
    if above.vertical or below.vertical:
        return True
    down = below.box[1] - above.box[1]
    return (
        abs(below.size - above.size) > SIZE_CHANGE * max(above.size, below.size)
        or down <= 0
        or down > LEADING * pitch * above.size
        or _overlap(above, below) < 0.3
    )


def _parted_vertical(right: Row, left: Row) -> bool:
    """Lines of vertical text go on to the left, at the same height."""
    onward = right.box[0] - left.box[0]
    shared = min(right.box[3], left.box[3]) - max(right.box[1], left.box[1])
    shorter = min(right.box[3] - right.box[1], left.box[3] - left.box[1])
    return (
        abs(right.size - left.size) > SIZE_CHANGE * right.size
        or not 0 < onward <= WIDEST_PITCH * right.size
        or shared < 0.3 * shorter
    )


def _overlap(above: Row, below: Row) -> float:
    """Share of the narrower row's width that both stand over."""
    shared = min(above.box[2], below.box[2]) - max(above.box[0], below.box[0])
    width = min(above.box[2] - above.box[0], below.box[2] - below.box[0])
    return shared / width if width > 0 else 0.0
