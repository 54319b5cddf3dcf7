"""Each fault planted in a good edition is found, by its own rule; a good edition has no finding."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache

import pytest

from tests.editions.epub import lint_epub
from tests.writers.epub_sample import edition, paged, sample


@cache
def good(kind: str = "cn") -> bytes:
    """An edition without a finding."""
    if kind == "pages":
        return edition(paged())
    if kind == "vertical":
        return edition(sample(), "tw", "vertical")
    return edition(sample(), kind)


def planted(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The edition with one file changed; the change must change something."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == f"EPUB/{name}":
                text = content.decode("utf-8")
                content = change(text).encode("utf-8")
                assert content != text.encode("utf-8"), f"the fault was not planted in {name}"
            new.writestr(entry, content)
    return out.getvalue()


def swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def sub(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, count=1, flags=re.DOTALL)


FAULTS: list[tuple[str, str, str, Callable[[str], str], str]] = [
    ("language of a document", "cn", "a1.xhtml", swap('xml:lang="zh-Hans"', 'xml:lang="en"'), "language"),
    ("lang and xml:lang differ", "cn", "a1.xhtml", swap(' lang="zh-Hans"', ' lang="zh_CN"'), "language"),
    ("Chinese under English", "cn", "a1.xhtml", lambda t: t.replace("zh-Hans", "en"), "wrong-language"),
    ("package language", "cn", "content.opf", swap('xml:lang="zh-Hans"', 'xml:lang="zh"'), "package-language"),
    ("Traditional in zh-Hans", "cn", "a1.xhtml", swap("街坊们自己凑齐", "街坊們自己湊齊這個國家"), "wrong-script"),
    ("Simplified in zh-Hant", "tw", "a1.xhtml", sub("街坊們", "街坊们这个国家"), "wrong-script"),
    ("replacement character", "cn", "a1.xhtml", swap("清晨", "清\ufffd"), "bad-character"),
    ("private use", "cn", "a1.xhtml", swap("清晨", "清\ue123"), "bad-character"),
    ("stray space", "cn", "a1.xhtml", swap("清晨六点，巷口", "清晨六点， 巷口"), "stray-space"),
    ("empty paragraph", "cn", "a1.xhtml", swap("<h2", "<p> </p>\n<h2"), "empty"),
    ("empty heading", "cn", "a1.xhtml", sub("(<h2[^>]*>).*?</h2>", r"\1</h2>"), "empty"),
    ("heading jump", "cn", "a1.xhtml", lambda t: t.replace("<h2", "<h3").replace("</h2>", "</h3>"), "heading-jump"),
    ("no document title", "cn", "a1.xhtml", sub("<title>.*?</title>", "<title></title>"), "title"),
    ("file name as title", "cn", "a1.xhtml", sub("<title>.*?</title>", "<title>a1.xhtml</title>"), "title"),
    ("undefined class", "cn", "a1.xhtml", swap('class="kicker"', 'class="kickr"'), "undefined-style"),
    ("no sheet", "cn", "a1.xhtml", sub("<link[^>]*/>", ""), "undefined-style"),
    ("script", "cn", "a1.xhtml", swap("</section>", "<script>1</script></section>"), "active"),
    ("handler", "cn", "a1.xhtml", swap("<header>", '<header onclick="x()">'), "active"),
    ("link out", "cn", "a1.xhtml", swap("<header>", '<header><a href="https://example.org/">a</a>'), "active"),
    ("no alternative text", "cn", "cover.xhtml", sub('alt="[^"]*"', 'alt=""'), "no-alt"),
    ("no role", "cn", "a1.xhtml", swap(' role="doc-chapter"', ""), "no-role"),
    ("not well-formed", "cn", "a1.xhtml", swap("</section>", ""), "not-well-formed"),
    ("control character", "cn", "a1.xhtml", swap("清晨", "清\x07晨"), "not-well-formed"),
    ("font forced on the body", "cn", "style.css", swap("body {", "body { font-family: serif;"), "forced-font"),
    ("sheet fetches", "cn", "style.css", swap("body {", "body { background: url(//example.org/a);"), "network"),
    ("vertical text, pages left to right", "vertical", "content.opf", swap('"rtl"', '"ltr"'), "direction"),
    ("cover turned", "vertical", "cover.css", lambda t: t.replace("horizontal-tb", "vertical-rl"), "cover-vertical"),
    ("unfounded claim", "cn", "content.opf",
     swap("</metadata>", '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1</meta></metadata>'), "claim"),
    ("no hazard statement", "cn", "content.opf",
     sub('<meta property="schema:accessibilityHazard">.*?</meta>', ""), "no-metadata"),
    ("source not named", "cn", "content.opf", sub("<dc:source>.*?</dc:source>", ""), "no-source"),
    ("contents say another thing", "cn", "nav.xhtml", swap("搬走的人又回来了", "搬走的人没有回来"), "contents"),
    ("contents lead nowhere", "cn", "nav.xhtml", swap('href="a2.xhtml', 'href="b2.xhtml'), "dead-link"),
    ("page not listed", "pages", "nav.xhtml", sub('<li><a href="[^"]*#page0-2">三</a></li>', ""), "page-list"),
    ("page not marked", "pages", "a2.xhtml", sub('<span epub:type="pagebreak".*?</span>', ""), "page-list"),
]


@pytest.mark.parametrize("kind", ["cn", "tw", "hk", "vertical", "pages"])
def test_a_good_edition_has_no_finding(kind: str) -> None:
    assert lint_epub(good(kind)) == []


@pytest.mark.parametrize(("kind", "name", "change", "rule"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_planted_fault_is_found(kind: str, name: str, change: Callable[[str], str], rule: str) -> None:
    found = lint_epub(planted(good(kind), name, change))
    assert any(finding.what.split(":")[0] == rule for finding in found), found


def test_dates_of_the_archive_that_differ_are_found() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as old, zipfile.ZipFile(out, "w") as new:
        for number, entry in enumerate(old.infolist()):
            content = old.read(entry)
            entry.date_time = (2001, 1, 1 + number, 0, 0, 0)
            new.writestr(entry, content)
    assert any(finding.what.startswith("dates-differ") for finding in lint_epub(out.getvalue()))
