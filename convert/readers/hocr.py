"""hOCR 1.2: pages, areas, paragraphs, lines and words in the engine's own reading order.

Written after the hOCR specification (kba.github.io/hocr-spec/1.2): properties stand in `title`, parted by semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.readers.encodings import decode
from convert.readers.lines import Lines, Token, union
from convert.readers.xml import local, number, parse_html, parse_xml
from convert.source import Box, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

LINES = frozenset({"ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat", "ocr_pageno"})
REGIONS = frozenset({"ocr_carea", "ocr_column", "ocrx_block", "ocr_par"})
ROLES = {"ocr_caption": "caption", "ocr_pageno": "drop", "ocr_title": "title", "ocr_author": "byline"}
UNSURE = {"tesseract": frozenset({"ocr_caption"})}
"""Classes not believed of an engine: of Tesseract's 17 caption lines on the six dev pages of the bench 7 are captions."""
_HEADINGS = {"ocr_chapter": 1, "ocr_section": 1, "ocr_subsection": 2, "ocr_subsubsection": 3}


class HocrReader:
    """Also reads what other engines write: lines without words, words without boxes, XHTML that is not well-formed."""

    name = "hocr"
    extensions = (".hocr",)

    def sniff(self, head: bytes, name: str) -> float:
        """Sure where an hOCR class or meta element is seen in the head."""
        if re.search(rb"""class=["']?ocr_page|ocr-system|ocr-capabilities""", head):
            return 0.95
        return 0.7 if name.lower().endswith(self.extensions) and b"<" in head else 0.0

    def read(self, data: bytes, name: str, options: ReadOptions) -> Source:
        """Read all pages.  Raises `UnreadableInput` where there is no ocr_page in it."""
        root, encoding = _root(data, name, options.encoding)
        metadata = _metadata(root)
        doubted = _doubted(metadata)
        out = Lines()
        pages = 0
        for element, classes in _walk(root):
            if "ocr_page" in classes:
                pages += 1
                _page(out, element)
            elif classes & REGIONS:
                out.region(element.get("id"))
            elif classes & LINES:
                _line(out, element, classes - doubted)
        if not pages:
            raise UnreadableInput(f"{name} is not hOCR: it has no element of class ocr_page.")
        return out.source(data, name, self.name, encoding, metadata=metadata)


def _root(data: bytes, name: str, forced: str | None) -> tuple[_Element, str]:
    """XHTML where it is well-formed, else as browsers read it."""
    try:
        return parse_xml(data, name, forced)
    except UnreadableInput:
        found = decode(data, name, forced)
        return parse_html(found.text.encode("utf-8"), name, "utf-8"), found.encoding


def _walk(root: _Element) -> Iterator[tuple[_Element, frozenset[str]]]:
    """Elements with a class, in document order, not descending into lines."""
    inside: _Element | None = None
    for element in root.iter():
        classes = frozenset((element.get("class") or "").split()) if isinstance(element.tag, str) else frozenset()
        if not classes or (inside is not None and _within(element, inside)):
            continue
        inside = element if classes & LINES else None
        yield element, classes


def _within(element: _Element, line: _Element) -> bool:
    parent = element.getparent()
    while parent is not None:
        if parent is line:
            return True
        parent = parent.getparent()
    return False


def _page(out: Lines, element: _Element) -> None:
    known = properties(element.get("title"))
    box = _box(known.get("bbox"))
    image = known.get("image", "").strip("\"'") or None
    label = known.get("lpageno", "").strip("\"'") or None
    out.page(label, box[2] - box[0] if box else 0, box[3] - box[1] if box else 0, image)


def _line(out: Lines, element: _Element, classes: frozenset[str]) -> None:
    known = properties(element.get("title"))
    tokens = [token for word in element.iter() if (token := _word(word)) is not None]
    box = _box(known.get("bbox")) or union(token.box for token in tokens)
    size = number(known.get("x_size", "").split(" ")[0]) or (box[3] - box[1] if box else None)
    role = next((ROLES[name] for name in classes if name in ROLES), None)
    level = None
    for parent in element.iterancestors():
        for name in (parent.get("class") or "").split():
            role = role or ROLES.get(name)
            if name in _HEADINGS and local(parent) in ("h1", "h2", "h3", "h4", "h5", "h6"):
                role, level = role or "heading", _HEADINGS[name]
    out.line(tokens or " ".join("".join(element.itertext()).split()), box, size, role, level)


def _word(element: _Element) -> Token | None:
    if not isinstance(element.tag, str) or not {"ocrx_word", "ocr_word"} & set((element.get("class") or "").split()):
        return None
    known = properties(element.get("title"))
    text = "".join("".join(element.itertext()).split())
    percent = number(known.get("x_wconf", "").split(" ")[0])
    if percent is None:
        parts = [value for part in known.get("x_confs", "").split() if (value := number(part)) is not None]
        percent = sum(parts) / len(parts) if parts else None
    return Token(text, _box(known.get("bbox")), percent / 100 if percent is not None else None)


def properties(title: str | None) -> dict[str, str]:
    """`bbox 0 0 9 9; x_wconf 90` as a mapping; semicolons inside quotation marks are text."""
    found: dict[str, str] = {}
    for part in re.findall(r"""(?:[^;"']|"[^"]*"|'[^']*'|["'])+""", title or ""):
        key, _, value = part.strip().partition(" ")
        found.setdefault(key, value.strip())
    return found


def _box(text: str | None) -> Box | None:
    values = [number(part) for part in (text or "").split()[:4]]
    if len(values) < 4 or None in values:
        return None
    left, top, right, bottom = (value or 0.0 for value in values)
    return (min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def _doubted(metadata: list[tuple[str, str]]) -> frozenset[str]:
    system = next((value.lower() for key, value in metadata if key == "ocr-system"), "")
    return next((classes for name, classes in UNSURE.items() if system.startswith(name)), frozenset())


def _metadata(root: _Element) -> list[tuple[str, str]]:
    return [
        (meta.get("name", ""), meta.get("content", "")) for meta in root.iter()
        if local(meta) == "meta" and (meta.get("name") or "").startswith(("ocr-system", "dc.", "DC."))
    ]
