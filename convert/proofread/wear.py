"""How worn a place is: rare characters that stand alone, and characters the engine doubted, in its passage and on its page.

Slips come in crowds: where the print is worn, or the engine met a face it does not know, every line has some, and a clean
paragraph beside it has none.  So what stands elsewhere in the passage says how likely a doubtful place is a slip; what
stands close by is left out, for a slip makes its own neighbours odd.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from convert.proofread.evidence import DOUBTED

if TYPE_CHECKING:
    from convert.proofread.page import Page, Passage

FEW = 20_000
"""Occurrences below which a character that stands alone is odd: in no common word, and no common word itself."""
CLOSE = 3
"""Characters on both sides that are left out of the count."""
WEIGHT = 50.0
"""Characters of the page's own rate that are added to a passage, so that a short one is like its page."""
ODD, DOUBTS, OF = 2.0, 1.0, 30.0
"""Odd and doubted characters, of so many, that are added to a page."""


class _Counted(NamedTuple):
    """Of a passage: its Han characters, where odd ones stand, where doubted ones."""

    han: int
    odd: list[int]
    doubted: list[int]


class Wear:
    """The rates of odd and of doubted characters of a page and its passages."""

    def __init__(self, page: Page) -> None:
        self._passages = {passage.number: _count(passage) for passage in page.passages}
        han = sum(one.han for one in self._passages.values())
        self.odd = (ODD + sum(len(one.odd) for one in self._passages.values())) / (OF + han)
        self.doubted = (DOUBTS + sum(len(one.doubted) for one in self._passages.values())) / (OF + han)

    def near(self, passage: Passage, at: int) -> tuple[float, float]:
        """Logarithms of the rate of odd characters: elsewhere in the passage, and on the page."""
        one = self._passages[passage.number]
        return _rate(one.odd, one.han, at, self.odd), math.log(self.odd)

    def doubts(self, passage: Passage, at: int) -> tuple[float, float]:
        """Logarithms of the rate of doubted characters: elsewhere in the passage, and on the page."""
        one = self._passages[passage.number]
        return _rate(one.doubted, one.han, at, self.doubted), math.log(self.doubted)


def _rate(places: list[int], han: int, at: int, whole: float) -> float:
    elsewhere = len(places) - (bisect_right(places, at + CLOSE) - bisect_left(places, at - CLOSE))
    return math.log((elsewhere + WEIGHT * whole) / (max(0, han - 2 * CLOSE - 1) + WEIGHT))


def _count(passage: Passage) -> _Counted:
    text, frequency = passage.text, passage.lexicon.frequency
    han, odd = 0, list[int]()
    for start, end in passage.words:
        if "\u3400" <= text[start] <= "\u9fff":
            han += end - start
            if end - start == 1 and frequency(text[start]) < FEW:
                odd.append(start)
    return _Counted(han, odd, sorted(_doubted(passage)))


def _doubted(passage: Passage) -> Iterable[int]:
    text = passage.text
    return (
        at for at, doubt in passage.doubts.items() if doubt >= DOUBTED and at < len(text) and "\u3400" <= text[at] <= "\u9fff"
    )
