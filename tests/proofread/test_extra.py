"""A stray character inside a word of four, and words of five that are right."""

from __future__ import annotations

import pytest

from convert.proofread.extra import extra_characters
from tests.proofread.pages import page_of


@pytest.mark.parametrize(("text", "five", "four"), [
    ("协会副理董事长单位代表发言。", "副理董事长", "副理事长"),
    ("发展社会主在义市场经济。", "社会主在义", "社会主义"),
    ("他们实事上求是，一切从实际出发。", "实事上求是", "实事求是"),
])
def test_a_character_too_many_is_asked_about(text: str, five: str, four: str) -> None:
    found = list(extra_characters(page_of(text)))
    assert [(text[p.start:p.end], p.after, p.safe) for p in found] == [(five, four, False)]


@pytest.mark.parametrize("text", [
    "努力开创新局面。", "任务任重而道远。", "结果不尽如人意。", "数以十万计的群众", "致以衷心的感谢，更加紧密地团结起来。",
   
    "由南向北移动", "这么一点儿东西", "国家体改委的同志", "广厦千万间", "如下图所示",
])
def test_words_of_five_are_let_be(text: str) -> None:
    assert [p for p in extra_characters(page_of(text)) if p.confidence >= 0.44] == []
