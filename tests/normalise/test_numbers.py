"""Full-width marks inside numbers and addresses are half-width; those between two numbers stay."""

from __future__ import annotations

import pytest

from convert.options import ParseOptions
from convert.source import Source
from convert.structure import structure
from tests.normalise.rebuilding import done


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上午9：30开会，下午14：00—16：00", "上午9:30开会，下午14:00—16:00"),
        ("上午９： ３０开会", "上午9:30开会"),
        ("比分3：2，以3：1战胜对手", "比分3:2，以3:1战胜对手"),
        ("比例为1：2：3，约1：10000的地图", "比例为1:2:3，约1:10000的地图"),
        ("价格３．５元，增长１２％，ＧＤＰ", "价格3.5元，增长12%，GDP"),
        ("投入１０，０００元，共12，345，678人", "投入10,000元，共12,345,678人"),
        ("见ｗｗｗ．ａ．ｃｏｍ", "见www.a.com"),
        ("信箱ａｂ＠ｃ．ｃｏｍ", "信箱ab@c.com"),
        ("网址ｈｔｔｐ：／／ａ．ｃｏｍ／ｂ", "网址http://a.com/b"),
        ("占１／３", "占1/3"),
        ("用时1：02：33夺冠", "用时1:02:33夺冠"),
    ],
)
def test_one_number(text: str, expected: str) -> None:
    assert done(text) == expected


@pytest.mark.parametrize(
    "text",
    ["附件1：20名教师名单", "表2：2020年产量", "第3：10", "他说：3个", "文／林静宜", "1：20名获奖者", "排名第2，300人参加",
     "今年3，450人参加", "见图1：30", "分组1：15人", "一、9：3年级"],
)  # fmt: skip
def test_two_numbers(text: str) -> None:
    assert done(text) == text


def test_every_change_is_a_row_of_the_ledger() -> None:
    issue = structure((Source("a.txt", "本报讯，大会于上午９：３０在礼堂开幕，共有三百人到会。"),), ParseOptions())
    assert sum("9:30" in block.text for block in issue.blocks()) == 1
    assert sum("width" in edit.rule for edit in issue.edits) >= 1
    assert all(edit.before == issue.sources[0].text[edit.start : edit.end] for edit in issue.edits)
