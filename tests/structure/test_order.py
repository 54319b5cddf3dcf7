"""What is not moved: a headline that already stands over the opening of its story."""

from __future__ import annotations

from tests.structure.parsing import parse

LEAD = "上个月一场大雨过后，小区的地下车库没有积水，这在过去十年里还是头一回。排水沟是居民自己清的，水泵是大家一起买的。"
MORE = "公约贴出来以后，电瓶车不再上楼，占道的杂物当天就有人清走，公共收益每个季度公示一次，吵架的人越来越少了。"


def test_a_headline_over_the_opening_of_its_story_is_not_taken_for_that_of_the_story_before() -> None:
    stories = [f"本报讯（记者 王小明）{LEAD}", "图书馆延长开放时间", f"本报讯（记者 李大力）{MORE}", "公园添了三条步道"]
    issue = parse("\n\n".join(["怎样管好一个小区", LEAD, MORE, *stories, f"本报讯 {LEAD}"]))
    assert not issue.moves
