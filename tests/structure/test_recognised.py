"""What a recogniser does to a page: headlines cut at a gutter, rows with a hole in them, upright characters before lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convert.source import Line, Source, Word
from convert.structure import geometry_lines, gutters
from convert.structure.pieces import pieces
from tests.structure.test_geometry import EM, FIRST, SECOND, THIRD, column
from tests.structure.test_layout import recognised, texts


def test_a_headline_cut_over_a_gutter_is_one() -> None:
    left, right = column([FIRST[1]] * 5, 20, 60, indented=False), column([THIRD[1]] * 5, 192, 60, indented=False)
    rows = (("镇上的木匠", 100, 20, 16.0), ("铺子重开了", 190, 20, 16.0), *left, *right)
    assert [text.replace(" ", "") for text in texts(recognised(*rows), "title")] == ["镇上的木匠铺子重开了"]


def test_headlines_of_two_stories_side_by_side_are_two() -> None:
    left, right = column([*[FIRST[1]] * 4, "做了一辈子。"], 20, 60), column([*[THIRD[1]] * 4, "笑了起来。"], 192, 60)
    rows = (("镇上的木匠", 20, 20, 24.0), ("铺子重开了", 192, 20, 24.0), *left, *right)
    assert texts(recognised(*rows), "title") == ["镇上的木匠", "铺子重开了"]


def test_a_row_with_a_hole_where_lines_above_and_below_have_none_is_one() -> None:
    whole = FIRST[0] + SECOND[0]
    above = [(whole, 20.0, 60.0, EM), (whole, 20.0, 76.0, EM)]
    torn = [(whole[:14], 20.0, 92.0, EM), (whole[16:], 20.0 + 16 * EM, 92.0, EM)]
    below = [(whole, 20.0, 108.0, EM)]
    source = recognised(*above, *torn, *below)
    lines = list(geometry_lines.rows(list(pieces(0, source))))
    assert [len(line.pieces) for line in lines] == [1, 1, 2, 1]


def test_two_columns_are_no_rows_with_a_hole() -> None:
    left, right = column([FIRST[1]] * 5, 20, 60, indented=False), column([THIRD[1]] * 5, 192, 60, indented=False)
    lines = list(geometry_lines.rows(list(pieces(0, recognised(*left, *right)))))
    assert [len(line.pieces) for line in lines] == [1] * 10


def test_the_characters_of_an_upright_headline_are_not_those_of_the_lines_beside_it() -> None:
    body = column([*FIRST, *SECOND, *THIRD], 60, 60, indented=False)
    source = recognised(*body)
    lines = []
    text = source.text
    upright = "木匠铺重开"
    # 铺 and 子 stand at 20, far before two lines, and are read as their first characters
    for line, char in zip(source.lines[:2], "铺子", strict=True):
        start = len(text)
        text += char + source.text[line.start : line.end] + "\n"
        end = len(text) - 1
        shift = start + 1 - line.start
        assert line.box is not None
        first = Word(start, start + 1, 0.7, (20.0, line.box[1], 34.0, line.box[3]))
        rest = tuple(replace(word, start=word.start + shift, end=word.end + shift) for word in line.words)
        lines.append(replace(line, start=start, end=end, box=(20.0, *line.box[1:]), words=(first, *rest)))
    for line in source.lines[2:]:
        start = len(text)
        text += source.text[line.start : line.end] + "\n"
        shift = start - line.start
        words = tuple(replace(word, start=word.start + shift, end=word.end + shift) for word in line.words)
        lines.append(replace(line, start=start, end=len(text) - 1, words=words))
    start = len(text)
    text += upright + "\n"
    words = tuple(Word(start + n, start + n + 1, 0.9, (20.0, 100.0 + 14 * n, 34.0, 114.0 + 14 * n)) for n in range(5))
    lines.append(Line(99, start, start + 5, 0, (20.0, 100.0, 34.0, 170.0), 14.0, words))
    fresh = "".join(" " if at < len(source.text) and char != "\n" else char for at, char in enumerate(text))
    found = replace(source, text=fresh, lines=tuple(replace(line, number=n) for n, line in enumerate(lines, 1)))
    assert texts(found, "drop") == ["铺", "子"]
    assert "".join(FIRST + SECOND) in "".join(texts(found, "paragraph"))


def test_a_line_under_the_white_a_picture_leaves_is_a_caption() -> None:
    caption = "季师傅在铺子里刨木料的样子。"
    rows = (
        ("镇上的木匠铺", 20, 20, 24.0), *column([*FIRST, *SECOND], 20, 60),
        (caption, 20, 220, EM), *column(THIRD, 20, 244),
    )  # fmt: skip
    assert texts(recognised(*rows), "caption") == [caption]


def test_an_office_and_a_name_without_a_space_are_a_byline() -> None:
    rows = (("镇上的木匠铺", 20, 20, 24.0), ("文化站季小满", 50, 50, EM), *column(FIRST, 20, 70))
    assert texts(recognised(*rows), "byline") == ["文化站季小满"]


def read_across(rows: list[tuple[str, str]], rule: str) -> Source:
    """Rows of two columns, each read as one line; where `rule` is given, it was read between them."""
    text, lines = "", []
    for number, (one, other) in enumerate(rows):
        top, start = 60.0 + 16 * number, len(text)
        line = one + rule + other
        spans = [(n, n + 1, 20 + EM * n) for n in range(len(one))]
        spans += [(len(one), len(one) + len(rule), 20 + EM * len(one) + 4)] if rule else []
        spans += [(len(one + rule) + n, len(one + rule) + n + 1, 210 + EM * n) for n in range(len(other))]
        words = tuple(
            Word(start + first, start + last, 0.9, (x, top, x + (2.0 if line[first:last] == rule else EM), top + EM))
            for first, last, x in spans
        )
        text += line + "\n"
        lines.append(Line(number + 1, start, start + len(line), 0, (20.0, top, spans[-1][2] + EM, top + EM), EM, words))
    return Source("page.hocr", text, lines=tuple(lines), format="hocr")


@pytest.mark.parametrize("rule", ["", "|", "“|"])
def test_rows_read_across_a_gutter_nothing_else_shows_are_cut_there(rule: str) -> None:
    left = [FIRST[0], FIRST[1], FIRST[2], *SECOND]
    right = [THIRD[0], THIRD[1], THIRD[2], "他自己却说是手上的感觉罢了。"]
    found = texts(read_across(list(zip(left, right, strict=True)), rule), "paragraph")
    assert "".join(found) == "".join(left + right)


def test_one_wide_gap_is_no_gutter() -> None:
    source = recognised(*column([FIRST[1]] * 5, 20, 60, indented=False))
    line = source.lines[2]
    words = tuple(
        replace(word, box=(word.box[0] + 2 * EM * (n > 7), word.box[1], word.box[2] + 2 * EM * (n > 7), word.box[3]))
        for n, word in enumerate(line.words) if word.box is not None
    )  # fmt: skip
    lines = (*source.lines[:2], replace(line, words=words), *source.lines[3:])
    assert len(list(gutters.cut(list(pieces(0, replace(source, lines=lines)))))) == 5


def test_a_line_without_white_over_a_gutter_is_not_cut() -> None:
    left, right = column([FIRST[1]] * 5, 20, 60, indented=False), column([THIRD[1]] * 5, 192, 60, indented=False)
    rows = (("镇上的木匠铺子重开了请大家都来", 102, 30, 14.0), *left, *right)
    assert len(list(gutters.cut(list(pieces(0, recognised(*rows)))))) == 11


def test_the_box_of_a_line_that_reaches_into_a_picture_does_not_make_it_a_headline() -> None:
    rows = (("镇上的木匠铺", 20, 20, 24.0), *column([*FIRST, *SECOND], 20, 60), ("季师傅", 20, 124, EM))
    source = recognised(*rows)
    last = source.lines[-1]
    assert last.box is not None
    tall = replace(last, box=(last.box[0], last.box[1], last.box[2], last.box[3] + 1.5 * EM), size=3.0 * EM)
    words = tuple(Word(last.start + n, last.start + n + 1, 0.9, (20 + EM * n, 124.0, 30 + EM * n, 134.0)) for n in range(3))
    extra = Word(last.end - 1, last.end, 0.9, (50.0, 124.0, 60.0, 134.0))
    found = replace(source, lines=(*source.lines[:-1], replace(tall, words=(*words[:2], replace(words[2], end=last.end), extra))))
    assert texts(found, "title") == ["镇上的木匠铺"]
