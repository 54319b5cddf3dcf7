"""One character read as two: 木目 for 相, 亻也 for 他.  Where the print is loose an engine takes the halves of a character apart.

Asked about where the bigram model of words reads the text much better with the one character.  Which characters have halves
that are characters is in data/halves.txt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from convert.lexicon import bigrams
from convert.proofread import names
from convert.proofread.page import Page, Passage
from convert.proofread.proposal import Proposal

RULE = "split"
RADICALS = frozenset("亻氵扌忄讠钅纟饣犭礻衤彳冫阝刂攵彡卩")
"""Forms of radicals: no text has them but by being taken apart."""
LEAST_GAIN, OF_WORDS, WRITTEN = 10.0, 12.0, 14.0
"""How much likelier (natural logarithm, bigram model) the text must be with the one character: where a half stands alone, where
the halves are a word or parts of two (女子|事, 老百|女生), and where the archive, or the issue elsewhere, writes the two.  Of
what clean news of 1.86 million characters writes the most is 9.3 (王元), of planted halves nine in ten reach 10.
"""
EVERYWHERE = 100_000
"""Frequency of a character (的, 和, 地) that an issue may have in halves many times."""
MOST = 0.85
_NEAR = 6


@cache
def halves() -> Mapping[str, str]:
    """By two halves the character they are of."""
    lines = files(__package__).joinpath("data/halves.txt").read_text("utf-8").splitlines()
    return {entry[1:]: entry[0] for line in lines if not line.startswith("#") for entry in line.split(" ")}


def split_characters(page: Page) -> Iterator[Proposal]:
    """Two halves where the one character makes a word.  Always asked, never applied."""
    known = halves()
    for passage in page.passages:
        text = passage.text
        for at in range(len(text) - 1):
            whole = known.get(text[at:at + 2])
            if whole and not passage.protected[at] and not passage.protected[at + 1]:
                confidence = _confidence(page, passage, at, whole)
                if confidence:
                    why = f"{text[at]} and {text[at + 1]} are the halves of {whole}."
                    yield Proposal(passage.number, at, at + 2, whole, RULE, confidence, why, safe=False)


def _confidence(page: Page, passage: Passage, at: int, whole: str) -> float:
    """How sure it is that the two are one; 0 where they may stand as they are."""
    text, two = passage.text, passage.text[at:at + 2]
    if not RADICALS.isdisjoint(two):
        return MOST
    if not names.NUMERALS.isdisjoint(two):
        return 0.0
    again = page.seen(two) > 1 and page.lexicon.frequency(whole) < EVERYWHERE
    least = WRITTEN if again or page.model.count(two) > 1 else OF_WORDS if _at_home(passage, at) else LEAST_GAIN
    around = bigrams.around(text[max(0, at - _NEAR):at], text[at + 2:at + 2 + _NEAR])
    gain = around.score(whole) - bigrams.load().score(around.left + two + around.right)
    return min(MOST, 0.6 + 0.04 * (gain - least)) if gain >= least else 0.0


def _at_home(passage: Passage, at: int) -> bool:
    """Whether the two make a word as they stand, or each is a part of a word of its own (时间|的确 is not 间|的)."""
    words, first, second = passage.words, passage.word_at[at], passage.word_at[at + 1]
    if first == second:
        return True
    return all(words[number][1] - words[number][0] > 1 for number in (first, second))
