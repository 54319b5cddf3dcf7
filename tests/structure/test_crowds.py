"""Runs of short lines that are no headlines: verse set line by line, programmes, contents by author; and names of papers."""

from __future__ import annotations

import pytest

from convert.issue import Role
from tests.structure.parsing import parse, roles
from tests.structure.test_kinds import ONE, SIX, TITLE, TWO, kinds, page

VERSE = ["船靠在岸边", "缆绳松了又紧", "鱼在网里", "数着自己的鳞", "灯塔", "把黑夜切成两半", "一半给海", "一半给等门的人"]


def test_verse_whose_every_line_stands_between_blank_lines_is_no_row_of_headlines() -> None:
    blocks = page(TITLE, ONE, TWO, "渔港", "林小舟", *VERSE, "人物", "修船人的一天", "本报记者 王小明", SIX, ONE)
    assert kinds(blocks, "verse") == VERSE
    assert [block.text for block in blocks if block.role is Role.TITLE] == [TITLE, "渔港", "修船人的一天"]


def test_two_headlines_in_a_row_stay_headlines() -> None:
    head = ["街谈巷议", "菜市场里的秤", "本报记者 王小明"]
    assert not kinds(page(TITLE, ONE, TWO, *head, SIX, ONE), "verse")


@pytest.mark.parametrize(
    "lines",
    [
        ["6月24日 8：00 开幕式 体育馆", "6月24日 9：30 女子组 甲码头", "6月25日 7：30 家庭组 乙码头"],
        ["3日 上午9时 图书馆 讲座", "10日 晚7时 操场 电影"],
        ["一车间 二等奖 王小明", "二车间 一等奖 李大海", "三车间 三等奖 陈小芳"],
    ],
)
def test_a_programme_is_a_list_and_keeps_its_spaces(lines: list[str]) -> None:
    blocks = page(TITLE, ONE, TWO, "活动安排一览", *lines)
    assert kinds(blocks, "list-item") == [line.replace("：", ":") for line in lines]  # times are half-width


def test_contents_name_what_comes_back_as_a_line_of_its_own() -> None:
    entries = [f"{TITLE} 王小明", "修船人的一天（散文） 林小舟"]
    blocks = page("本期目录", *entries, TITLE, "王小明", ONE, TWO, "修船人的一天", "林小舟", SIX, ONE)
    assert kinds(blocks, "contents") == entries


@pytest.mark.parametrize("name", ["青石矿工报", "梧桐学刊"])
def test_the_name_of_the_paper_over_the_imprint_is_furniture(name: str) -> None:
    issue = parse("\n\n".join([name, "第7期 2024年4月15日出版 内部刊物", TITLE, ONE, TWO]) + "\n")
    assert [block.text for block in issue.colophon][:1] == [name]
    assert roles(issue)[0] == ("title", TITLE)


def test_a_masthead_in_one_line_with_section_and_date() -> None:
    line = "晨光周报 第5版 法律援助 主持人：王小明 2021年10月22日"
    assert [block.text for block in parse("\n\n".join([line, TITLE, ONE, TWO]) + "\n").colophon] == [line]


def test_an_expert_who_answers_is_a_byline() -> None:
    assert ("byline", "解答律师：王小明（正大律师事务所）") in roles(
        parse("\n\n".join([TITLE, ONE, TWO, "解答律师：王小明（正大律师事务所）", "老树的故事", SIX, ONE]) + "\n")
    )


def test_contents_behind_their_entries_go_over_them() -> None:
    entries = [f"{TITLE} 王小明", "修船人的一天（散文） 林小舟", "门卫老李的本子 陈小芳"]
    rest = [TITLE, "王小明", ONE, TWO, "修船人的一天", "林小舟", SIX, "门卫老李的本子", "陈小芳", TWO, ONE]
    blocks = page(*entries, "本期目录", *rest)
    assert [block.text for block in blocks[:4]] == ["本期目录", *entries]


@pytest.mark.parametrize("note", ["（赛程以当日公告为准，雨天顺延）", "（10月13日逢集，单位：元/斤）"])
def test_a_note_in_brackets_under_a_title_is_its_subtitle(note: str) -> None:
    rows = roles(parse("\n\n".join([TITLE, ONE, TWO, "赛程安排", note, SIX, ONE]) + "\n"))
    assert ("title", "赛程安排") in rows
    assert ("subtitle", note) in rows
