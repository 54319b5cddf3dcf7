"""Dublin Core (ISO 15836): what an archive's catalogue wants to know of an edition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, BinaryIO

from convert import labels
from convert.issue import Issue, Role
from convert.style import Style
from convert.variants.table import Variant

if TYPE_CHECKING:
    from lxml.etree import _Element

DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WHITE = str.maketrans(dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x1f", " "))
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class DublinCoreWriter:
    """One `oai_dc` record of the edition, the form OAI-PMH harvesters take."""

    name = "dc"
    extension = "dc.xml"
    media_type = "application/xml"
    variants: tuple[str, ...] = ("source",)

    def write(self, issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]:
        """Write the record; no notices."""
        from lxml import etree

        record = etree.tostring(element(issue), encoding="UTF-8", xml_declaration=True, pretty_print=True)
        sink.write(record)
        return ()


def legal(text: str) -> str:
    """`text` with each character XML 1.0 cannot hold as U+FFFD, or as a space where it is one to Unicode."""
    return _ILLEGAL.sub("\ufffd", text.translate(_WHITE))


def one_line(text: str) -> str:
    """`legal` text with white space as single spaces."""
    return " ".join(legal(text).split())


def iso_date(text: str | None) -> str | None:
    """The date where it is a real one in ISO 8601 (year, month or day), else None."""
    match = _DATE.fullmatch((text or "").strip())
    if not match:
        return None
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return None
    return match[0]


def terms(issue: Issue) -> Iterator[tuple[str, str]]:
    """Elements and their values, empty ones left out."""
    known = issue.metadata
    contents = [labels.article_label(article, issue.language) for article in issue.articles]
    authors = {
        one_line(block.text): None for article in issue.articles for block in article.blocks if block.role is Role.BYLINE
    }
    rows = [
        ("title", labels.issue_title(issue)),
        ("creator", known.creator),
        *(("contributor", author) for author in authors),
        ("publisher", known.publisher),
        ("date", iso_date(known.date) or known.date),
        ("type", "Text"),
        ("format", "text/plain"),
        ("identifier", known.identifier),
        *(("source", f"{source.name} (sha256:{source.sha256})") for source in issue.sources),
        ("language", issue.language),
        ("description", known.description),
        ("description", "；".join(contents) if contents else None),
        ("coverage", known.section),
        ("rights", known.rights),
        *(("relation", f"{key}: {value}") for key, value in known.extra),
    ]
    for name, value in rows:
        text = one_line(value or "")
        if text:
            yield name, text


def element(issue: Issue) -> _Element:
    """The record as an `oai_dc:dc` element."""
    from lxml import etree

    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC})
    for name, text in terms(issue):
        etree.SubElement(root, f"{{{DC}}}{name}").text = text
    return root
