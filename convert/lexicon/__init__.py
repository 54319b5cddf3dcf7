"""A lexicon of Simplified Chinese: which strings are words, how frequent they are, and where words end in running text.

The parser asks it whether a seam between two fragments makes a word, the conversion whether a reading is likely, the
proofreader nearly everything.  `load()` takes about a tenth of a second once a process and nothing is loaded before.

Data: `words.txt.gz` (from jieba's dict.txt, MIT) and `modern.txt` (public words coined since 2012, our own).
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files

TOTAL = 60_000_000
"""Tokens of the corpus the frequencies are counted in."""

BEGINNING = "-"
"""Tag of the group of strings that are no words but begin one: a search stops where no word can go on."""

RAISED = "+"
"""Tag of groups of known words whose frequency is to be at least the one given (words common today, rare in old corpora)."""

_UNKNOWN = math.log(0.3 / TOTAL)
_NEVER = -1e9


class Lexicon:
    """Words with a frequency per 60 million tokens and a tag.  Look-ups are dictionary look-ups (about 0.1 µs).

    Tags: n noun, v verb, a adjective, d adverb, i idiom or phrase, r person, f foreign name, s place, t organisation,
    z other name, m numeral, q measure word, o other; empty for what is no word.
    """

    __slots__ = ("_codes", "_frequencies", "_logs", "_tags")

    def __init__(self, groups: Iterable[tuple[str, int, list[str]]]) -> None:
        self._frequencies, self._tags, self._logs = [0], [""], [_NEVER]
        words: dict[str, int] = {}
        for tag, frequency, members in groups:
            if tag == BEGINNING:
                words = dict.fromkeys(members, 0) | words
                continue
            if tag == RAISED:
                self._raise(words, frequency, members)
                continue
            self._add(tag, frequency)
            words |= dict.fromkeys(members, len(self._tags) - 1)
        self._codes = words

    def _add(self, tag: str, frequency: int) -> int:
        self._tags.append(tag)
        self._frequencies.append(frequency)
        self._logs.append(math.log((frequency + 0.5) / TOTAL))
        return len(self._tags) - 1

    def _raise(self, words: dict[str, int], frequency: int, members: list[str]) -> None:
        """Make known words at least so frequent; their tags stay."""
        codes: dict[str, int] = {}
        for word in members:
            code = words.get(word, 0)
            if code and self._frequencies[code] < frequency:
                tag = self._tags[code]
                if tag not in codes:
                    codes[tag] = self._add(tag, frequency)
                words[word] = codes[tag]

    def __contains__(self, word: str) -> bool:
        return self._codes.get(word, 0) > 0

    def __len__(self) -> int:
        return sum(code > 0 for code in self._codes.values())

    def __iter__(self) -> Iterator[str]:
        return (word for word, code in self._codes.items() if code)

    def frequency(self, word: str) -> int:
        """Occurrences in 60 million tokens; 0 for what is no word."""
        return self._frequencies[self._codes.get(word, 0)]

    def tag(self, word: str) -> str:
        """The part of speech in one letter, empty for what is no word."""
        return self._tags[self._codes.get(word, 0)]

    def log(self, word: str) -> float:
        """Natural logarithm of the word's probability; that of a rare unknown character for what is no word."""
        code = self._codes.get(word, 0)
        return self._logs[code] if code else _UNKNOWN

    @property
    def find(self) -> Callable[[str], int | None]:
        """The bare look-up for tight loops: positive for a word, 0 for the beginning of one, None for neither."""
        return self._codes.get

    def words(self, length: int, at_least: int = 1) -> Iterator[tuple[str, int]]:
        """Words of `length` characters that occur at least so often, with their frequencies."""
        frequencies = self._frequencies
        for word, code in self._codes.items():
            if len(word) == length and frequencies[code] >= at_least:
                yield word, frequencies[code]

    def prefixes(self, text: str, at: int) -> list[int]:
        """Ends of all words that begin at `at`, shortest first."""
        ends: list[int] = []
        codes = self._codes
        end = at
        while end < len(text):
            end += 1
            code = codes.get(text[at:end])
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
        find, logs, size = self._codes.get, self._logs, len(text)
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


def read_groups(lines: Iterable[str]) -> list[tuple[str, int, list[str]]]:
    """The groups of a word list: tag, frequency and words on each line; `#` begins a comment line."""
    groups: list[tuple[str, int, list[str]]] = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            tag, frequency, *members = line.split()
            groups.append((tag, int(frequency), members))
    return groups


def beginnings(words: Iterable[str]) -> list[str]:
    """All proper beginnings of `words`."""
    return list({word[:length] for word in words for length in range(1, len(word))})


@cache
def load() -> Lexicon:
    """The lexicon, read once a process."""
    folder = files(__package__)
    with folder.joinpath("words.txt.gz").open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as lines:
        general = read_groups(lines)
    modern = read_groups(folder.joinpath("modern.txt").read_text("utf-8").splitlines())
    raised = [group for group in modern if group[0] == RAISED]
    coined = [group for group in modern if group[0] != RAISED]
    started = (BEGINNING, 0, beginnings(word for _, _, members in coined for word in members))
    return Lexicon([started, *coined, *general, *raised])  # a word both lists know keeps the frequency that was counted
