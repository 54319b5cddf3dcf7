"""The issue, and the archive, as their own authority: what is written one way often and another way once is asked about.

Three characters with one that differs: a term, a firm, a place; names of people are compared in `people`.  Nothing here is
ever applied: the odd one may be the right one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from convert.proofread import kinship, names
from convert.proofread.model import Model
from convert.proofread.page import Page, Passage, is_han
from convert.proofread.particles import PARTICLES
from convert.proofread.people import Known, said
from convert.proofread.proposal import Proposal
from convert.proofread.terms import whole

RULE = "consistency"
OFTEN = 4
"""How often the other form must be written, in the issue or the archive."""
ELSEWHERE = 2
"""So many occurrences in the archive weigh as much as one in the issue: other issues speak of other things."""
FREE = 20_000
"""Characters more frequent alone than this (的, 中, 大) vary freely and are compared with nothing."""


@lru_cache(maxsize=2)
def archived(model: Model) -> Known:
    """What an archive writes often enough, found once for all its issues."""
    return Known(gram for gram in model.written() if len(gram) == 3 and model.count(gram) >= OFTEN * ELSEWHERE)


def inconsistencies(page: Page) -> Iterator[Proposal]:
    """Three characters written once, that the issue writes at least four times with one that may stand for another."""
    count, known = page.model.count, [Known(g for g, times in page.grams.items() if times >= OFTEN and len(g) == 3)]
    if page.model:
        known.append(archived(page.model.whole))
    for passage in page.passages:
        text, done = passage.text, -1
        for at in whole(passage.words, 3):
            three = text[at:at + 3]
            if at <= done or page.seen(three) != 1 or count(three) or not PARTICLES.isdisjoint(three):
                continue
            if three[:2] in page.lexicon or three[1:] in page.lexicon:  # before 政府 and behind 记者 all may stand
                pairs = known[0].near(three)
                near = [(offset, other) for offset, other in pairs if kinship.outlines(page.glyphs, three[offset], other[offset])]
            else:
                near = [pair for group in known for pair in group.near(three)]
            found = _other_form(page, passage, at, three, near)
            if found:
                offset, right = found
                place, done = at + offset, at + 2
                here, elsewhere = page.seen(right), count(right)
                likeness = page.glyphs.likeness(three[offset], right[offset])
                confidence = min(0.9, 0.35 + 0.1 * math.log2(here + elsewhere // ELSEWHERE) + 0.2 * likeness)
                why = said(right, here, elsewhere, three)
                yield Proposal(passage.number, place, place + 1, right[offset], RULE, confidence, why, safe=False)


def _other_form(page: Page, passage: Passage, at: int, three: str, found: list[tuple[int, str]]) -> tuple[int, str] | None:
    """Of what is written often with one character changed, the most frequent that may be meant."""
    best: tuple[int, int, str] | None = None
    for offset, other in found if all(map(is_han, three)) else ():
        times = page.seen(other) + page.model.count(other) // ELSEWHERE
        if times >= OFTEN and _may_vary(page, passage, at + offset) and _comparable(page, three, other, offset):
            best = max(best or (0, 0, ""), (times, offset, other))
    return best[1:] if best else None


def _may_vary(page: Page, passage: Passage, at: int) -> bool:
    """Whether the character stands alone and is none that varies freely."""
    start, end = passage.words[passage.word_at[at]]
    return end - start == 1 and not names.transliterated(passage.text, at) and _fixed(page, passage.text[at])


def _fixed(page: Page, character: str) -> bool:
    return character not in names.NUMERALS and page.lexicon.frequency(character) <= FREE


def _comparable(page: Page, three: str, other: str, offset: int) -> bool:
    """Whether the two differ as a slip does."""
    return _fixed(page, other[offset]) and kinship.akin(page.glyphs, three[offset], other[offset])
