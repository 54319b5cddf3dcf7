"""What may have been printed where an engine doubted a character, and what speaks for each: features of the rule `misread`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from convert.lexicon import bigrams
from convert.lexicon.around import Around
from convert.proofread import context, names, outlines
from convert.proofread.evidence import DOUBTED, NO_DOUBT
from convert.proofread.index import bound, index
from convert.proofread.page import Page, Passage, is_han
from convert.proofread.readings import invented, readings

MOST = 8
"""Candidates weighed at a place."""
OFTENEST = 3
"""Of what was printed where Tesseract read the character, the most frequent ones are weighed even where they make no word."""
AT_LEAST = 20
"""Occurrences per 60 million from which a word of two is offered."""
UNLIKE = 2.5
"""Doubt from which what looks nothing like it is offered where it makes a word of three."""
_WINDOW = 6
_COMMON = 20_000
"""Characters more frequent than this stand alone everywhere."""
PLACE = (
    "bias", "doubt", "here-alone", "here-frequency", "here-word", "here-bound", "here-misread", "singles",
    "here-seen", "here-seen-both", "here-seen-three", "here-archive", "here-archive-both", "here-archive-three", "archive",
    "size", "name", "edge", "near", "odd", "odd-page", "doubted", "doubted-page", "here-seen-size", "here-seen-both-size",
    "here-seen-three-size",
)
CANDIDATE = (
    "candidate", "candidate-doubt", "candidate-name", "candidate-near", "candidate-archive", "candidate-size", "gain",
    "likeness", "alike", "misread", "share", "frequency", "two", "three", "four", "word", "bound", "seen", "seen-both",
    "seen-three", "archive-seen", "archive-both", "archive-three", "split", "fluency", "seen-size", "seen-both-size",
    "seen-three-size", "out", "out-doubt", "out-invented", "out-gain", "out-seen", "out-archive", "out-word", "out-fluency",
)
FEATURES = PLACE + CANDIDATE
"""Names of the weights: of what the place says for any candidate, then of what speaks for one."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What may have been printed at a place ("" for nothing), the word it makes there, and what speaks for it."""

    character: str
    start: int
    end: int
    features: tuple[float, ...]


class Gap:
    """One doubted character with its surroundings."""

    def __init__(self, page: Page, passage: Passage, at: int, doubt: float) -> None:
        text = passage.text
        self.page, self.text, self.at, self.here, self.doubt = page, text, at, text[at], doubt
        self.worn = *page.wear.near(passage, at), *page.wear.doubts(passage, at)
        self.near = float(sum(passage.doubts.get(at + step, NO_DOUBT) >= DOUBTED for step in (-2, -1, 1, 2)))
        self.name = float(names.transliterated(text, at)) + float(names.after_surname(text, at))
        self.low = max(0, at - _WINDOW)
        self.left, self.right = text[self.low:at], text[at + 1:at + 1 + _WINDOW]
        self.score, self.cut = page.lexicon.best(self.left + self.here + self.right)
        self.threes = [(text[n:at], text[at + 1:n + 3]) for n in range(max(0, at - 2), min(at, len(text) - 3) + 1)]
        self.size_of_archive = math.log1p(page.model.characters / 10_000) if page.model else 0.0
        self.size = math.log1p(page.characters / 10_000)

    def place(self) -> tuple[float, ...]:
        """What the place itself says, whatever was printed there."""
        lexicon, here, at = self.page.lexicon, self.here, self.at
        number, (start, end) = next((n, pair) for n, pair in enumerate(self.cut) if pair[0] <= at - self.low < pair[1])
        word = (self.left + here + self.right)[start:end]
        alone = end - start == 1
        seen = self._written(here, self.page.seen, 1)
        return (
            1.0, self.doubt, float(alone), math.log1p(lexicon.frequency(here)),
            0.0 if alone else math.log1p(lexicon.frequency(word)), bound().get(here, 0.0) * alone,
            math.log1p(sum(readings().get(here, {}).values())), float(self._singles(number)),
            *seen, *self._archived(here), self.size_of_archive, self.size, self.name,
            float(not is_han(self.text[max(0, at - 1):at])) + float(not is_han(self.text[at + 1:at + 2])), self.near,
            *self.worn, *(times * self.size for times in seen),
        )

    def candidates(self) -> tuple[Weighed, ...]:
        """What fits the gap, the likeliest at first sight before the others, then nothing."""
        chosen = [self._one(other) for other in self._options()]
        if self.here in invented():
            chosen.append(self._none())
        return tuple(chosen)

    def _options(self) -> list[str]:
        page, text, at, here = self.page, self.text, self.at, self.here
        alike, table = page.glyphs.alike(here), readings().get(here, {})
        attested = page.threes.around(text, at)
        if page.model:
            attested |= context.archived(page.model.whole).around(text, at)
        long = context.longer(page.lexicon, index(), text, at, alike if self.doubt < UNLIKE else None)
        fitting = context.pairs(page.lexicon, index(), text, at, AT_LEAST, alike) | long | attested

        def rank(other: str) -> float:
            return (
                4.0 * alike.get(other, 0.0) + math.log1p(table.get(other, 0)) + 2.0 * (other in long)
                + 2.0 * (other in attested) + 0.15 * math.log1p(page.lexicon.frequency(other))
            )

        numeral = here in names.NUMERALS
        ranked = sorted((-rank(c), c) for c in fitting if c != here and is_han(c) and not (numeral and c in names.NUMERALS))
        chosen = [other for _, other in ranked[:MOST]]
        return chosen + [c for c in list(table)[:OFTENEST] if c not in chosen]

    @cached_property
    def _cuts(self) -> Around:
        """The cuts into words of both sides."""
        return Around(self.page.lexicon, self.left, self.right)

    @cached_property
    def _around(self) -> bigrams.Around:
        """The Han characters on both sides, read with the bigram model."""
        return bigrams.around(self.left, self.right)

    @cached_property
    def _as_read(self) -> float:
        start, end = next(pair for pair in self.cut if pair[0] <= self.at - self.low < pair[1])
        return self._reading(self.here, (self.left + self.here + self.right)[start:end], start)

    def _reading(self, other: str, word: str, start: int) -> float:
        """Log-probability, with the bigram model, of the text in which it is a part of the word that begins at `start`."""
        if not self.page.lexicon.phrase(word):
            return self._around.score(other)
        return self._around.reading(other, word, self.at - self.low - start, self.page.lexicon.log(word))

    def _common(self) -> tuple[float, ...]:
        return 1.0, self.doubt, self.name, self.near, self.size_of_archive, self.size

    def _one(self, other: str) -> Weighed:
        lexicon, table = self.page.lexicon, readings().get(self.here, {})
        score, words, start, end = self._cuts.best(other)
        word = (self.left + other + self.right)[start:end]
        seen = self._written(other, self.page.seen, 0)
        size, likeness, times = end - start, outlines.load().likeness(self.here, other), table.get(other, 0)
        return Weighed(other, self.low + start, self.low + end, (
            *self._common(), score - self.score, likeness, max(0.0, likeness - 0.4), math.log1p(times),
            times / (3.0 + sum(table.values())), math.log1p(lexicon.frequency(other)),
            float(size == 2), float(size == 3), float(size >= 4), math.log1p(lexicon.frequency(word)) * (size > 1),
            bound().get(other, 0.0) * (size == 1), *seen, *self._archived(other),
            float(words - len(self.cut)), self._reading(other, word, start) - self._as_read,
            *(times * self.size for times in seen), *[0.0] * 8,
        ))

    def _none(self) -> Weighed:
        page, text, at = self.page, self.text, self.at
        score, cut = page.lexicon.best(self.left + self.right)
        seam = at - self.low
        across = any(start < seam < end for start, end in cut)
        pair = text[max(0, at - 1):at] + text[at + 1:at + 2]
        return Weighed("", at, at + 1, (
            *[0.0] * (len(CANDIDATE) - 8), 1.0, self.doubt, math.log1p(invented()[self.here]), score - self.score,
            math.log1p(page.seen(pair)), math.log1p(page.model.count(pair)) if page.model else 0.0, float(across),
            self._around.score("") - self._as_read,
        ))

    def _written(self, character: str, count: Callable[[str], int], own: int) -> tuple[float, float, float]:
        """How often the better and the worse pair and the best three with it are written, `own` times of them here."""
        one, two = self.text[max(0, self.at - 1):self.at], self.text[self.at + 1:self.at + 2]
        before, after = count(one + character) - own * is_han(one), count(character + two) - own * is_han(two)
        three = max((count(a + character + b) - own for a, b in self.threes), default=0)
        return math.log1p(max(0, before, after)), math.log1p(max(0, min(before, after))), math.log1p(max(0, three))

    def _archived(self, character: str) -> tuple[float, float, float]:
        return self._written(character, self.page.model.count, 0) if self.page.model else (0.0, 0.0, 0.0)

    def _singles(self, number: int) -> int:
        """How many characters that seldom stand alone do so beside it."""
        text, frequency, found = self.left + self.here + self.right, self.page.lexicon.frequency, 0
        for step in (-1, 1):
            other = number + step
            while 0 <= other < len(self.cut):
                start, end = self.cut[other]
                if end - start > 1 or not is_han(text[start]) or frequency(text[start]) > _COMMON:
                    break
                found, other = found + 1, other + step
        return found
