"""What the text-level rules change and, as important, what they leave alone."""

from __future__ import annotations

import pytest

from convert.normalise import RULES, Context, normalise
from tests.normalise.rebuilding import done

PLAIN, HEAD, LIST, HANT = Context(), Context(display=True), Context(listing=True), Context(traditional=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("他说:好,走吧;真的?真的!", "他说：好，走吧；真的？真的！"),
        ("上午9:30,比例约为1:5,投入1,200元", "上午9:30，比例约为1:5，投入1,200元"),
        ("(注)见第3页(共5页)", "（注）见第3页（共5页）"),
        ("用药量(g)=每亩(g)×水量(kg)÷总量(kg)", "用药量(g)=每亩(g)×水量(kg)÷总量(kg)"),
        ("草鱼 12.40(+0.8%),涨幅(-3%)", "草鱼12.40（+0.8%），涨幅（-3%）"),
        ("产量=120×(1+5%)", "产量=120×(1+5%)"),
        ("速率约为2^((120-100)/10)=4倍", "速率约为2^((120-100)/10)=4倍"),
        ("一种分子(geosmin)约101kPa", "一种分子（geosmin）约101kPa"),
        ("见https://a.org/x?b=1,c=2,再看", "见https://a.org/x?b=1,c=2，再看"),
        ("邮箱:a.b@example.com,电话:6120-3358", "邮箱：a.b@example.com，电话：6120-3358"),
        ("保存为“新建文件夹(2)”", "保存为“新建文件夹(2)”"),
        ("11月5日-10日开放,8:30-20:30", "11月5日—10日开放，8:30—20:30"),
        ("20一30克", "20一30克"),
        ("等等...还有。。。", "等等……还有……"),
        ("共谋发展。 “邻里节”开幕", "共谋发展。“邻里节”开幕"),
        ("成员单位 20 家", "成员单位20家"),
        ("采用 Open Source 软件", "采用Open Source软件"),
        ("（记者 顾南）昨天获悉，全部完成", "（记者 顾南）昨天获悉，全部完成"),
        ('他说"好"。', "他说“好”。"),
        ('水温75"C左右', '水温75"C左右'),
        ("「实」字诀", "“实”字诀"),
        ("\u2f08\u6c11", "人民"),
        ("１２３ＡＢ％", "123AB%"),
        ("零\u200b宽\ufeff字\u00ad符", "零宽字符"),
        ("ﬁve oﬃce", "five office"),
        ("被撕\n开的行", "被撕开的行"),
        ("two\nwords和2^((120-\n100)", "two words和2^((120-100)"),
    ],
)
def test_running_text(text: str, expected: str) -> None:
    assert done(text) == expected
    assert done(expected) == expected, "rules are idempotent"


def test_a_separator_the_setter_meant_stays_in_a_headline() -> None:
    assert done("释放红色力量\u3000打响红色品牌", HEAD) == "释放红色力量 打响红色品牌"
    assert done("产业党组织覆盖率 100%", HEAD) == "产业党组织覆盖率100%"


def test_every_space_of_an_imprint_separates() -> None:
    assert done("某某 主办    第12期", LIST) == "某某 主办 第12期"
    assert done("来源:某某网", LIST) == "来源：某某网"
    assert done("2018年10月30日16:47\u00a0\u00a0来源:网", LIST) == "2018年10月30日16:47 来源：网"


def test_corner_brackets_stay_in_traditional() -> None:
    assert done("所謂「亭仔腳」,就是騎樓", HANT) == "所謂「亭仔腳」，就是騎樓"


def test_latin_text_is_left_alone() -> None:
    assert normalise("Well, who's there? (Nobody.) 1, 2, 3...", PLAIN) == ()


def test_a_change_names_every_rule_that_made_it() -> None:
    rules = {rule for change in normalise("他说: 好", PLAIN) for rule in change.rule.split("+")}
    assert rules == {"space", "width"}
    assert rules <= {rule.name for rule in RULES}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("老 街 的 亭 仔 腳", "老街的亭仔腳"),
        ("老\n街\n的\n亭仔腳", "老街的亭仔腳"),
        ("苦楝开花的时\n候", "苦楝开花的时候"),
        ("夏 至", "夏 至"),
        ("本\n报\n记\n者 石小磊", "本报记者 石小磊"),
    ],
)
def test_characters_driven_apart_are_no_separated_words(text: str, expected: str) -> None:
    assert done(text, HEAD) == expected
    assert done(expected, HEAD) == expected


def test_a_line_end_parts_the_lines_of_a_headline_and_of_nothing_else() -> None:
    assert done("老馆改造完工\n书库向读者开放", Context(display=True, stacked=True)) == "老馆改造完工 书库向读者开放"
    assert done("要补多\n久呀？", HEAD) == "要补多久呀？"
    assert done("分享到：微信 微博\nQQ空间", Context(stacked=True, listing=True)) == "分享到：微信 微博 QQ空间"


@pytest.mark.parametrize("text", ["本报讯 6月15日，停车楼启用。", "本报讯 市气象台昨天发布预警。", "新华社电 昨天"])
def test_the_space_behind_the_word_that_opens_a_report_stays(text: str) -> None:
    assert done(text) == text
