"""Where one story ends and the next begins: the cut that leaves every paragraph among its own kind.

Each paragraph is a bag of character bigrams; what stands in most paragraphs of the stretch counts little.  A cut is as good
as the paragraphs on either side are likelier to their own side than to the other (in the manner of TextTiling, Hearst 1997,
and of minimum-cut segmentation, Malioutov and Barzilay 2006, over bigrams for want of word borders).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

Bag = dict[str, float]


def _bag(text: str) -> Counter[str]:
    return Counter(gram for at in range(len(text) - 1) if (gram := text[at : at + 2]).isalpha() and not gram.isascii())


class Cohesion:
    """The bags of one stretch of text."""

    def __init__(self, texts: Sequence[str]) -> None:
        bags = [_bag(text) for text in texts]
        spread = Counter(gram for bag in bags for gram in bag)
        total = len(texts) + 1
        self._bags: list[Bag] = [
            {gram: (1 + math.log(n)) * math.log(total / spread[gram]) for gram, n in bag.items() if 1 < spread[gram] < total}
            for bag in bags
        ]
        self._norms = [math.sqrt(1.0 + sum(value * value for value in bag.values())) for bag in self._bags]

    def likeness(self, at: int, others: Sequence[int]) -> float:
        """Cosine between one text and the sum of others."""
        bag, total = self._bags[at], 0.0
        if not bag:
            return 0.0
        shared: Bag = dict.fromkeys(bag, 0.0)
        square = 1.0
        mass: Bag = {}
        for other in others:
            if other == at:
                continue
            for gram, value in self._bags[other].items():
                mass[gram] = mass.get(gram, 0.0) + value
        for gram, value in mass.items():
            square += value * value
            if gram in shared:
                total += bag[gram] * value
        return total / (self._norms[at] * math.sqrt(square))

    def cut(self, at: int, first: int = 0, last: int | None = None) -> float:
        """How much likelier the texts `first`..`last`-1 are to their own side of a cut before `at` than to the other."""
        end = len(self._bags) if last is None else last
        left, right = range(first, at), range(at, end)
        return sum(self.likeness(one, left) - self.likeness(one, right) for one in left) + sum(
            self.likeness(one, right) - self.likeness(one, left) for one in right
        )
