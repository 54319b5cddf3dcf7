"""What the press layer adds to OpenCC: phrases, patterns, names, registers, word borders, houses."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from convert.errors import UsageError
from convert.options import GlossaryRow, VariantOptions
from convert.variants import convert_text, engine, house, press
from tests.shared import shared

NAMES = {"s2t": "t", "s2tw": "tw", "s2hk": "hk", "s2twp": "twp"}
CURLY = str.maketrans("「」『』", "“”‘’")


def convert(text: str, variant: str = "tw", **options: object) -> str:
    return convert_text(text, variant, VariantOptions(**options), language="zh-Hans").text  # type: ignore[arg-type]


def _cases(name: str) -> list[dict[str, str]]:
    with Path(shared("opencc", name)).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_newspaper_sentences() -> None:
    rows = _cases("cases_dev.tsv")
    wrong = [
        (row["source"], got, row["expected"])
        for row in rows
        if (got := convert(row["source"], NAMES[row["config"]]).translate(CURLY)) != row["expected"]
    ]
    assert len(rows) == 153
    assert not wrong


def test_upstream_cases_that_do_not_change_words_hold_with_all_layers_on() -> None:
    import json
    import re

    text = shared("opencc", "testcases.json").read_text("utf-8")
    cases = json.loads(re.sub(r",(\s*[\]}])", r"\1", text))["cases"]
    wrong = [
        (name, case["input"])
        for case in cases
        for name, want in case["expected"].items()
        if name in ("s2t", "s2tw", "s2hk") and convert(case["input"], NAMES[name], quotes=False) != want
    ]
    assert not wrong


def test_every_row_of_the_press_list_does_what_it_says() -> None:
    rows = list(press.rows("press/phrases.tsv"))
    assert all(len(row) == 2 for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
    assert not [(row, got) for row in rows if (got := convert(row[0], quotes=False)) != row[1]]


def test_no_row_of_the_press_list_says_what_the_tables_say_already() -> None:
    single = {"岩": "岩", "签": "簽", "赞": "讚", "岳": "岳", "范": "范", "郁": "郁", "淀": "淀"}
    guards = {"官网", "湿垃圾", "天后宫"} | {"钟繇", "钟嵘", "钟惺"}  # the names: against the topic of bells
    plain = engine.chain("s2tw")
    hongkong, ours = engine.chain("s2hk"), press.chain("s2hk", "press")
    idle = [
        source for source, target in press.rows("press/phrases.tsv")
        if plain.convert(source) == target and not (set(source) & set(single)) and source not in guards and len(source) < 3
        and hongkong.convert(source) == ours.convert(source)
    ]
    assert not idle


def test_jargon_names_entries_of_the_lists() -> None:
    from convert.variants import dictionaries

    known = dictionaries.table("TWPhrases").keys() | dictionaries.table("HKPhrases").keys()
    unknown = press.jargon() - known
    assert len(press.jargon()) > 190
    assert len(unknown) < 5, unknown


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("爱心理发进社区", "愛心理髮進社區"),
        ("人人参与", "人人參與"),
        ("项目一发布便售罄", "項目一發佈便售罄"),
        ("取消了7个中间货架", "取消了7個中間貨架"),
        ("刚刚拉开卷帘门", "剛剛拉開捲簾門"),
        ("奋进新征程", "奮進新征程"),
        ("二万五千里长征", "二萬五千里長征"),
        ("机制种类与制种基地", "機制種類與製種基地"),
        ("服务周到，活动周启动", "服務周到，活動週啟動"),
        ("瑞士表示欢迎", "瑞士表示歡迎"),
    ],
)
def test_word_borders(text: str, want: str) -> None:
    assert convert(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("救助流浪猫52只、鸟30余只", "救助流浪貓52隻、鳥30餘隻"),
        ("比分只有2分，全年只要3天", "比分只有2分，全年只要3天"),
        ("步行25里路", "步行25里路"),
        ("第12周，每周两次", "第12週，每週兩次"),
        ("他喂猫，接起电话说：“喂，你好！”", "他餵貓，接起電話說：「喂，你好！」"),
        ("“邻里杯”乒乓球比赛结束，端起一杯茶", "「鄰里盃」乒乓球比賽結束，端起一杯茶"),
        ("杏花里小区在城里，家里人都搬来了", "杏花里小區在城裡，家裡人都搬來了"),
        ("他干的活多，晒干的豆角", "他幹的活多，曬乾的豆角"),
        ("他系我国雷达事业奠基人", "他係我國雷達事業奠基人"),
        ("三千只个股，一万只要三天", "三千隻個股，一萬只要三天"),
        ("冲入50毫升热水，冲上前去", "沖入50毫升熱水，衝上前去"),
        ("困了就睡，被困了三天", "睏了就睡，被困了三天"),
        ("古人云：学无止境", "古人云：學無止境"),
        ("一出好戏，一出门就下雨", "一齣好戲，一出門就下雨"),
    ],
)
def test_patterns(text: str, want: str) -> None:
    assert convert(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("本报记者 于洋 通讯员 范小余", "本報記者 于洋 通訊員 范小余"),
        ("摄影 王采薇", "攝影 王采薇"),
        ("村支书于大海说", "村支書于大海說"),
        ("捐给余先生所在学校", "捐給余先生所在學校"),
        ("记者采访了钟女士", "記者採訪了鍾女士"),
        ("负责人姓范，百姓于此受益", "負責人姓范，百姓於此受益"),
        ("主任于今年3月到任", "主任於今年3月到任"),
        ("由于女士们热情高涨，三十余老师报名", "由於女士們熱情高漲，三十餘老師報名"),
        ("抓获犯罪嫌疑人范某、余某", "抓獲犯罪嫌疑人范某、余某"),
        ("老余和小范做小游戏", "老余和小范做小遊戲"),
        ("记者 余 靖 通讯员 范 进", "記者 余 靖 通訊員 范 進"),
        ("主任于近日在京签约，书记于上午介绍情况", "主任於近日在京簽約，書記於上午介紹情況"),
        ("居民于海波和妻子来了，于海波笑了", "居民于海波和妻子來了，于海波笑了"),
        ("台长于建国致辞", "臺長于建國致辭"),
        ("记者：现在还用得上吗？", "記者：現在還用得上嗎？"),
    ],
)
def test_names(text: str, want: str) -> None:
    assert convert(text) == want


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("社区项目支持城市运行", "社區項目支持城市運行"),
        ("出租车辆、官网关闭、注册机构", "出租車輛、官網關閉、註冊機構"),
        ("红头文件、光盘行动", "紅頭文件、光盤行動"),
        ("打印机和硬盘", "印表機和硬碟"),
        ("出租车司机用人工智能", "計程車司機用人工智慧"),
    ],
)
def test_the_press_register(text: str, want: str) -> None:
    assert convert(text, "twp") == want


def test_the_it_register_uses_every_word() -> None:
    assert convert("社区项目的接口", "twp", register="it") == "社群專案的介面"


def test_the_plain_register_is_opencc() -> None:
    assert convert("人人参与", register="plain", resolver=False) == engine.chain("s2tw").convert("人人参与")


def test_houses() -> None:
    text = "台湾的公布与占卜，了解温度"
    assert convert(text, "tw") == "臺灣的公佈與占卜，瞭解溫度"
    assert convert(text, "tw", house="tw-press") == "台灣的公布與占卜，了解溫度"
    assert convert(text, "tw", house="press") == convert(text, "tw", house="tw-press")
    assert convert(text, "hk", house="tw-press") == convert(text, "hk")
    assert convert("说税温户卫群", "hk") == "説税温户衞羣"
    assert convert("说税温户卫群", "hk", house="press") == "說稅溫戶衛群"
    assert {"tw-press", "hk-press"} <= set(house.available())


@pytest.mark.parametrize("option", [{"engine": "x"}, {"register": "x"}, {"house": "x"}])
def test_what_there_is_not(option: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="There are"):
        convert("发", **option)


def test_the_fixed_package_is_an_engine() -> None:
    from opencc import OpenCC

    text = "徐汇区的“托底”管理，几周之后见分晓。\n干垃圾"
    got = convert(text, engine="reimplemented", quotes=False)
    assert got == OpenCC("s2tw").convert(text)
    with pytest.raises(UsageError, match="s2hkp"):
        convert(text, "hkp", engine="reimplemented")


@pytest.mark.parametrize(("variant", "want"), [
    ("tw", "一發布就發麵。「他說『好』」。台灣占住雇員，"),
    ("hk", "一發布就發麵。「他說『好』」。台灣占住僱員，"),
])
def test_a_house_style_holds_beside_marks_and_protected_words(variant: str, want: str) -> None:
    options = VariantOptions(house="press", glossary=(GlossaryRow("软件", "軟件"),))
    got = convert_text("一发布就发面。“他说‘好’”。台湾占住雇员，软件公布", variant, options, language="zh-Hans").text
    assert got == want + "軟件公布"
