"""The issue and the archive as their own authority: names, terms, and characters they prove to be missing."""

from __future__ import annotations

import pytest

from convert.proofread import kinship
from convert.proofread.consistency import inconsistencies
from convert.proofread.dropped import dropped_characters
from convert.proofread.glyphs import load
from convert.proofread.model import Model
from convert.proofread.people import other_names
from tests.proofread.pages import changes, page_of, read


def often(often: str, once: str, times: int = 8) -> str:
    return "\n".join([*[often] * times, once])


@pytest.mark.parametrize(("name", "odd"), [
    ("李晓明", "李小明"), ("王建国", "王建囯"), ("陈志刚", "陈志钢"), ("张丽华", "张莉华"), ("赵启明", "赵启朋"),
    ("钱其琛", "钱其深"), ("宋明远", "末明远"), ("梁素琴", "梁素琹"),
])
def test_a_name_written_otherwise_once_is_asked_about(name: str, odd: str) -> None:
    found = changes(read(often(f"记者{name}来到社区，居民都很高兴。", f"下午，{odd}走访了三户居民。")))
    assert [row[3] for row in found] == ["suggested"] and found[0][1] in name
    assert found[0][2] in ("consistency", "look-alike")


@pytest.mark.parametrize(("name", "odd"), [("刘伟", "刘玮"), ("徐虎", "徐乎")])
def test_names_of_two_characters_inside_the_issue(name: str, odd: str) -> None:
    text = often(f"记者{name}来到社区，居民都很高兴。", f"居民说，{odd}介绍了经验。")
    assert [p.after for p in other_names(page_of(text))] == [name[1]]


def test_across_a_batch_eight_and_once() -> None:
    once = "记者赵启朋来到社区，居民们都很高兴。"
    eight = [f"第{number}期，记者赵启明报道。" for number in range(8)]

    def asked(texts: list[str]) -> list[tuple[str, str, str, str]]:
        return changes(read(once, batch_model=Model.of([*texts, once])))

    assert asked(eight) == [("朋", "明", "consistency", "suggested")]
    assert asked(eight[:6]) == []
    assert changes(read(eight[0], batch_model=Model.of([*eight, once]))) == []


def test_terms_across_a_batch() -> None:
    once = "居民到贵韵堂听戏。"
    found = changes(read(once, batch_model=Model.of([*["居民到贤韵堂听戏。"] * 8, once])))
    assert found == [("贵", "贤", "consistency", "suggested")]


@pytest.mark.parametrize(("often_written", "once"), [
    ("记者赵启明报道。", "记者钱学森报道。"), ("徐州市举行会议。", "徐州是个大城市。"),
    ("届全国人大开幕，这届全国人大很好。", "他借全国比赛的机会说。"),
    ("企业集团成立。", "企业既不能停产，也不能减产。"), ("他姓王，王老师很好。", "他姓汪，汪老师很好。"),
    ("中国政府发表声明。", "英国政府发表声明。"),
    ("记者赵毅报道，记者招待会开始。", "新华社记者赵毅报道。"),
])
def test_what_differs_rightly_is_not_asked_about(often_written: str, once: str) -> None:
    page = page_of(often(often_written, once))
    assert [*inconsistencies(page), *other_names(page)] == []


def test_forms_of_one_character() -> None:
    glyphs = load()
    assert kinship.variants("国", "囯") and kinship.variants("囯", "国") and not kinship.variants("国", "家")
    assert kinship.akin(glyphs, "晓", "小") and kinship.akin(glyphs, "未", "末") and not kinship.akin(glyphs, "国", "明")


@pytest.mark.parametrize(("term", "short", "after"), [
    ("这是重中之重，必须抓好。", "安全是重之重，不能放松。", "重中之重"),
    ("党建联盟成立大会。", "全区党建盟单位参加。", "党建联盟"),
    ("银发食堂开门迎客。", "老人来到银发堂用餐。", "银发食堂"),
])
def test_a_character_lost_inside_a_term(term: str, short: str, after: str) -> None:
    found = list(dropped_characters(page_of(often(term, short, 5))))
    assert {(p.after, p.safe) for p in found} == {(after, False)}


@pytest.mark.parametrize(("term", "other"), [
    ("记者王建国来到社区。", "记者王建囯来到社区。"), ("中国人民很高兴。", "中国民航开航。"),
    ("第八届委员会开会。", "第九届委员会开会。"),
    ("人民政府发布公告。", "市政府发布公告。"), ("党员干部带头。", "党的干部带头。"),
])
def test_what_is_replaced_or_another_word_is_not_missing(term: str, other: str) -> None:
    assert list(dropped_characters(page_of(often(term, other)))) == []


def test_names_of_two_across_a_batch() -> None:
    once = "下午，记者刘玮走访了三户居民。"
    eight = [f"第{number}期，记者刘伟报道。" for number in range(8)]
    assert [row[1:] for row in changes(read(once, batch_model=Model.of([*eight, once])))] == [("伟", "consistency", "suggested")]
    assert changes(read(once, batch_model=Model.of([*eight[:5], once]))) == []


def test_a_term_the_archive_proves() -> None:
    once = "安全工作是重之重，不能放松。"
    archive = ["质量是重中之重，必须抓好。"] * 8
    found = changes(read(once, batch_model=Model.of([*archive, once])))
    assert [(row[1], row[2]) for row in found] == [("重中之重", "dropped")]
    assert changes(read(once)) == []


def test_beside_a_word_only_what_looks_alike_is_compared() -> None:
    often = "鸿泰纺织公司今年增产。客商到鸿泰纺织公司看样。鸿泰纺织公司的布卖得好。工人在鸿泰纺织公司领奖。鸿泰纺织公司添了织机。"
    assert [found.after for found in inconsistencies(page_of(often + "县里表彰了鸿秦纺织公司。"))] == ["泰"]
    assert not list(inconsistencies(page_of(often + "县里表彰了鸿丰纺织公司。")))
