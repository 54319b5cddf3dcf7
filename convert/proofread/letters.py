"""Letters read for figures: 2O19年, 1l.5%, 1O月, l2月, 二O一九年.  Codes, formulas and house numbers are let be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.proofread.page import Page, Passage
from convert.proofread.proposal import Proposal

RULE = "figure-letter"
CONFIDENCE = 0.8
FIGURES = str.maketrans("OoIl", "0011")
ZEROS = str.maketrans("OoＯ0", "〇〇〇〇")
_TOKEN = re.compile(r"[A-Za-z0-9.,_/:@#+=*&~\-]+")
_INSIDE = re.compile(r"[0-9][0-9OoIl]*(?:\.[0-9OoIl]*)?[0-9]\Z")
_FIRST_OR_LAST = re.compile(r"[Il](?:[0-9][0-9OoIl]{0,3}(?:\.[0-9]{1,3})?|\.[0-9]{1,3})\Z|[0-9][0-9OoIl]{0,5}[OoIl]\Z")
"""The letter at an end; O stands first in O2O and in codes of motorways' exits, and no number begins with nought."""
_YEAR = re.compile(r"(?<![0-9A-Za-z])[一二][八九〇零○OoＯ0][一二三四五六七八九〇零○OoＯ0]{2}(?=年)")
_UNITS = frozenset("年月日时分秒度元角万亿千百％%‰℃人名个家户次项条件篇岁倍米吨斤亩")
"""What a number is followed by, and no code, formula or house."""
_SURE_UNITS = _UNITS - frozenset("分度米千百件条项")
"""What no measure in litres (5l分装) and no code is followed by."""


def misread_letters(page: Page) -> Iterator[Proposal]:
    """Numbers with O or l for a figure, before a unit.  Asked about, never applied: a number is a fact."""
    for passage in page.passages:
        text = passage.text
        for match in _TOKEN.finditer(text):
            read, unit = match.group(), text[match.end():match.end() + 1]
            known = _UNITS if _INSIDE.match(read) else _SURE_UNITS if _FIRST_OR_LAST.match(read) else ()
            after = read.translate(FIGURES)
            if read != after and unit in known:
                yield from _asked(passage, match, after, f"Between figures, {read} is {after}.")
        for match in _YEAR.finditer(text):
            after = match.group().translate(ZEROS)
            if match.group() != after:
                yield from _asked(passage, match, after, f"Between figures, {match.group()} is {after}.")


def _asked(passage: Passage, match: re.Match[str], after: str, why: str) -> Iterator[Proposal]:
    start, end = match.span()
    if not any(passage.protected[start:end]):
        yield Proposal(passage.number, start, end, after, RULE, CONFIDENCE, why, safe=False)
