"""A lexicon of Simplified Chinese: which strings are words, how frequent they are, and where words end in running text.

The parser asks it whether a seam between two fragments makes a word, the conversion whether a reading is likely, the
proofreader nearly everything.  `load()` maps files into memory (a millisecond); words are looked up when asked for.

Data: `packed/`, made by `tools/pack_lexicon.py` from `words.txt.gz` (from jieba's dict.txt, MIT) and `modern.txt`
(public words coined since 2012, our own).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from convert.lexicon.packed import Packed

if TYPE_CHECKING:
    from convert.lexicon.groups import Group

TOTAL = 60_000_000
"""Tokens of the corpus the frequencies are counted in."""
LISTED = 3
"""Frequency of words the corpus does not have."""

_UNKNOWN = math.log(0.3 / TOTAL)
_NEVER = -1e9


class Lexicon:
    """Words with a frequency per 60 million tokens and a tag.  A look-up takes a microsecond the first time, then a tenth.

    Tags: n noun, v verb, a adjective, d adverb, i idiom or phrase, r person, f foreign name, s place, t organisation,
    z other name, m numeral, q measure word, o other; empty for what is no word.
    """

    __slots__ = ("_all", "_codes", "_frequencies", "_logs", "_tags", "values")

    def __init__(
        self, codes: Mapping[str, int | None], tags: list[str], frequencies: list[int],
        items: Callable[[], Iterable[tuple[str, int]]],
    ) -> None:
        self._codes, self._tags, self._frequencies, self._all = codes, tags, frequencies, items
        self._logs = [_NEVER, *(math.log((frequency + 0.5) / TOTAL) for frequency in frequencies[1:])]
        self.values = [_UNKNOWN, *self._logs[1:]]
        """For tight loops, by what `find` says: log-probabilities of words, that of a rare unknown character for 0."""

    @classmethod
    def of(cls, given: Iterable[Group]) -> Lexicon:
        """A lexicon of groups at hand."""
        from convert.lexicon.groups import table

        made = table(given)
        return cls(_Known(made.codes), made.tags, made.frequencies, made.codes.items)

    def __contains__(self, word: str) -> bool:
        return bool(self._codes[word])

    def __len__(self) -> int:
        return sum(code > 0 for _, code in self._all())

    def __iter__(self) -> Iterator[str]:
        return (word for word, code in self._all() if code)

    def frequency(self, word: str) -> int:
        """Occurrences in 60 million tokens; 0 for what is no word."""
        return self._frequencies[self._codes[word] or 0]

    def tag(self, word: str) -> str:
        """The part of speech in one letter, empty for what is no word."""
        return self._tags[self._codes[word] or 0]

    def phrase(self, word: str) -> bool:
        """Whether it is a set phrase of four characters that was ever counted (摩肩接踵), not only listed (摩肩接毂)."""
        return len(word) == 4 and self.tag(word) == "i" and self.frequency(word) > LISTED

    def log(self, word: str) -> float:
        """Natural logarithm of the word's probability; that of a rare unknown character for what is no word."""
        code = self._codes[word]
        return self._logs[code] if code else _UNKNOWN

    @property
    def find(self) -> Callable[[str], int | None]:
        """The bare look-up for tight loops: positive for a word, 0 for the beginning of one, None for neither."""
        return self._codes.__getitem__

    def words(self, length: int, at_least: int = 1) -> Iterator[tuple[str, int]]:
        """Words of `length` characters that occur at least so often, with their frequencies."""
        frequencies = self._frequencies
        for word, code in self._all():
            if len(word) == length and frequencies[code] >= at_least:
                yield word, frequencies[code]

    def prefixes(self, text: str, at: int) -> list[int]:
        """Ends of all words that begin at `at`, shortest first."""
        ends: list[int] = []
        codes = self._codes
        end = at
        while end < len(text):
            end += 1
            code = codes[text[at:end]]
            if code is None:
                break
            if code:
                ends.append(end)
        return ends

    def segment(self, text: str) -> list[tuple[int, int]]:
        """The most probable cut of `text` into words, as half-open ranges; unknown characters stand alone."""
        return self.best(text)[1]

    def score(self, text: str) -> float:
        """Log-probability of the best segmentation: compare two readings of the same place with it."""
        return self._lattice(text)[0][len(text)]

    def best(self, text: str) -> tuple[float, list[tuple[int, int]]]:
        """Log-probability and ranges of the most probable segmentation (unigram model, dynamic programming)."""
        scores, backs = self._lattice(text)
        ranges: list[tuple[int, int]] = []
        end = len(text)
        while end:
            start = backs[end]
            ranges.append((start, end))
            end = start
        ranges.reverse()
        return scores[len(text)], ranges

    def _lattice(self, text: str) -> tuple[list[float], list[int]]:
        find, logs, size = self._codes.__getitem__, self._logs, len(text)
        scores = [0.0] + [_NEVER * 1e9] * size
        backs = [0] * (size + 1)
        for start in range(size):
            base = scores[start]
            end = start + 1
            code = find(text[start])
            here = base + (logs[code] if code else _UNKNOWN)
            if here > scores[end]:
                scores[end] = here
                backs[end] = start
            if code is None:
                continue
            while end < size:
                end += 1
                code = find(text[start:end])
                if code is None:
                    break
                here = base + logs[code]
                if here > scores[end]:
                    scores[end] = here
                    backs[end] = start
        return scores, backs


class _Known(dict[str, int | None]):
    """A table in which a string that is not there has the code None."""

    def __missing__(self, word: str) -> None:
        return None


@cache
def mapped() -> Packed:
    """The shipped lexicon's files, mapped into memory once a process."""
    return Packed()


@cache
def load() -> Lexicon:
    """The shipped lexicon."""
    files = mapped()
    return Lexicon(files.words, files.tags, files.frequencies, files.items)
