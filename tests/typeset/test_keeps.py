"""What is not parted by the end of a column, where stand-in headlines stand, and white that is shared out."""

from __future__ import annotations

import itertools

import pytest

from convert import style
from convert.issue import Issue
from convert.style import Style
from convert.typeset.fonts import font_set
from convert.typeset.pages import Pages, lay_out, theme
from convert.typeset.pages.boxes import Box, CaptionBox, HeadingBox, ParagraphBox
from convert.typeset.pages.column import Position
from convert.typeset.pages.flow import columns, walk
from convert.typeset.pages.heads import Masthead
from convert.typeset.pages.keeps import keep
from convert.typeset.pages.model import Page
from convert.typeset.pages.theme import Theme
from tests.gold_issue import issue_of
from tests.typeset.editions import look
from tests.typeset.test_compose import hand

THEME = Theme()


def text(count: int) -> ParagraphBox:
    return ParagraphBox(THEME, "p", hand(), "字" * count)


def laid(issue: Issue, chosen: Style) -> Pages:
    return lay_out(issue, theme(chosen), font_set("CN"))


def sides(pages: Pages, issue: Issue, kind: str) -> list[tuple[int, bool]]:
    """Page and column (right or not) of the blocks of a kind, of two columns."""
    ids = [block.id for block in issue.blocks() if block.kind == kind]
    half = THEME.step - THEME.size
    return [
        next((number, found.u > half) for number, page in enumerate(pages.pages) for found in page.texts if found.element == name)
        for name in ids
    ]


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6, 9])
def test_no_line_of_a_poem_stands_alone_in_a_column(count: int) -> None:
    rows = "\n".join(f"paragraph:verse\t第{n}行影子追上影子" for n in range(count))
    issue = issue_of(f"article\ntitle\t题\n{rows}")
    found = [side for _, side in sides(laid(issue, look(contents=0)), issue, "verse")]
    assert found == sorted(found) and all(found.count(side) != 1 for side in (False, True))


@pytest.mark.parametrize("before", range(20, 260, 30))
def test_a_question_stands_over_its_answer_and_a_signature_under_its_text(before: int) -> None:
    rows = [
        "article", "title\t题", f"paragraph\t{'字' * before}。", "paragraph:question\t问：白天星星去哪儿了？",
        f"paragraph:answer\t答：{'字' * 40}。", f"paragraph\t{'字' * before}。", "paragraph:signature\t编辑部",
        "paragraph:date\t2024年5月1日",
    ]
    issue = issue_of("\n".join(rows))
    pages = laid(issue, look(contents=0))
    assert sides(pages, issue, "question") == sides(pages, issue, "answer")
    assert sides(pages, issue, "signature") == sides(pages, issue, "date")
    right = sides(pages, issue, "date")[0][1]
    last = [found for found in pages.pages[0].texts if (found.u > THEME.step - THEME.size) is right and found.element]
    assert len({found.element for found in last}) > 2, "the signature has text above it in its column"


def test_kinds_that_are_kept() -> None:
    kinds = ["salutation", "", "question", "", "verse", "verse", "verse", "verse", "", "signature"]
    boxes: list[Box] = [text(10) for _ in kinds]
    keep(boxes, kinds)
    assert [box.kept for box in boxes] == [True, False, False, False, True, False, True, False, True, False]


def test_a_column_does_not_end_behind_what_is_kept() -> None:
    boxes: list[Box] = [text(60), text(30), text(60)]
    boxes[1].kept = True
    assert walk(boxes, Position(0, 0), boxes[0].rows + boxes[1].rows) == walk(boxes, Position(0, 0), boxes[0].rows)


def test_a_stand_in_headline_stands_over_the_byline_and_is_read_before_it() -> None:
    issue = issue_of("article\nkicker\t科普\nbyline\t苏木\nparagraph\t夏天的午后，憋了半天的雷阵雨终于落下来。")
    pages = laid(issue, look(contents=0))
    article = issue.articles[0]
    order = [f"{article.blocks[0].id}", f"{article.id}-title", article.blocks[1].id]
    assert [element.key for element in pages.elements if element.key in order] == order
    at = {found.element: found.v for found in pages.pages[0].texts}
    assert at[order[0]] < at[order[1]] < at[order[2]]


def test_the_second_of_three_facts_stands_under_the_middle_of_the_name() -> None:
    facts = ["第1期", "2024年4月18日", "青溪第一中学春草文学社编辑部"]
    head = Masthead(THEME, hand(), hand(), "青溪", facts, "m", ["a", "b", "c"])
    page = Page()
    head.draw(page, 0)
    middle = page.texts[-2]
    assert abs(middle.u + middle.line.width * middle.size / 2000 - THEME.span / 2) < 0.01
    long = Masthead(THEME, hand(), hand(), "青溪", ["第一千二百三十四期" * 3, "2024年4月18日", "社"], "m", ["a", "b", "c"])
    starts = long._starts([fact.width * long.fact_size / 1000 for fact in long.facts])
    ends = [start + fact.width * long.fact_size / 1000 for start, fact in zip(starts, long.facts, strict=True)]
    assert all(end < start for end, start in zip(ends, starts[1:], strict=False))


def test_white_is_shared_out_and_captions_stand_in_the_middle_of_theirs() -> None:
    """Whatever the lengths: more than two rows are rarely opened in one place, and never above a caption alone."""
    opened = []
    for first, second, third in itertools.product((60, 130, 210, 300), (45, 150), (85, 170, 280)):
        for other in (HeadingBox(THEME, "h", hand(), "小标题", 1, False, "m"), CaptionBox(THEME, "c", hand(), "图为现场。")):
            head = HeadingBox(THEME, "h", hand(), "小标题", 1, False, "n")
            boxes: list[Box] = [text(first), head, text(second), text(third), other, text(first)]
            found = columns(boxes, Position(0, 0), 2, 48)
            for column in found:
                for at, row, _ in column.parts(boxes):
                    if boxes[at].spreads and not row:
                        opened.append(boxes[at].opened)
                        if isinstance(boxes[at], CaptionBox) and at + 1 < column.end.box:
                            assert boxes[at].skip - boxes[at].below <= 2
    assert max(opened) <= 3 and sum(rows > 2 for rows in opened) <= len(opened) / 20


def test_a_heading_of_one_column_stands_nearer_to_its_text() -> None:
    one = theme(style.load("book"))
    box = HeadingBox(one, "h", hand(), "小标题", 1, False, "m")
    page = Page()
    box.draw(page, 0, 0, 0, box.rows)
    box.draw(page, 0, 0, box.skip, box.rows)
    below, at_head = page.texts
    assert below.v < (box.skip + 0.5) * one.leading - 2
    assert at_head.v == 0.5 * one.leading


def test_a_signature_keeps_two_em_from_the_edge_where_it_can() -> None:
    page = Page()
    short = ParagraphBox(THEME, "s", hand(), "编辑部", indent=0, align="right", size=THEME.byline)
    full = ParagraphBox(THEME, "s", hand(), "字" * int(THEME.width / THEME.byline), indent=0, align="right", size=THEME.byline)
    for box in (short, full):
        box.draw(page, 0, 0, 0, 1)
    ends = [found.u + found.line.width * found.size / 1000 for found in page.texts]
    assert abs(THEME.width - ends[0] - 2 * THEME.byline) < 0.1 and ends[1] <= THEME.width
