"""Dublin Core (ISO 15836): what an archive's catalogue wants to know of an edition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from convert import labels
from convert.issue import Issue, Role
from convert.style import Style
from convert.variants.table import Variant
from convert.writers.dates import w3cdtf
from convert.writers.xml import clean, one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

DC = "http://purl.org/dc/elements/1.1/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_WHITE = str.maketrans(dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x1f", " "))


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
    return clean(text.translate(_WHITE))


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
        ("date", w3cdtf(known.date) or known.date),
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
