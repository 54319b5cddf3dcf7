"""What words say about a seam and about a topic: the lexicon, and the issue's own vocabulary."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from operator import add

from convert import lexicon
from convert.lexicon.folding import simplified

SAMPLE = 60_000
"""Characters of the issue its own vocabulary is taken from."""

KEPT = 512
"""Texts whose bigrams are kept."""

REACH = 6
"""Characters either side of a seam that a word across it can need."""


class Lexis:
    """Seam scores and topic distances of one issue."""

    def __init__(self, texts: Iterable[str], traditional: bool) -> None:
        self._traditional = traditional
        self._words = lexicon.load()
        sample = "\n".join(texts)[:SAMPLE]
        two = list(map(add, sample, sample[1:]))
        three = list(map(add, two, sample[2:]))
        self._own = Counter(chain(two, three, map(add, three, sample[3:])))
        self._rarities: dict[str, float] = {}

    def fold(self, text: str) -> str:
        """`text` in the script of the lexicon."""
        return simplified(text) if self._traditional else text

    def seam(self, tail: str, head: str) -> float:
        """Nats that reading `tail` and `head` together saves over reading them apart: above 4 a word spans the seam.

        The issue's own vocabulary counts too: a three-character string over the seam that stands elsewhere in the
        issue is evidence even where no dictionary knows it.
        """
        left, right = self.fold(tail[-REACH:]), self.fold(head[:REACH])
        if not left or not right or not left[-1].isalnum() or not right[0].isalnum():
            return 0.0
        if left[-1].isdigit() and right[0].isdigit():
            return 1.0
        gain = self.across(left, right)
        own = 0.0
        for before, after in ((2, 1), (1, 2), (2, 2), (3, 1), (1, 3)):
            gram = tail[-before:] + head[:after]
            if len(gram) == before + after and gram.isalnum() and (seen := self._own[gram]):
                own = max(own, 2.0 + math.log(1 + seen) + 0.7 * (before + after - 3))
        return max(gain, own)

    def across(self, left: str, right: str) -> float:
        """Nats that cutting two texts into words together saves over cutting each: what a word across their seam is worth.

        Both are in the script of the lexicon (see `fold`).
        """
        score = self._words.score
        return score(left + right) - score(left) - score(right)

    def words(self, text: str) -> list[str]:
        """The most probable cut of `text`, which is in the script of the lexicon, into words."""
        return [text[start:end] for start, end in self._words.segment(text)]

    def tag(self, word: str) -> str:
        """Part of speech of a word in the script of the lexicon, in one letter; empty for what is no word."""
        return self._words.tag(word)

    def seen(self, gram: str) -> int:
        """How often the issue itself holds two, three or four characters in a row."""
        return self._own[gram]

    def is_word(self, text: str) -> bool:
        """Whether the lexicon has it."""
        return self.fold(text) in self._words

    def is_measure(self, char: str) -> bool:
        """Whether `char` counts things: 家, 个, 名 after a number."""
        return bool(char) and (self._words.tag(self.fold(char)) == "q" or char in "家个名位人年月日天次项亿万千百多余倍元岁")

    def begins_inside(self, head: str) -> float:
        """How unlike a beginning the first character is: nats by which it is commoner inside words than at their start."""
        return 0.0 if not head else _inside(self.fold(head[0]))

    def likeness(self, one: str, other: str) -> float:
        """Share of telling bigrams of the shorter text that stand in the other one too, 0..1; rare ones count more."""
        left, right = _bigrams(one), _bigrams(other)
        if not left or not right:
            return 0.0
        return self._rarity(left & right) / min(self._rarity_of(one, left), self._rarity_of(other, right))

    def _rarity_of(self, text: str, grams: frozenset[str]) -> float:
        """The rarity of the bigrams of a text, kept: a headline is held against many stories, a story against many headlines."""
        kept = self._rarities.get(text)
        if kept is None:
            if len(self._rarities) >= KEPT:
                self._rarities.clear()
            kept = self._rarities[text] = self._rarity(grams)
        return kept

    def _rarity(self, grams: frozenset[str]) -> float:
        """The sum of what bigrams tell."""
        own = self._own
        return sum([_telling(own[gram]) for gram in grams])


@lru_cache(maxsize=1024)
def _telling(seen: int) -> float:
    """What a bigram tells that the issue has so often."""
    return 1.0 / (1.0 + math.log1p(seen))


_PARTICLES = frozenset("的了着们地得吗呢吧啊么而且之所")


def _inside(char: str) -> float:
    return 3.0 if char in _PARTICLES else 0.0


_RUNS = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile("[A-Za-z]{2}")


@lru_cache(maxsize=KEPT)
def _bigrams(text: str) -> frozenset[str]:
    found = (gram for run in _RUNS.findall(text) for gram in map(add, run, run[1:]))
    return frozenset(found if not _LATIN.search(text) else (gram for gram in found if not gram.isascii()))
