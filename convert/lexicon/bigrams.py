"""A bigram model of words: how readily a word follows another in modern Chinese.

The files of `ngrams/` (LGPL-2.1-or-later, from libime's model; see ngrams/README.txt) are mapped into memory and can be replaced
by any others of the same layout: `tools/build_ngrams.py` makes them of an ARPA file.  Without them nothing follows anything.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import Any, Literal

from convert.memo import Memo

FOLDER = Path(__file__).parent / "ngrams"

LONGEST = 4
"""Characters of the longest word it knows."""
STEP, BACK_STEP = 0.08, 0.03
"""Natural logarithms a byte counts in: of probabilities, of back-off weights."""
UNKNOWN = -17.0
"""Log-probability of a character that is no word of the model."""

States = dict[int, float]
"""Last (or first) words of ways to read a stretch, and the best log-probability of each way."""
EDGE = -1
"""Stands for the beginning or the end of a stretch, and for what the model does not know: nothing is said of its neighbours."""


class Bigrams:
    """Log-probabilities of words and pairs of words, with back-off (Katz 1987)."""

    def __init__(self, folder: Path = FOLDER) -> None:
        import marisa_trie

        trie = marisa_trie.Trie().mmap(str(folder / "words.marisa"))
        self._probabilities, self._backs = _bytes(folder / "words.bin"), _bytes(folder / "back.bin")
        self._starts = _numbers(folder / "starts.bin", "I")
        self._seconds, self._pairs = _numbers(folder / "seconds.bin", "H"), _bytes(folder / "pairs.bin")

        def number(word: str) -> int:
            try:
                found = trie.get(word) if "\0" not in word else None
            except UnicodeEncodeError:  # a lone surrogate is in no word
                found = None
            return EDGE if found is None else found

        self.words: Memo[str, int] = Memo(number)
        self._known: Memo[tuple[int, int], float] = Memo(self._follow, 200_000)

    def follows(self, first: int, second: int) -> float:
        """Log-probability of the word numbered `second` behind `first`; either may be `EDGE`."""
        return self._known[first, second]

    def gained(self, first: int, second: int) -> float:
        """How much likelier than alone the second word is behind the first."""
        return self._known[first, second] + STEP * self._probabilities[second]

    def _follow(self, pair: tuple[int, int]) -> float:
        first, second = pair
        single = UNKNOWN if second == EDGE else -STEP * self._probabilities[second]
        if first == EDGE:
            return single
        end = self._starts[first + 1]
        place = bisect_left(self._seconds, second, self._starts[first], end)
        if place < end and self._seconds[place] == second:
            return -STEP * float(self._pairs[place])
        return single - BACK_STEP * self._backs[first]

    def score(self, text: str) -> float:
        """Log-probability of the likeliest way to read a stretch of Han characters as words."""
        return max(self.forwards(text)[len(text)].values())

    def forwards(self, text: str) -> list[States]:
        """For each place of the text the ways to read what stands before it."""
        states: list[States] = [{} for _ in range(len(text) + 1)]
        states[0][EDGE] = 0.0
        known = self._known
        for start in range(len(text)):
            before = states[start].items()
            for end, word in self._from(text, start):
                best = max([score + known[last, word] for last, score in before])
                here = states[end]
                if best > here.get(word, -1e9):
                    here[word] = best
        return states

    def backwards(self, text: str) -> list[States]:
        """For each place the ways to read what stands behind it, by their first word, which itself is not yet counted."""
        states: list[States] = [{} for _ in range(len(text) + 1)]
        states[len(text)][EDGE] = 0.0
        known = self._known
        for start in range(len(text) - 1, -1, -1):
            for end, word in self._from(text, start):
                behind = states[end]
                best = 0.0 if end == len(text) else max([score + known[word, first] for first, score in behind.items()])
                if best > states[start].get(word, -1e9):
                    states[start][word] = best
        return states

    def _from(self, text: str, start: int) -> list[tuple[int, int]]:
        """Ends and numbers of the words that begin at a place, that of one character always among them."""
        words, found = self.words, [(start + 1, self.words[text[start]])]
        for end in range(start + 2, min(len(text), start + LONGEST) + 1):
            word = words[text[start:end]]
            if word != EDGE:
                found.append((end, word))
        return found


class Around:
    """What stands left and right of a gap, read once, so that many fillings can be compared."""

    def __init__(self, model: Bigrams, left: str, right: str) -> None:
        self._model, self.left, self.right = model, left, right
        self._before, self._behind = model.forwards(left), model.backwards(right)

    def score(self, filling: str) -> float:
        """Log-probability of the best way to read the stretch with one character or word in the gap, or with nothing."""
        if not filling:
            return self._model.score(self.left + self.right)
        model, left, right, best = self._model, self.left, self.right, -1e9
        most = LONGEST - len(filling)
        for taken in range(min(most, len(left)) + 1):
            start = len(left) - taken
            before = self._before[start]
            head = left[start:] + filling
            for more in range(min(most - taken, len(right)) + 1):
                word = model.words[head + right[:more]]
                if word == EDGE and taken + more:
                    continue
                score = _into(model, before, word) + (_out_of(model, word, self._behind[more]) if more < len(right) else 0.0)
                best = max(best, score)
        return best

    def reading(self, filling: str, word: str, taken: int, log: float) -> float:
        """As `score`, where the filling stands in a `word`, `taken` characters behind its beginning: if the model lacks it
        (摩肩接踵), it has the log-probability given, and is not read as four strangers side by side."""
        score, more = self.score(filling), len(word) - taken - len(filling)
        if taken > len(self.left) or more > len(self.right) or self._model.words[word] != EDGE:
            return score
        behind = _out_of(self._model, EDGE, self._behind[more]) if more < len(self.right) else 0.0
        return max(score, max(self._before[len(self.left) - taken].values()) + log + behind)


def around(left: str, right: str) -> Around:
    """A gap in running text, with the shipped model: of both sides what is Han up to the first other character."""
    start, end = len(left), 0
    while start and "\u3400" <= left[start - 1] <= "\u9fff":
        start -= 1
    while end < len(right) and "\u3400" <= right[end] <= "\u9fff":
        end += 1
    return Around(load(), left[start:], right[:end])


def _into(model: Bigrams, before: States, word: int) -> float:
    return max([score + model.follows(last, word) for last, score in before.items()])


def _out_of(model: Bigrams, word: int, behind: States) -> float:
    return max([score + model.follows(word, first) for first, score in behind.items()])


def _bytes(path: Path) -> memoryview:
    import mmap

    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _numbers(path: Path, kind: Literal["H", "I"]) -> Any:
    data = _bytes(path)
    if sys.byteorder == "little":
        return data.cast(kind)
    numbers = array(kind, data.tobytes())
    numbers.byteswap()
    return numbers


@cache
def load() -> Bigrams:
    """The shipped model, mapped once a process."""
    return Bigrams()
