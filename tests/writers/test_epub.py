"""The EPUB writer: everything printed, in order, with its role; navigation, metadata, bytes that repeat."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from convert.issue import Article, Block, Issue, Metadata, Role
from convert.source import Source, Span
from convert.writers.epub.inline import Inline
from convert.writers.xml import attribute, clean, escape
from tests.editions.epub import lint_epub
from tests.gold_issue import issue_of
from tests.writers.epub_sample import KNOWN, edition, edition_and_notices, files, paged, sample

XH = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"


def body(data: bytes, name: str) -> Any:
    return etree.fromstring(files(data)[name])


def printed(root: Any) -> str:
    """Text of the body without what was generated, without white space."""
    for element in list(root.iter()):
        if isinstance(element.tag, str) and "stand-in" in (element.get("class") or ""):
            element.getparent().remove(element)
    return "".join("".join(root.find(f"{XH}body").itertext()).split())


def test_every_block_is_printed_once_and_in_order() -> None:
    issue = sample()
    data = edition(issue)
    for number, article in enumerate(issue.articles, 1):
        expected = "".join("".join(block.text.split()) for block in article.blocks)
        assert printed(body(data, f"a{number}.xhtml")) == expected


@pytest.mark.parametrize(("selector", "count"), [
    ("//x:header/x:p[@class='kicker']", 1), ("//x:header/x:h1[@id='a1']", 1), ("//x:p[@role='doc-subtitle']", 1),
    ("//x:header/x:p[@class='byline']", 1), ("//x:figure/x:figcaption", 1), ("//x:h2", 1), ("//x:h3", 1),
    ("//x:ul/x:li", 2), ("//x:table//x:tr[count(x:td)=2]", 2), ("//x:aside[@role='doc-pullquote']", 1),
    ("//x:p[@class='signature']", 1), ("//x:p[@class='editorial']", 1), ("//x:section[@role='doc-chapter']", 1),
])
def test_roles_and_kinds_have_their_elements(selector: str, count: int) -> None:
    root = body(edition(sample()), "a1.xhtml")
    assert len(root.xpath(selector, namespaces={"x": XH[1:-1]})) == count


def test_verse_quotation_question_and_answer() -> None:
    data = edition(sample())
    third, second = body(data, "a3.xhtml"), body(data, "a2.xhtml")
    space = {"x": XH[1:-1]}
    assert len(third.xpath("//x:div[@class='verse']/x:p", namespaces=space)) == 2
    assert len(third.xpath("//x:blockquote/x:p", namespaces=space)) == 1
    assert [p.get("class") for p in second.xpath("//x:p[@class]", namespaces=space)] == ["question", "answer"]


def test_a_missing_headline_is_replaced_and_marked_as_generated() -> None:
    data = edition(sample())
    heading = body(data, "a2.xhtml").find(f".//{XH}h1")
    assert heading.text.startswith("〔没有标题的短讯") and heading.get("class") == "stand-in"
    assert heading.get("title") == "整理者补拟"
    assert "〔没有标题的短讯" in files(data)["nav.xhtml"].decode()


def test_heading_levels_never_jump_whatever_the_parser_says() -> None:
    text = "题\n三级\n一级\n二级\n三级又"
    roles = [(Role.TITLE, None), (Role.HEADING, 3), (Role.HEADING, 1), (Role.HEADING, 2), (Role.HEADING, 3)]
    blocks, at = [], 0
    for number, (part, (role, level)) in enumerate(zip(text.split("\n"), roles, strict=True)):
        blocks.append(Block(f"b{number}", role, part, (Span(0, at, at + len(part)),), level=level))
        at += len(part) + 1
    issue = Issue((Source("x.txt", text),), "zh-Hans", articles=(Article("a1", tuple(blocks)),))
    root = body(edition(issue), "a1.xhtml")
    levels = [int(element.tag[-1]) for element in root.iter() if re.fullmatch(r"\{.*\}h[1-6]", str(element.tag))]
    assert levels == [1, 2, 2, 3, 4]
    assert lint_epub(edition(issue)) == []


def test_a_headline_of_two_lines_is_one_heading() -> None:
    issue = sample()
    first = issue.articles[0]
    title = first.first(Role.TITLE)
    assert title is not None
    at = first.blocks.index(title)
    second = replace(title, id="b2x", text="还有第二行")
    doubled = replace(issue, articles=(Article("a1", (*first.blocks[:at + 1], second, *first.blocks[at + 1:])),))
    heads = list(body(edition(doubled, "source"), "a1.xhtml").iter(f"{XH}h1"))
    assert len(heads) == 1 and [line.text for line in heads[0]] == ["老街的新早晨", "还有第二行"]
    assert ">老街的新早晨 还有第二行</a>" in files(edition(doubled, "source"))["nav.xhtml"].decode()
    assert lint_epub(edition(doubled, "source")) == []


def test_a_second_headline_behind_the_subtitle_is_a_line_of_the_header() -> None:
    issue = sample()
    first = issue.articles[0]
    title, subtitle = first.first(Role.TITLE), first.first(Role.SUBTITLE)
    assert title is not None and subtitle is not None
    at = first.blocks.index(subtitle) + 1
    again = replace(title, id="b2x", text="又一行大字")
    data = edition(replace(issue, articles=(Article("a1", (*first.blocks[:at], again, *first.blocks[at:])),)), "source")
    header = body(data, "a1.xhtml").find(f".//{XH}header")
    assert [element.get("class") for element in header] == ["kicker", None, "subtitle", "title", "byline"]
    assert lint_epub(data) == []


def test_navigation_says_the_same_in_both_forms() -> None:
    found = files(edition(sample()))
    nav, ncx = etree.fromstring(found["nav.xhtml"]), etree.fromstring(found["toc.ncx"])
    toc = next(element for element in nav.iter(f"{XH}nav") if element.get(OPS + "type") == "toc")
    links = [(a.get("href"), a.text) for a in toc.iter(f"{XH}a")]
    daisy = "{http://www.daisy.org/z3986/2005/ncx/}"
    points = [
        (point.find(f"{daisy}content").get("src"), point.findtext(f"{daisy}navLabel/{daisy}text"))
        for point in ncx.iter(f"{daisy}navPoint")
    ]
    assert links == points and len(links) == 7
    marks = [a.get(OPS + "type") for a in nav.iter(f"{XH}a") if a.get(OPS + "type")]
    assert marks == ["cover", "toc", "bodymatter", "colophon"]


@pytest.mark.parametrize(("variant", "language", "contents"), [
    ("cn", "zh-Hans", "目录"), ("tw", "zh-Hant-TW", "目錄"), ("hk", "zh-Hant-HK", "目錄"), ("source", "zh-Hans", "目录"),
])
def test_language_stands_on_every_file_and_words_are_of_the_region(variant: str, language: str, contents: str) -> None:
    found = files(edition(sample(), variant))
    for name, data in found.items():
        if name.endswith((".xhtml", ".opf", ".ncx")):
            assert etree.fromstring(data).get("{http://www.w3.org/XML/1998/namespace}lang") == language, name
    assert f"<h1 id=\"toc-head\">{contents}</h1>" in found["nav.xhtml"].decode()


def opf(data: bytes) -> dict[str, list[str]]:
    """Values by property or Dublin Core name."""
    rows: dict[str, list[str]] = {}
    for element in etree.fromstring(files(data)["content.opf"]).find("{*}metadata"):
        name = element.get("property") or element.get("name") or etree.QName(element).localname
        rows.setdefault(name, []).append(element.text or element.get("content"))
    return rows


def test_metadata_says_what_is_known() -> None:
    rows = opf(edition(sample()))
    assert rows["title"] == ["江畔文艺 第37期"] and rows["publisher"] == ["江畔文艺社"] and rows["date"] == ["1986-05-04"]
    assert rows["belongs-to-collection"] == ["江畔文艺"] and rows["group-position"] == ["37"]
    assert rows["source"] == [f"urn:sha256:{sample().sources[0].sha256}"]
    assert rows["dcterms:modified"] == ["1986-05-04T00:00:00Z"]
    assert "creator" not in rows and "dcterms:conformsTo" not in rows


def test_nothing_is_invented_where_nothing_is_known() -> None:
    rows = opf(edition(sample(None)))
    assert rows["title"] == ["老街的新早晨"]
    assert not rows.keys() & {"publisher", "date", "creator", "belongs-to-collection", "group-position", "rights"}
    assert rows["dcterms:modified"] == ["1980-01-01T00:00:00Z"]


def test_conformance_is_claimed_only_in_somebodys_name() -> None:
    rows = opf(edition(sample(), certified_by="市图书馆 无障碍小组"))
    assert rows["a11y:certifiedBy"] == ["市图书馆 无障碍小组"] and len(rows["dcterms:conformsTo"]) == 1


def test_identifier_is_stable_and_tells_editions_apart() -> None:
    names = {opf(edition(sample(), variant, style))["identifier"][0]
             for variant in ("cn", "tw", "hk", "source") for style in ("newspaper", "vertical")}
    assert len(names) == 8
    assert opf(edition(sample()))["identifier"] == opf(edition(sample()))["identifier"]


def test_pages_of_the_original_are_marked_once_in_reading_order() -> None:
    data = edition(paged())
    assert files(data)["a1.xhtml"].decode().count("doc-pagebreak") == 2
    nav = body(data, "nav.xhtml")
    listed = next(element for element in nav.iter(f"{XH}nav") if element.get(OPS + "type") == "page-list")
    assert [a.text for a in listed.iter(f"{XH}a")] == ["一", "三", "二"]
    paragraph = body(data, "a1.xhtml").find(f".//{XH}section/{XH}p")
    mark = paragraph.find(f"{XH}span")
    assert (paragraph.text, mark.get("aria-label"), mark.tail) == ("第一页的正文，说到一半", "三", "续在第三页上，到此为止。")
    rows = opf(data)
    assert "pageNavigation" in rows["schema:accessibilityFeature"] and "pageBreakSource" in rows


def test_page_marks_follow_a_conversion_that_changes_lengths() -> None:
    from convert.issue import VariantEdit
    from convert.writers.epub.pages import page_breaks

    issue = paged()
    block = issue.articles[0].blocks[1]
    longer = replace(block, text=block.text.replace("第一页", "第一个页"))
    moved = replace(
        issue, parent=issue, variant="tw", changes=(VariantEdit("b2", 0, 3, "第一页", "第一个页", "test"),),
        articles=(Article("a1", (issue.articles[0].blocks[0], longer)), issue.articles[1]),
    )
    mark = page_breaks(moved)["b2"][0]
    assert longer.text[mark.offset:].startswith("续在第三页")


def test_without_pages_nothing_speaks_of_pages() -> None:
    data = edition(sample())
    assert "pagebreak" not in "".join(text.decode() for name, text in files(data).items() if name.endswith("xhtml"))
    assert "pageBreakSource" not in opf(data)


def test_vertical_edition_runs_from_right_to_left_with_upright_figures() -> None:
    found = files(edition(sample(), "tw", "vertical"))
    assert b'page-progression-direction="rtl"' in found["content.opf"] and b"primary-writing-mode" in found["content.opf"]
    assert b"writing-mode: vertical-rl" in found["style.css"] and b"vertical-rl" not in found["cover.css"]
    article = found["a1.xhtml"].decode()
    assert '<span class="tcy">30</span>' in article and '<span class="tcy">12</span>' in article
    assert '<span class="tcy">3</span>' not in article and '<span class="tcy">19</span>' not in article
    assert not set("“”‘’") & set(article)


def test_quotation_marks_of_vertical_simplified_text_follow_the_national_standard() -> None:
    assert Inline("Hans")("“甲‘乙’”") == "『甲「乙」』"
    assert Inline("Hant")("“甲‘乙’”") == "「甲『乙』」"
    assert Inline()("“甲”") == "“甲”"


def test_rare_characters_are_announced_and_embedded_on_request() -> None:
    text = "㐂与𠮷同行，龘字不算稀罕。"
    issue = Issue((Source("x.txt", text),), "zh-Hans", articles=(
        Article("a1", (Block("b1", Role.PARAGRAPH, text, (Span(0, 0, len(text)),)),)),))
    data, notices = edition_and_notices(issue)
    assert "rare.otf" not in files(data) and any("--embed-fonts" in notice for notice in notices)
    data, notices = edition_and_notices(issue, embed_fonts=True)
    found = files(data)
    assert found["rare.otf"][:4] == b"OTTO" and len(found["rare.otf"]) < 8000
    marked = "".join("".join(span.itertext()) for span in etree.fromstring(found["a1.xhtml"]).iter(f"{XH}span"))
    told = "".join(notices)
    assert set("㐂𠮷") == set(marked) | (set(told) & set("㐂𠮷"))
    assert lint_epub(data) == []


def test_the_same_issue_gives_the_same_bytes_in_any_zone_and_with_any_hash_seed(tmp_path: Path) -> None:
    script = (
        "import sys; from tests.writers.epub_sample import edition, sample\n"
        "sys.stdout.buffer.write(edition(sample(), 'tw', 'vertical'))"
    )
    made = []
    for zone, seed in (("UTC", "1"), ("Asia/Shanghai", "2")):
        env = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed}
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=env)
        made.append(run.stdout)
    assert made[0] == made[1] == edition(sample(), "tw", "vertical")


def test_source_date_epoch_dates_the_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    data = edition(sample())
    assert opf(data)["dcterms:modified"] == ["2023-11-14T22:13:20Z"]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}
    for odd in ("-5", "9" * 30, "soon", ""):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", odd)
        assert lint_epub(edition(sample())) == []


def test_mimetype_is_first_and_stored() -> None:
    with zipfile.ZipFile(BytesIO(edition(sample()))) as archive:
        first = archive.infolist()[0]
        assert first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
        assert archive.read(first) == b"application/epub+zip"


def test_an_issue_without_articles_still_opens() -> None:
    issue = replace(sample(), articles=())
    assert lint_epub(edition(issue, "source")) == []
    bare = Issue((Source("x.txt", "甲"),), "zh-Hans", dropped=(Block("d1", Role.DROP, "甲", (Span(0, 0, 1),), reason="test"),))
    assert lint_epub(edition(bare)) == []


NASTY = "<&>\"'/]\0\x07\x0b\x1b\x85\ud800\udfff\ufffe\uffff\ue000\u2028\u202e{}%\\"
HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from(NASTY)), max_size=60)


@given(HOSTILE)
def test_escaped_text_is_the_text_again(text: str) -> None:
    root = etree.fromstring(f'<r a="{attribute(text)}">{escape(text)}</r>'.encode())
    expected = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    assert (root.text or "") == expected and len(root) == 0
    assert root.get("a") == " ".join(clean(" ".join(text.split())).split())


@given(HOSTILE, st.sampled_from(["", "Hans", "Hant"]))
def test_inline_markup_adds_no_text_and_lets_none_in(text: str, vertical: str) -> None:
    root = etree.fromstring(f"<r>{Inline(vertical, frozenset('甲𠮷'))(text)}</r>".encode())
    marks = str.maketrans("『』「」", "“”‘’") if vertical == "Hans" else str.maketrans("「」『』", "“”‘’")
    flat = (lambda t: t.translate(marks)) if vertical else (lambda t: t)
    assert flat("".join(root.itertext())) == flat(clean(text).replace("\r\n", "\n").replace("\r", "\n"))
    assert {element.tag for element in root.iter()} <= {"r", "span", "wbr"}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(Role)), HOSTILE), min_size=1, max_size=8), HOSTILE)
def test_any_text_in_any_role_makes_a_wellformed_book(rows: list[tuple[Role, str]], name: str) -> None:
    text = "\n".join(part for _, part in rows)
    blocks, at = [], 0
    for number, (role, part) in enumerate(rows):
        blocks.append(Block(f"b{number}", role, part, (Span(0, at, at + len(part)),), kind=name[:3]))
        at += len(part) + 1
    known = Metadata(title=name, number=name, date=name, publisher=name, identifier=name, rights=name, section=name)
    article = Article("a1", tuple(blocks))
    issue = Issue((Source(name, text),), "zh-Hans", known, (article,), colophon=(replace(blocks[0], id="c1"),))
    found = files(edition(issue, "source", cover=False))
    for file, data in found.items():
        if file.endswith((".xhtml", ".opf", ".ncx")):
            root = etree.fromstring(data)
            assert not [e for e in root.iter() if etree.QName(e).localname in ("script", "iframe", "object")]


def test_a_title_of_300_characters_and_marks_of_markup() -> None:
    wild = "<script>alert(1)</script>&amp;\"'/..\x00\ud800" + "长" * 300
    issue = sample(replace(KNOWN, title=wild, publisher=wild))
    data = edition(issue)
    assert not [finding for finding in lint_epub(data) if not finding.what.startswith("bad-character")]
    assert b"<script" not in b"".join(files(data).values())


def test_a_long_address_may_break_behind_its_marks_and_nothing_else_does() -> None:
    text = "请登录https://www.example.org/a?b=1&c=2报名，电话0571-55501234，比分3:2。"
    for style in ("newspaper", "vertical"):
        made = files(edition(issue_of(f"article\ntitle\t题\nparagraph\t{text}"), style=style))["a1.xhtml"].decode()
        assert "https://<wbr/>www.<wbr/>example.<wbr/>org/<wbr/>a?<wbr/>b=<wbr/>1&amp;<wbr/>c=<wbr/>2报名" in made
        assert "0571-55501234" in made and made.count("<wbr/>") == 8
        assert text in "".join(etree.fromstring(made.encode()).itertext())
