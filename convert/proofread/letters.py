"""Letters read for figures, between figures: 2O19年, 1l.5%.  Codes, formulas and house numbers are let be."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.proofread.page import Page
from convert.proofread.proposal import Proposal

RULE = "figure-letter"
CONFIDENCE = 0.8
FIGURES = str.maketrans("OoIl", "0011")
_TOKEN = re.compile(r"[A-Za-z0-9.,_/:@#+=*&~\-]+")
_FIGURE = re.compile(r"[0-9][0-9OoIl]*(?:\.[0-9OoIl]*)?[0-9]\Z")
_UNITS = frozenset("年月日时分秒度元角万亿千百％%‰℃人名个家户次项条件篇岁倍米吨斤亩")
"""What a number is followed by, and no code, formula or house."""


def misread_letters(page: Page) -> Iterator[Proposal]:
    """Numbers with O or l between figures, before a unit.  Asked about, never applied: a number is a fact."""
    for passage in page.passages:
        text = passage.text
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            read = match.group()
            after = read.translate(FIGURES)
            if read == after or not _FIGURE.match(read) or text[end:end + 1] not in _UNITS or any(passage.protected[start:end]):
                continue
            why = f"Between figures, {read} is {after}."
            yield Proposal(passage.number, start, end, after, RULE, CONFIDENCE, why, safe=False)
