"""Lines of which only rubbish was read: told from headlines, names and torn text; dropped with a reason, and asked about."""

from __future__ import annotations

import pytest

from convert.laws import check_laws
from convert.options import ParseOptions
from convert.source import Source
from convert.structure import structure
from convert.structure.legible import is_legible
from convert.structure.lexis import Lexis
from tests.structure.test_geometry import FIRST, SECOND, THIRD, column
from tests.structure.test_layout import recognised

LEXIS = Lexis((), False)


@pytest.mark.parametrize("text", ["汶防归关心碚癌趟>Hl |", "寻H根迷必虹写亲过", "|和|", "wii", "（日", "|", "二<    we      6"])
def test_rubbish_is_none(text: str) -> None:
    assert not is_legible(text, LEXIS)


@pytest.mark.parametrize(
    "text",
    ["师徒之间", "一把狂刀磨了三十年", "咏嗽三周以上，别再硬和", "豆腐脑", "5G", "APEC", "K12", "岩羊归来兮", "寄语？",
     "六舍三楼的灯", "（三年级）", "bianji@example.org", "https://a.org/x", "3.", "晒秋", "H2O", "总偏角≈1×n"],
)  # fmt: skip
def test_text_is_text(text: str) -> None:
    assert is_legible(text, LEXIS)


def test_an_unreadable_headline_is_dropped_and_asked_about_and_its_story_begins_under_it() -> None:
    first = [*FIRST, *SECOND]
    rows = (
        ("镇上的木匠铺", 20, 20, 24.0), *column(first, 20, 60),
        ("汶防归关心碚癌趟", 20, 140, 20.0), *column(THIRD, 20, 180),
    )  # fmt: skip
    issue = structure((recognised(*rows),), ParseOptions())
    check_laws(issue)
    assert [(block.text, block.reason) for block in issue.dropped] == [("汶防归关心碚癌趟", "unreadable")]
    assert [article.blocks[-1].text for article in issue.articles] == ["".join(first), "".join(THIRD)]
    assert [query.kind for query in issue.queries].count("headline-unreadable") == 1


def test_what_no_recogniser_read_is_never_rubbish() -> None:
    issue = structure((Source("page.txt", "汶防归关心碚癌趟\n\n" + "".join(FIRST + SECOND) + "\n"),), ParseOptions())
    check_laws(issue)
    assert not issue.dropped


def test_a_speck_in_a_page_of_lines_is_dropped() -> None:
    text = "\n".join([*FIRST, *SECOND]) + "\n\n|和|\n\n" + "\n".join(THIRD) + "\n"
    issue = structure((Source("page.txt", text),), ParseOptions())
    check_laws(issue)
    assert [block.text for block in issue.dropped] == ["|和|"]


def test_the_story_of_an_unreadable_upright_headline_begins_at_the_byline_that_has_none_over_it() -> None:
    blocks = [*FIRST, *SECOND], ["梧桐街道办公室 供稿"], [*THIRD], ["汶防归关心碚癌趟"], [*SECOND]
    text = "镇上的木匠铺\n\n" + "\n\n".join("\n".join(lines) for lines in blocks) + "\n"
    issue = structure((Source("page.txt", text),), ParseOptions())
    check_laws(issue)
    assert [article.blocks[0].text for article in issue.articles] == ["镇上的木匠铺", "梧桐街道办公室 供稿"]
