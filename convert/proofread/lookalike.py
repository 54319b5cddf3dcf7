"""Characters misread for one that looks like them: 和诣 for 和谐, 三进人 for 三进入.

Where a character stands alone that seldom does, or four characters miss an idiom by one, each look-alike that makes a
word is weighed: what the lexicon says of the text with and without it, how alike the two look, how common the word is,
how often the issue and the archive write what stands there.  The weights are those of a conditional logit over
{leave it, candidate 1, candidate 2, …}, so that two good candidates share the probability instead of each claiming it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from convert.proofread import names, weights
from convert.proofread.evidence import DOUBTED, NO_DOUBT
from convert.proofread.index import index
from convert.proofread.lookalike_features import FEATURES, STRANGER, Candidate, weigh
from convert.proofread.page import Page, Passage, is_han
from convert.proofread.proposal import Proposal

RULE = "look-alike"
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
_GAIN, _FLUENCY = FEATURES.index("gain"), FEATURES.index("fluency")
_UNLIKELY = 0.39
"""Most confidence where the cut into words and the bigram model both read the text better as it stands (要把, not 耍把)."""
_READILY = 700
"""Occurrences alone from which a character is a word that needs no other: 企 is, 诣 (of 造诣) is not."""
_OFTEN = 100_000
"""Occurrences from which an adverb is taken to stand anywhere."""
_MOST = 14
"""Candidates weighed at a place, the most alike."""


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
    if chosen.features[_GAIN] < 0 and chosen.features[_FLUENCY] < 0:
        most, safe = _UNLIKELY, False
    if page.lexicon.tag(word) in _NAMES or names.listed(text, at) or _stands(page, passage, at, chosen):
        most, safe = _NAME, False
    return Proposal(passage.number, chosen.start, chosen.end, word, RULE, min(confidence, most), why, safe, most)


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
        weighed = weigh(page, passage, at, {c: options[c] for c in chosen[:_MOST]}, screen)
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
    alike = page.glyphs.alike(text[at])
    for other in [c for c in alike if c in behind or c in ahead or c in third]:
        likeness = alike[other]
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
        if heads:
            third, fourth = text[at + 2], text[at + 3]
            for word in heads:
                if (word[3] == fourth) != (word[2] == third):
                    yield from _near(page, text, at, 2 if word[3] == fourth else 3, word, words, word_at)
        if tails:
            first, second = text[at], text[at + 1]
            for word in tails:
                if (word[0] == first) != (word[1] == second):
                    yield from _near(page, text, at, 1 if word[0] == first else 0, word, words, word_at)


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
    yield place, word[off], likeness or STRANGER
