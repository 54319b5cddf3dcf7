"""Names as the issue and the archive write them: 李晓明 eight times, 李小明 once.  The odd one is asked about.

Compared are three characters, of a person (surname first) or transcribed (克林顿), that cross no word; and two of a person,
where they stand as a name does.  What differs must look alike, sound alike, or be a form of the same character.  Nothing is
ever applied: there may be two such people.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from convert.lexicon import Lexicon
from convert.proofread import kinship, names
from convert.proofread.model import Model
from convert.proofread.page import Page, Passage
from convert.proofread.particles import PARTICLES
from convert.proofread.proposal import Proposal
from convert.proofread.terms import NO_NAME, is_name, name, whole

RULE = "consistency"
OFTEN, OFTEN_ELSEWHERE = 4, 8
"""How often the issue must write the other form, or the archive, where other people are met."""
TIMES = 4
"""As many times as often as the odd one."""
ORDINARY = 4_000
"""Frequency from which a word of two is no given name: 建国 and 小明 are rarer than 市场."""

RARE = 20
"""Frequency of a character below which neither its outline nor its sound need be known (琹 for 琴)."""


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
        for at in whole(passage.words, 3):
            three = text[at:at + 3]
            if page.seen(three) != 1:
                continue  # also what is not of Han characters only: `grams` has none of it
            found = [pair for group in known for pair in group.near(three)]
            if found and _rare(page.lexicon, three):
                yield from _asked(page, passage, at, three, found)
    yield from _of_two(page)


@lru_cache(maxsize=2)
def _archived_of_two(model: Model) -> Mapping[str, tuple[str, ...]]:
    """Names of two that an archive writes, by their surname."""
    return _by_surname(gram[1:3] for gram in model.written() if gram[0] == "|" and model.count(gram) >= OFTEN)


def _by_surname(found: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for two in sorted(found):
        groups.setdefault(two[0], []).append(two)
    return {surname: tuple(group) for surname, group in groups.items()}


def _of_two(page: Page) -> Iterator[Proposal]:
    """Names of two characters, between borders both: 刘伟 four times, 刘玮 once."""
    standing: Counter[str] = Counter()
    odd: list[tuple[Passage, int]] = []
    for passage in page.passages:
        text, words = passage.text, passage.words
        for number, (start, end) in enumerate(words):
            if end - start <= 2 and text[start] in names.SURNAMES and is_name(text, words, number, passage.lexicon):
                two = text[start:start + 2]
                standing[two] += 1
                if end == start + 1 and page.seen(two) == 1:
                    odd.append((passage, start))
    here = _by_surname(two for two, times in standing.items() if times >= OFTEN)
    archive = _archived_of_two(page.model.whole) if page.model else {}
    for passage, at in odd:
        mine = passage.text[at:at + 2]
        near = (*here.get(mine[0], ()), *archive.get(mine[0], ()))
        yield from _asked(page, passage, at, mine, [(1, other) for other in near if other != mine], standing)


def _rare(lexicon: Lexicon, name: str) -> bool:
    """Whether no two of its characters are a word of every day."""
    return all(lexicon.frequency(name[at:at + 2]) < ORDINARY for at in range(len(name) - 1))


def _asked(
    page: Page, passage: Passage, at: int, odd: str, found: Iterable[tuple[int, str]], standing: Mapping[str, int] | None = None
) -> Iterator[Proposal]:
    """The most frequent of the other forms; `standing` counts those of two."""
    best: tuple[float, int, str] | None = None
    seen, gram = (page.seen, str) if standing is None else (standing.__getitem__, name)
    own = 1 + page.model.count(gram(odd))
    for offset, other in found:
        if odd[offset] in PARTICLES and (offset or odd[0] not in names.SURNAMES):
            continue
        here, elsewhere = seen(other), page.model.count(gram(other))
        times = here + elsewhere * OFTEN / OFTEN_ELSEWHERE
        if times < max(OFTEN, TIMES * own) or not _rare(page.lexicon, other):
            continue
        unknown = len(odd) == 3 and page.lexicon.frequency(odd[offset]) < RARE
        if unknown or kinship.akin(page.glyphs, odd[offset], other[offset]):
            best = max(best or (0.0, 0, ""), (times, offset, other))
    if best:
        times, offset, other = best
        place, confidence = at + offset, min(0.9, 0.5 + 0.1 * math.log2(times / 4))
        why = said(other, seen(other), page.model.count(gram(other)), odd)
        yield Proposal(passage.number, place, place + 1, other[offset], RULE, confidence, why, safe=False)


def said(right: str, here: int, elsewhere: int, odd: str) -> str:
    """Who writes it otherwise, and how often."""
    if not elsewhere:
        return f"The issue writes {right} {here} times, {odd} once."
    return f"The issue and the archive write {right} {here + elsewhere} times, {odd} once."
