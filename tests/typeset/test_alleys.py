"""Alleys: no white strips at one height in neighbouring columns, and so nothing read across them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from benchmarks import clreq
from convert import style
from convert.style import Style
from convert.typeset.fonts import font_set
from convert.typeset.pages import lay_out, theme
from convert.typeset.pages.alleys import alleys, strips
from convert.typeset.pages.boxes import Box, CaptionBox, HeadingBox, ParagraphBox
from convert.typeset.pages.column import Column, Position
from convert.typeset.pages.flow import columns
from convert.typeset.pages.theme import Theme
from tests.gold_issue import issue_of
from tests.tools import require
from tests.typeset.editions import SAMPLE, paragraphs, pdf, sample
from tests.typeset.test_compose import hand

BLOCK = Theme()


def text(count: int, align: str = "justify", size: float | None = None) -> Box:
    return ParagraphBox(BLOCK, "p", hand(), "字" * count, align=align, size=size)


def head() -> Box:
    return HeadingBox(BLOCK, "h", hand(), "小标题", 1, False, "m")


def whole(boxes: list[Box], first: int, last: int) -> Column:
    column = Column(Position(first, 0), Position(last, 0), 0)
    return column._replace(used=sum(b - a for _, a, b in column.parts(boxes)))


def test_a_heading_a_caption_and_a_line_set_right_open_a_strip_and_plain_paragraphs_none() -> None:
    for other, count in ((text(50), 0), (head(), 1), (text(6, "right", 10.0), 1), (CaptionBox(BLOCK, "c", hand(), "图"), 2)):
        boxes = [text(60), other, text(60)]
        found = strips(boxes, whole(boxes, 0, 3))
        assert len(found) == (2 if isinstance(other, ParagraphBox) and count else count)
        assert all(top < bottom for top, bottom in found)


def test_headings_side_by_side_are_an_alley_and_those_two_rows_apart_are_none() -> None:
    for more, expected in ((0, 1), (42, 0)):
        boxes = [text(60), head(), text(60), text(60 + more), head(), text(60)]
        assert alleys(boxes, [whole(boxes, 0, 3), whole(boxes, 3, 6)]) == expected


def test_columns_part_headings_that_would_stand_side_by_side() -> None:
    boxes = [text(200), head(), text(200), text(200), head(), text(200)]
    found = columns(boxes, Position(0, 0), 2, 48)
    assert alleys(boxes, found) == 0 and found[-1].end == Position(6, 0)
    assert max(column.used for column in found) - min(column.used for column in found) <= 3


def test_the_head_of_a_page_names_its_article_where_the_periodical_has_no_name() -> None:
    rows = "\n".join(f"article\ntitle\t第{name}篇\n" + f"paragraph\t{'正文，' * 700}。" for name in "甲乙")
    pages = lay_out(issue_of(rows), theme(style.load("newspaper")), font_set("CN"))
    heads = [
        "".join(atom.text for atom in found.line.atoms) for page in pages.pages[1:] for found in page.texts
        if found.element is None and found.u < 100
    ]
    assert heads[0] == "第甲篇" and heads[-1] == "第乙篇"


THREE = {"columns": 3, "measure": 14, "size": 10, "leading": 14.3, "heading": [10.4, 10, 10]}


@pytest.mark.parametrize("times", [1, 2, 3, 5, 8])
def test_pdftotext_keeps_the_order_in_two_and_three_columns(tmp_path: Path, times: int) -> None:
    require("pdftotext")
    issue = sample(times)
    for name, table in (("2", {}), ("3", THREE)):
        base = style.load("newspaper").table("pdf")
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(pdf(issue, Style(name=name, tables={"pdf": {**base, **table}})))
        said = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
        source = clreq.Text(paragraphs(issue)).text
        assert clreq.common_subsequence(source, "".join(said.split())) == len(source), (name, times, SAMPLE[:4])


def test_no_row_is_opened_between_a_heading_and_the_heading_under_it() -> None:
    under = HeadingBox(BLOCK, "h", hand(), "小标题", 2, True, "m")
    boxes = [text(200), head(), under, text(200), text(230), head(), text(230)]
    columns(boxes, Position(0, 0), 2, 48)
    assert under.skip == 0 and not under.spreads
