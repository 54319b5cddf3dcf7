"""Pages: every line of every block is drawn once, whatever the blocks and however small the page."""

from __future__ import annotations

import itertools
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.issue import Issue
from convert.style import Style
from convert.typeset.atoms import setter
from convert.typeset.fonts import font_set
from convert.typeset.pages import Pages, lay_out, theme
from convert.typeset.pages.boxes import Box, CaptionBox, ParagraphBox
from convert.typeset.pages.display import display_lines
from convert.typeset.pages.flow import Column, Position, columns, fill, walk
from convert.typeset.pages.model import Page
from convert.typeset.pages.theme import Theme
from tests.gold_issue import issue_of
from tests.typeset.editions import look, sample
from tests.typeset.test_compose import hand


def laid(issue: Issue, style: Style) -> Pages:
    return lay_out(issue, theme(style), font_set("CN"))


def drawn(pages: Pages) -> Counter[str]:
    """Characters drawn by element."""
    found: Counter[str] = Counter()
    for page in pages.pages:
        for text in page.texts:
            if text.element is not None:
                found[text.element] += sum(len(atom.text.strip()) for atom in text.line.atoms)
    return found


ROLES = st.sampled_from(["paragraph", "paragraph", "paragraph", "heading", "heading2", "caption", "paragraph:verse", "byline"])
BLOCKS = st.lists(st.tuples(ROLES, st.integers(1, 260)), min_size=1, max_size=14)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(BLOCKS, min_size=1, max_size=4), st.sampled_from([(1, 16), (2, 12), (3, 8), (4, 6)]), st.sampled_from([8, 11, 30]),
    st.booleans(),
)
def test_everything_is_drawn_once(
    articles: list[list[tuple[str, int]]], grid: tuple[int, int], rows: int, vertical: bool
) -> None:
    lines = []
    for blocks in articles:
        lines.append("article\ntitle\t标题")
        lines += [f"{role}\t{'文字，' * (length // 3)}{'字' * (length % 3 + 1)}。" for role, length in blocks]
    issue = issue_of("\n".join(lines))
    pages = laid(issue, look(columns=grid[0], measure=grid[1], rows=rows, vertical=vertical, page=[900, 900]))
    found = drawn(pages)
    for block in issue.blocks():
        assert found[block.id] == len("".join(block.text.split())), (block.role, block.text[:20])
    assert len(pages.pages) < 40 + sum(len(block.text) for block in issue.blocks()) // 20


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 200), min_size=1, max_size=10), st.integers(4, 30), st.integers(1, 4))
def test_columns_join_without_a_gap(lengths: list[int], height: int, count: int) -> None:
    boxes: list[Box] = [ParagraphBox(Theme(), f"b{n}", hand(), "字" * length) for n, length in enumerate(lengths)]
    place = Position(0, 0)
    while place.box < len(boxes):
        found = columns(boxes, place, count, height)
        assert found[0].start == place and all(a.end == b.start for a, b in itertools.pairwise(found))
        assert all(column.used <= height for column in found) and found[-1].end > place
        place = found[-1].end


def test_a_paragraph_is_never_cut_after_its_first_or_before_its_last_line() -> None:
    box = ParagraphBox(Theme(), "b", hand(), "字" * 200)
    ends = [row for row in range(box.rows) if box.may_end(row)]
    assert 0 not in ends and box.rows - 2 not in ends and box.rows - 1 in ends


def test_a_heading_takes_two_lines_with_it() -> None:
    from convert.typeset.pages.boxes import HeadingBox

    boxes: list[Box] = [
        ParagraphBox(Theme(), "a", hand(), "字" * 100), HeadingBox(Theme(), "h", hand(), "小标题", 1, False, "m"),
        ParagraphBox(Theme(), "b", hand(), "字" * 200),
    ]
    first = boxes[0].rows
    for height in range(first, first + 8):
        column = walk(boxes, Position(0, 0), height)
        if column.end.box == 2:
            assert column.end.row >= 2
        else:
            assert column.end == Position(1, 0)


def test_what_is_higher_than_a_column_is_cut_and_marked() -> None:
    boxes: list[Box] = [ParagraphBox(Theme(), "a", hand(), "字" * 60)]
    assert boxes[0].rows == 3
    assert fill(boxes, Position(0, 0), 2, 2)[0] == Column(Position(0, 0), Position(0, 2), 2, True)


def test_headlines_break_at_their_space_and_into_like_lines() -> None:
    lines = display_lines(hand(), "上海市长宁区：小社区 大联盟 航空行业党建助力区域发展", 320, 20, 0)
    said = ["".join(atom.text for atom in line.atoms).strip() for line in lines]
    assert said == ["上海市长宁区：小社区 大联盟", "航空行业党建助力区域发展"]
    assert max(line.width for line in lines) * 20 / 1000 <= 320


@pytest.mark.parametrize("level", [1, 2, 3])
@pytest.mark.parametrize("count", [10, 12, 13, 14, 20, 27, 40])
def test_headings_stay_inside_their_column(level: int, count: int) -> None:
    from convert.typeset.pages.boxes import HeadingBox

    look_of = Theme(columns=3, measure=14)
    page = Page()
    box = HeadingBox(look_of, "h", hand(), "题" * count, level, False, "m")
    box.draw(page, 0, 0, 0, box.rows)
    assert page.texts and all(text.u + text.line.width * text.size / 1000 <= look_of.width + 0.01 for text in page.texts)


def test_feet_are_level_where_headings_allow_it() -> None:
    style = look(contents=0)
    pages = laid(sample(6), style)
    for page in pages.pages[:-1]:
        body = [text for text in page.texts if text.element and text.size == theme(style).size]
        feet = {side: max((t.v for t in body if (t.u > theme(style).width) is side), default=0.0) for side in (False, True)}
        assert abs(feet[False] - feet[True]) <= 3.5 * theme(style).leading


@pytest.mark.parametrize("name", ["newspaper", "book", "large-print", "vertical", "bold"])
def test_the_shipped_themes_are_valid_and_fit_their_page(name: str) -> None:
    from convert import style

    found = theme(style.load(name))
    wide, high = found.page
    along, across = (high, wide) if found.vertical else (wide, high)
    assert found.span < along - 40 and found.depth < across - 60


def test_places_of_the_outline_are_where_the_headings_are() -> None:
    pages = laid(sample(4), look())
    for level, title, key in pages.outline:
        place = pages.places[key]
        texts = [t for t in pages.pages[place.page].texts if t.element and "".join(a.text for a in t.line.atoms)[:4] == title[:4]]
        assert texts, (level, title)
        assert min(abs(text.v - place.v) for text in texts) < 70


def test_a_headline_longer_than_a_page_is_set_as_text() -> None:
    issue = issue_of(f"article\ntitle\t{'长' * 4000}\nparagraph\t正文。")
    pages = laid(issue, look())
    assert drawn(pages)["b2"] == 4000
    assert max(text.v for page in pages.pages for text in page.texts if not text.across) <= theme(look()).depth


def test_running_heads_are_no_part_of_the_text() -> None:
    pages = laid(sample(6), look())
    assert len(pages.pages) > 1
    for page in pages.pages:
        furniture = [text for text in page.texts if text.element is None]
        assert furniture and all(text.across for text in furniture)


def test_an_empty_page_holds_no_text() -> None:
    assert Page().texts == [] and laid(issue_of("article\ntitle\t题\n"), look()).pages[0].texts


@pytest.mark.parametrize(("region", "text"), [
    ("CN", "西渡街道党工委组织辖区内社会组织参加市民文化节活动。"),
    ("TW", "西渡街道黨工委組織轄區內社會組織參加市民文化節活動。"),
])
def test_display_lines_tear_no_word(region: str, text: str) -> None:
    lines = display_lines(setter(font_set(region).chain("body"), region), text, 170, 9, 0)
    assert ["".join(atom.text for atom in line.atoms) for line in lines] == [text[:12], text[12:]]


def test_a_caption_at_the_head_of_a_column_has_no_rule_above_it() -> None:
    page, caption = Page(), CaptionBox(Theme(), "x", setter(font_set("CN").chain("kai"), "CN"), "图为活动现场。")
    caption.draw(page, 0, 0, 0, caption.rows)
    assert len(page.rules) == 2
    caption.at_head = True
    caption.draw(page, 0, 0, 0, caption.rows)
    assert len(page.rules) == 3
