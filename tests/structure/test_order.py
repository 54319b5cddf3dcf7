"""What is not moved: a headline that already stands over the opening of its story."""

from __future__ import annotations

from tests.structure.parsing import parse

LEAD = "上个月一场大雨过后，小区的地下车库没有积水，这在过去十年里还是头一回。排水沟是居民自己清的，水泵是大家一起买的。"
MORE = "公约贴出来以后，电瓶车不再上楼，占道的杂物当天就有人清走，公共收益每个季度公示一次，吵架的人越来越少了。"


def test_a_headline_over_the_opening_of_its_story_is_not_taken_for_that_of_the_story_before() -> None:
    stories = [f"本报讯（记者 王小明）{LEAD}", "图书馆延长开放时间", f"本报讯（记者 李大力）{MORE}", "公园添了三条步道"]
    issue = parse("\n\n".join(["怎样管好一个小区", LEAD, MORE, *stories, f"本报讯 {LEAD}"]))
    assert not issue.moves


def _lines(*lines: str) -> str:
    return "\n\n".join(lines)


def test_a_poem_is_no_row_of_headlines() -> None:
    verse = ["井台", "月亮落在桶里", "提起来", "碎了", "放下去", "又圆", "挑水的人不说话", "扁担替他", "一路数着步子", "到家"]
    issue = parse(_lines("怎样管好一个小区", LEAD, MORE, *verse))
    assert not issue.moves
    assert "".join(block.text for block in issue.blocks()).endswith("".join(verse))


def test_a_line_over_the_opening_of_the_next_story_does_not_go_with_a_displaced_headline() -> None:
    first, second = "小区公约上墙，电瓶车不再上楼", "图书馆夏季延长开放时间"
    issue = parse(
        _lines(
            "怎样管好一条老街",
            "老街全长三百米，铺面一百二十间，屋檐连着屋檐，雨天走完全程不湿鞋。修缮以前，一半的铺面关着门，楼板朽了，电线裸露在外。",
            f"本报讯（记者 王小明）{MORE}",
            first,
            second,
            f"本报讯（记者 李大力）市图书馆昨天宣布，从七月起阅览室开放到晚上九点，周末增加少儿借阅窗口。{LEAD}",
        )
    )
    texts = [block.text for block in issue.blocks()]
    assert texts[texts.index(second) + 1].startswith("本报讯（记者 李大力）")


def test_a_whole_beginning_is_not_fetched_past_another_paragraph() -> None:
    tail = "今年七月一连三十天没有下雨，水窖见了底，消防车一天两趟往山上送水，"
    issue = parse(_lines("山上的水", LEAD, tail, MORE, "全县分成六个片区，每个片区设一个服务站，水管坏了打一个电话就有人来修。"))
    assert all("送水，全县" not in block.text for block in issue.blocks())


def test_a_greeting_is_not_what_a_headline_runs_on_into() -> None:
    issue = parse(_lines("怎样管好一个小区", LEAD, "给老街留一盏灯", "编辑同志：", f"您好！{MORE}"))
    assert [block.text for block in issue.blocks()][2:4] == ["给老街留一盏灯", "编辑同志："]


def test_a_headline_inside_a_list_goes_over_the_sentence_that_announces_it() -> None:
    steps = [f"{mark}、把第{mark}遍的浆水倒进缸里，静置一夜，再换一次清水，水清了才算好。" for mark in "一二三四"]
    issue = parse(_lines("老街怎样管", LEAD, MORE, "红薯下窖十天就可以做粉。做法如下：", steps[0], "红薯粉的做法", *steps[1:]))
    texts = [block.text for block in issue.blocks()]
    assert texts.index("红薯粉的做法") + 1 == texts.index("红薯下窖十天就可以做粉。做法如下：")
