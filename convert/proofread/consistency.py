"""The issue, and the archive, as their own authority: what is written one way often and another way once is asked about.

Nothing here is ever applied: the odd one may be the right one.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from convert.proofread import names
from convert.proofread.page import HAN_RUN, Page, Passage, is_han
from convert.proofread.proposal import Proposal

OFTEN = 4
"""How often the other form must be written, in the issue or the archive."""
ALIKE = 0.45
"""How alike the two characters must look."""

ELSEWHERE = 4
"""As many occurrences in the archive weigh as much as one in the issue: other issues speak of other things."""
FREE = 20_000
"""Characters more frequent alone than this (的, 中, 大) vary freely and are compared with nothing."""


def inconsistencies(page: Page) -> Iterator[Proposal]:
    """Three characters written once, that the issue writes at least four times with a look-alike in one place."""
    count = page.model.count
    for passage in page.passages:
        done = -1
        for at in range(len(passage.text) - 2):
            three = passage.text[at:at + 3]
            if page.seen(three) != 1 or at <= done or count(three) or not all(map(is_han, three)):
                continue
            found = _other_form(page, passage, at, three)
            if found:
                offset, other, times = found
                done = at + 2
                place = at + offset
                right = three[:offset] + other + three[offset + 1:]
                why = _said(right, page.seen(right), count(right), three)
                confidence = min(0.9, 0.35 + 0.1 * math.log2(times) + 0.2 * page.glyphs.likeness(three[offset], other))
                yield Proposal(passage.number, place, place + 1, other, "consistency", confidence, why, safe=False)


def _said(right: str, here: int, elsewhere: int, three: str) -> str:
    """Who writes it otherwise, and how often."""
    if not elsewhere:
        return f"The issue writes {right} {here} times, {three} once."
    return f"The issue and the archive write {right} {here + elsewhere} times, {three} once."


def _other_form(page: Page, passage: Passage, at: int, three: str) -> tuple[int, str, int] | None:
    lexicon = page.lexicon
    for offset, here in enumerate(three):
        start, end = passage.words[passage.word_at[at + offset]]
        if end - start > 1 or names.transliterated(passage.text, at + offset):
            continue
        if here in names.NUMERALS or lexicon.frequency(here) > FREE:
            continue
        for other in page.glyphs.near(here, ALIKE):
            form = three[:offset] + other + three[offset + 1:]
            times = page.seen(form) + page.model.count(form) // ELSEWHERE
            if times >= OFTEN and other not in names.NUMERALS and lexicon.frequency(other) <= FREE:
                pair = three[:2] if offset < 2 else three[1:]
                if pair not in lexicon and (offset != 1 or three[1:] not in lexicon):
                    return offset, other, times
    return None


def dropped_characters(page: Page) -> Iterator[Proposal]:
    """A character the page itself proves is missing: a term it prints whole elsewhere, here one short.

    Terms are four characters that occur at least four times; the place must be the only one where the remaining three stand
    without the fourth, and what is left of the word must be no word.
    """
    fours: Counter[str] = Counter()
    for passage in page.passages:
        for run in HAN_RUN.findall(passage.text):
            fours.update(map("".join, zip(run, run[1:], run[2:], run[3:], strict=False)))
    terms = [(four, times) for four, times in fours.items() if times >= OFTEN]
    heads = {four[1:]: (four, times) for four, times in terms if page.grams[four[1:]] == times + 1}
    tails = {four[:3]: (four, times) for four, times in terms if page.grams[four[:3]] == times + 1}
    for passage in page.passages:
        text = passage.text
        for at in range(len(text) - 2):
            three = text[at:at + 3]
            before, after = text[max(0, at - 1):at], text[at + 3:at + 4]
            if three in heads and is_han(before) and before != heads[three][0][0]:
                four, times = heads[three]
                if _orphan(page, passage, at, four[0] + three[0]):
                    yield _missing(passage, at, at + 1, four[0] + three[0], four, times)
            if three in tails and is_han(after) and after != tails[three][0][3]:
                four, times = tails[three]
                if _orphan(page, passage, at + 2, three[2] + four[3]):
                    yield _missing(passage, at + 2, at + 3, three[2] + four[3], four, times)


def _orphan(page: Page, passage: Passage, at: int, word: str) -> bool:
    """Whether the character stands alone where the whole word would stand."""
    start, end = passage.words[passage.word_at[at]]
    return end - start == 1 and word in page.lexicon and page.lexicon.frequency(passage.text[at]) < 30000


def _missing(passage: Passage, start: int, end: int, after: str, four: str, times: int) -> Proposal:
    why = f"The issue prints {four} {times} times."
    return Proposal(passage.number, start, end, after, "dropped", min(0.9, 0.45 + 0.05 * times), why, safe=False)
