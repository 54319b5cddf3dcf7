"""Characters misread for one that looks like them: 和诣 for 和谐, 三进人 for 三进入.

Where a character stands alone that seldom does, or four characters miss an idiom by one, each look-alike that makes a
word is weighed: what the lexicon says of the text with and without it, how alike the two look, how common the word is,
how often the issue and the archive write what stands there.  The weights are those of a conditional logit over
{leave it, candidate 1, candidate 2, …}, so that two good candidates share the probability instead of each claiming it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from convert.lexicon import Lexicon, bigrams
from convert.lexicon.around import Around
from convert.proofread import names, weights
from convert.proofread.evidence import DOUBTED, NO_DOUBT
from convert.proofread.index import bound, index
from convert.proofread.page import Page, Passage, is_han
from convert.proofread.proposal import Proposal

_WINDOW = 7
_STRANGER = 0.12
"""Likeness given to a pair that is not among each other's look-alikes."""
_TOO_COMMON = 300_000
"""Characters more frequent than this (的, 在, 了, 是) stand alone everywhere: nothing can be said of them."""
_ALIKE, _VERY_ALIKE = 0.4, 0.45
"""Least likeness of a change that may be applied without asking, unless the two are of one family: where it makes a word of three
or more, and where it makes one of two (晶前 may be 目前 and 日前).  A pair once misread counts 0.4."""
_NAMES = frozenset("rf")
_SURNAMES = frozenset("周吴郑赵孙钱冯陈蒋沈韩杨朱秦许吕张曹魏姜谢邹苏潘葛范彭鲁唐薛雷贺倪汤殷罗郝毛卞")
"""Characters that, before a place, are seldom anything but surnames: 周公 is a man."""
_NAME = 0.39
"""Most confidence in a name one character away from what stands there: 谭元寿 and 谭元春 are both people."""
_READILY = 700
"""Occurrences alone from which a character is a word that needs no other: 企 is, 诣 (of 造诣) is not."""
_OFTEN = 100_000
"""Occurrences from which an adverb is taken to stand anywhere."""
_HOPELESS = 2.0
"""Log-probability gained by the cut into words below which the bigram model is not asked besides."""
_SCREEN = -8.0
"""Score below which what the bigram model says never made a candidate likely enough to be asked about."""
_NEAR = 5
"""Characters on each side the bigram model reads."""
_MOST = 14
"""Candidates weighed at a place, the most alike."""


FEATURES = (
    "bias", "gain", "fluency", "likeness", "stranger", "kin", "three", "four", "word", "other", "support", "word-seen",
    "name-word", "archive-best", "archive-worst", "archive-three", "partner-alone", "partner-bound", "partner-function",
    "alone", "here", "bound", "seen", "seen-both", "seen-three", "singles", "transcribed", "surname", "introduced",
    "edge", "function", "archive", "archive-here-best", "archive-here-worst", "archive-here-three", "doubt",
)
"""What is weighed, in the order of a candidate's `features`; the names of data/weights.toml."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A character that may have stood at a place, the word it makes, and what speaks for it."""

    character: str
    start: int
    end: int
    features: tuple[float, ...]


def lookalikes(page: Page) -> Iterator[Proposal]:
    """The most probable reading of each suspicious place."""
    vector = weights.load("lookalike", FEATURES)
    for passage in page.passages:
        for at, candidates in sites(page, passage, vector):
            scores = [min(30.0, sum(map(float.__mul__, c.features, vector))) for c in candidates]
            best = max(range(len(scores)), key=scores.__getitem__)
            total = 1.0 + sum(map(math.exp, scores))
            confidence = math.exp(scores[best]) / total
            if confidence >= 0.01:
                yield _proposal(page, passage, at, candidates[best], confidence)


def _proposal(page: Page, passage: Passage, at: int, chosen: Candidate, confidence: float) -> Proposal:
    text = passage.text
    word, wrong = text[chosen.start:at] + chosen.character + text[at + 1:chosen.end], text[chosen.start:chosen.end]
    why = f"{word} is a word, {wrong} is none."
    likeness = page.glyphs.likeness(text[at], chosen.character)
    alike = page.glyphs.akin(text[at], chosen.character) or likeness >= (_ALIKE if len(word) > 2 else _VERY_ALIKE)
    again = page.attested(wrong[:3]) > 1 if is_han(wrong[0]) else False
    safe = alike and not again and not names.NUMERALS & {text[at], *word} and not names.transliterated(text, at)
    safe = safe and not _readily(page, passage, at, chosen) and text[max(0, chosen.start - 1):chosen.start] not in _SURNAMES
    safe = safe and (len(word) > 3 or page.lexicon.tag(word) not in names.FACTS) and not _adverb(page, text[at])
    most = 1.0
    if page.lexicon.tag(word) in _NAMES or names.listed(text, at) or _stands(page, passage, at, chosen):
        most, safe = _NAME, False
    return Proposal(passage.number, chosen.start, chosen.end, word, "look-alike", min(confidence, most), why, safe, most)


def _stands(page: Page, passage: Passage, at: int, chosen: Candidate) -> bool:
    """Whether the text is good Chinese as it stands, however common the word that was found: two characters that are words
    (我|问, not 我们; 社|企, not 社会), not known to be mixed up, where the engine was sure."""
    if chosen.end - chosen.start != 2 or passage.doubts.get(at, 0.0) > 0:
        return False
    text, frequency = passage.text, page.lexicon.frequency
    other = chosen.start if chosen.start != at else chosen.start + 1
    low, high = passage.words[passage.word_at[other]]
    if high - low != 1 or min(frequency(text[at]), frequency(text[other])) < _READILY:
        return False
    return not page.glyphs.akin(text[at], chosen.character)


def _adverb(page: Page, here: str) -> bool:
    """Whether the character is an adverb that may follow anything (干都在: 都 is not 部)."""
    return page.lexicon.tag(here) == "d" and page.lexicon.frequency(here) >= _OFTEN


def _readily(page: Page, passage: Passage, at: int, chosen: Candidate) -> bool:
    """Whether the character is a word of its own and so is what stands beside it: 周公|同, not 公司; 赴美|同, not 赴美国; 太|多,
    not 大多."""
    text, frequency = passage.text, page.lexicon.frequency
    if frequency(text[at]) < _READILY:
        return False
    if page.glyphs.akin(text[at], chosen.character):
        beside = chosen.start if chosen.start != at else chosen.start + 1
        return chosen.end - chosen.start == 2 and frequency(text[beside]) >= _OFTEN
    rest = text[chosen.start:at] + text[at + 1:chosen.end]
    other = chosen.start if chosen.start != at else chosen.start + 1
    low, high = passage.words[passage.word_at[other]]
    return high - low > 1 if len(rest) == 1 and frequency(rest) < _READILY else frequency(rest) > 0


def sites(page: Page, passage: Passage, screen: tuple[float, ...] = ()) -> Iterator[tuple[int, list[Candidate]]]:
    """Suspicious places of a passage with the candidates for each; those the weights `screen` find unlikely are not read with
    the bigram model."""
    text = passage.text
    found: dict[int, dict[str, float]] = {}
    for start, end in passage.words:
        if end - start != 1 or not is_han(text[start]):
            continue
        if page.lexicon.frequency(text[start]) > _TOO_COMMON:
            continue
        options = _short(page, passage, start)
        if options:
            found[start] = options
    for at, character, likeness in _idioms(page, passage):
        found.setdefault(at, {}).setdefault(character, likeness)
    for at in sorted(found):
        if passage.protected[at] or passage.doubts.get(at, NO_DOUBT) >= DOUBTED:
            continue  # a keep list covers it, or the engine doubted it and `misread` weighs it
        options = found[at]
        family = page.glyphs.family(text[at])
        chosen = sorted(options, key=lambda c: -options[c] - 0.3 * (c in family))
        weighed = _weigh(page, passage, at, {c: options[c] for c in chosen[:_MOST]}, screen)
        if weighed:
            yield at, weighed


def _short(page: Page, passage: Passage, at: int) -> dict[str, float]:
    """Look-alikes that make a word with their neighbours."""
    text = passage.text
    look = page.lexicon.find
    before, after = text[max(0, at - 1):at], text[at + 1:at + 2]
    if not is_han(before):
        before = ""
    if not is_han(after):
        after = ""
    two_before = text[max(0, at - 2):at] if before else ""
    third = index().third(two_before) if len(two_before) == 2 and look(two_before) is not None else frozenset()
    behind, ahead = index().after(before), index().before(after)
    two_after = text[at + 1:at + 3] if after and is_han(text[at + 2:at + 3]) else ""
    options: dict[str, float] = {}
    for other, likeness in page.glyphs.alike(text[at]).items():
        if other in behind:
            left = look(before + other)
            if left or (left == 0 and after and look(before + other + after)):
                options[other] = likeness
                continue
        if other in ahead:
            right = look(other + after)
            if right or (right == 0 and two_after and look(other + two_after)):
                options[other] = likeness
                continue
        if other in third and look(two_before + other):
            options[other] = likeness
    return options


def _idioms(page: Page, passage: Passage) -> Iterator[tuple[int, str, float]]:
    """Words of four characters that the text misses by one: place, character, likeness."""
    text, word_at, words, fours = passage.text, passage.word_at, passage.words, passage.fours
    for at in range(len(text) - 3):
        heads, tails = fours[at][0], fours[at + 2][1]
        if not (heads or tails):
            continue
        four = text[at:at + 4]
        for word in heads:
            off = 2 if word[3] == four[3] else 3 if word[2] == four[2] else 0
            if off and word != four:
                yield from _near(page, text, at, off, word, words, word_at)
        for word in tails:
            if (word[0] == four[0]) != (word[1] == four[1]):
                yield from _near(page, text, at, 1 if word[0] == four[0] else 0, word, words, word_at)


def _near(
    page: Page, text: str, at: int, off: int, word: str, words: list[tuple[int, int]], word_at: list[int]
) -> Iterator[tuple[int, str, float]]:
    place = at + off
    if not is_han(text[place]):
        return
    start, end = words[word_at[place]]
    if end - start >= 3 or (end - start == 2 and page.lexicon.frequency(text[start:end]) > 2000):
        return
    likeness = page.glyphs.likeness(text[place], word[off])
    yield place, word[off], likeness or _STRANGER


def _weigh(
    page: Page, passage: Passage, at: int, options: dict[str, float], screen: tuple[float, ...]
) -> list[Candidate]:
    text, lexicon = passage.text, page.lexicon
    low, high = max(0, at - _WINDOW), min(len(text), at + 1 + _WINDOW)
    left, right = text[low:at], text[at + 1:high]
    here = text[at]
    cuts = Around(lexicon, left, right)
    base, _, start, end = cuts.best(here)
    as_read = here, (left + here + right)[start:end], at - low - start
    company = Company(page.lexicon, left, right)
    before, after = text[max(0, at - 1):at], text[at + 1:at + 2]
    place = _place(page, passage, at)
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
        size = end - start
        gain = score - base
        features = (
            1.0,
            gain,
            gain,  # of the bigram model, where it is not asked
            math.log(likeness),
            float(likeness <= _STRANGER),
            float(page.glyphs.akin(here, other)),
            float(size == 3),
            float(size >= 4),
            math.log1p(frequency),
            math.log1p(lexicon.frequency(other)),
            math.log1p(support),
            math.log1p(page.seen(word[:3])),
            float(lexicon.tag(word) in tuple("rf")),
            *_archive(page, before, other, after),
            *_partner(page, passage, at, low + start, low + end),
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


_FUNCTION = frozenset("domq")
"""Tags of words that stand anywhere: adverbs, numerals, measure words, and the rest (prepositions, pronouns, particles)."""


def _partner(page: Page, passage: Passage, at: int, start: int, end: int) -> tuple[float, ...]:
    """For words of two: did the other character stand alone before, how bound is it, is it a function word."""
    if end - start != 2:
        return 0.0, 0.0, 0.0
    other = start if start != at else start + 1
    low, high = passage.words[passage.word_at[other]]
    character = passage.text[other]
    alone = high - low == 1
    return float(alone), bound().get(character, 0.0) * alone, float(alone and page.lexicon.tag(character) in _FUNCTION)


def _place(page: Page, passage: Passage, at: int) -> tuple[float, ...]:
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
    seen = max(0, page.seen(before + here) - 1)
    seen_right = max(0, page.seen(here + after) - 1)
    both = max(0, page.seen(before + here + after) - 1)
    doubt = passage.doubts.get(at)
    return (
        float(alone),
        math.log1p(lexicon.frequency(here)),
        bound().get(here, 0.0),
        math.log1p(max(seen, seen_right)),
        math.log1p(min(seen, seen_right)),
        math.log1p(both),
        float(singles),
        float(names.transliterated(text, at)),
        float(names.after_surname(text, at)),
        float(names.introduced(text, at)),
        float(not is_han(before)) + float(not is_han(after)),
        float(lexicon.tag(here) in _FUNCTION),
        float(bool(page.model)),
        *_archive(page, before, here, after),
        0.0 if doubt is None else doubt,
    )
