"""Hard-wrapped text: the width of the column is learned from the lines around, and full lines run on.

Plain text has lost the indent of a first line, but not its mark: such a line is two characters short of the column.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from convert.source import Span
from convert.structure.features import ordinal, words
from convert.structure.pieces import Piece
from convert.structure.reading import is_closed
from convert.structure.state import Place

REACH = 8
"""Lines either side from which the width of a column is learned."""
SLACK = 4
"""Columns by which a full line may fall short: a character that may not begin or end a line (CLREQ 3.1.2), half-width ones."""
INDENT = 4
"""Columns of a first-line indent."""
WIDEST, NARROWEST = 110, 16
"""Columns beyond which a line is a paragraph, and below which no column is set."""
_CLOSING = frozenset("，。、；：！？”’）》」』】")
_STARTS = ("question", "reply", "report", "numbered1", "numbered2", "book", "dash", "byline", "source_line", "date_only", "entry")


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that run on, and what their widths say about the ends."""

    lines: tuple[Piece, ...]
    place: Place | None


def runs(lines: Sequence[Piece]) -> Iterator[Run]:
    """Lines grouped into what the wrapping, and nothing else, has torn apart."""
    if not is_wrapped(lines):
        yield from (Run((line,), None) for line in lines)
        return
    lines = _printed(lines)
    columns = [column(lines, at) for at in range(len(lines))]
    first = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and lines[at].blanks == 0 and _runs_on(lines, columns, first, at - 1):
            continue
        yield Run(tuple(lines[first:at]), _place(lines, columns, first, at))
        first = at


def is_wrapped(lines: Sequence[Piece]) -> bool:
    """Whether lines end where the column ends: most that another follows at once stop short of any mark at all."""
    if len(lines) < 2:
        return False
    followed = [line for line, after in itertools.pairwise(lines) if after.blanks == 0]
    bare = sum(line.width <= WIDEST and line.text[-1].isalnum() for line in followed)
    return len(followed) > 0.3 * len(lines) and bare > 0.3 * len(followed)


def column(lines: Sequence[Piece], at: int) -> int | None:
    """Width of the column line `at` stands in: the width most lines around share, near ones first, or None."""
    here = lines[at].width
    wide = _common(lines, at, here - 2) if here >= NARROWEST else None
    return wide if wide is not None and here >= wide - INDENT - SLACK else None


def _common(lines: Sequence[Piece], at: int, least: int) -> int | None:
    """The width most lines around share, of those at least so wide."""
    low = max(0, at - REACH)
    near = [
        (line.width, 1.0 / (1.0 + abs(place - at)))
        for place, line in enumerate(lines[low : at + REACH + 1], low)
        if max(least, NARROWEST) <= line.width <= WIDEST
    ]
    best: tuple[float, int] | None = None
    for wide in {width for width, _ in near}:
        shared = [weight for width, weight in near if wide - 3 <= width <= wide]
        if len(shared) > 1 and (best is None or (sum(shared), wide) > best):
            best = (sum(shared), wide)
    return best[1] if best is not None else None


def _printed(lines: Sequence[Piece]) -> list[Piece]:
    """Printed lines: a text layer often breaks one at its punctuation, and no line begins with a closing mark."""
    merged: list[Piece] = []
    upright = False  # whether the last of `merged` is a vertical headline, one character a line
    for at, line in enumerate(lines):
        before = merged[-1] if merged else None
        single = len(line.text) == 1 and line.text.isalpha()
        if (
            before is not None
            and single
            and line.blanks == 0
            and 0 <= line.span.start - before.span.end <= 2
            and (upright or len(before.text) == 1 or before.text == "——")
        ):
            merged[-1] = replace(
                before,
                span=Span(line.span.source, before.span.start, line.span.end),
                text=before.text + line.text,
                width=before.width + line.width,
            )
            upright = True
            continue
        upright = False
        if (
            before is not None
            and line.blanks == 0
            and before.span.source == line.span.source
            and (
                0 <= line.span.start - before.span.end <= 2  # a line end; more would be another column's text
            )
        ):
            together = before.width + line.width
            wide = _common(lines, at, NARROWEST) or 0
            apart = line.text[0] in _CLOSING or (
                not is_closed(before.text)
                and (line.text[0] in "“‘（《「" or before.text[-1] in "，、：；")
                and before.width < wide - INDENT - SLACK
                and wide - INDENT - SLACK <= together <= wide + 2
            )
            if apart:
                merged[-1] = replace(
                    before,
                    span=Span(line.span.source, before.span.start, line.span.end),
                    text=before.text + line.text,
                    width=together,
                )
                continue
        merged.append(line)
    return merged


def _full(line: Piece, wide: int | None, opening: bool) -> bool:
    return wide is not None and line.width >= wide - SLACK - (INDENT if opening else 0)


def _runs_on(lines: Sequence[Piece], columns: Sequence[int | None], first: int, at: int) -> bool:
    line, following, wide = lines[at], lines[at + 1], columns[at]
    if wide is None or not _full(line, wide, at == first):
        return False
    if following.width > wide + 2 * INDENT or _starts(line, following) or words().patterns["byline"].search(line.text):
        return False
    if not line.text[-1].isalnum() and _pointed(lines, at):
        return False
    if not is_closed(line.text):
        return True
    if following.width >= wide - 2:
        return True
    return following.width < wide - INDENT - SLACK and is_closed(following.text) and at > first


def _pointed(lines: Sequence[Piece], at: int) -> bool:
    """Whether lines around end with a mark so often that it must be verse or a list, not chance."""
    around = lines[max(0, at - 4) : at + 5]
    return len(around) > 4 and sum(not line.text[-1].isalnum() for line in around) >= 0.65 * len(around)


def _starts(line: Piece, following: Piece) -> bool:
    """Whether the next line begins as only a new block does."""
    patterns = words().patterns
    if any(patterns[name].search(following.text) for name in _STARTS):
        return True
    if sum(bool(hit.search(line.text)) for hit in words().colophon) > 1 and not any(mark in line.text for mark in "，。"):
        return True
    chrome = words().drop
    if any(hit.search(line.text) or hit.search(following.text) for hit in chrome):
        return True
    one, other = ordinal(line.text), ordinal(following.text)
    return one is not None and other == (one[0], one[1] + 1)


def _place(lines: Sequence[Piece], columns: Sequence[int | None], first: int, end: int) -> Place | None:
    """Whether the run begins with an indent that was lost, and whether it ends with a full line."""
    known = [wide for wide in columns[first:end] if wide is not None]
    if not known:
        return None
    wide = max(known)
    opening, last = lines[first], lines[end - 1]
    if end - first == 1:
        if opening.width >= wide - 1:
            return Place(False, True, None, False, False, False)
        return Place(None, wide - INDENT - 1 <= opening.width <= wide - INDENT + 1 or None, None, False, False, False)
    indented = False if opening.width >= wide - 1 else True if wide - INDENT - SLACK <= opening.width <= wide - 3 else None
    return Place(indented, _full(last, wide, False), None, False, False, False)
