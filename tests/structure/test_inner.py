"""Blocks of wrapped text are parted at a line end inside them where the page shows that another block begins there."""

from __future__ import annotations

import pytest

from convert.options import ParseOptions
from convert.source import Source
from convert.structure import fragments, inner
from convert.structure.lexis import Lexis
from convert.structure.state import State, Unit
from tests.structure.parsing import parse, texts
from tests.structure.test_wrapping import STORY, wrapped

ROWS = [
    "海狸牌保温壶 四十二元 每人限购一只",
    "小满牌蜂窝煤 一元三角 凭条领取",
    "长风牌收音机 九十八元 另赠电池两节",
    "双桥牌缝纫针 三角五分 整包出售",
    "晨星牌自行车 二百六十元 代办牌照",
    "红叶牌搪瓷盆 五元八角 每户限购两只",
]


VERSE = [
    "一根绳子拉直了整个秋天",
    "母亲寄来的毛衣在上面晾",
    "伸开两只空空的袖子等我",
    "前面是河后面是山坡在看",
    "我把扣子一颗一颗地解开",
]


def units(page: str) -> list[Unit]:
    state = State((Source("1.txt", page),), ParseOptions(), "zh-Hans", Lexis([page], False))
    fragments.read(state)
    return state.units


@pytest.mark.parametrize("rows", [ROWS, VERSE])
def test_rows_and_verse_as_long_as_a_column_are_parted(rows: list[str]) -> None:
    page = wrapped(*STORY) + "\n" + "\n".join(rows) + "\n\n" + wrapped(*STORY)
    found = [text.replace(" ", "") for text in texts(parse(page))]
    assert [row for row in rows if row.replace(" ", "") in found] == rows, found


def test_the_reason_is_told() -> None:
    page = wrapped(*STORY) + "\n" + "\n".join(ROWS) + "\n\n" + wrapped(*STORY)
    assert any("the one line ends and the next begins" in reason.why for reason in parse(page).reasons)


def test_prose_stays_whole() -> None:
    page = wrapped(*STORY) + "\n" + wrapped(*STORY)
    assert texts(parse(page))[:3] == STORY
    assert inner.places(units(page)) == {}


def test_every_sign_is_there() -> None:
    found = units(wrapped(*STORY) + "\n" + wrapped(*STORY))
    page = inner.Page(found)
    at = next(at for at in range(len(found)) if page.places(at, every=True))
    assert len(page.signs(at, page.places(at, every=True)[0])) == len(inner.SIGNS)


def test_the_lines_of_a_block() -> None:
    found = inner.lines(units(wrapped(*STORY) + "\n" + wrapped(*STORY))[0])
    assert found is not None
    assert found.starts[:3] == (0, 18, 38)
    assert found.widths[:2] == (36, 40)
    assert found.measure == 40


@pytest.mark.parametrize("page", ["", "一行\n", "问：去吗？\n\n答：去。\n"])
def test_text_without_wrapped_lines_is_not_looked_at(page: str) -> None:
    assert inner.places(units(page) if page else []) == {}


def test_places_lie_between_lines() -> None:
    found = units(wrapped(*STORY) + "\n".join(ROWS) + "\n" + wrapped(*STORY))
    for at, cuts in inner.places(found).items():
        own = inner.lines(found[at])
        assert own is not None
        assert set(cuts) <= set(own.starts)
