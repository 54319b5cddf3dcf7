"""TSV: a row a block, roles as the scorer knows them, every text on its own line whatever it says."""

from __future__ import annotations

from hypothesis import given, settings

from convert.issue import Issue, Role
from convert.writers.plain import visible
from tests.gold_issue import issue_of
from tests.shared import shared
from tests.writers.exchange import ISSUES, full, written

ROLES = {str(role) for role in Role} | {"article", "heading2", "heading3"}


def rows(issue: Issue) -> list[list[str]]:
    return [line.split("\t") for line in written(issue, "tsv").decode("utf-8").splitlines()]


def test_layout() -> None:
    found = rows(full())
    assert found[:3] == [["article"], ["kicker", "柳湾街道提升基层党组织组织力"], ["title", "身边的三个做法"]]
    assert found[-2:] == [["colophon", "责任编辑 陆一鸣。"], ["drop", "首页 > 新闻"]]


def test_gold_comes_back_as_it_was() -> None:
    gold = shared("gold", "001_d2ea1ac139073034.gold.tsv").read_text(encoding="utf-8")
    in_articles = [line for line in gold.splitlines() if line and not line.startswith(("drop", "colophon"))]
    mine = written(issue_of(gold), "tsv").decode().splitlines()
    assert [line for line in mine if not line.startswith(("drop", "colophon"))] == in_articles
    assert sorted(mine) == sorted(line for line in gold.splitlines() if line)


@settings(max_examples=100, deadline=None)
@given(ISSUES)
def test_no_text_becomes_a_row(issue: Issue) -> None:
    found = rows(issue)
    blocks = list(issue.blocks())
    assert len(found) == len(blocks) + len(issue.articles)
    assert all(row[0] in ROLES and len(row) == (1 if row[0] == "article" else 2) for row in found)
    texts = [row[1] for row in found if len(row) == 2]
    assert [t.split() for t in texts] == [visible(" ".join(block.text.split())).split() for block in blocks]
