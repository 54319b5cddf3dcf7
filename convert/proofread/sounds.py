"""Which characters and words sound alike: syllables from Unihan, tones left out (data/syllables.txt)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from convert.lexicon import load
from convert.memo import Memo
from convert.proofread.index import index

AT_LEAST = 60
"""Occurrences per 60 million from which a word is offered for another that sounds like it."""


@cache
def _syllables() -> tuple[Mapping[str, frozenset[str]], Mapping[str, tuple[str, ...]]]:
    """Characters by syllable, and syllables by character."""
    by_sound: dict[str, frozenset[str]] = {}
    sounds: dict[str, list[str]] = {}
    for line in files(__package__).joinpath("data/syllables.txt").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            sound, characters = line.split(" ")
            by_sound[sound] = frozenset(characters)
            for character in characters:
                sounds.setdefault(character, []).append(sound)
    return by_sound, {character: tuple(found) for character, found in sounds.items()}


def _alike(character: str) -> frozenset[str]:
    by_sound, sounds = _syllables()
    return frozenset().union(*(by_sound[sound] for sound in sounds.get(character, ()))) - {character}


characters: Memo[str, frozenset[str]] = Memo(_alike, 10_000)
"""By a character those that are read like it, in any of its readings."""


def _behind(pair: str) -> tuple[str, ...]:
    before, here = pair[0], pair[1]
    alike, frequency = characters[here], load().frequency
    return tuple(other for other in index().after(before) if other in alike and frequency(before + other) >= AT_LEAST)


def _ahead(pair: str) -> tuple[str, ...]:
    here, after = pair[0], pair[1]
    alike, frequency = characters[here], load().frequency
    return tuple(other for other in index().before(after) if other in alike and frequency(other + after) >= AT_LEAST)


_followers: Memo[str, frozenset[str]] = Memo(lambda character: frozenset(index().after(character)), 10_000)


def _words(word: str) -> tuple[str, ...]:
    first, second = word[0], word[1]
    seconds, frequency = characters[second] | {second}, load().frequency
    found = (one + other for one in characters[first] | {first} for other in seconds & _followers[one])
    return tuple(sorted(other for other in found if other != word and frequency(other) >= AT_LEAST))


behind: Memo[str, tuple[str, ...]] = Memo(_behind)
"""By two characters what sounds like the second and makes a word with the first."""
ahead: Memo[str, tuple[str, ...]] = Memo(_ahead)
"""By two characters what sounds like the first and makes a word with the second."""
words: Memo[str, tuple[str, ...]] = Memo(_words, 20_000)
"""By a word of two the others that sound like it."""
