"""How well lines read on: words completed across the line end, and pairs of words that often meet there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from convert.structure.lexis import Lexis
from convert.structure.pieces import Piece
from convert.structure.reading import is_closed

STRONGEST = 8.0
"""Nats of a seam that count."""
REACH = 5
"""Characters on either side of a seam that the bigrams see."""
SLACK = 4
"""Columns of a terminal a full line falls short of its column at most."""


def coherence(lines: Sequence[Piece], wide: int, lexis: Lexis) -> float:
    """How well full open lines go on in the next one: what words and pairs of them save over the line ends, in fours of nats."""
    return sum(
        min(lexis.seam(last.text, line.text), STRONGEST) / 4 + follows(last.text, line.text)
        for last, line in pairwise(lines)
        if not is_closed(last.text) and last.width >= wide - SLACK
    )


def follows(tail: str, head: str) -> float:
    """What pairs of words save when two stretches of Han characters are read together, in fours of nats."""
    from convert.lexicon.bigrams import load

    left, right = han(tail[: -REACH - 1 : -1])[::-1], han(head[:REACH])
    if not left or not right:
        return 0.0
    score = load().score
    return max(-1.0, min(2.0, (score(left + right) - score(left) - score(right)) / 4))


def han(text: str) -> str:
    """The Han characters a text begins with."""
    return text[: next((at for at, char in enumerate(text) if not "\u4e00" <= char <= "\u9fff"), len(text))]
