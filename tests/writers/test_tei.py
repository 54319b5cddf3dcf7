"""TEI: valid against TEI All whatever the text says, the edition and the source both readable from it."""

from __future__ import annotations

import gzip
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from convert.issue import Issue
from convert.laws import revise
from convert.ledger import Ledger
from convert.source import Line, Page, Source
from convert.writers.dublin_core import legal
from tests.gold_issue import gold_issue, issue_of
from tests.shared import shared
from tests.writers.exchange import ISSUES, full, traditional, visible_text, written

RNG = "{http://relaxng.org/ns/structure/1.0}"
TEI = "{http://www.tei-c.org/ns/1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
USED = frozenset({
    "TEI", "teiHeader", "fileDesc", "titleStmt", "title", "author", "publicationStmt", "p", "publisher", "date", "idno",
    "availability", "seriesStmt", "biblScope", "sourceDesc", "listBibl", "bibl", "note", "encodingDesc", "appInfo", "application",
    "label", "editorialDecl", "correction", "normalization", "profileDesc", "langUsage", "language", "xenoData", "text", "body",
    "back", "div", "head", "byline", "ab", "figure", "quote", "lg", "l", "list", "item", "table", "row", "cell", "pb", "lb",
    "choice", "sic", "corr", "orig", "reg", "supplied",
})


@cache
def schema() -> etree.RelaxNG:
    """TEI All without the elements the writer never writes, which makes it ten times faster to load.

    A document of the used elements alone is valid against this if and only if it is valid against the whole.
    """
    root = etree.fromstring(gzip.decompress((Path(__file__).parent / "data/tei_all.rng.gz").read_bytes()))
    for element in list(root.iter(f"{RNG}element")):
        if element.get("name") not in USED and element.get("name") is not None:
            for child in list(element):
                element.remove(child)
            element.append(etree.Element(f"{RNG}notAllowed"))
    return etree.RelaxNG(root.getroottree())


def parsed(issue: Issue) -> etree._Element:
    root = etree.fromstring(written(issue, "tei"))
    assert {etree.QName(e).localname for e in root.iter() if e.tag.startswith(TEI)} <= USED
    schema().assertValid(root)
    return root


def reading(root: etree._Element, without: tuple[str, ...] = ("sic", "orig"), part: str = "text") -> str:
    """The text with one side of every choice left out, without white space."""
    parts: list[str] = []
    for event, element in etree.iterwalk(root.find(f"{TEI}{part}"), ("start", "end")):
        hidden = any(e.tag in {f"{TEI}{name}" for name in without} for e in (element, *element.iterancestors()))
        if event == "start" and not hidden:
            parts.append(element.text or "")
        if event == "end" and not any(e.tag in {f"{TEI}{name}" for name in without} for e in element.iterancestors()):
            parts.append(element.tail or "" if element.tag != f"{TEI}text" else "")
    return "".join("".join(parts).split())


def test_edition_and_source_are_both_in_it() -> None:
    issue = full()
    root = parsed(issue)
    assert reading(root).startswith(visible_text(replace(issue, colophon=())))
    found = reading(root, ("corr", "reg", "supplied"))
    assert sorted(found) == sorted("".join(issue.sources[0].text.split()))


def test_corrections_say_rule_and_certainty() -> None:
    issue = issue_of("article\ntitle\t己经开工\nparagraph\t正文。")
    ledger = Ledger(issue.sources)
    ledger.propose(0, 0, 2, "已经", "confusion", confidence=0.9)
    choice = parsed(revise(issue, ledger.edits())).find(f".//{TEI}choice")
    assert etree.tostring(choice, with_tail=False).decode() == (
        '<choice xmlns="http://www.tei-c.org/ns/1.0"><sic>&#24049;&#32463;</sic>'
        '<corr type="confusion" cert="medium">&#24050;&#32463;</corr></choice>')


def test_variant_has_its_own_text_only() -> None:
    root = parsed(traditional())
    assert root.find(f".//{TEI}choice") is None
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "zh-Hant-TW"
    assert "身边的三個做法" in reading(root)


def test_page_breaks_where_the_page_turns() -> None:
    text = "标题\n第一行\n第二行"
    lines = (Line(1, 0, 2, 0), Line(2, 3, 6, 0), Line(3, 7, 10, 1))
    source = Source("p.xml", text, lines=lines, pages=(Page(0, "A1", 9, 9, "a 1.png"), Page(1, "A2", 9, 9)))
    issue = replace(issue_of("article\ntitle\t标题\nparagraph\t第一行\nparagraph\t第二行"), sources=(source,))
    breaks = parsed(issue).findall(f".//{TEI}pb")
    assert [(e.get("n"), e.get("facs")) for e in breaks] == [("A1", "a%201.png"), ("A2", None)]


def test_headings_nest() -> None:
    root = parsed(issue_of(
        "article\ntitle\t题\nheading\t一\nheading2\t（一）\nparagraph\t文\nheading\t二\nparagraph\t文\nbyline\t记者\nsubtitle\t迟到的副题"))
    assert [len(e.findall(f"{TEI}div")) for e in root.iter(f"{TEI}div")] == [2, 1, 0, 0]


@pytest.mark.parametrize("page", ["000_d8f933ace812d6bd", "001_d2ea1ac139073034", "004_f2154bca6516d686"])
def test_real_pages(page: str) -> None:
    issue = gold_issue(shared("gold", f"{page}.gold.tsv"))
    assert reading(parsed(issue)).startswith(visible_text(replace(issue, colophon=())))


@settings(max_examples=120, deadline=None)
@given(ISSUES)
def test_any_issue_is_valid_and_says_its_words(issue: Issue) -> None:
    root = parsed(issue)
    dropped = "".join("".join(block.text.split()) for block in issue.dropped)
    assert reading(root) == "".join(legal(visible_text(issue) + dropped).split())


@settings(max_examples=60, deadline=None)
@given(ISSUES)
def test_dublin_core_is_one_flat_record(issue: Issue) -> None:
    record = etree.fromstring(written(issue, "dc"))
    assert record.tag == "{http://www.openarchives.org/OAI/2.0/oai_dc/}dc"
    assert all(child.tag.startswith(DC) and not len(child) and child.text for child in record)
    assert {"title", "type", "language"} <= {etree.QName(child).localname for child in record}


def test_dates_are_dates() -> None:
    for written_date, when in (("2018-11-05", "2018-11-05"), ("2018-02-31", "2018-02"), ("二〇一八年", "2018"), ("去年", None)):
        issue = replace(full(), metadata=replace(full().metadata, date=written_date))
        assert parsed(issue).find(f".//{TEI}publicationStmt/{TEI}date").get("when") == when
