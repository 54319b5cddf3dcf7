"""Text that keeps the layout of its page in white space: columns that drift, headlines over them, vertical ones beside them."""

from __future__ import annotations

from convert.laws import check_laws
from convert.options import ParseOptions
from convert.source import Source
from convert.structure import geometry_text, structure
from convert.structure.lexis import Lexis
from convert.structure.pieces import pieces

LEFT = [
    "镇上的木匠铺开了三十多年，老板姓",
    "陶，左邻右舍都管他叫陶师傅。铺子",
    "不大，进门是一张长条案，案上摆着",
    "刨子、凿子和墨斗，墙上挂着大大小",
    "小的锯。每天早上六点半，陶师傅准",
    "时开门，先把昨天的刨花扫成一堆，",
    "再烧一壶水。",
]
RIGHT = [
    "他做的板凳有个规矩，四条腿要向外",
    "斜一分，坐上去才稳。有人嫌麻烦，",
    "说直着钉省料，他只是摇摇头。去年",
    "秋天，学校来订四十张课桌，他带着",
    "徒弟做了一个多月，一张一张地试，",
    "交货那天还推着车多送了两张，说是",
    "怕路上磕坏。",
]


def laid_out(gaps: list[int], head: str = "") -> str:
    rows = [left.ljust(17) + " " * gap + right for left, right, gap in zip(LEFT, RIGHT, gaps, strict=True)]
    return "\n".join([head, *rows] if head else rows)


def order(text: str) -> list[str]:
    source = Source("page.txt", text)
    return [piece.text for piece in geometry_text.in_columns(list(pieces(0, source)), text, Lexis([text], False))]


def test_a_column_that_drifts_by_ten_characters_is_one_column() -> None:
    assert order(laid_out([3, 12, 5, 9, 3, 11, 6])) == LEFT + RIGHT


def test_a_single_space_parts_columns_where_others_show_them() -> None:
    assert order(laid_out([3, 3, 1, 3, 1, 3, 4])) == LEFT + RIGHT


def test_a_headline_in_the_middle_stands_before_both_columns() -> None:
    assert order(laid_out([3, 8, 3, 7, 3, 9, 4], " " * 13 + "木匠铺的早晨")) == ["木匠铺的早晨", *LEFT, *RIGHT]


def test_a_vertical_headline_beside_the_columns_is_taken_out_of_them() -> None:
    beside = dict(zip(range(1, 6), "木匠铺早晨", strict=True))
    rows = laid_out([3, 8, 3, 7, 3, 9, 4]).split("\n")
    text = "\n".join(("   " + beside.get(at, " ") + ("    " if at in beside else "     ") + row) for at, row in enumerate(rows))
    assert order(text) == [*"木匠铺早晨", *LEFT, *RIGHT]
    source = Source("page.txt", text + "\n" + "\n".join(" " * 9 + line for line in LEFT))
    check_laws(structure((source,), ParseOptions()))
