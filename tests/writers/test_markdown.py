"""Markdown: a CommonMark renderer gives back the words, and no text becomes markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from convert.issue import Issue
from convert.labels import article_label, is_stand_in, issue_title
from convert.writers.markdown import escape
from convert.writers.plain import visible
from tests.gold_issue import issue_of
from tests.writers.exchange import AWKWARD, ISSUES, full, visible_text, written

RENDERERS = (
    MarkdownIt("commonmark").enable("table"),
    MarkdownIt("gfm-like", {"linkify": False}),
    MarkdownIt("commonmark", {"html": True, "typographer": True}).enable(["table", "strikethrough"]),
)
ALLOWED = {"h1", "h2", "h3", "h4", "h5", "h6", "p", "em", "strong", "hr", "ul", "li", "br", "blockquote",
           "table", "thead", "tbody", "tr", "th", "td"}


class Words(HTMLParser):
    """The words of HTML and the tags in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.tags = "", set[str]()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not attrs

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_layout() -> None:
    assert written(full(), "markdown").decode() == (
        "# 柳湾\\<街\\>道报 \\& \\\"周刊\\\" 第131期\n\n---\n\n*柳湾街道提升基层党组织组织力*\n\n## 身边的三个做法\n\n"
        "**全区建成便民工坊62处**\n\n*本报记者 沈知微*\n\n### “边角料”里挤出新空间\n\n"
        "上午9\\:30，便民工坊刚刚拉开卷帘门，门口排起了小队。\n\n> 图为工坊一角。\n\n春风又绿江南岸\\\n明月何时照我还\n\n"
        "- 一、修鞋\n- 二、配钥匙\n\n|  |  |\n| --- | --- |\n| 周一 | 裁缝 |\n| 周二 | 修伞 |\n\n"
        "> 再给它开一次刃。\n\n---\n\n责任编辑 陆一鸣。\n"
    )


def test_missing_headline_gets_a_stand_in() -> None:
    assert written(issue_of("article\nparagraph\t春风又绿江南岸。"), "markdown").decode() == (
        "# 〔春风又绿江南岸〕\n\n春风又绿江南岸。\n")


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_literal(renderer: MarkdownIt, text: str) -> None:
    found = Words(renderer.render(escape(text)))
    assert found.tags <= {"p"}
    assert squeezed(found.text) == squeezed(visible(text))


def generated(issue: Issue) -> str:
    """The masthead, and the stand-in of an article without a headline."""
    stand_ins = [article_label(article, issue.language) for article in issue.articles if is_stand_in(article)]
    return (issue_title(issue) if issue.metadata.title else "") + "".join(stand_ins)


@settings(max_examples=150, deadline=None)
@given(ISSUES)
def test_any_renderer_gives_back_the_words(issue: Issue) -> None:
    data = written(issue, "markdown").decode("utf-8")
    for renderer in RENDERERS:
        found = Words(renderer.render(data))
        assert found.tags <= ALLOWED
        assert squeezed(found.text) == squeezed(visible(generated(issue) + visible_text(issue)))
