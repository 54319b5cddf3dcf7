"""A stray character inside a long word: 副理董事长 is 副理事长 with one character too many."""

from __future__ import annotations

import math
from collections.abc import Iterator

from convert.proofread.index import bound
from convert.proofread.page import Page, Passage, is_han
from convert.proofread.proposal import Proposal

LEAST_GAIN = 9.0
"""How much likelier (natural logarithm) the text must be without the character.  Fewer words are always likelier, by about 8."""
_WINDOW = 7


def extra_characters(page: Page) -> Iterator[Proposal]:
    """Five characters that are a word of four when one of the middle ones is taken out.  Always asked, never applied."""
    for passage in page.passages:
        text, fours = passage.text, passage.fours
        for at in range(len(text) - 4):
            heads, tails = fours[at][0], fours[at + 3][1]
            if not (heads or tails):
                continue
            five = text[at:at + 5]
            for out, word in _readings(five, heads, tails):
                gain = _gain(page, passage, at, out)
                if gain >= LEAST_GAIN:
                    confidence = min(0.8, 0.35 + 0.05 * (gain - LEAST_GAIN))
                    why = f"Without {five[out]} this is {word}."
                    yield Proposal(passage.number, at, at + 5, word, "extra", confidence, why, safe=False)


def _readings(five: str, heads: tuple[str, ...], tails: tuple[str, ...]) -> list[tuple[int, str]]:
    """Which character to take out, and the word of those that begin or end so that this leaves."""
    found = [(out, five[:out] + five[out + 1:]) for out in (2, 3)] if heads else []
    found = [(out, word) for out, word in found if word in heads]
    if tails and five[0] + five[2:] in tails:
        found.append((1, five[0] + five[2:]))
    return found if found and len(set(five)) == 5 and all(map(is_han, five)) else []


def _orphaned(passage: Passage, at: int) -> bool:
    """Whether a character that belongs in words is left standing alone, as 理 in 副|理|董事长."""
    return any(
        end - start == 1 and bound().get(passage.text[start], 0.0) > 1.0
        for start, end in {passage.words[passage.word_at[place]] for place in range(at, at + 5)}
    )


def _gain(page: Page, passage: Passage, at: int, out: int) -> float:
    """Log-odds of the text without the character, less what any lost word would bring."""
    text, place = passage.text, at + out
    start, end = passage.words[passage.word_at[place]]
    if end - start == 1 or page.seen(text[place - 1:place + 2]) > 1 or not _orphaned(passage, at):
        return -math.inf
    low, high = max(0, at - _WINDOW), min(len(text), at + 5 + _WINDOW)
    return page.lexicon.score(text[low:place] + text[place + 1:high]) - page.lexicon.score(text[low:high])
