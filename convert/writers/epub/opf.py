"""What the package says about itself: Dublin Core, series, accessibility.  No claim is made that nobody makes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from convert.issue import Issue
from convert.labels import issue_number, issue_title, labels
from convert.variants.table import Variant
from convert.writers.dates import w3cdtf
from convert.writers.xml import one_line

Meta = tuple[str | None, str, str | None, dict[str, str]]
"""Namespace (`DC` or None for a `meta` element), name, value, attributes."""


def identifier(issue: Issue, variant: Variant, kind: str) -> str:
    """The same source in the same variant and `kind` of edition has the same identifier, always (RFC 9562, version 5)."""
    digests = "+".join(source.sha256 for source in issue.sources)
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'reissue:{digests}:{variant.name}:{variant.language}:{kind}')}"


def metadata(
    issue: Issue, name: str, *, vertical: bool, cover: bool, pages: bool, certified_by: str | None
) -> Iterator[Meta]:
    """All rows of the metadata element, in the order they are written."""
    known = issue.metadata
    title = one_line(issue_title(issue)) or labels(issue.language)["untitled"]
    yield _dc("identifier", name, id="id")
    yield _dc("title", title, id="title")
    yield _property("title-type", "main", refines="#title")
    yield _dc("language", issue.language)
    date = w3cdtf(known.date)
    simple = {
        "creator": known.creator, "publisher": known.publisher, "date": date, "rights": known.rights,
        "description": known.description, "type": "newspaper",
    }
    for key, value in simple.items():
        if value and one_line(value):
            yield _dc(key, one_line(value))
    if known.identifier and one_line(known.identifier):
        yield _dc("identifier", one_line(known.identifier), id="printed-id")
    for source in issue.origin.sources:
        yield _dc("source", f"urn:sha256:{source.sha256}")
    yield from _series(issue)
    yield from _accessibility(issue, cover, pages, certified_by)
    if vertical:
        yield None, "meta", None, {"name": "primary-writing-mode", "content": "vertical-rl"}
    if cover:
        yield None, "meta", None, {"name": "cover", "content": "cover-image"}


def _dc(name: str, value: str, **attributes: str) -> Meta:
    return "DC", name, value, attributes


def _property(name: str, value: str, **attributes: str) -> Meta:
    return None, "meta", value, {"property": name, **attributes}


def _series(issue: Issue) -> Iterator[Meta]:
    title = one_line(issue.metadata.title or "")
    if not title:
        return
    yield _property("belongs-to-collection", title, id="series")
    yield _property("collection-type", "series", refines="#series")
    numbers = re.findall(r"[0-9]+", issue_number(issue))
    if len(numbers) == 1:
        yield _property("group-position", numbers[0], refines="#series")


def _accessibility(issue: Issue, cover: bool, pages: bool, certified_by: str | None) -> Iterator[Meta]:
    """schema.org properties of EPUB Accessibility 1.1, section 2; conformance only with the name of who certifies it."""
    yield _property("schema:accessMode", "textual")
    if cover:
        yield _property("schema:accessMode", "visual")
    yield _property("schema:accessModeSufficient", "textual")
    features = ["displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"]
    features = (["alternativeText"] if cover else []) + features + (["pageBreakMarkers", "pageNavigation"] if pages else [])
    for feature in features:
        yield _property("schema:accessibilityFeature", feature)
    yield _property("schema:accessibilityHazard", "none")
    words = labels(issue.language)
    yield _property("schema:accessibilitySummary", words["accessibility_summary_cover" if cover else "accessibility_summary"])
    if pages:
        yield _property("pageBreakSource", f"urn:sha256:{issue.origin.sources[0].sha256}")
    if certified_by and one_line(certified_by):
        yield _property("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA", id="conformance")
        yield _property("a11y:certifiedBy", one_line(certified_by), refines="#conformance")


