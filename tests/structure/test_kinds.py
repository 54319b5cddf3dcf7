"""What is finer than the nine roles: lists, verse, contents, question and answer, notices, pull quotes, tables, levels."""

from __future__ import annotations

import pytest

from convert.issue import Block, Role
from tests.structure.parsing import parse

ONE = "上个月一场大雨过后，小区的地下车库没有积水，这在过去十年里还是头一回。排水沟是居民自己清的，水泵是大家一起买的。"
TWO = "管线图缺了哪几张，维修资金还剩多少，哪些事情可以自己动手，街道请居民坐下来一条一条地商量，商量了四个月才有结果。"
SIX = "公约贴出来以后，电瓶车不再上楼，占道的杂物当天就有人清走，公共收益每个季度公示一次，吵架的人越来越少了。"
TITLE = "怎样管好一个小区"


def page(*blocks: str) -> list[Block]:
    return list(parse("\n\n".join(blocks) + "\n").blocks())


def kinds(blocks: list[Block], kind: str) -> list[str]:
    return [block.text for block in blocks if block.kind == kind]


@pytest.mark.parametrize("head", ["本期导读", "本期要目", "目 录", "今日導讀"])
def test_contents_are_entries_under_their_head_and_not_headlines(head: str) -> None:
    entries = [f"{TITLE}……2", "老树为什么没有被砍掉（3）", "社区食堂开到了家门口（7）"]
    blocks = page(head, *entries, TITLE, "本报记者 王小明", ONE, TWO, SIX)
    assert blocks[0].role is Role.TITLE
    assert kinds(blocks, "contents") == entries
    assert [block.text for block in blocks if block.role is Role.TITLE][1] == TITLE


def test_verse_without_a_mark_at_any_end() -> None:
    first = "风把操场吹成一张唱片\n我们绕着它一圈一圈地跑\n影子追上影子\n笑声追上笑声"
    stanzas = [first, "老师在终点等着\n数着我们的喘息\n像数着一串串\n没有熟透的葡萄"]
    blocks = page(TITLE, ONE, TWO, "校园诗歌", "春天的比喻", "初一（1）班 王小明", *stanzas)
    assert kinds(blocks, "verse") == "\n".join(stanzas).split("\n")
    assert [str(block.role) for block in blocks[3:6]] == ["kicker", "title", "byline"]
    assert blocks[3].kind == "column-name"


def test_lists_with_numbers_with_signs_and_over_what_belongs_to_an_item() -> None:
    numbered = ["1.不带火种进山，老人小孩都要记牢。", "2.按下面的办法算水量：", "3.不乱丢烟头，看见了要捡起来。"]
    formula = "水量(g)=桶数×24(g)"
    blocks = page(TITLE, ONE, *numbered[:2], formula, numbered[2], TWO, "· 水壶一只", "· 雨衣一件", "● 干粮两天", SIX)
    assert kinds(blocks, "list-item") == [*numbered, "·水壶一只", "·雨衣一件", "●干粮两天"]


def test_question_and_answer_by_whatever_name() -> None:
    talk = [f"记者：修书多少年了？{TWO}", f"老秦：三十一年了。{ONE}", "读者问：可以报警吗？", f"律师答：可以。{SIX}"]
    blocks = page("老秦和他的修书铺", "本报记者 王小明", ONE, *talk)
    assert kinds(blocks, "question") == talk[::2]
    assert kinds(blocks, "answer") == talk[1::2]


def test_notices_end_with_a_signature_and_a_date() -> None:
    first = "停水通知", "各位居民：", TWO, "特此通知。", "梧桐里居民委员会", "2024年5月10日"
    blocks = page(*first, "招领启事", ONE, "图书馆 办公室", "二〇二四年五月六日")
    assert kinds(blocks, "signature") == ["梧桐里居民委员会", "图书馆 办公室"]
    assert kinds(blocks, "date") == ["2024年5月10日", "二〇二四年五月六日"]
    assert [block.text for block in blocks if block.role is Role.TITLE] == ["停水通知", "招领启事"]


def test_a_sentence_set_apart_that_the_story_says_word_for_word_is_a_pull_quote() -> None:
    blocks = page(TITLE, "本报记者 王小明", SIX, TWO, "“排水沟是居民自己清的，水泵是大家一起买的。”", SIX, ONE)
    assert kinds(blocks, "pull-quote") == ["“排水沟是居民自己清的，水泵是大家一起买的。”"]


def test_levels_of_headings() -> None:
    first = "第一章 总则", ONE, "一、用水时间", TWO, "（一）早晨和上午的安排", SIX, "二、收费标准", ONE
    blocks = page("用水的规定", *first, "第二章 附则", TWO)
    assert [(block.text[:3], block.level) for block in blocks if block.role is Role.HEADING] == [
        ("第一章", 1), ("一、用", 2), ("（一）", 3), ("二、收", 2), ("第二章", 1)
    ]  # fmt: skip


@pytest.mark.parametrize("gap", ["\t", "      "])
def test_a_table_has_rows_and_cells(gap: str) -> None:
    rows = [["楼号", "户数", "缴费率"], ["1号楼", "48", "96.5%"], ["2号楼", "52", "88%"], ["3号楼", "40", "100%"]]
    blocks = page(TITLE, ONE, "\n".join(gap.join(row) for row in rows), TWO)
    found = [[block.text[start:end] for start, end in block.cells] for block in blocks if block.kind == "table-row"]
    assert found == rows


def test_two_columns_of_words_and_an_imprint_are_no_table() -> None:
    blocks = page(TITLE, ONE, "梧桐街道办事处  主办\n梧桐里居民委员会  协办\n某某印务公司  印刷", TWO)
    assert not [block for block in blocks if block.cells]


FURNITURE = [
    "梧桐社区报 2024年6月20日 星期四 第12期（总第131期）", "热线：60805512", "投稿邮箱：wutong@example.org",
    "梧桐街道办事处 主办",
    "本版编辑：王小明 组版：李红", "本版图文由梧桐社区提供", "地址：梧桐路18号 邮编：200000", "印刷：某某印务公司",
]  # fmt: skip
CHROME = [
    "首页 > 新闻 > 社区", "字号：大 中 小", "上一篇：夜间公交开通", "下一篇：停水通知", "分享到：微信 微博", "打印本页 关闭窗口",
    "扫描二维码关注我们", "点击查看更多",
]  # fmt: skip


def test_furniture_and_chrome() -> None:
    issue = parse("\n\n".join([FURNITURE[0], *CHROME[:2], TITLE, ONE, TWO, SIX, *FURNITURE[1:], *CHROME[2:]]) + "\n")
    assert [block.text for block in issue.colophon] == FURNITURE
    assert [block.text for block in issue.dropped] == CHROME
    assert [str(block.role) for article in issue.articles for block in article.blocks] == ["title", *["paragraph"] * 3]
