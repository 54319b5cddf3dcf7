"""What a text-level rule may know of the block its text belongs to."""

from __future__ import annotations

import re
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


_CODE = re.compile(r"\w\(.*\)[;:{]|[;{}]\s*$|[=!<>]=|\w = \S|^\s*(?:#include|import|def|return|for|while|if)\b")
"""What a line of a program shows: a call and a mark behind it, a brace, a comparison, an assignment, a keyword."""
CODE_SHARE = 0.7
"""Share of half-width characters from which a line with two such signs is code."""


def is_code(text: str) -> bool:
    """Whether `text` is a line of a program, in which every mark stays as it is."""
    if len(text) > 400 or not any(mark in text for mark in "(={;"):
        return False
    half = sum("!" <= char <= "~" for char in text)
    signs = {hit.group()[-1] for hit in _CODE.finditer(text)}
    return len(signs) > 1 and half >= CODE_SHARE * sum(not char.isspace() for char in text)


WIDE = frozenset("，。、；：？！“”‘’（）《》「」『』〈〉【】〔〕…—")
"""Full-width punctuation: no space belongs beside it."""
