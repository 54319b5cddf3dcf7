"""Ways into the lexicon from a part of a word: by its first character, by its first or last half, by one of its characters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, cached_property
from importlib.resources import files

from convert.lexicon import Lexicon, load, mapped
from convert.lexicon.packed import Packed
from convert.memo import Memo

SHORT_AT_LEAST = 1000
HALVES = 60_000
"""Halves of words remembered."""


def _words(find: Callable[[str], list[str]]) -> Memo[str, tuple[str, ...]]:
    """Words of four characters by one of their halves."""
    return Memo(lambda half: tuple(sorted(find(half))) if len(half) == 2 else (), HALVES)


class Index:
    """Ways into the lexicon; nothing is built before it is asked for."""

    def __init__(self, lexicon: Lexicon, packed: Packed) -> None:
        self._lexicon, self._packed = lexicon, packed
        self.heads, self.tails = _words(packed.fours), _words(packed.ending)
        self._completions: dict[str, list[str]] = {}

    @cached_property
    def endings(self) -> Mapping[str, int]:
        """By character how many words of three end in it."""
        return self._packed.endings

    def after(self, first: str) -> str:
        """Characters that stand behind `first` where a word begins."""
        return self._packed.followers.get(first, "")

    def before(self, second: str) -> str:
        """Characters that stand before `second` where a word begins."""
        return self._packed.precursors.get(second, "")

    def third(self, beginning: str) -> frozenset[str]:
        """Characters that stand behind two that begin a word."""
        return frozenset(word[2] for word in self._packed.longer(beginning) if len(word) > 2)

    def completions(self, first: str) -> list[str]:
        """Second characters of frequent words of two that begin with `first`, most frequent first."""
        if first not in self._completions:
            self._completions[first] = self._frequent({other: first + other for other in self.after(first)})
        return self._completions[first]

    def _frequent(self, words: Mapping[str, str]) -> list[str]:
        ranked = sorted((-self._lexicon.frequency(word), other) for other, word in words.items())
        return [other for frequency, other in ranked if -frequency >= SHORT_AT_LEAST]


@cache
def index() -> Index:
    """The index of the shipped lexicon."""
    return Index(load(), mapped())


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
