"""Which column each piece of text read across belongs to."""

from __future__ import annotations

import tomllib
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from convert.source import Source
from convert.structure import weaving
from convert.structure.interleaved import untangle
from convert.structure.lexis import Lexis
from convert.structure.pieces import Piece, pieces
from tests.structure.test_laid_out import LEFT, RIGHT


def sorted_back(text: str) -> list[str]:
    return [piece.text for piece in untangle(list(pieces(0, Source("page.txt", text))), Lexis([text], False))]


def test_a_row_broken_anywhere_is_still_one_row() -> None:
    rows = list(zip(LEFT, RIGHT, strict=True))
    text = "\n".join(f"{a} {b}" if at < 3 else f"{a}\n{b}" for at, (a, b) in enumerate(rows))
    assert sorted_back(text) == [*LEFT, *RIGHT]


def test_names_in_a_row_stay_in_their_column() -> None:
    rows = [f"{a} {b}" for a, b in zip(LEFT[:6], RIGHT[:6], strict=True)]
    found = sorted_back("\n".join([*rows, f"{LEFT[6]} {RIGHT[6]}", "调研组成员：束承志 费思源 阮家"]))
    assert found[:6] == LEFT[:6]
    assert any("束承志" in line and "费思源" in line for line in found)


def test_every_sign_has_a_weight() -> None:
    text = "\n".join(f"{a} {b}" for a, b in zip(LEFT, RIGHT, strict=True))
    rows = [[line] for line in pieces(0, Source("page.txt", text))]
    weave, woven = weaving.Weave(rows, 34, Lexis([text], False)), weaving.Woven()
    known = tomllib.loads(Path(weaving.__file__).with_name("columns.toml").read_text("utf-8"))
    for item in range(len(weave.pieces)):
        found = list(weave.choices(woven, item))
        assert {sign for choice in found for sign, _ in choice.signs} <= set(known)
        woven = weave.taken(woven, item, found[0])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text("门口常年，。“”、的12 ab（）", min_size=1, max_size=20), min_size=1), min_size=1, max_size=8))
def test_nothing_is_lost_and_no_column_runs_upwards(lines: list[list[str]]) -> None:
    text = "\n".join(" ".join(line) for line in lines)
    source = Source("page.txt", text)
    given_lines = list(pieces(0, source))
    rows: list[list[Piece]] = [[line] for line in given_lines]
    if not rows:
        return
    found = weaving.columns(weaving.Weave(rows, 20, Lexis([text], False)))
    assert sorted(p.span.start for column in found for line in column for p in line) == [p.span.start for p in given_lines]
    assert all(column == sorted(column, key=lambda line: line[0].span.start) for column in found)
    assert len(found) <= weaving.MOST


def test_what_reads_on_as_given_is_not_sorted() -> None:
    given = [*LEFT, "甲 一百二十三 四千五百六十七 八百九十", *RIGHT, "一等奖获得者名单（排名不分先后） 二等奖获得者请见第四版"]
    assert sorted_back("\n".join(given)) == given


def test_lines_across_the_columns_stay_above_and_below_them() -> None:
    rows = [f"{a} {b}" for a, b in zip(LEFT, RIGHT, strict=True)]
    head = "全县农村自来水普及率一年之内又有提高，数万户居民家里的灶台边第一次接通了来自水厂的水管"
    foot = "本版责任编辑的姓名与联系方式见第四版中缝，来信请寄本社群众工作部收，信封上请注明栏目名称"
    assert sorted_back("\n".join([head, *rows, foot])) == [head, *LEFT, *RIGHT, foot]


def test_where_wide_gaps_part_the_columns_a_space_parts_no_words() -> None:
    rows = [f"{a[:6]} {a[6:]}      {b}" for a, b in zip(LEFT, RIGHT, strict=True)]
    assert sorted_back("\n".join(rows)) == [*(f"{a[:6]} {a[6:]}".strip() for a in LEFT), *RIGHT]
