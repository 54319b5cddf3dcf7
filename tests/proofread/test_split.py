"""Characters taken apart, and letters read for figures: what is asked about, and what is let be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.options import ParseOptions
from convert.proofread import chinese, letters, proofread, split
from tests.proofread.pages import changes, issue_of, read


def said(text: str, language: str = "zh-Hans") -> dict[str, str]:
    rows = [row for row in changes(read(text, language)) if row[2] in (split.RULE, letters.RULE)]
    assert {status for *_, status in rows} <= {"suggested"}
    return {before: after for before, after, *_ in rows}


@pytest.mark.parametrize(("text", "halves", "whole"), [
    ("两地木目互学习，共同提高。", "木目", "相"),
    ("建设禾口谐社会是共同的愿望。", "禾口", "和"),
    ("亻也是一名老党员。", "亻也", "他"),
    ("大家的牛寺点各不一样。", "牛寺", "特"),
    ("街道组织居民学习禾斗学知识。", "禾斗", "科"),
    ("这是群众白勺利益。", "白勺", "的"),
    ("乡亲们老百女生的生活好了。", "女生", "姓"),
    ("国家禾兑务总局发布通知。", "禾兑", "税"),
    ("有效土也进入市场。", "土也", "地"),
])
def test_a_character_taken_apart_is_asked_about(text: str, halves: str, whole: str) -> None:
    assert said(text) == {halves: whole}


def test_traditional_text_gets_its_own_character() -> None:
    assert said("我們學習國言吾，老師們都說這樣好。", "zh-Hant-TW") == {"言吾": "語"}


@pytest.mark.parametrize("text", [
    "一名女子走进商店。", "山上草木目前长势良好。", "今年三月日报刊登了消息。", "他日月光下散步。", "王里村的村民。",
    "这匹白马也跑得快。", "他古文很好。", "门口十分热闹。", "王不见王。", "张女马上赶到。",
])
def test_halves_that_stand_rightly_are_let_be(text: str) -> None:
    assert said(text) == {}


@pytest.mark.parametrize(("text", "wrong", "right"), [
    ("2O19年开工建设。", "2O19", "2019"), ("同比增长1l.5%。", "1l.5", "11.5"), ("共有2o0人参加。", "2o0", "200"),
])
def test_a_letter_between_figures_is_asked_about(text: str, wrong: str, right: str) -> None:
    assert said(text) == {wrong: right}


@pytest.mark.parametrize("text", [
    "水的分子式是H2O。", "3O2与2O3都不是。", "编号A1O2和2O1号楼", "型号1l5-B", "发信到a1l2@b1o3.cn",
    "5G时代的2025年", "体积是1l。", "IP 1O.2.3.4",
])
def test_codes_formulas_and_addresses_are_let_be(text: str) -> None:
    assert said(text) == {}


def test_the_table() -> None:
    known = split.halves()
    assert len(known) > 300 and all(len(pair) == 2 for pair in known) and all(len(whole) == 1 for whole in known.values())


def test_keep_words_are_kept() -> None:
    made = proofread(issue_of("两地木目互学习。"), ParseOptions(keep=("木目",)))
    assert not any(edit.rule == split.RULE for edit in made.edits)


def test_the_reasons_in_chinese() -> None:
    assert (chinese.chinese(split.RULE), chinese.chinese(letters.RULE)) == ("拆字", "数字误作字母")
    assert chinese.chinese("木 and 目 are the halves of 相.").startswith("“木”“目”")
    assert "2019" in chinese.chinese("Between figures, 2O19 is 2019.")


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("木目禾口亻也2O1l年.%a\0\ud800\ue000 \n"), min_size=1, max_size=24))
def test_any_text_is_read(text: str) -> None:
    said("甲" + text)
