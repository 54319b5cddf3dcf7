"""What a text-level rule may know of the block its text belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """`display`: a headline or caption-like line, where a space between Han characters separates on purpose.

    `stacked`: a headline, whose lines stand for themselves, so that a line end separates as a space does.
    `listing`: a byline or imprint line, where every space separates.  `traditional`: corner brackets are kept.
    """

    display: bool = False
    stacked: bool = False
    listing: bool = False
    traditional: bool = False


def is_han(char: str) -> bool:
    """Whether `char` is an ideograph (or 〇), which is what makes a context Chinese."""
    return "㐀" <= char <= "鿿" or "豈" <= char <= "﫿" or "\U00020000" <= char <= "\U0003ffff" or char in "〇々"


FULL_STOPS = "。！？"
CLOSING = "”’）》」』〉】〕］)]｝\"'"
OPENING = "“‘（《「『〈【〔［(["
WIDE = frozenset("，。、；：？！“”‘’（）《》「」『』〈〉【】〔〕…—")
"""Full-width punctuation: no space belongs beside it."""
