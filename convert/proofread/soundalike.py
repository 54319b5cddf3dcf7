"""Characters and words typed for others that sound the same: 即使 written 既使, 再接再厉 written 再接再励, 渡假 for 度假.

Input methods make such slips, and what they leave often is a word, so company decides: what the bigram model says of the text
with and without the change, what the lexicon says of its cut into words, how common both are, what the issue and the archive
write.  Weighed by a conditional logit like look-alikes; always asked about, never applied.  的, 得, 地 and pronouns are let be.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from convert.lexicon import bigrams
from convert.proofread import names, sounds, weights
from convert.proofread.doubled import ASKED_BY_FEW
from convert.proofread.evidence import DOUBTED, NO_DOUBT
from convert.proofread.index import bound, index
from convert.proofread.lookalike_features import FUNCTION
from convert.proofread.page import Page, Passage, is_han
from convert.proofread.proposal import Proposal

RULE = "sound-alike"
FEATURES = (
    "bias", "gain", "fluency", "whole", "three", "four", "word", "here-word", "here-alone", "here-bound", "look", "company",
    "here-company", "here-seen", "seen", "archive", "here-archive", "candidate-archive", "edge", "singles",
    "here-single", "function", "often", "transcribed", "surname", "introduced", "size", "here-seen-size", "seen-size",
)
"""What is weighed, in the order of a candidate's `features`; the names of data/weights.toml."""
LET_BE = frozenset("的得地他她它们了着过吗嘛吧呢啊呀哪那做作象像二两") | names.NUMERALS
"""Characters whose use is a matter of grammar or house style, or a fact; no sound decides there."""
_WINDOW = 5
_FLUENT = 2.0
"""Log-probability the text must gain to be weighed at all."""
_PAIRED = 1.5
"""How much likelier than by chance two words must stand together to be company."""
_OFTEN = 4
"""Occurrences in the issue and the archive from which a word is taken to be meant."""
_COMMON = 10.0
"""Logarithm of how often a character occurs that is a word of many uses."""
MOST = 0.85
"""Most confidence: what sounds alike is a question of meaning."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may have been meant for the text `start`..`end`, and what speaks for it."""

    start: int
    end: int
    after: str
    features: tuple[float, ...]


def soundalikes(page: Page) -> Iterator[Proposal]:
    """The most probable reading of each place where another of the same sound reads better."""
    vector = weights.load("soundalike", FEATURES)
    for passage in page.passages:
        for found in sites(page, passage):
            scores = [min(30.0, sum(map(float.__mul__, c.features, vector))) for c in found]
            best = max(range(len(scores)), key=scores.__getitem__)
            confidence = math.exp(scores[best]) / (1.0 + sum(map(math.exp, scores)))
            if confidence >= 0.02:
                yield _proposal(passage, found[best], confidence)


def _proposal(passage: Passage, chosen: Candidate, confidence: float) -> Proposal:
    start, end, after = chosen.start, chosen.end, chosen.after
    why = f"{after} sounds like {passage.text[start:end]} and reads better here."
    most = ASKED_BY_FEW if passage.doubts else MOST  # the engine was sure: what is printed reads so, and writers err less often
    return Proposal(passage.number, start, end, after, RULE, min(most, confidence), why, safe=False, most=most)


def sites(page: Page, passage: Passage) -> Iterator[list[Candidate]]:
    """Places with what may have been meant there."""
    text, words, doubts, protected = passage.text, passage.words, passage.doubts, passage.protected
    for number, (start, end) in enumerate(words):
        if not is_han(text[start]) or end - start > 2 or protected[start] or protected[end - 1]:
            continue
        if doubts and any(doubts.get(at, NO_DOUBT) >= DOUBTED for at in range(start, end)):
            continue  # what the engine doubted looks alike rather than sounds so: `misread` weighs it
        if end - start == 1:
            if text[start] in LET_BE or _at_home(passage, number):
                continue
            options = sorted(_single(text, start))
        elif page.attested(text[start:end]) > _OFTEN:
            continue
        else:
            options = _paired(passage, number)
        found = _weigh(page, passage, number, options) if options else []
        if found:
            yield found


def _single(text: str, at: int) -> set[str]:
    """Characters read like the one that makes no word here and that make one with a neighbour."""
    here = text[at]
    before, after = text[max(0, at - 1):at], text[at + 1:at + 2]
    found = set(sounds.behind[before + here]) if is_han(before) else set()
    if is_han(after):
        found.update(sounds.ahead[here + after])
    alike = sounds.characters[here]
    for first in range(max(0, at - 3), min(at, len(text) - 4) + 1):
        four, off = text[first:first + 4], at - first
        half, place = (index().tails[four[2:]], 1 - off) if off < 2 else (index().heads[four[:2]], 5 - off)
        found.update(word[off] for word in half if word[place] == four[place] and word[off] in alike)
    return found - LET_BE


def _at_home(passage: Passage, number: int) -> bool:
    """Whether a single character goes well with a word beside it."""
    start, end = passage.words[number]
    before, after = _beside(passage, number, -1), _beside(passage, number, 1)
    return _company(bigrams.load(), before, passage.text[start:end], after) > _PAIRED


def _paired(passage: Passage, number: int) -> list[str]:
    """Words read like one of two characters, if they go with a word beside it and it does not."""
    text, (start, end) = passage.text, passage.words[number]
    here, model = text[start:end], bigrams.load()
    before, after = _beside(passage, number, -1), _beside(passage, number, 1)
    if model.words[before] == model.words[after] == bigrams.EDGE or _company(model, before, here, after) > 0.0:
        return []
    return [
        other for other in sounds.words[here]
        if not any(a != b and (a in LET_BE or b in LET_BE) for a, b in zip(here, other, strict=True))
        and _company(model, before, other, after) > _PAIRED
    ]


def _beside(passage: Passage, number: int, step: int) -> str:
    other = number + step
    if not 0 <= other < len(passage.words):
        return ""
    start, end = passage.words[other]
    return passage.text[start:end] if is_han(passage.text[start]) else ""


def _company(model: bigrams.Bigrams, before: str, word: str, after: str) -> float:
    """How much likelier than by chance it stands beside one of its neighbours."""
    me = model.words[word]
    if me == bigrams.EDGE:
        return 0.0
    first = model.words[before] if before else bigrams.EDGE
    second = model.words[after] if after else bigrams.EDGE
    left = 0.0 if first == bigrams.EDGE else model.gained(first, me)
    right = 0.0 if second == bigrams.EDGE else model.gained(me, second)
    return max(left, right, 0.0)


def _weigh(page: Page, passage: Passage, number: int, options: list[str]) -> list[Candidate]:
    text, (start, end) = passage.text, passage.words[number]
    around = bigrams.around(text[max(0, start - _WINDOW):start], text[end:end + _WINDOW])
    as_read = around.score(text[start:end])
    gained = [(other, fluency) for other in options if (fluency := around.score(other) - as_read) >= _FLUENT]
    if not gained:
        return []
    beside = _beside(passage, number, -1), _beside(passage, number, 1)
    found = [_one(page, passage, number, (around.left, around.right), beside, other, fluency) for other, fluency in gained]
    return [candidate for candidate in found if candidate is not None]


def _one(
    page: Page, passage: Passage, number: int, sides: tuple[str, str], beside: tuple[str, str], other: str, fluency: float
) -> Candidate | None:
    """What speaks for `other` where the word of that number stands; None where it makes no word.

    `sides` is the Han text on either side that is looked at, `beside` the words on either side.
    """
    left, right = sides
    text, lexicon, model, (start, end) = passage.text, page.lexicon, bigrams.load(), passage.words[number]
    low, here = start - len(left), text[start:end]
    score, cut = lexicon.best(left + other + right)
    first, last = next(pair for pair in cut if pair[0] <= start - low < pair[1])
    size = last - first
    if size < 2 or (len(other) == 2 and last < end - low):
        return None
    word = (left + other + right)[first:last]
    before, after = text[max(0, start - 1):start], text[end:end + 1]
    single, large, common = len(here) == 1, math.log1p(page.characters / 10_000), math.log1p(lexicon.frequency(here))
    written = max(page.seen(before + here), page.seen(here + after)) if single else page.seen(here)
    here_seen, seen = math.log1p(max(0, written - 1)), math.log1p(page.seen(word[:3]))
    return Candidate(start, end, other, (
        1.0, score - lexicon.score(left + here + right), fluency, float(len(other) == 2), float(size == 3), float(size >= 4),
        math.log1p(lexicon.frequency(word)), common, float(single),
        bound().get(here, 0.0) if single else 0.0,
        max(page.glyphs.likeness(a, b) for a, b in zip(here, other, strict=True) if a != b),
        _company(model, beside[0], word, beside[1]) if len(other) == 2 else 0.0,
        _company(model, beside[0], here, beside[1]),
        here_seen,
        seen,
        float(bool(page.model)),
        math.log1p(page.model.count(here if len(here) == 2 else before + here)) if page.model else 0.0,
        math.log1p(page.model.count(word[:3])) if page.model else 0.0,
        float(not before or not is_han(before)) + float(not after or not is_han(after)),
        float(_alone(passage, number - 1)) + float(_alone(passage, number + 1)),
        common * single,
        float(single and lexicon.tag(here) in FUNCTION),
        max(0.0, common - _COMMON) * single,
        float(names.transliterated(text, start)),
        float(names.after_surname(text, start)),
        float(names.introduced(text, start)),
        large,
        here_seen * large,
        seen * large,
    ))


def _alone(passage: Passage, number: int) -> bool:
    """Whether the word of that number is a single Han character that seldom stands alone."""
    if not 0 <= number < len(passage.words):
        return False
    start, end = passage.words[number]
    return end - start == 1 and is_han(passage.text[start]) and passage.lexicon.frequency(passage.text[start]) < 20_000
