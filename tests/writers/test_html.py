"""The HTML edition: one file, no network, nothing that runs, the same words as the EPUB."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from lxml import etree

from convert.issue import Article, Block, Issue, Metadata, Role
from convert.source import Source, Span
from tests.writers.epub_sample import edition, edition_and_notices, paged, sample
from tests.writers.test_epub import HOSTILE, XH


def page(variant: str = "cn", style: str = "newspaper") -> str:
    return edition(sample(), variant, style, "html").decode()


@pytest.mark.parametrize("style", ["newspaper", "vertical"])
@pytest.mark.parametrize("variant", ["cn", "tw", "source"])
def test_it_is_wellformed_whole_and_closed_to_the_world(variant: str, style: str) -> None:
    text = page(variant, style)
    root = etree.fromstring(text.encode())
    policy = root.xpath("string(//x:meta[@http-equiv]/@content)", namespaces={"x": XH[1:-1]})
    css = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert css is not None
    digest = base64.b64encode(hashlib.sha256(css[1].encode()).digest()).decode()
    assert policy.startswith("default-src 'none'") and f"'sha256-{digest}'" in policy and "unsafe" not in policy
    assert not re.search(r"<(script|iframe|object|link rel=\"stylesheet\")|url\(|@import|epub:", text.replace("-epub-", ""))
    assert len({element.get("id") for element in root.iter() if element.get("id")}) == len(re.findall(r' id="', text))


def test_it_prints_every_block_in_order() -> None:
    root = etree.fromstring(page("source").encode())
    issue = sample()
    said = "".join("".join(root.find(f".//{XH}main").itertext()).split())
    at = 0
    for article in issue.articles:
        for block in article.blocks:
            at = said.index("".join(block.text.split()), at)
    assert "江畔文艺社编" in page("source")


def test_contents_lead_to_headings() -> None:
    root = etree.fromstring(page().encode())
    ids = {element.get("id") for element in root.iter()}
    links = [a.get("href") for a in root.iter(f"{XH}a")]
    assert len(links) == 7 and all(link[1:] in ids for link in links)


def test_dublin_core_is_in_the_head() -> None:
    text = page()
    assert '<meta name="DC.title" content="江畔文艺 第37期"/>' in text and '<meta name="DC.date" content="1986-05-04"/>' in text
    assert f"urn:sha256:{sample().sources[0].sha256}" in text


def test_pages_of_the_original_are_shown() -> None:
    assert 'role="doc-pagebreak" id="page0-2" aria-label="三"' in edition(paged(), to="html").decode()


def test_the_same_issue_gives_the_same_bytes() -> None:
    assert page() == page()


@settings(max_examples=25, deadline=None)
@example("\x1f", "a")
@given(HOSTILE, HOSTILE)
def test_any_text_makes_a_page_that_runs_nothing(text: str, name: str) -> None:
    block = Block("b1", Role.PARAGRAPH, text, (Span(0, 0, len(text)),))
    issue = Issue((Source(name, text),), "zh-Hans", Metadata(title=name, date=name), (Article("a1", (block,)),))
    data, notices = edition_and_notices(issue, "source", to="html")
    root = etree.fromstring(data)
    assert not [e for e in root.iter() if etree.QName(e).localname in ("script", "iframe", "object", "img")]
    assert not [key for e in root.iter() for key in e.attrib if key.startswith("on")]
    assert bool(notices) == ("\ufffd" in "".join(root.find(f".//{XH}main").itertext()).replace(text, ""))


def test_a_style_sheet_cannot_be_left_early() -> None:
    from convert import style as styles
    from convert.writers.html import _css

    style = replace(styles.load(), tables={"epub": {"css": "p::after { content: '</style><script>'; }"}})
    assert "</style" not in _css(style, False)


def test_unknown_masthead_leaves_no_empty_header() -> None:
    text = edition(sample(None), to="html").decode()
    assert 'class="masthead"' not in text and "第三版" not in text
