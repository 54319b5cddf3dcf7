"""A stray character inside a long word: 副理董事长 is 副理事长 with one character too many."""

from __future__ import annotations

from collections.abc import Iterator

from convert.lexicon import bigrams
from convert.proofread.index import bound
from convert.proofread.page import Page, Passage, is_han
from convert.proofread.proposal import Proposal

LEAST_GAIN, LEAST_LEFT = 18.0, 9.0
"""How much likelier (natural logarithm) the text must be without the character, by the bigram model and by the lexicon: both
bring about 8 for the word fewer.  So 20 places of 1.86 million characters of clean news are asked about, and 88 of 149 where
a character was put into a word of four; before the bigrams were asked 22 and 15."""
RULE, MOST = "extra", 0.8
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
            found = [(_orphaned(passage, at, at + out), out, word) for out, word in _readings(five, heads, tails)]
            split = any(orphaned for orphaned, _, _ in found)
            for orphaned, out, word in found:
                gain = _gain(page, passage, at, out) if orphaned or not split else 0.0
                if gain >= LEAST_GAIN or (orphaned and gain >= LEAST_LEFT):
                    confidence = min(MOST, 0.5 + 0.03 * max(0.0, gain - LEAST_GAIN))
                    why = f"Without {five[out]} this is {word}."
                    yield Proposal(passage.number, at, at + 5, word, RULE, confidence, why, safe=False)


def _readings(five: str, heads: tuple[str, ...], tails: tuple[str, ...]) -> list[tuple[int, str]]:
    """Which character to take out, and the word of those that begin or end so that this leaves."""
    found = [(out, five[:out] + five[out + 1:]) for out in (2, 3)] if heads else []
    found = [(out, word) for out, word in found if word in heads]
    if tails and five[0] + five[2:] in tails:
        found.append((1, five[0] + five[2:]))
    return found if found and len(set(five)) == 5 and all(map(is_han, five)) else []


def _gain(page: Page, passage: Passage, at: int, out: int) -> float:
    """Log-odds of the text without the character, by the bigram model; 0 where the issue writes it again, or the words say no."""
    text, place = passage.text, at + out
    low, high = max(0, at - _WINDOW), min(len(text), at + 5 + _WINDOW)
    left = page.lexicon.score(text[low:place] + text[place + 1:high]) - page.lexicon.score(text[low:high])
    if left < LEAST_LEFT or page.attested(text[place - 1:place + 2]) > 1:
        return 0.0
    around = bigrams.around(text[low:place], text[place + 1:high])
    return around.score("") - bigrams.load().score(around.left + text[place] + around.right)


def _orphaned(passage: Passage, at: int, place: int) -> bool:
    """Whether the character took a part of the word with it, so that one that belongs in words stands alone (副|理|董事长)."""
    start, end = passage.words[passage.word_at[place]]
    return end - start > 1 and any(
        end - start == 1 and bound().get(passage.text[start], 0.0) > 1.0
        for start, end in {passage.words[passage.word_at[place]] for place in range(at, at + 5)}
    )
