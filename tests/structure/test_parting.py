"""Blocks that were run together are parted where what stands on either side is made as the blocks beside it are."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.structure import parting
from tests.structure.parsing import parse, texts

LEAD = "上个月一场大雨过后，小区的地下车库没有积水，这在过去十年里还是头一回。排水沟是居民自己清的，水泵是大家一起买的。"
MORE = "公约贴出来以后，电瓶车不再上楼，占道的杂物当天就有人清走，公共收益每个季度公示一次，吵架的人越来越少了。"


@pytest.mark.parametrize(
    "rows",
    [
        ["问：面试要带什么？", "答：带身份证原件和一支笔。||问：可以穿便装吗？", "答：可以，整洁就好。",
         "问：几天出结果？", "答：三天之内。"],
        ["第一名：杜小满（铁路小学），积17分", "第二名：余大江（实验小学），积15分||第三名：白一帆（城东小学），积14分",
         "第四名：贺子墨（城西小学），积12分", "第五名：苗青青（矿区小学），积11分"],
        ["K9201次 南河 06:10开 北塬 09:25到", "K9203次 南河 08:40开 北塬 11:52到||K9205次 南河 13:15开 北塬 16:30到",
         "K9207次 南河 17:05开 北塬 20:18到", "K9209次 南河 21:00开 北塬 00:12到"],
    ],
)  # fmt: skip
def test_rows_run_together_are_parted(rows: list[str]) -> None:
    found = [
        text.replace(" ", "")
        for text in texts(parse("\n\n".join(["消息", LEAD, *(row.replace("||", "") for row in rows), MORE])))
    ]
    for part in "||".join(rows).replace(" ", "").replace(":", "：").split("||"):
        assert part in [text.replace(":", "：") for text in found], found


def test_a_paragraph_of_many_sentences_stays_whole() -> None:
    long = LEAD + MORE
    assert long in texts(parse("\n\n".join(["怎样管好一个小区", LEAD, long, MORE])))


def test_only_blocks_that_are_asked_about_are_looked_at() -> None:
    rows = ["问：去吗？", "答：去。问：远吗？", "答：不远。", "问：冷吗？", "答：不冷。"]
    assert parting.places(rows, [False] * len(rows)) == {}


def test_every_sign_is_there() -> None:
    page = parting.Page(["问：去吗？", "答：去。问：远吗？", "答：不远。"])
    assert [place for place in page.places(1) if page.texts[1][place:].startswith("问")] == [4]
    assert len(page.signs(1, 4)) == len(parting.SIGNS)


def test_the_shape_of_a_text() -> None:
    assert parting.shape("K9201次 南河 06：10开") == "ADHSHSD：DH"


@given(
    st.lists(
        st.text(alphabet=st.sampled_from("问答：。！“”（）《》0123 一二山水的了\x00\ue000" + string.ascii_letters), max_size=90),
        max_size=9,
    )
)
def test_parts_lie_inside(page: list[str]) -> None:
    for at, found in parting.places(page, [True] * len(page)).items():
        assert found == sorted(set(found))
        assert all(0 < place < len(page[at]) for place in found)
