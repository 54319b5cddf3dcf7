"""Ways into the lexicon from a part of a word: by its first character, by its first or last half, by one of its characters."""

from __future__ import annotations

from collections import Counter
from functools import cache
from importlib.resources import files

from convert.lexicon import Lexicon, load

SHORT_AT_LEAST = 1000
LONG_AT_LEAST = 3


class Index:
    """Built once a process from the lexicon (about a twentieth of a second)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._seconds: dict[str, list[tuple[int, str]]] = {}
        self._firsts: dict[str, list[tuple[int, str]]] = {}
        for word, frequency in lexicon.words(2, SHORT_AT_LEAST):
            self._seconds.setdefault(word[0], []).append((-frequency, word[1]))
            self._firsts.setdefault(word[1], []).append((-frequency, word[0]))
        self.endings = Counter(word[-1] for word, _ in lexicon.words(3))
        self.heads: dict[str, list[str]] = {}
        self.tails: dict[str, list[str]] = {}
        for word, _ in lexicon.words(4, LONG_AT_LEAST):
            self.heads.setdefault(word[:2], []).append(word)
            self.tails.setdefault(word[2:], []).append(word)

    def completions(self, first: str) -> list[str]:
        """Second characters of frequent words of two that begin with `first`, most frequent first."""
        return [second for _, second in sorted(self._seconds.get(first, ()))]


    def openings(self, second: str) -> list[str]:
        """First characters of frequent words of two that end in `second`, most frequent first."""
        return [first for _, first in sorted(self._firsts.get(second, ()))]


@cache
def index() -> Index:
    """The index of the shipped lexicon."""
    return Index(load())


@cache
def bound() -> dict[str, float]:
    """For each character of the lexicon the log-odds that it stands inside a word of two or more, not alone."""
    lines = files(__package__).joinpath("data/bound.txt").read_text("utf-8").splitlines()
    odds: dict[str, float] = {}
    for line in lines:
        if not line.startswith("#"):
            fifths, characters = line.split(" ")
            odds |= dict.fromkeys(characters, int(fifths) / 5)
    return odds
