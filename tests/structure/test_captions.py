"""Captions that interrupt nothing: they part no heading from its text, begin no story, and go nowhere for their words."""

from __future__ import annotations

from convert.issue import Role
from tests.structure.parsing import parse

LEAD = "上个月一场大雨过后，小区的地下车库没有积水，这在过去十年里还是头一回。排水沟是居民自己清的，水泵是大家一起买的。"
MORE = "公约贴出来以后，电瓶车不再上楼，占道的杂物当天就有人清走，公共收益每个季度公示一次，吵架的人越来越少了。"
SMITH = "铁匠铺的炉子又生起了火，老铁匠抡着锤子打一把镰刀。徒弟拉风箱，火星落在地上，老铁匠说镰刀要打三十六锤。"
PICTURE = "老铁匠正在炉子前打镰刀。王小明 摄"


def test_a_caption_under_a_heading_goes_before_it() -> None:
    issue = parse("\n\n".join(["怎样管好一个小区", LEAD, "一、先把沟清了", f"\n\n{PICTURE}", MORE]))
    assert [block.role for block in issue.articles[0].blocks] == [
        Role.TITLE,
        Role.PARAGRAPH,
        Role.CAPTION,
        Role.HEADING,
        Role.PARAGRAPH,
    ]
    assert [move.rule for move in issue.moves] == ["caption-slipped"]
    assert [reason.why for reason in issue.reasons if reason.what == "move"]


def test_a_caption_over_the_headline_of_its_story_is_asked_about_and_begins_nothing() -> None:
    issue = parse(
        "\n\n".join(
            [
                "怎样管好一个小区",
                LEAD,
                MORE,
                PICTURE,
                "老街铁匠铺重新开张",
                "本报记者 王小明",
                SMITH,
                SMITH.replace("三十六", "七十二"),
            ]
        )
    )
    assert [article.blocks[0].text for article in issue.articles] == ["怎样管好一个小区", "老街铁匠铺重新开张"]
    assert [query.kind for query in issue.queries] == ["caption-place"]
    assert not issue.moves


def test_a_caption_between_whole_paragraphs_stays() -> None:
    issue = parse("\n\n".join(["怎样管好一个小区", LEAD, PICTURE, MORE, SMITH]))
    assert [block.text for block in issue.blocks()][2] == PICTURE
    assert not issue.moves
