"""Faults of a DOCX that the Open XML validator and the schema do not see."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from tests.editions.text_rules import Finding, check_text

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NS}}}"
DOCUMENT, STYLES, SETTINGS, CORE = "word/document.xml", "word/styles.xml", "word/settings.xml", "docProps/core.xml"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
LANGUAGES = ("zh-CN", "zh-TW", "zh-HK", "zh-SG", "zh-MO")


def lint_docx(data: bytes | Path) -> list[Finding]:
    """All findings, sorted; an edition is good when there is none."""
    with zipfile.ZipFile(io.BytesIO(data if isinstance(data, bytes) else data.read_bytes())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
        dates = {entry.date_time for entry in archive.infolist()}
    document, styles = etree.fromstring(files[DOCUMENT]), etree.fromstring(files[STYLES])
    parts = {
        name: etree.fromstring(data) for name, data in files.items()
        if re.fullmatch(r"word/(document|header\d+|footer\d+|comments|footnotes)\.xml", name)
    }
    found = [Finding("zip", "dates-differ: not reproducible")] if len(dates) > 1 else []
    found += _style_ids(parts, styles)
    found += _pairs(document)
    found += _fields(document)
    found += _package(files, styles)
    found += _paragraphs(document)
    text = "\n".join(_text(paragraph) for paragraph in document.iter(W + "p"))
    found += check_text(text, _language(styles), DOCUMENT)
    return sorted(set(found))


def _value(element: Any) -> str:
    return element.get(W + "val") or ""


def _language(styles: Any) -> str:
    return next((element.get(W + "eastAsia") or "" for element in styles.iter(W + "lang")), "")


def _text(paragraph: Any) -> str:
    return "".join(part.text or "" for part in paragraph.iter(W + "t", W + "delText"))


def _style_ids(parts: dict[str, Any], styles: Any) -> Iterator[Finding]:
    ids = {style.get(W + "styleId") for style in styles.iter(W + "style")}
    for name, root in parts.items():
        for tag in ("pStyle", "rStyle", "tblStyle"):
            for missing in sorted({_value(element) for element in root.iter(W + tag)} - ids):
                yield Finding(name, f"undefined-style: {tag} {missing!r}")


def _pairs(document: Any) -> Iterator[Finding]:
    for start, end in (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd")):
        starts, ends = (sorted(e.get(W + "id") or "" for e in document.iter(W + tag)) for tag in (start, end))
        if starts != ends:
            yield Finding(DOCUMENT, f"unpaired: {len(starts)} {start}, {len(ends)} {end}")
    names = [element.get(W + "name") for element in document.iter(W + "bookmarkStart")]
    if len(names) != len(set(names)):
        yield Finding(DOCUMENT, "repeated: bookmark names")
    for link in document.iter(W + "hyperlink"):
        if link.get(W + "anchor") and link.get(W + "anchor") not in names:
            yield Finding(DOCUMENT, f"dead-link: {link.get(W + 'anchor')}")
    revisions = [e.get(W + "id") for tag in ("ins", "del", "moveFrom", "moveTo") for e in document.iter(W + tag)]
    if len(revisions) != len(set(revisions)):
        yield Finding(DOCUMENT, "repeated: revision ids")
    if document.xpath("//w:del//w:t", namespaces={"w": NS}):
        yield Finding(DOCUMENT, "deleted-text: w:t inside w:del")


def _fields(document: Any) -> Iterator[Finding]:
    depth = 0
    for mark in document.iter(W + "fldChar"):
        depth += {"begin": 1, "end": -1}.get(mark.get(W + "fldCharType") or "", 0)
        if mark.get(W + "dirty"):
            yield Finding(DOCUMENT, "prompt: a dirty field makes Word ask")
        if depth < 0:
            break
    if depth:
        yield Finding(DOCUMENT, "unpaired: field begin and end")


def _package(files: dict[str, bytes], styles: Any) -> Iterator[Finding]:
    if b"updateFields" in files.get(SETTINGS, b""):
        yield Finding(SETTINGS, "prompt: updateFields makes Word ask")
    if not re.search(rb"<dc:title>[^<]+", files.get(CORE, b"")):
        yield Finding(CORE, "title: none")
    if _language(styles) not in LANGUAGES:
        yield Finding(STYLES, f"language: default eastAsia is {_language(styles)!r}")
    if any(element.get(W + "eastAsiaTheme") for element in styles.iter(W + "rFonts")):
        yield Finding(STYLES, "theme-font: eastAsiaTheme leaves the face to the theme")


def _paragraphs(document: Any) -> Iterator[Finding]:
    last = 0
    for paragraph in document.iter(W + "p"):
        properties = paragraph.find(W + "pPr")
        style = properties.find(W + "pStyle") if properties is not None else None
        holds = paragraph.find(f".//{W}drawing") is not None or paragraph.find(f"{W}pPr/{W}sectPr") is not None
        if not _text(paragraph).strip() and not holds:
            yield Finding(DOCUMENT, "empty: paragraph")
        level = re.fullmatch(r"Heading([1-6])", _value(style)) if style is not None else None
        if level:
            if int(level[1]) > last + 1:
                yield Finding(DOCUMENT, f"heading-jump: {last} to {level[1]}")
            last = int(level[1])
    for run in document.iter(W + "r"):
        text = "".join(part.text or "" for part in run.iter(W + "t"))
        fonts = run.find(f"{W}rPr/{W}rFonts")
        if re.search("[\u2018-\u201d\u2026\u2014\u00b7]", text) and (fonts is None or fonts.get(W + "hint") != "eastAsia"):
            yield Finding(DOCUMENT, f"no-hint: {text[:12]!r} would be set in the Latin font")
            break
    for picture in document.iter(DRAWING):
        if not picture.get("descr"):
            yield Finding(DOCUMENT, "no-alt: picture without words for it")
