"""Tables: columns as wide as they need, rules above and below, kept whole; and headlines as large as their lines allow."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.issue import Block, Issue
from convert.typeset.fonts import font_set
from convert.typeset.pages import Pages, lay_out, theme
from convert.typeset.pages.display import display_lines
from convert.typeset.pages.heads import Head, Headline
from convert.typeset.pages.tables import column_widths
from convert.typeset.pages.theme import Theme
from tests.gold_issue import issue_of
from tests.typeset.editions import look
from tests.typeset.test_compose import hand

TABLE = ["课程|时间|地点", "谚语与生活|周一19:00—21:00|镇立图书馆二楼", "摄影入门|周二19:00—21:00|活动中心"]


def with_cells(issue: Issue) -> Issue:
    """The rows of tables cut at their bars."""
    def cut(block: Block) -> Block:
        if block.kind != "table-row":
            return block
        found, at = [], 0
        for part in block.text.split("|"):
            found.append((at, at + len(part)))
            at += len(part) + 1
        return replace(block, cells=tuple(found))

    articles = tuple(replace(article, blocks=tuple(map(cut, article.blocks))) for article in issue.articles)
    return replace(issue, articles=articles)


def laid(table: list[str], before: int = 30, **table_of: object) -> tuple[Issue, Pages]:
    text = "\n".join(f"paragraph:table-row\t{row}" for row in table)
    issue = with_cells(issue_of(f"article\ntitle\t题\nparagraph\t{'字' * before}。\n{text}\nparagraph\t{'后' * 90}。"))
    return issue, lay_out(issue, theme(look(contents=0, **table_of)), font_set("CN"))


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.lists(st.floats(0, 300), min_size=1, max_size=8), min_size=1, max_size=8), st.floats(30, 400),
)
def test_widths_fill_the_room(table: list[list[float]], room: float) -> None:
    widths = column_widths(table, room)
    assert len(widths) == max(map(len, table)) and min(widths) > 0
    assert sum(widths) == pytest.approx(room)


def test_a_column_that_needs_more_gets_more() -> None:
    assert column_widths([[20, 60, 40]], 150) == [30, 70, 50]
    # 30 + 90 + 120 in 200: the third takes two lines whatever is done, the others need not.
    first, second, third = column_widths([[30, 90, 120], [30, 90, 60]], 200)
    assert first >= 30 and second >= 90 and third >= 60


def test_cells_stay_inside_the_column_and_beside_each_other() -> None:
    _, pages = laid(TABLE)
    limit = Theme().width + 0.1
    cells = [text for text in pages.pages[0].texts if text.element and "/" in text.element]
    assert cells and all(text.u + text.line.width * text.size / 1000 <= limit for text in cells)
    times = [text for text in cells if text.element and text.element.endswith("/1")]
    assert len(times) == len(TABLE), "no time of day is broken where there is room"
    assert len({text.u for text in times}) == 1


@pytest.mark.parametrize("before", range(20, 400, 40))
def test_a_short_table_is_not_parted(before: int) -> None:
    issue, pages = laid(TABLE, before, rows=12, page=[595, 500])
    rows = [block.id for block in issue.blocks() if block.kind == "table-row"]
    found = {
        (number, text.u > Theme().width) for number, page in enumerate(pages.pages) for text in page.texts
        if text.element and any(f"/{row}/" in text.element for row in rows)
    }
    assert len(found) == 1


def test_white_and_rules_set_a_table_off() -> None:
    _, pages = laid(TABLE, columns=1)
    page, leading = pages.pages[0], Theme().leading
    cells = [text for text in page.texts if text.element and "/" in text.element]
    above = max(text.v for text in page.texts if text.v < cells[0].v)
    below = min(text.v for text in page.texts if text.v > cells[-1].v)
    assert cells[0].v - above >= 1.9 * leading and below - cells[-1].v >= 1.9 * leading
    rules = sorted(rule.v0 for rule in page.rules if rule.v0 == rule.v1 and rule.v0 > above)
    assert rules[0] < cells[0].v and len(rules) == len(TABLE) + 1 and rules[-1] < below


LONG = "全县深入推进农村人居环境整治提升行动暨美丽乡村示范创建工作现场推进会在枫林镇隆重召开"


@pytest.mark.parametrize("count", [8, 18, 24, 27, 30, 36, len(LONG)])
def test_a_headline_is_as_large_as_its_lines_allow(count: int) -> None:
    block = Theme()
    text = LONG[:count]
    head = Headline(block, [Head("t", hand(), text, block.title, block.tracking)], "t")
    _, size, lines = head.groups[0]
    least = display_lines(hand(), text, block.span * 0.96, block.title_min, block.tracking)
    assert len(lines) == len(least) and block.title_min <= size <= block.title
    assert all(line.width * size / 1000 <= block.span for line in lines)
    if len(lines) > 1:
        assert [len(line.atoms) for line in lines] == [len(line.atoms) for line in least]
        assert size > block.title_min + 1 or count > 36
