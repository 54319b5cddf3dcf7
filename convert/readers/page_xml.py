"""PAGE XML (PRImA, 2010 to 2019): regions in the reading order the file states, lines, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.readers.lines import Lines, Token
from convert.readers.xml import children, local, number, parse_xml
from convert.source import Box, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

ROLES = {
    "heading": "heading", "caption": "caption", "credit": "byline", "header": "drop", "footer": "drop",
    "page-number": "drop", "catch-word": "drop", "signature-mark": "drop",
}
"""`TextRegion/@type` (PAGE 2019-07-15 TextTypeSimpleType) and the role it hints at."""


class PageXmlReader:
    """One page a file, as the format has it; several make an issue by METS or `--as-issue`."""

    name = "page"
    extensions = (".page.xml",)

    def sniff(self, head: bytes, name: str) -> float:
        """Sure where the root element is `PcGts`."""
        return 0.97 if re.search(rb"<(\w+:)?PcGts", head) else 0.0

    def read(self, data: bytes, name: str, options: ReadOptions) -> Source:
        """Read the page."""
        root, encoding = parse_xml(data, name, options.encoding)
        if local(root) != "PcGts":
            raise UnreadableInput(f"{name} is not PAGE XML: its root element is {local(root)}.")
        out = Lines()
        for page in children(root, "Page"):
            out.page(None, number(page.get("imageWidth")) or 0, number(page.get("imageHeight")) or 0, page.get("imageFilename"))
            for region in _in_order(page):
                out.region(region.get("id"))
                _region(out, region)
        return out.source(data, name, self.name, encoding)


def _in_order(page: _Element) -> list[_Element]:
    """Text regions: those the reading order names first, in its order; the others behind, as they stand."""
    regions = [element for element in page.iter() if local(element) == "TextRegion"]
    by_id = {region.get("id", ""): region for region in regions}
    named: list[_Element] = []
    for element in children(page, "ReadingOrder"):
        for reference in _references(element):
            region = by_id.pop(reference, None)
            if region is not None:
                named.append(region)
                named += [inner for inner in region.iterdescendants() if by_id.pop(inner.get("id", ""), None) is not None]
    rest = {id(region) for region in named}
    return named + [region for region in regions if id(region) not in rest]


def _references(group: _Element) -> Iterator[str]:
    """Region ids in reading order: indexed ones by their index, groups depth first, without recursion."""
    stack = [group]
    while stack:
        element = stack.pop()
        if element.get("regionRef"):
            yield element.get("regionRef", "")
        inner = sorted(
            children(element, "OrderedGroup", "OrderedGroupIndexed", "UnorderedGroup", "UnorderedGroupIndexed",
                     "RegionRef", "RegionRefIndexed"),
            key=lambda child: number(child.get("index")) or 0,
        )
        stack += reversed(inner)


def _region(out: Lines, region: _Element) -> None:
    role = ROLES.get(region.get("type") or "")
    lines = list(children(region, "TextLine"))
    if not lines and not any(True for _ in children(region, "TextRegion")):
        for text in _text(region)[0].splitlines():
            out.line(text, _box(region), None, role)
    for line in lines:
        text, confidence = _text(line)
        box = _box(line)
        tokens = [Token(*_word(word)) for word in children(line, "Word")]
        if not "".join(token.text for token in tokens).strip() or (text and _squeezed(text) != _squeezed(tokens)):
            tokens = [Token(text, box, confidence)]
        out.line(tokens, box, box[3] - box[1] if box else None, role)


def _squeezed(text: str | list[Token]) -> str:
    whole = text if isinstance(text, str) else "".join(token.text for token in text)
    return "".join(whole.split())


def _word(word: _Element) -> tuple[str, Box | None, float | None]:
    text, confidence = _text(word)
    if not text:
        text = "".join(_text(glyph)[0] for glyph in children(word, "Glyph"))
    return text, _box(word), confidence


def _text(element: _Element) -> tuple[str, float | None]:
    """The best reading: the `TextEquiv` of lowest index (the first where none is numbered)."""
    best = min(children(element, "TextEquiv"), key=lambda e: number(e.get("index")) or 0, default=None)
    if best is None:
        return "", None
    for form in ("Unicode", "PlainText"):
        for child in children(best, form):
            if child.text:
                return child.text, number(best.get("conf"))
    return "", None


def _box(element: _Element) -> Box | None:
    """The box around the polygon: `points` since 2013, `Point` elements before."""
    for coordinates in children(element, "Coords"):
        pairs = [pair.split(",") for pair in (coordinates.get("points") or "").split()]
        if not pairs:
            pairs = [[point.get("x") or "", point.get("y") or ""] for point in children(coordinates, "Point")]
        points = [(x, y) for pair in pairs if len(pair) == 2 and (x := number(pair[0])) is not None
                  and (y := number(pair[1])) is not None]
        if points:
            across, down = zip(*points, strict=True)
            return (min(across), min(down), max(across), max(down))
    return None
