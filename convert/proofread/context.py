"""Which characters fit a gap: words of the lexicon, and what the issue and the archive write, with one character open.

Only asked where an OCR engine doubted a character, so nothing is sorted for text without confidences.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from convert.lexicon import Lexicon
from convert.proofread.index import Index
from convert.proofread.model import Model


class Threes:
    """Threes of characters, found by any two of them."""

    def __init__(self, grams: Iterable[str]) -> None:
        self._forwards = sorted(gram for gram in grams if len(gram) == 3)
        self._backwards = sorted(self._forwards, key=_turned)

    def around(self, text: str, at: int) -> set[str]:
        """Characters that make one of the threes with the two before `at`, the two behind, or one on each side."""
        before, after = text[max(0, at - 2):at], text[at + 1:at + 3]
        found: set[str] = set()
        if len(before) == 2:
            found.update(gram[2] for gram in self._beginning(before))
        if len(after) == 2:
            found.update(gram[0] for gram in self._ending(after))
        if before and after:
            found.update(gram[1] for gram in self._beginning(before[-1]) if gram[2] == after[0])
        return found

    def _beginning(self, head: str) -> Iterator[str]:
        for place in range(bisect_left(self._forwards, head), len(self._forwards)):
            if not self._forwards[place].startswith(head):
                return
            yield self._forwards[place]

    def _ending(self, tail: str) -> Iterator[str]:
        for place in range(bisect_left(self._backwards, tail[::-1], key=_turned), len(self._backwards)):
            if not self._backwards[place].endswith(tail):
                return
            yield self._backwards[place]


def _turned(gram: str) -> str:
    return gram[::-1]


@lru_cache(maxsize=2)
def archived(model: Model) -> Threes:
    """Those of an archive, sorted once for all its issues."""
    return Threes(model.written())


def pairs(lexicon: Lexicon, index: Index, text: str, at: int, least: int, among: Iterable[str]) -> set[str]:
    """Of the characters `among`, those that make a word of two with a neighbour, of at least that frequency."""
    before, after = text[max(0, at - 1):at], text[at + 1:at + 2]
    behind, ahead = index.after(before) if before else "", index.before(after) if after else ""
    return {
        other for other in among
        if (other in behind and lexicon.frequency(before + other) >= least)
        or (other in ahead and lexicon.frequency(other + after) >= least)
    }


def longer(lexicon: Lexicon, index: Index, text: str, at: int, among: Iterable[str] | None = None) -> set[str]:
    """Characters that make a word of three or four with what stands around; of three, only those `among` where given."""
    before, after = text[max(0, at - 2):at], text[at + 1:at + 3]
    found: set[str] = set()
    if len(before) == 2 and lexicon.find(before) is not None:
        found.update(other for other in index.third(before) if lexicon.find(before + other))
    if before and after:
        known = _both(index.after(before[-1]), among)
        found.update(other for other in known if lexicon.find(before[-1] + other + after[0]))
    if len(after) == 2 and lexicon.find(after[1]) is not None:
        known = _both(index.before(after[0]), among)
        found.update(other for other in known if lexicon.find(other + after))
    return found | set(_fours(index, text, at))


def _both(fitting: str, among: Iterable[str] | None) -> Iterable[str]:
    return fitting if among is None else [other for other in among if other in fitting]


def _fours(index: Index, text: str, at: int) -> Iterator[str]:
    for start in range(max(0, at - 3), min(at, len(text) - 4) + 1):
        four, off = text[start:start + 4], at - start
        half, known = (index.tails[four[2:]], 1 - off) if off < 2 else (index.heads[four[:2]], 5 - off)
        for word in half:
            if word[known] == four[known]:
                yield word[off]
