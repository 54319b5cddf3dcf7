"""TEI P5, valid against TEI All: articles as divisions, every correction as a choice of what stood and what stands.

Header and conventions are described in `docs/formats.md`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

import convert
from convert import labels
from convert.issue import Issue
from convert.style import Style
from convert.variants.table import Variant
from convert.writers.dates import w3cdtf
from convert.writers.dublin_core import element as dublin_core
from convert.writers.dublin_core import legal
from convert.writers.tei_body import Body, add
from convert.writers.xml import one_line

if TYPE_CHECKING:
    from lxml.etree import _Element

TEI = "http://www.tei-c.org/ns/1.0"


class TeiWriter:
    """One TEI document an issue.  In the source edition corrections stand as `choice`; a variant has its own text only."""

    name = "tei"
    extension = "tei.xml"
    media_type = "application/tei+xml"
    variants: tuple[str, ...] = ("source",)

    def write(self, issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]:
        """Write the whole issue, what was dropped included (in `back`); no notices."""
        from lxml import etree

        root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})
        root.set("{http://www.w3.org/XML/1998/namespace}lang", issue.language)
        root.text = "\n"
        _header(add(root, "teiHeader"), issue)
        Body(issue).write(add(root, "text"))
        sink.write(etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n")
        return ()


def _header(header: _Element, issue: Issue) -> None:
    known = issue.metadata
    header.text = "\n"
    description = add(header, "fileDesc")
    titles = add(description, "titleStmt")
    add(titles, "title", one_line(labels.issue_title(issue)) or "Untitled")
    if one_line(known.creator or ""):
        add(titles, "author", one_line(known.creator or ""))
    _publication(add(description, "publicationStmt"), issue)
    if one_line(known.title or ""):
        series = add(description, "seriesStmt")
        add(series, "title", one_line(known.title or ""), level="j")
        if one_line(known.number or ""):
            add(series, "biblScope", one_line(known.number or ""), unit="issue")
    sources = add(add(description, "sourceDesc"), "listBibl")
    for source in issue.sources:
        entry = add(sources, "bibl")
        add(entry, "title", one_line(source.name) or "Untitled")
        add(entry, "idno", source.sha256, type="sha256")
        add(entry, "note", f"{len(source.text)} characters, {one_line(source.encoding)}")
    encoding = add(header, "encodingDesc")
    application = add(add(encoding, "appInfo"), "application", ident="reissue", version=convert.__version__)
    add(application, "label", "Reissue")
    declaration = add(encoding, "editorialDecl")
    add(add(declaration, "correction"), "p", "Corrections are choices of sic and corr; cert tells how sure the program was.")
    add(add(declaration, "normalization"), "p", "Width of punctuation and white space are choices of orig and reg.")
    usage = add(add(header, "profileDesc"), "langUsage")
    add(usage, "language", issue.language, ident=issue.language)
    xeno = add(header, "xenoData")
    xeno.append(dublin_core(issue))


def _publication(statement: _Element, issue: Issue) -> None:
    known = issue.metadata
    if not one_line(known.publisher or ""):
        add(statement, "p", "The publisher is not known.")
        return
    add(statement, "publisher", one_line(known.publisher or ""))
    if one_line(known.date or ""):
        when = w3cdtf(known.date)
        add(statement, "date", one_line(known.date or ""), **({"when": when} if when else {}))
    if one_line(known.identifier or ""):
        add(statement, "idno", one_line(known.identifier or ""))
    if one_line(known.rights or ""):
        add(add(statement, "availability"), "p", legal(known.rights or ""))
