"""Misprints and variant spellings from lists: the shipped one, and the confusions users add.  The longest match wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from convert.lexicon import bigrams
from convert.proofread.page import Page, Passage
from convert.proofread.proposal import Proposal

SURE_GAIN = 4.0
"""Gain, by the lexicon and by the bigram model, from which a misprint may be applied without asking: of right text where one of
the list's strings stands across words (领导|人) none of 2.5 million characters of news and handbooks gains more than 1.5 by both,
of planted misprints 98 in 100."""
NO_WORD = 0.95
"""Figure of the list from which a row is no word but a misprint; below it are variants, and words that may be meant."""
MAINLAND = "GF 1001"
"""In reasons that rest on a norm of the mainland: a Traditional issue rightly writes 結帳."""
Row = tuple[str, str, float, str]
"""Wrong, right, confidence, why."""

_COUNT = re.compile(r"[数两几近上0-9一二三四五六七八九]千\Z")
"""千 as a number: 两千部 is no 干部."""
_ANNIVERSARY = re.compile(r"([党国军校院厂团市州县区会社馆])建(?=[0-9一二三四五六七八九十百]{1,5}周年)")
_ALL = re.compile(r"([\u4e00-\u9fff])\1尽\1")


@cache
def shipped() -> dict[str, tuple[Row, ...]]:
    """The shipped list, by the first two characters."""
    rows: list[Row] = []
    for line in files(__package__).joinpath("data/misprints.tsv").read_text("utf-8").splitlines():
        if line and not line.startswith(("#", "wrong\t")):
            wrong, right, confidence, why = line.split("\t")
            rows.append((wrong, right, float(confidence), why))
    return by_beginning(rows)


def by_beginning(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    """Rows by their first two characters, the longest first."""
    table: dict[str, list[Row]] = {}
    for row in rows:
        table.setdefault(row[0][:2], []).append(row)
    return {key: tuple(sorted(group, key=lambda row: -len(row[0]))) for key, group in table.items()}


def matches(passage: Passage, table: dict[str, tuple[Row, ...]]) -> Iterator[tuple[int, Row]]:
    """Places where a row of the table stands; where several do, the longest."""
    text, at = passage.text, 0
    while at < len(text):
        for row in (*table.get(text[at:at + 2], ()), *table.get(text[at], ())):
            if text.startswith(row[0], at):
                yield at, row
                at += len(row[0]) - 1
                break
        at += 1


def misprints(page: Page) -> Iterator[Proposal]:
    """What the shipped list knows.  A row acts only where the text then reads better (自己经手 is no 己经), and what may
    be meant (年未 in 一年未见) only where the bigram model says so too."""
    traditional = page.language.startswith("zh-Hant")
    for passage in page.passages:
        for at, (wrong, right, confidence, why) in matches(passage, shipped()):
            if traditional and MAINLAND in why:
                continue
            end = at + len(wrong)
            gained = gain(page, passage.text, at, end, right)
            if not why and confidence < NO_WORD and (
                _bigram_gain(passage.text, at, end, right) <= 0 or _COUNT.search(passage.text[max(0, at - 1):at + 1])
            ):
                continue
            why = why or f"{right} is a word, {wrong} is none."
            if gained > 0:
                safe = confidence >= NO_WORD and gained >= SURE_GAIN and _bigram_gain(passage.text, at, end, right) >= SURE_GAIN
                yield Proposal(passage.number, at, end, right, "misprint", confidence, why, safe)


def _bigram_gain(text: str, start: int, end: int, right: str) -> float:
    around = bigrams.around(text[max(0, start - 6):start], text[end:end + 6])
    score = bigrams.load().score
    return score(around.left + right + around.right) - score(around.left + text[start:end] + around.right)


def gain(page: Page, text: str, start: int, end: int, right: str) -> float:
    """How much likelier (natural logarithm) the text is with `right` in place of `start`..`end`: 自已经手 would be less so."""
    low, high = max(0, start - 7), min(len(text), end + 7)
    before, after = text[low:start], text[end:high]
    return page.lexicon.score(before + right + after) - page.lexicon.score(before + text[start:end] + after)


def set_phrases(page: Page) -> Iterator[Proposal]:
    """Phrases with a slot: 应X尽X (all that should be X are X), whose 应 was read as X; 建X on an anniversary, turned round."""
    for passage in page.passages:
        for match in _ANNIVERSARY.finditer(passage.text):
            right = "建" + match.group(1)
            why = f"An anniversary is of an event: {right}."
            yield Proposal(passage.number, match.start(), match.start() + 2, right, "misprint", 0.9, why, safe=False)
    for passage in page.passages:
        for match in _ALL.finditer(passage.text):
            if match.group(1) not in "一人天年月日":
                right = "应" + match.group()[1:]
                why = f"The set phrase is {right}."
                yield Proposal(passage.number, match.start(), match.end(), right, "misprint", 0.9, why, safe=False)
