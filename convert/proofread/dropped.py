"""Characters the issue itself proves are missing: a term it prints whole elsewhere, here one short (重之重 for 重中之重).

Terms are four characters that occur at least four times, or eight in the archive; the place must be the only one where the
remaining three stand without the fourth.  Lost first or last, what is left of the word must be no word; lost inside, the
three must read worse, by the bigram model, than the four.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from convert.lexicon import bigrams
from convert.proofread import kinship, names
from convert.proofread.model import Model
from convert.proofread.page import HAN_RUN, Page, Passage, is_han
from convert.proofread.proposal import Proposal
from convert.proofread.terms import FOUR

RULE = "dropped"
OFTEN = 4
"""How often the issue must print the whole term."""
OFTEN_ELSEWHERE = 8
"""How often the archive must write it."""
FREE = 30_000
"""Characters more frequent than this stand alone everywhere."""
GAIN, GAIN_ELSEWHERE = 0.5, 5.0
"""How much likelier (natural logarithm) the text must be with the character inside: by the issue's proof, by the archive's."""
FEWER = 4.0
"""What fewer words alone are worth to the lexicon."""
_NEAR = 6


@dataclass(frozen=True)
class Short:
    """Terms, with how often they are written, by the three characters that are left without the first, the last, one inside."""

    heads: dict[str, tuple[str, int]]
    tails: dict[str, tuple[str, int]]
    inside: dict[str, tuple[str, int]]

    @cached_property
    def threes(self) -> frozenset[str]:
        """All that may be short of a character."""
        return frozenset((*self.heads, *self.tails, *self.inside))

    @classmethod
    def of(cls, terms: Iterable[tuple[str, int]]) -> Short:
        """Of several terms that leave the same the most frequent."""
        made = cls({}, {}, {})
        for four, times in sorted(terms, key=lambda term: (term[1], term[0])):
            made.heads[four[1:]] = made.tails[four[:3]] = four, times
            made.inside[four[0] + four[2:]] = made.inside[four[:2] + four[3]] = four, times
        return made


@lru_cache(maxsize=2)
def archived(model: Model) -> Short:
    """Terms an archive writes, found once for all its issues.  Of what is lost first or last (本报福州电) it is no witness."""
    fours = ((gram, model.count(gram)) for gram in model.written() if len(gram) == FOUR and gram[0] != "|")
    return Short({}, {}, Short.of((four, times) for four, times in fours if times >= OFTEN_ELSEWHERE).inside)


def dropped_characters(page: Page) -> Iterator[Proposal]:
    """The places that are one character short.  Always asked about, never applied."""
    fours = _fours(page)
    short = [(Short.of((four, times) for four, times in fours.items() if times >= OFTEN), "The issue prints")]
    if page.model:
        short.append((archived(page.model.whole), "The archive writes"))
    here, there = short[0][0].threes, short[-1][0].threes
    for passage in page.passages:
        text = passage.text
        for at in range(len(text) - 2):
            three = text[at:at + 3]
            if three not in here and three not in there:
                continue
            for terms, who in short:
                for start, end, after, (four, times) in _at(page, passage, at, three, terms, fours):
                    why = f"{who} {four} {times} times."
                    yield Proposal(passage.number, start, end, after, RULE, min(0.9, 0.45 + 0.05 * times), why, safe=False)


def _at(
    page: Page, passage: Passage, at: int, three: str, terms: Short, fours: Mapping[str, int]
) -> Iterator[tuple[int, int, str, tuple[str, int]]]:
    """The place, what it should read, and the term, for each character that may be lost there."""
    text = passage.text
    before, after = text[max(0, at - 1):at], text[at + 3:at + 4]
    found = terms.heads.get(three)
    if found and is_han(before) and before != (lost := found[0][0]) and _only_here(page, three, found[0], fours) and (
        _orphan(page, passage, at, lost + three[0]) and not _replaced(page, text, at - 1, lost)
    ):
        yield at, at + 1, lost + three[0], found
    found = terms.tails.get(three)
    if found and is_han(after) and after != (lost := found[0][3]) and _only_here(page, three, found[0], fours) and (
        _orphan(page, passage, at + 2, three[2] + lost) and not _replaced(page, text, at + 3, lost, behind=True)
    ):
        yield at + 2, at + 3, three[2] + lost, found
    found, least = terms.inside.get(three), GAIN if terms.heads else GAIN_ELSEWHERE
    if found and page.seen(three) == 1 and not page.model.count(three) and three not in page.lexicon and (
        _whole_words(passage, at) and _gain(page, text, at, found[0]) >= least
    ):
        yield at, at + 3, found[0], found


def _fours(page: Page) -> Counter[str]:
    fours: Counter[str] = Counter()
    for passage in page.passages:
        for run in HAN_RUN.findall(passage.text):
            fours.update(map("".join, zip(run, run[1:], run[2:], run[3:], strict=False)))
    return fours


def _only_here(page: Page, three: str, four: str, fours: Mapping[str, int]) -> bool:
    """Whether the issue has the three without the fourth at this one place."""
    return names.NUMERALS.isdisjoint((four[0], four[3])) and page.seen(three) == fours[four] + 1


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


def _replaced(page: Page, text: str, at: int, lost: str, *, behind: bool = False) -> bool:
    """Whether the character there stands in the place of the lost one (王建囯 for 王建国): nothing is missing then."""
    here = text[at:at + 1]
    if kinship.akin(page.glyphs, here, lost):
        return True
    return behind and is_han(text[at + 1:at + 2]) and page.seen(lost + text[at + 1]) > 1


def _orphan(page: Page, passage: Passage, at: int, word: str) -> bool:
    """Whether the character stands alone where the whole word would stand."""
    start, end = passage.words[passage.word_at[at]]
    return end - start == 1 and word in page.lexicon and page.lexicon.frequency(passage.text[at]) < FREE
