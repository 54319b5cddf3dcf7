"""A dash that was read as the number one: 20一30克, 一一访首席技师.

Such a 一 stands for no number: between two figures no numeral is written, and a headline that begins with one one in
Chinese begins with a dash (GB/T 15834-2011, 4.10 and 4.13).  It is a character misread, and so the proofreader's: the rules
of `normalise` change marks only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.issue import Role
from convert.proofread.page import Page
from convert.proofread.proposal import Proposal

CONFIDENCE = 0.999
ASKED = 0.6
_FRACTION = re.compile(r"(?<![0-9.])[1-9]\Z")
_RANGE = re.compile(r"(?<=[0-9℃%])一(?=[0-9])")
_LEADING = re.compile("^一一(?=[^一二三四五六七八九十、，])")
_HEADLINES = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.HEADING})


def misread_dashes(page: Page) -> Iterator[Proposal]:
    """The dash it was: one em between figures, two before a subtitle."""
    for passage in page.passages:
        for match in _RANGE.finditer(passage.text):
            why = "Between figures 一 is a dash misread."
            safe = not _fraction(page, passage.text, *match.span())
            yield Proposal(passage.number, *match.span(), "—", "misread-dash", CONFIDENCE if safe else ASKED, why, safe)
        if passage.block.role in _HEADLINES and _LEADING.match(passage.text):
            why = "A headline that begins with 一一 begins with a dash."
            yield Proposal(passage.number, 0, 2, "——", "misread-dash", CONFIDENCE, why)


def _fraction(page: Page, text: str, start: int, end: int) -> bool:
    """Whether it may be a stroke: 约1一3的 is a third, 4一5级 are four to five degrees."""
    if not _FRACTION.search(text, max(0, start - 2), start) or text[end + 1:end + 2].isdecimal():
        return False
    behind = text[end + 1:end + 2]
    return behind not in ("%", "％", "℃") and page.lexicon.tag(behind) != "q" if behind else True
