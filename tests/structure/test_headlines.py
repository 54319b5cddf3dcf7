"""Headlines that stand where they cannot belong go home, on pages of our own writing damaged one way at a time."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.issue import Issue, Role
from convert.laws import check_laws
from tests.structure.parsing import parse

DATA = Path(__file__).parent / "data"
PAGES = sorted(DATA.glob("*.gold.tsv"))
HEAD = ("kicker", "title", "subtitle", "byline")
Row = tuple[str, str]


def stories(page: str) -> tuple[list[Row], list[list[Row]]]:
    """The imprint, and the articles of an annotated page."""
    imprint: list[Row] = []
    articles: list[list[Row]] = []
    for line in (DATA / f"{page}.gold.tsv").read_text("utf-8").splitlines():
        role, _, text = line.partition("\t")
        if role == "article":
            articles.append([])
        else:
            (imprint if role == "colophon" else articles[-1]).append((role, text))
    return imprint, articles


def text(rows: list[Row]) -> str:
    return "".join(("\n\n\n\n" if role == "caption" else "\n\n") + words for role, words in rows)


def first_lines(issue: Issue) -> list[str]:
    """For each article its title and the first words of its first paragraph."""
    return [
        next((block.text for block in article.blocks if block.role is Role.TITLE), "")
        + next(block.text for block in article.blocks if block.role is Role.PARAGRAPH)[:8]
        for article in issue.articles
    ]


def expected(articles: list[list[Row]]) -> list[str]:
    return [
        next(words for role, words in rows if role == "title") + next(words for role, words in rows if role == "paragraph")[:8]
        for rows in articles
    ]


def head_and_body(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    cut = next(at for at, (role, _) in enumerate(rows) if role not in HEAD)
    return rows[:cut], rows[cut:]


@pytest.mark.parametrize("page", [path.name.split(".")[0] for path in PAGES])
def test_undamaged_pages_stay(page: str) -> None:
    imprint, articles = stories(page)
    issue = parse(text(imprint + [row for rows in articles for row in rows]))
    check_laws(issue)
    assert not issue.moves
    assert first_lines(issue) == expected(articles)


@pytest.mark.parametrize(("page", "number"), [("campus", 1), ("clinic", 1), ("forest", 2), ("shipyard", 1)])
def test_a_headline_behind_its_body_goes_before_it(page: str, number: int) -> None:
    imprint, articles = stories(page)
    head, body = head_and_body(articles[number])
    damaged = [*articles[:number], body + head, *articles[number + 1 :]]
    issue = parse(text(imprint + [row for rows in damaged for row in rows]))
    check_laws(issue)
    assert first_lines(issue) == expected(articles)
    assert {move.rule for move in issue.moves} == {"headline-behind-story"}


@pytest.mark.parametrize(("page", "number"), [("campus", 2), ("clinic", 1), ("forest", 3), ("shipyard", 2)])
def test_a_headline_behind_its_first_paragraph_goes_before_it(page: str, number: int) -> None:
    imprint, articles = stories(page)
    head, body = head_and_body(articles[number])
    damaged = [*articles[:number], body[:1] + head + body[1:], *articles[number + 1 :]]
    issue = parse(text(imprint + [row for rows in damaged for row in rows]))
    check_laws(issue)
    assert first_lines(issue) == expected(articles)
    assert {move.rule for move in issue.moves} == {"headline-slipped"}


@pytest.mark.parametrize("page", ["campus", "forest"])
def test_a_column_name_behind_its_title_goes_over_it(page: str) -> None:
    imprint, articles = stories(page)
    rows = next(rows for rows in articles if rows[0][1] in ("问学录", "草木记"))
    rows[:2] = rows[1::-1]
    issue = parse(text(imprint + [row for story in articles for row in story]))
    story = next(article for article in issue.articles if article.blocks[0].text in ("问学录", "草木记"))
    assert [block.role for block in story.blocks[:2]] == [Role.KICKER, Role.TITLE]


def test_a_title_behind_the_imprint_goes_to_the_story_with_its_words() -> None:
    imprint, articles = stories("campus")
    title = articles[2].pop(1)
    issue = parse(text([row for rows in articles for row in rows] + imprint + [title]))
    check_laws(issue)
    assert [(block.role, block.text) for block in issue.articles[2].blocks[:2]] == [
        (Role.KICKER, "问学录"),
        (Role.TITLE, title[1]),
    ]


def test_a_headline_without_any_text_is_asked_about_and_stays() -> None:
    imprint, articles = stories("shipyard")
    issue = parse(text([row for rows in articles for row in rows] + imprint + [("title", "全市少儿围棋赛落幕")]))
    check_laws(issue)
    assert not issue.moves
    assert [query.kind for query in issue.queries] == ["headline-without-text"]


def test_page_numbers_are_dropped_and_do_not_cut_the_text() -> None:
    _, articles = stories("clinic")
    rows = [row for rows in articles for row in rows]
    issue = parse(text([*rows[:4], ("paragraph", "— 12 —"), *rows[4:]]))
    assert [(block.role, block.reason) for block in issue.dropped] == [(Role.DROP, "page number")]


def test_a_title_behind_the_imprint_goes_between_the_column_and_the_writer() -> None:
    one = "小区的排水沟是居民自己清的，水泵是大家一起买的，车库再也没有积水，街坊们都说这个夏天过得踏实。"
    two = "纸桥承重的秘密在于折叠，纸筒卷得越紧，纸桥就站得越稳，一张纸能托起几本书全看你怎样折。"
    lines = [
        "管好一个小区",
        one,
        one[::-1],
        "动手动脑",
        "方糖老师",
        two,
        "把纸桥搭好以后，可以往上放书，一本一本数着放，看看纸能托起多少。",
    ]
    issue = parse("\n\n".join([*lines, "主编：段文昌 责任编辑：白露", "内部资料 免费交流", "一张纸能托起几本书"]) + "\n")
    check_laws(issue)
    assert [block.text for block in issue.articles[-1].blocks[:3]] == ["动手动脑", "一张纸能托起几本书", "方糖老师"]


def test_a_signature_behind_the_imprint_is_nobodys_headline() -> None:
    one = "小区的排水沟是居民自己清的，水泵是大家一起买的，车库再也没有积水，街坊们都说这个夏天过得踏实。"
    issue = parse("\n\n".join(["管好一个小区", one, "主编：段文昌 责任编辑：白露", "内部资料 免费交流", "居民 王小明"]) + "\n")
    assert not issue.moves
