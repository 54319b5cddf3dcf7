"""Names as the issue and the archive write them: 李晓明 eight times, 李小明 once.  The odd one is asked about.

Compared are three characters, of a person (surname first) or transcribed (克林顿), that cross no word; and, inside the issue, two
of a person.  What differs must look alike, sound alike, or be a form of the same character.  Nothing is ever applied: there
may be two such people.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from convert.lexicon import Lexicon
from convert.proofread import kinship, names
from convert.proofread.model import Model
from convert.proofread.page import Page, Passage, is_han
from convert.proofread.particles import PARTICLES
from convert.proofread.proposal import Proposal

RULE = "consistency"
OFTEN, OFTEN_ELSEWHERE = 4, 8
"""How often the issue must write the other form, or the archive, where other people are met."""
TIMES = 4
"""As many times as often as the odd one."""
ORDINARY = 4_000
"""Frequency from which a word of two is no given name: 建国 and 小明 are rarer than 市场."""
NO_NAME = (PARTICLES | names.NUMERALS | frozenset("着过上下里内外前后说去做年月日时")) - frozenset("其有为之能如可以所向经")
"""What no given name has; 钱其琛, 傅全有 and 李可 have what is frequent elsewhere."""
COMMON = 20_000
"""Frequency of a character from which, beside a name of two, it is taken for a word of its own."""


class Known:
    """Names of three characters, to be found by two of them."""

    def __init__(self, threes: Iterable[str]) -> None:
        self._by_two: dict[str, str] = {}
        for three in threes:
            for key in _keys(three):
                self._by_two[key] = self._by_two.get(key, "") + three

    def near(self, three: str) -> Iterator[tuple[int, str]]:
        """Where another differs, and the other."""
        for offset, key in enumerate(_keys(three)):
            found = self._by_two.get(key)
            for at in range(0, len(found), 3) if found else ():
                if found and found[at + offset] != three[offset]:
                    yield offset, found[at:at + 3]


def _keys(three: str) -> tuple[str, str, str]:
    return "_" + three[1:], three[0] + "_" + three[2], three[:2] + "_"


@lru_cache(maxsize=2)
def archived(model: Model) -> Known:
    """Those of an archive, found once for all its issues."""
    return Known(gram for gram in model.written() if len(gram) == 3 and model.count(gram) >= OFTEN and possible(gram))


def possible(three: str) -> bool:
    """Whether it may be a name: a surname and two characters names are made of, or three of transcriptions."""
    person = three[0] in names.SURNAMES and NO_NAME.isdisjoint(three[1:])
    return person or names.TRANSCRIBED.issuperset(three)


def other_names(page: Page) -> Iterator[Proposal]:
    """Names written once, that are written often with one other character."""
    known = [Known(gram for gram, times in page.grams.items() if times >= OFTEN and len(gram) == 3 and possible(gram))]
    if page.model:
        known.append(archived(page.model.whole))
    for passage in page.passages:
        text = passage.text
        for at in range(len(text) - 2):
            three = text[at:at + 3]
            found = [pair for group in known for pair in group.near(three)]
            if found and page.seen(three) == 1 and all(map(is_han, three)) and _stands(passage, at, 3):
                yield from _asked(page, passage, at, three, found)
    yield from _of_two(page)


def _of_two(page: Page) -> Iterator[Proposal]:
    """Names of two characters, between borders both: 刘伟 four times, 刘玮 once."""
    often = {
        pair for pair, times in page.grams.items()
        if len(pair) == 2 and times >= OFTEN and pair[0] in names.SURNAMES and pair[1] not in NO_NAME and pair not in page.lexicon
    }
    if not often:
        return
    standing: Counter[str] = Counter()
    odd: list[tuple[Passage, int]] = []
    firsts = {pair[0] for pair in often}
    for passage in page.passages:
        for start, end in passage.words[:-1] if firsts else ():
            pair = passage.text[start:start + 2]
            if end == start + 1 and pair[0] in firsts and _bordered(passage, start):
                standing[pair] += 1
                if page.seen(pair) == 1 and pair[1] not in NO_NAME:
                    odd.append((passage, start))
    for passage, at in odd:
        mine = passage.text[at:at + 2]
        found = [(1, other) for other in sorted(often) if other[0] == mine[0] and other != mine and standing[other] >= OFTEN]
        yield from _asked(page, passage, at, mine, found)


def _bordered(passage: Passage, at: int) -> bool:
    """Whether two characters stand alone there, as a name does: behind a title or a mark, before a verb, a title or a mark."""
    words, number, text = passage.words, passage.word_at[at], passage.text
    if number + 1 >= len(words) or words[number + 1] != (at + 1, at + 2) or not is_han(text[at + 1]):
        return False
    before, after = words[number - 1] if number else (0, 0), words[number + 2] if number + 2 < len(words) else (0, 0)
    return _border(passage, before) and _border(passage, after)


def _border(passage: Passage, word: tuple[int, int]) -> bool:
    character = passage.text[word[0]:word[1]]
    return len(character) != 1 or not is_han(character) or (character != "之" and passage.lexicon.frequency(character) >= COMMON)


def _stands(passage: Passage, at: int, size: int) -> bool:
    """Whether what begins there crosses no word and is no two words."""
    words, number = passage.words, passage.word_at
    first, last = words[number[at]], words[number[at + size - 1]]
    return first[0] == at and last[1] == at + size and _rare(passage.lexicon, passage.text[at:at + size])


def _rare(lexicon: Lexicon, name: str) -> bool:
    """Whether no two of its characters are a word of every day."""
    return all(lexicon.frequency(name[at:at + 2]) < ORDINARY for at in range(len(name) - 1))


def _asked(page: Page, passage: Passage, at: int, odd: str, found: Iterable[tuple[int, str]]) -> Iterator[Proposal]:
    best: tuple[float, int, str] | None = None
    own = 1 + page.model.count(odd)
    for offset, other in found:
        if odd[offset] in PARTICLES and (offset or odd[0] not in names.SURNAMES):
            continue
        here, elsewhere = page.seen(other), page.model.count(other)
        times = here + elsewhere * OFTEN / OFTEN_ELSEWHERE
        if times < max(OFTEN, TIMES * own) or not _rare(page.lexicon, other):
            continue
        if kinship.akin(page.glyphs, odd[offset], other[offset]):
            best = max(best or (0.0, 0, ""), (times, offset, other))
    if best:
        times, offset, other = best
        place, confidence = at + offset, min(0.9, 0.5 + 0.1 * math.log2(times / 4))
        why = said(other, page.seen(other), page.model.count(other), odd)
        yield Proposal(passage.number, place, place + 1, other[offset], RULE, confidence, why, safe=False)


def said(right: str, here: int, elsewhere: int, odd: str) -> str:
    """Who writes it otherwise, and how often."""
    if not elsewhere:
        return f"The issue writes {right} {here} times, {odd} once."
    return f"The issue and the archive write {right} {here + elsewhere} times, {odd} once."
