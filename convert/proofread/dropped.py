"""Characters the issue itself proves are missing: a term it prints whole elsewhere, here one short (重之重 for 重中之重).

Terms are four characters that occur at least four times; the place must be the only one where the remaining three stand
without the fourth.  Lost first or last, what is left of the word must be no word; lost inside, the three must read worse, by
the bigram model, than the four.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from convert.lexicon import bigrams
from convert.proofread import kinship, names
from convert.proofread.page import HAN_RUN, Page, Passage, is_han
from convert.proofread.proposal import Proposal

RULE = "dropped"
OFTEN = 4
"""How often the issue must print the whole term."""
FREE = 30_000
"""Characters more frequent than this stand alone everywhere."""
GAIN = 2.0
"""How much likelier (natural logarithm) the text must be with the character inside; one more costs about 6."""
FEWER = 4.0
"""What fewer words alone are worth to the lexicon."""
_NEAR = 6


def dropped_characters(page: Page) -> Iterator[Proposal]:
    """The places that are one character short.  Always asked about, never applied."""
    terms = _terms(page)
    heads = {f[1:]: (f, times) for f, times in terms if page.seen(f[1:]) == times + 1 and f[0] not in names.NUMERALS}
    tails = {f[:3]: (f, times) for f, times in terms if page.seen(f[:3]) == times + 1 and f[3] not in names.NUMERALS}
    inside = dict(_inside(page, terms))
    for passage in page.passages:
        text = passage.text
        for at in range(len(text) - 2):
            three = text[at:at + 3]
            before, after = text[max(0, at - 1):at], text[at + 3:at + 4]
            if three in heads and is_han(before) and before != heads[three][0][0]:
                four, times = heads[three]
                if _orphan(page, passage, at, four[0] + three[0]) and not _replaced(page, text, at - 1, four[0], three[:1]):
                    yield _missing(passage, at, at + 1, four[0] + three[0], four, times)
            if three in tails and is_han(after) and after != tails[three][0][3]:
                four, times = tails[three]
                if _orphan(page, passage, at + 2, three[2] + four[3]) and not _replaced(page, text, at + 3, four[3]):
                    yield _missing(passage, at + 2, at + 3, three[2] + four[3], four, times)
            if three in inside:
                four, times = inside[three]
                if _whole_words(passage, at) and _gain(page, text, at, four) >= GAIN:
                    yield _missing(passage, at, at + 3, four, four, times)


def _terms(page: Page) -> list[tuple[str, int]]:
    fours: Counter[str] = Counter()
    for passage in page.passages:
        for run in HAN_RUN.findall(passage.text):
            fours.update(map("".join, zip(run, run[1:], run[2:], run[3:], strict=False)))
    return [(four, times) for four, times in fours.items() if times >= OFTEN]


def _inside(page: Page, terms: Iterable[tuple[str, int]]) -> Iterator[tuple[str, tuple[str, int]]]:
    """Threes written once that are a term without its second or third character."""
    for four, times in terms:
        for three in (four[0] + four[2:], four[:2] + four[3]):
            if page.seen(three) == 1 and not page.model.count(three) and three not in page.lexicon:
                yield three, (four, times)


def _whole_words(passage: Passage, at: int) -> bool:
    """Whether three characters from there cut no word, and one of them is left standing alone."""
    words = {passage.words[passage.word_at[place]] for place in range(at, at + 3)}
    whole = min(words)[0] == at and max(words)[1] == at + 3
    return whole and any(end - start == 1 and passage.lexicon.frequency(passage.text[start]) < FREE for start, end in words)


def _gain(page: Page, text: str, at: int, four: str) -> float:
    """How much likelier the text is with the whole term, by the model that has it: the bigrams lack 重中之重."""
    around, three = bigrams.around(text[max(0, at - _NEAR):at], text[at + 3:at + 3 + _NEAR]), text[at:at + 3]
    whole, short = (around.left + term + around.right for term in (four, three))
    gain = bigrams.load().score(whole) - bigrams.load().score(short)
    return max(gain, page.lexicon.score(whole) - page.lexicon.score(short) - FEWER if four in page.lexicon else gain)


def _replaced(page: Page, text: str, at: int, lost: str, behind: str = "") -> bool:
    """Whether the character there stands in the place of the lost one (王建囯 for 王建国): nothing is missing then."""
    here = text[at:at + 1]
    if kinship.akin(page.glyphs, here, lost):
        return True
    return not behind and is_han(text[at + 1:at + 2]) and page.seen(lost + text[at + 1]) > 1


def _orphan(page: Page, passage: Passage, at: int, word: str) -> bool:
    """Whether the character stands alone where the whole word would stand."""
    start, end = passage.words[passage.word_at[at]]
    return end - start == 1 and word in page.lexicon and page.lexicon.frequency(passage.text[at]) < FREE


def _missing(passage: Passage, start: int, end: int, after: str, four: str, times: int) -> Proposal:
    why = f"The issue prints {four} {times} times."
    return Proposal(passage.number, start, end, after, RULE, min(0.9, 0.45 + 0.05 * times), why, safe=False)
