"""What speaks for a look-alike: features of the rule `look-alike`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from convert.lexicon import Lexicon, bigrams
from convert.lexicon.around import Around
from convert.proofread import names, outlines
from convert.proofread.index import bound
from convert.proofread.page import Page, Passage, is_han
from convert.proofread.readings import readings

STRANGER = 0.12
"""Likeness given to a pair that is not among each other's look-alikes."""
_WINDOW = 7
_HOPELESS = 2.0
"""Log-probability gained by the cut into words below which the bigram model is not asked besides."""
_SCREEN = -8.0
"""Score below which what the bigram model says never made a candidate likely enough to be asked about."""
_NAMES = frozenset("rf")
_SEEN = 3
"""Where among what the place says stands whether the issue writes it again."""
_NEAR = 5
"""Characters on each side the bigram model reads."""


FEATURES = (
    "bias", "gain", "fluency", "likeness", "stranger", "kin", "three", "four", "word", "other", "support", "word-seen",
    "name-word", "archive-best", "archive-worst", "archive-three", "partner-alone", "partner-bound", "partner-function",
    "times", "share", "outline", "other-bound", "support-size", "word-seen-size", "known", "known-only",
    "alone", "here", "bound", "seen", "seen-both", "seen-three", "singles", "transcribed", "surname", "introduced",
    "edge", "function", "archive", "archive-here-best", "archive-here-worst", "archive-here-three", "doubt",
    "odd", "odd-page", "size", "seen-size", "seen-both-size", "seen-three-size",
)
"""What is weighed, in the order of a candidate's `features`; the names of data/weights.toml.  `known`: the issue writes the word
elsewhere, where the first witness says more than each further one; `known-only`: and never again what stands here."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A character that may have stood at a place, the word it makes, and what speaks for it."""

    character: str
    start: int
    end: int
    features: tuple[float, ...]


def weigh(
    page: Page, passage: Passage, at: int, options: dict[str, float], screen: tuple[float, ...]
) -> list[Candidate]:
    """The features of each of the characters `options` (with their likeness) that makes a word at the place; those the weights
    `screen` find unlikely are not read with the bigram model."""
    text, lexicon = passage.text, page.lexicon
    low, high = max(0, at - _WINDOW), min(len(text), at + 1 + _WINDOW)
    left, right = text[low:at], text[at + 1:high]
    here = text[at]
    cuts = Around(lexicon, left, right)
    base, _, start, end = cuts.best(here)
    as_read = here, (left + here + right)[start:end], at - low - start
    company = Company(page.lexicon, left, right)
    before, after = text[max(0, at - 1):at], text[at + 1:at + 2]
    size = math.log1p(page.characters / 10_000)
    place = _place(page, passage, at, size)
    written = place[_SEEN] > 0
    table, likenesses = readings().get(here, {}), outlines.load()
    ever = 3.0 + sum(table.values())
    out: list[Candidate] = []
    for other, likeness in options.items():
        if here in names.NUMERALS and other in names.NUMERALS:
            continue  # 一 for 二 is a matter of fact
        score, _, start, end = cuts.best(other)
        if end - start < 2:
            continue
        word = (left + other + right)[start:end]
        frequency = lexicon.frequency(word)
        support = page.seen(before + other) + page.seen(other + after)
        length, gain = end - start, score - base
        supported, known, times = math.log1p(support), math.log1p(page.seen(word[:3])), table.get(other, 0)
        features = (
            1.0,
            gain,
            gain,  # of the bigram model, where it is not asked
            math.log(likeness),
            float(likeness <= STRANGER),
            float(page.glyphs.akin(here, other)),
            float(length == 3),
            float(length >= 4),
            math.log1p(frequency),
            math.log1p(lexicon.frequency(other)),
            supported,
            known,
            float(lexicon.tag(word) in _NAMES),
            *_archive(page, before, other, after),
            *_partner(page, passage, at, low + start, low + end),
            math.log1p(times),
            times / ever,
            likenesses.likeness(here, other),
            bound().get(other, 0.0),
            supported * size,
            known * size,
            float(known > 0),
            float(known > 0 and not written),
            *place,
        )
        if gain > _HOPELESS and (not screen or sum(map(float.__mul__, features, screen)) > _SCREEN):
            features = (1.0, gain, company.reading(other, word, at - low - start) - company.reading(*as_read), *features[3:])
        out.append(Candidate(other, low + start, low + end, features))
    return out


class Company:
    """How readily a text reads, by the bigram model; nothing is read before it is asked."""

    def __init__(self, lexicon: Lexicon, left: str, right: str) -> None:
        self._lexicon, self._left, self._right = lexicon, left, right

    def reading(self, character: str, word: str, taken: int) -> float:
        """Log-probability with the character, which stands in that word, `taken` characters behind its beginning."""
        lexicon = self._lexicon
        if not lexicon.phrase(word):
            return self._around.score(character)
        return self._around.reading(character, word, taken, lexicon.log(word))

    @cached_property
    def _around(self) -> bigrams.Around:
        return bigrams.around(self._left[-_NEAR:], self._right[:_NEAR])


def _archive(page: Page, before: str, character: str, after: str) -> tuple[float, float, float]:
    """What the archive says of a character between its neighbours: the better and the worse pair, and all three."""
    if not page.model:
        return 0.0, 0.0, 0.0
    left, right = page.model.count(before + character), page.model.count(character + after)
    return math.log1p(max(left, right)), math.log1p(min(left, right)), math.log1p(page.model.count(before + character + after))


FUNCTION = frozenset("domq")
"""Tags of words that stand anywhere: adverbs, numerals, measure words, and the rest (prepositions, pronouns, particles)."""


def _partner(page: Page, passage: Passage, at: int, start: int, end: int) -> tuple[float, ...]:
    """For words of two: did the other character stand alone before, how bound is it, is it a function word."""
    if end - start != 2:
        return 0.0, 0.0, 0.0
    other = start if start != at else start + 1
    low, high = passage.words[passage.word_at[other]]
    character = passage.text[other]
    alone = high - low == 1
    return float(alone), bound().get(character, 0.0) * alone, float(alone and page.lexicon.tag(character) in FUNCTION)


def _place(page: Page, passage: Passage, at: int, size: float) -> tuple[float, ...]:
    """What the place itself says, the same for every candidate."""
    text, lexicon, words = passage.text, page.lexicon, passage.words
    here, before, after = text[at], text[max(0, at - 1):at], text[at + 1:at + 2]
    number = passage.word_at[at]
    alone = words[number][1] - words[number][0] == 1
    singles = 0
    for step in (-1, 1):
        other = number + step
        while 0 <= other < len(words) and singles < 6:
            start, end = words[other]
            if end - start > 1 or not is_han(text[start]) or lexicon.frequency(text[start]) > 20000:
                break
            singles += 1
            other += step
    left, right = max(0, page.seen(before + here) - 1), max(0, page.seen(here + after) - 1)
    seen, both = math.log1p(max(left, right)), math.log1p(min(left, right))
    three = math.log1p(max(0, page.seen(before + here + after) - 1))
    doubt = passage.doubts.get(at)
    return (
        float(alone),
        math.log1p(lexicon.frequency(here)),
        bound().get(here, 0.0),
        seen,
        both,
        three,
        float(singles),
        float(names.transliterated(text, at)),
        float(names.after_surname(text, at)),
        float(names.introduced(text, at)),
        float(not is_han(before)) + float(not is_han(after)),
        float(lexicon.tag(here) in FUNCTION),
        float(bool(page.model)),
        *_archive(page, before, here, after),
        0.0 if doubt is None else doubt,
        *page.wear.near(passage, at),
        size,
        seen * size,
        both * size,
        three * size,
    )
