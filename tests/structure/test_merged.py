"""Two paragraphs that came out as one block: parted where the page shows it, and not where one paragraph may say it all."""

from __future__ import annotations

import pytest

from convert.options import Decision
from convert.proofread import errata
from tests.structure.parsing import parse, texts

LEAD = "上个月一场大雨过后，小区的地下车库没有积水，这在过去十年里还是头一回。排水沟是居民自己清的，水泵是大家一起买的。"
MORE = "公约贴出来以后，电瓶车不再上楼，占道的杂物当天就有人清走，公共收益每个季度公示一次，吵架的人越来越少了。"


def _page(*lines: str) -> str:
    return "\n\n".join(["怎样管好一个小区", LEAD, *lines, MORE])


@pytest.mark.parametrize(
    ("first", "merged", "last"),
    [
        ("一、先把沟清了，", "二、再把泵装上，三天之内装完。||三、最后把台账建起来，", "四、每个月查一次，"),
        ("1.申请表一份，到窗口领取；", "2.身份证复印件；||3.收入证明，由单位盖章；", "4.其他材料。"),
        ("（一）登记以后才能生效；", "（二）不得转让，不得继承；||（三）期满以后自行消灭。", "（四）本办法自公布之日起施行。"),
        (
            "读者：房东一直不管，怎么办？",
            "律师：可以先修，把票据留好。||读者：押金能不能抵？",
            "读者：谢谢律师，我明白了。",
        ),
        (
            "（一）到窗口取号；",
            "13路：首班推迟到六点，末班不变。||22路：绕行南门，站牌照旧。",
            "22路：逢集加开两班。\n\n7路：停运一天。",
        ),
        ("▲镇里的书屋换了新灯，", "周末有义诊，不收挂号费。||▲班车自三月起每日增至四班。", "▲井台修好了。"),
        ("捐款名单：\n\n桥头村 300元", "南货店 200元||无名氏（附言“买灯油”） 66元||车行同人 1000元", "孙家祠堂 800元"),
        ("山中的灯塔/闻小渡……4", "一年的雨/钟离……15||“老七”的最后一封信/葛丁……22", "编后/本刊……50\n\n来信/读者……52"),
        ("一溪新雨过柴扉，", "燕子衔泥款款飞。||最是儿童无个事，", "骑牛吹笛踏花归。"),
        ("3日 上午9时 文化站 写春联", "10日 下午2时 广场 看戏||16日 下午3时 村史馆 座谈", "24日 上午8时 祠堂 赶集"),
    ],
)
def test_what_the_page_begins_blocks_with_begins_a_block(first: str, merged: str, last: str) -> None:
    found = texts(parse(_page(*(text.replace("||", "") for text in (first, merged, last)))))
    for part in merged.replace(" ", "").split("||"):
        assert any(text.replace(" ", "").rstrip("，。；") == part.rstrip("，。；") for text in found), found


def test_a_report_opens_behind_a_full_stop() -> None:
    found = texts(parse(_page(f"图书馆延长了开放时间，周末也能借书。本报讯（记者 李大力）{MORE}")))
    assert f"本报讯（记者 李大力）{MORE}" in found


@pytest.mark.parametrize(
    "whole",
    [
        "公约有三条：一、车停在棚里；二、垃圾不下楼；三、有事好商量。大家都签了字，贴在门口。",
        "他连说三遍：1.不许占道；2.不许飞线；3.不许上楼。说完就走了。",
        "展览从3月1日 开始，到4月5日 结束，中间的周末都有讲解。",
        "他只留下三样：旧书 3册，茶碗 2只，药方 1张，别的都送了人。",
        "班车自三月起每日增至四班。▲是站牌上的记号，认得就行。",
        "老张：你说呢？老李：我看行。两个人就这样定了。",
        "记者在本报讯的栏目里看到，图书馆延长了开放时间。据本报讯息，周末也能借书。",
    ],
)
def test_a_series_inside_one_paragraph_stays(whole: str) -> None:
    assert whole.replace(" ", "") in texts(parse(_page(whole)))


def test_why_a_block_was_parted_is_told() -> None:
    issue = parse(_page("一、先把沟清了。", "二、再把泵装上，三天之内装完。三、最后把台账建起来。"))
    assert [reason.why for reason in issue.reasons if reason.what == "split"] == [
        "“…天之内装完。” and “三、最后把台…” are two blocks: the neighbouring numbers begin blocks of their own."
    ]


def test_an_editor_joins_what_was_parted() -> None:
    issue = parse(_page("一、先把沟清了。", "二、再把泵装上，三天之内装完。三、最后把台账建起来。"))
    source = issue.sources[0].text
    at = source.index("三、最后")
    again = Decision(
        "join",
        "1.txt",
        at,
        at + 12,
        source[at : at + 12],
        "after:三天之内装完。",
        source[at - 12 : at],
        source[at + 12 : at + 24],
    )
    assert "二、再把泵装上，三天之内装完。三、最后把台账建起来。" in texts(errata.apply(issue, [again]))
