"""Hard-wrapped text: the width of the column is learned from the lines around, and full lines run on."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from convert.structure.fragments import Piece
from convert.structure.lexis import Lexis

REACH = 6
"""Lines either side from which the width of a column is learned."""
SLACK = 2
"""Columns by which a full line may fall short: one character that may not begin or end a line (CLREQ 3.1.2)."""
WIDEST = 110
"""Columns beyond which a line is a paragraph, not a line of a column."""


def runs(lines: Sequence[Piece], lexis: Lexis) -> Iterator[list[Piece]]:
    """Lines grouped into what the wrapping, and nothing else, has torn apart."""
    if not is_wrapped(lines):
        yield from ([line] for line in lines)
        return
    group: list[Piece] = []
    for at, line in enumerate(lines):
        if group and not (line.blanks == 0 and _runs_on(lines, at - 1, lexis)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def is_wrapped(lines: Sequence[Piece]) -> bool:
    """Whether lines end where the column ends: most that another follows at once stop short of any mark at all."""
    if len(lines) < 2:
        return False
    followed = [a for a, b in itertools.pairwise(lines) if b.blanks == 0]
    bare = sum(line.width <= WIDEST and line.text[-1].isalnum() for line in followed)
    return len(followed) > 0.3 * len(lines) and bare > 0.3 * len(followed)


def _runs_on(lines: Sequence[Piece], at: int, lexis: Lexis) -> bool:
    from convert.structure.reading import is_closed

    line, following = lines[at], lines[at + 1]
    full = column(lines, at)
    if full is None or line.width < full - SLACK - 1 or line.width > WIDEST:
        return False
    return not (is_closed(line.text) and following.width < full - 2)


def column(lines: Sequence[Piece], at: int) -> int | None:
    """Width of the column line `at` stands in: the greatest width around that two lines share, or None."""
    around = sorted((line.width for line in lines[max(0, at - REACH):at + REACH + 1] if line.width <= WIDEST), reverse=True)
    for wide, next_wide in itertools.pairwise(around):
        if wide - next_wide <= SLACK and wide <= lines[at].width + 3 * SLACK:
            return wide
    return None
