"""The five real pages: what a round trip changes, how much the editor is asked, and that every row fits."""

from __future__ import annotations

import pytest

from convert.issue import Issue
from convert.laws import check_laws
from convert.ledger import Status
from convert.options import VariantOptions
from convert.pipeline import to_variant
from convert.variants import convert_text
from tests.gold_issue import issue_of
from tests.shared import shared

PINNED = {("想象", "想像")}
"""Differences OpenCC's own tables make: 想象 comes back as 想像, which both sides of the strait accept."""


def _pages() -> list[str]:
    return [path.read_text("utf-8") for path in sorted(shared("seeds").glob("*.txt"))]


def _issue(text: str) -> Issue:
    return issue_of("article\n" + "".join(f"paragraph\t{line}\n" for line in text.splitlines() if line.strip()))


@pytest.mark.parametrize(("variant", "language"), [("t", "zh-Hant"), ("tw", "zh-Hant-TW"), ("hk", "zh-Hant-HK")])
def test_there_and_back(variant: str, language: str) -> None:
    options = VariantOptions(quotes=False)
    for text in _pages():
        there = convert_text(text, variant, options, language="zh-Hans").text
        back = convert_text(there, "cn", options, language=language).text
        assert len(back) == len(text)
        changed = {(text[at - 1:at + 1], back[at - 1:at + 1]) for at in range(len(text)) if text[at] != back[at]}
        assert changed <= PINNED


@pytest.mark.parametrize("variant", ["t", "tw", "twp", "hk", "hkp"])
def test_the_laws_hold_and_the_editor_can_read_the_list(variant: str) -> None:
    for text in _pages():
        done = to_variant(_issue(text), variant)
        check_laws(done)
        asked = [row for row in done.changes if row.status is Status.SUGGESTED]
        assert len(asked) <= 15
        assert all(0 < row.confidence <= 0.5 and row.why for row in asked)
        assert all(len(row.before) <= 16 for row in done.changes)


def test_the_words_of_the_neighbourhood_stay() -> None:
    text = "".join(_pages())
    words = convert_text(text, "twp", VariantOptions(quotes=False), language="zh-Hans").text
    assert "社群" not in words
    assert "專案" not in words
    assert words.count("社區") == text.count("社区")
