"""Faults of an EPUB that no public checker reports, and a few that only one of them does."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from tests.editions.text_rules import Finding, check_text

XH = "{http://www.w3.org/1999/xhtml}"
XML = "{http://www.w3.org/XML/1998/namespace}"
OPS = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
_RUNNING = [XH + name for name in ("p", "li")]
_BLOCKS = [XH + name for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "figcaption", "td")]


def lint_epub(data: bytes | Path) -> list[Finding]:
    """All findings, sorted; an edition is good when there is none."""
    with zipfile.ZipFile(io.BytesIO(data if isinstance(data, bytes) else data.read_bytes())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
        found = list(_archive(archive))
    opf_name = next(name for name in files if name.endswith(".opf"))
    package = etree.fromstring(files[opf_name])
    language = package.findtext(f".//{DC}language") or ""
    found += _package(package, opf_name, language)
    documents: dict[str, Any] = {}
    for name in files:
        if name.endswith(".xhtml"):
            try:
                documents[name] = etree.fromstring(files[name])
            except etree.XMLSyntaxError as error:
                found.append(Finding(name, f"not-well-formed: {str(error)[:80]}"))
    css = {name: data.decode("utf-8") for name, data in files.items() if name.endswith(".css")}
    for name, root in documents.items():
        found += _document(name, root, language)
        found += _classes(name, root, css)
    found += _sheets(css, package.find(f"{OPF}spine").get("page-progression-direction") == "rtl")
    found += _navigation(documents)
    return sorted(set(found))


def _archive(archive: zipfile.ZipFile) -> Iterator[Finding]:
    entries = archive.infolist()
    if entries[0].filename != "mimetype":
        yield Finding("zip", "mimetype-not-first")
    if len({entry.date_time for entry in entries}) > 1:
        yield Finding("zip", "dates-differ: not reproducible")


def _package(package: Any, name: str, language: str) -> Iterator[Finding]:
    if package.get(XML + "lang") != language:
        yield Finding(name, f"package-language: {package.get(XML + 'lang')!r}, dc:language {language!r}")
    properties = {meta.get("property"): (meta.text or "") for meta in package.iter(f"{OPF}meta")}
    if "dcterms:conformsTo" in properties and "a11y:certifiedBy" not in properties:
        yield Finding(name, "claim: conformance without the name of who certifies it")
    for needed in ("Mode", "ModeSufficient", "ibilityFeature", "ibilityHazard", "ibilitySummary"):
        if not properties.get(f"schema:access{needed}"):
            yield Finding(name, f"no-metadata: schema:access{needed}")
    summary = properties.get("schema:accessibilitySummary", "")
    yield from check_text(f"{package.findtext(f'.//{DC}title')}\n{summary}", language, name, spaces=False)
    if not (package.findtext(f".//{DC}source") or "").startswith("urn:sha256:"):
        yield Finding(name, "no-source: dc:source does not name the input by its digest")


def _document(name: str, root: Any, language: str) -> Iterator[Finding]:
    for attribute in (XML + "lang", "lang"):
        if root.get(attribute) != language:
            yield Finding(name, f"language: {etree.QName(attribute).localname} {root.get(attribute)!r}, book {language!r}")
    title = root.findtext(f"{XH}head/{XH}title") or ""
    if not title.strip() or title.endswith(".xhtml"):
        yield Finding(name, "title: empty or a file name")
    last = 0
    for element in root.iter(*_BLOCKS):
        tag = etree.QName(element).localname
        if not "".join(element.itertext()).strip() and element.find(f".//{XH}img") is None:
            yield Finding(name, f"empty: <{tag}>")
        if re.fullmatch(r"h[1-6]", tag):
            if int(tag[1]) > last + 1:
                yield Finding(name, f"heading-jump: {last} to {tag[1]}")
            last = int(tag[1])
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in (XH + "script", XH + "iframe", XH + "object", XH + "style"):
            yield Finding(name, f"active: <{etree.QName(element).localname}>")
        for key, value in element.attrib.items():
            leads_out = key in ("href", "src") and re.match(r"(?i)\s*(https?|javascript|data|file):", value)
            if key.startswith("on") or leads_out:
                yield Finding(name, f"active: {key}={value[:30]!r}")
        if element.tag == XH + "img" and not (element.get("alt") or "").strip():
            yield Finding(name, "no-alt: picture without words for it")
        typed = element.get(OPS + "type") in ("pagebreak", "toc", "chapter", "page-list", "colophon")
        if typed and element.tag != XH + "a" and not element.get("role"):
            yield Finding(name, f"no-role: epub:type {element.get(OPS + 'type')}")
    said = root.get(XML + "lang") or ""
    yield from check_text("\n".join("".join(element.itertext()) for element in root.iter(*_BLOCKS)), said, name, spaces=False)
    running = "\n".join("".join(element.itertext()) for element in root.iter(*_RUNNING) if _is_running(element))
    yield from (finding for finding in check_text(running, said, name) if finding.what.startswith("stray-space"))


def _is_running(element: Any) -> bool:
    """Text of sentences: in headlines, contents and colophons a space parts items."""
    if element.get("class") in ("kicker", "subtitle", "byline", "contents", "credit", "signature", "column-name"):
        return False
    return not any(
        e.tag == XH + "nav" or e.get("role") == "doc-colophon" or e.get("class") == "masthead" for e in element.iterancestors()
    )


def _classes(name: str, root: Any, css: dict[str, str]) -> Iterator[Finding]:
    """Classes that a linked sheet does not know: a style that is undefined, seen by nobody."""
    linked = [
        posixpath.normpath(posixpath.join(posixpath.dirname(name), link.get("href")))
        for link in root.iter(XH + "link") if link.get("rel") == "stylesheet"
    ]
    known = {found for sheet in linked for found in re.findall(r"\.([A-Za-z][\w-]*)", css.get(sheet, ""))}
    used = {item for element in root.iter() if isinstance(element.tag, str) for item in (element.get("class") or "").split()}
    for item in sorted(used - known - {"contents-page", "cover-page", "answer", "issue-line"}):
        yield Finding(name, f"undefined-style: class {item!r}")
    if not linked:
        yield Finding(name, "undefined-style: no style sheet")


def _sheets(css: dict[str, str], right_to_left: bool) -> Iterator[Finding]:
    for name, text in css.items():
        plain = re.sub(r"/\*.*?\*/|@font-face\s*\{[^}]*\}", "", text, flags=re.DOTALL)
        for selector, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", plain):
            if "font-family" in rules and re.search(r"(?:^|[,\s])(?:html|body|p|\*)\s*(?:,|$)", selector.strip()):
                yield Finding(name, f"forced-font: {selector.strip()[:30]}")
        if re.search(r"url\(\s*['\"]?(?:https?:)?//", plain):
            yield Finding(name, "network: url() leads out of the book")
        vertical = re.search(r"(?<!-)writing-mode:\s*vertical", plain) is not None
        if "cover" in name and vertical:
            yield Finding(name, "cover-vertical: the picture would be cut")
        if "cover" not in name and vertical != right_to_left:
            yield Finding(name, "direction: page progression does not fit the writing mode")


def _navigation(documents: dict[str, Any]) -> Iterator[Finding]:
    """Page breaks and page list say the same, in the same order; contents say what their targets say."""
    name, nav = next((item for item in documents.items() if item[1].find(f".//{XH}nav") is not None), ("nav", None))
    if nav is None:
        yield Finding(name, "no-contents")
        return
    lists = {element.get(OPS + "type"): element for element in nav.iter(XH + "nav")}
    listed = [link.get("href").split("#")[-1] for link in _links(lists.get("page-list"))]
    marks = {
        element.get("id"): element for root in documents.values() for element in root.iter()
        if isinstance(element.tag, str) and element.get(OPS + "type") == "pagebreak"
    }
    if sorted(listed) != sorted(marks):
        yield Finding(name, f"page-list: {len(listed)} pages listed, {len(marks)} marked")
    for link in _links(lists.get("toc")):
        file, _, target = link.get("href").partition("#")
        root = documents.get(posixpath.normpath(posixpath.join(posixpath.dirname(name), file)))
        if root is None:
            yield Finding(name, f"dead-link: {file}")
            continue
        heading = next(iter(root.xpath("//*[@id=$id]", id=target)), None) if target else next(root.iter(XH + "h1"), None)
        if heading is None or _flat(heading) != _flat(link):
            yield Finding(name, f"contents: “{_flat(link)[:20]}” is not what its target says")


def _links(element: Any) -> list[Any]:
    return [] if element is None else list(element.iter(XH + "a"))


def _flat(element: Any) -> str:
    return "".join("".join(element.itertext()).split())
