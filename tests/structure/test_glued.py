"""Plain text of a recogniser: blank lines part its blocks, and a line with none over or under it is no headline."""

from __future__ import annotations

from convert.laws import check_laws
from convert.options import ParseOptions
from convert.source import Source, Span
from convert.structure import structure
from convert.structure.features import features
from convert.structure.roles import STATES, emissions
from convert.structure.seams import ends
from convert.structure.state import Place, Unit

PAGE = """\
镇上的木匠铺

镇东头的木匠铺没有招牌，常年堆
着刨花，老木匠姓季，今年七十三岁，
手指粗得像树根，拿起墨斗来却一点也
不抖，画线比尺子还直。
板凳里有学问

他做板凳不用一根钉子，榫头削好
了往卯眼里一送，听见笃的一声就算成
了，徒弟都说这要听声音才知道，他自
己却说是手上的感觉。
"""


def test_a_line_glued_to_the_text_above_is_a_heading() -> None:
    issue = structure((Source("page.txt", PAGE),), ParseOptions())
    check_laws(issue)
    assert [(str(block.role), block.text[:8]) for block in issue.blocks()] == [
        ("title", "镇上的木匠铺"), ("paragraph", "镇东头的木匠铺没"),
        ("heading", "板凳里有学问"), ("paragraph", "他做板凳不用一根"),
    ]  # fmt: skip


def test_the_same_line_set_apart_may_be_a_headline() -> None:
    issue = structure((Source("page.txt", PAGE.replace("直。\n", "直。\n\n")),), ParseOptions())
    check_laws(issue)
    assert len(issue.articles) in (1, 2)
    assert next(block for block in issue.blocks() if block.text.startswith("板凳")).role in ("title", "heading")


def test_a_sentence_between_blank_lines_without_an_indent_is_a_caption() -> None:
    caption = "木匠铺子里季师傅和两个徒弟在刨一条长\n板凳。\n"
    text = PAGE.replace("板凳里有学问\n", f"\n{caption}\n板凳里有学问\n")
    issue = structure((Source("page.txt", text),), ParseOptions())
    check_laws(issue)
    assert [block.text for block in issue.blocks() if str(block.role) == "caption"] == [caption.replace("\n", "")]


def test_a_numbered_line_that_fills_its_column_is_no_heading() -> None:
    text = "一、铺子里的刨花要当天扫净，不准"
    says = Place(None, True, None, False, False, False)
    torn, short = (Unit([Span(0, 0, len(text))], text, 0, place_says=place) for place in (says, None))
    assert STATES[max(range(len(STATES)), key=emissions(torn).__getitem__)] == "paragraph"
    assert STATES[max(range(len(STATES)), key=emissions(short).__getitem__)] == "heading"


def test_an_item_with_an_address_at_the_end_of_a_full_line_is_no_furniture() -> None:
    text = "2.发送邮件至service@example.org，邮"
    torn = Unit([Span(0, 0, len(text))], text, 0, place_says=Place(False, True, None, False, False, False))
    assert not ends(torn, features(torn)).aside
