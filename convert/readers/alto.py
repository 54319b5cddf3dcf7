"""ALTO 1 to 4 (Library of Congress): pages, blocks, lines and strings in document order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.readers.lines import Lines, Token, union
from convert.readers.xml import children, local, number, parse_xml
from convert.source import Box, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

POINTS_PER_INCH = 72.0
UNITS_PER_INCH = {"mm10": 254.0, "inch1200": 1200.0}
"""Units of the page in an inch (ALTO MeasurementUnit).  Pixels say nothing of inches, so type sizes stay unknown there."""

ROLES = {
    "title": "title", "headline": "title", "heading": "heading", "subheading": "heading", "caption": "caption",
    "byline": "byline", "author": "byline", "page-number": "drop", "pagenumber": "drop", "header": "drop", "footer": "drop",
    "advertisement": "drop",
}
"""Labels of layout and structure tags (ALTO leaves them free) and the role they hint at."""


ALWAYS = 0.9
"""Share of neighbouring strings with an SP between them above which it is put there by rule."""


class AltoReader:
    """Boxes in the page's own unit; a line's type size from its style where the unit allows, else its height."""

    name = "alto"
    extensions = (".alto", ".alto.xml")

    def sniff(self, head: bytes, name: str) -> float:
        """Sure where the root element is `alto`."""
        return 0.97 if b"<alto" in head or b":alto" in head else 0.0

    def read(self, data: bytes, name: str, options: ReadOptions) -> Source:
        """Read all pages of the file."""
        root, encoding = parse_xml(data, name, options.encoding)
        if local(root) != "alto":
            raise UnreadableInput(f"{name} is not ALTO: its root element is {local(root)}.")
        software = _software(root)
        percent = any(value.lower().startswith("tesseract") for _, value in software)
        known = _Known(_sizes(root), _roles(root), percent, _spaces_count(root))
        image = next((e.text for e in root.iter() if local(e) == "fileName"), None)
        out = Lines()
        for element in root.iter():
            kind = local(element)
            if kind == "Page":
                label = element.get("PRINTED_IMG_NR")
                out.page(label, number(element.get("WIDTH")) or 0, number(element.get("HEIGHT")) or 0, image)
            elif kind == "TextBlock":
                out.region(element.get("ID"))
            elif kind == "TextLine":
                _line(out, element, known)
        return out.source(data, name, self.name, encoding, metadata=software)


@dataclass(frozen=True, slots=True)
class _Known:
    """What holds for the whole file: type sizes and roles by id, Tesseract's per cent, whether SP elements say anything."""

    sizes: dict[str, float]
    roles: dict[str, str]
    percent: bool
    spaces: bool


def _line(out: Lines, element: _Element, known: _Known) -> None:
    tokens: list[Token] = []
    space = False
    for child in children(element, "String", "HYP", "SP"):
        if local(child) == "SP":
            space = True
            continue
        spaced = space if known.spaces and tokens else None
        tokens.append(Token(child.get("CONTENT") or "", _box(child), _confidence(child, known.percent), spaced))
        space = False
    box = _box(element) or union(token.box for token in tokens)
    parent = element.getparent()
    carriers = [element] if parent is None else [element, parent]
    references = [ref for carrier in carriers for ref in (carrier.get("STYLEREFS") or "").split()]
    tags = [ref for carrier in carriers for ref in (carrier.get("TAGREFS") or "").split()]
    size = next((known.sizes[ref] for ref in references if ref in known.sizes), None) or (box[3] - box[1] if box else None)
    out.line(tokens, box, size, next((known.roles[ref] for ref in tags if ref in known.roles), None))


def _box(element: _Element) -> Box | None:
    left, top = number(element.get("HPOS")), number(element.get("VPOS"))
    width, height = number(element.get("WIDTH")), number(element.get("HEIGHT"))
    if left is None or top is None or width is None or height is None:
        return None
    return (left, top, left + max(0.0, width), top + max(0.0, height))


def _confidence(element: _Element, percent: bool) -> float | None:
    """`WC` as it is; else the mean of `CC`, digits 0 (sure) to 9 (a guess) for each character.

    With `percent` the digits behind the point are whole per cent: Tesseract writes 8 per cent as 0.8 and 100 as 0.100.
    """
    written = element.get("WC")
    word = number(written)
    if word is not None:
        match = re.fullmatch(r"0\.(\d{1,3})", written or "")
        return int(match[1]) / 100 if percent and match else word
    digits = [int(c) for c in (element.get("CC") or "") if c in "0123456789"]
    return 1 - sum(digits) / (9 * len(digits)) if digits else None


def _spaces_count(root: _Element) -> bool:
    """Whether SP elements mean something.  Tesseract puts one between any two strings, and then the white decides."""
    pairs = spaces = 0
    for line in root.iter():
        if local(line) == "TextLine":
            kinds = [local(child) for child in children(line, "String", "SP")]
            pairs += max(0, kinds.count("String") - 1)
            spaces += sum(kind == "SP" and before == "String" for before, kind in pairwise(kinds))
    return 0 < spaces <= ALWAYS * pairs


def _sizes(root: _Element) -> dict[str, float]:
    """Type sizes in the page's unit by style id."""
    unit = next(((e.text or "").strip() for e in root.iter() if local(e) == "MeasurementUnit"), "")
    if unit not in UNITS_PER_INCH:
        return {}
    scale = UNITS_PER_INCH[unit] / POINTS_PER_INCH
    return {
        e.get("ID", ""): size * scale for e in root.iter()
        if local(e) == "TextStyle" and (size := number(e.get("FONTSIZE"))) is not None and size > 0
    }


def _roles(root: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter():
        if local(element) in ("LayoutTag", "StructureTag", "RoleTag", "OtherTag"):
            for label in (element.get("LABEL"), element.get("TYPE")):
                role = ROLES.get((label or "").strip().lower().replace("_", "-").replace(" ", "-"))
                if role and element.get("ID"):
                    found.setdefault(element.get("ID", ""), role)
    return found


def _software(root: _Element) -> list[tuple[str, str]]:
    return [("ocr-system", e.text.strip()) for e in root.iter() if local(e) == "softwareName" and e.text and e.text.strip()]
