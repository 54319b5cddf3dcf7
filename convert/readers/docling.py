"""Docling's JSON (`DoclingDocument`): the body's items in reading order, then the page furniture it set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.readers.block_json import items, load, real, string, table, text_lines
from convert.readers.lines import Lines
from convert.source import Box, Source

ROLES = {"title": "title", "section_header": "heading", "caption": "caption", "page_header": "drop", "page_footer": "drop"}
_REF = re.compile(r"#/(texts|tables|pictures|groups|key_value_items|form_items)/(\d{1,7})$")


class DoclingReader:
    """Boxes and pages from each item's first provenance; captions stand where their table or picture stands."""

    name = "docling"
    extensions = (".docling.json",)

    def sniff(self, head: bytes, name: str) -> float:
        """Sure where the schema's name is in the head."""
        return 0.97 if re.search(rb'"schema_name"\s*:\s*"DoclingDocument"', head) else 0.0

    def read(self, data: bytes, name: str, options: ReadOptions) -> Source:
        """Read the document.  Raises `UnreadableInput` where it is another kind of JSON."""
        value, encoding = load(data, name, options.encoding)
        document = table(value)
        if document.get("schema_name") != "DoclingDocument":
            raise UnreadableInput(f"{name} is not a DoclingDocument.")
        out = Lines()
        pages = _pages(document, out)
        for item in _in_order(document):
            _item(item, pages, out)
        return out.source(data, name, self.name, encoding)


def _pages(document: dict[str, Any], out: Lines) -> dict[int, tuple[int, float]]:
    """Index and height of each page by its number in the file."""
    sizes = {}
    for key, page in table(document.get("pages")).items():
        number = real(table(page).get("page_no"))
        if number is None and str(key).isdecimal() and str(key).isascii():
            number = float(key)
        size = table(table(page).get("size"))
        if number is not None:
            sizes[int(number)] = (real(size.get("width")) or 0.0, real(size.get("height")) or 0.0)
    found = {}
    for index, number in enumerate(sorted(sizes)):
        out.page(str(number), *sizes[number])
        found[number] = (index, sizes[number][1])
    return found


def _in_order(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Items the body refers to, depth first, each once; then the furniture; then what nothing refers to."""
    seen: set[tuple[str, int]] = set()
    stack = [*reversed(_references(document.get("furniture"))), *reversed(_references(document.get("body")))]
    while stack:
        key = stack.pop()
        found = items(document.get(key[0]))
        if key in seen or key[1] >= len(found):
            continue
        seen.add(key)
        item = table(found[key[1]])
        yield item
        stack += reversed([*_targets(item.get("captions")), *_references(item), *_targets(item.get("footnotes"))])
    for number, item in enumerate(items(document.get("texts"))):
        if ("texts", number) not in seen:
            yield table(item)


def _references(node: Any) -> list[tuple[str, int]]:
    return _targets(table(node).get("children"))


def _targets(references: Any) -> list[tuple[str, int]]:
    found = []
    for reference in items(references):
        match = _REF.match(string(table(reference).get("$ref") or table(reference).get("cref")))
        if match:
            found.append((match[1], int(match[2])))
    return found


def _item(item: dict[str, Any], pages: dict[int, tuple[int, float]], out: Lines) -> None:
    label = string(item.get("label"))
    place = table(next(iter(items(item.get("prov"))), None))
    index, height = pages.get(int(real(place.get("page_no")) or -1), (-1, 0.0))
    out.turn(index)
    out.region(string(item.get("self_ref")) or None)
    role = ROLES.get(label)
    if item.get("content_layer") == "furniture":
        role = "drop"
    level = int(real(item.get("level")) or 1) if role == "heading" else None
    marker = string(item.get("marker")) if label == "list_item" and item.get("enumerated") else ""
    for number, text in enumerate(text_lines(item.get("text"))):
        first = f"{marker} " if marker and not number else ""
        out.line(first + text, _box(table(place.get("bbox")), height), None, role, level)
    for row in _rows(table(item.get("data"))):
        out.line("\t".join(row))


def _rows(data: dict[str, Any]) -> Iterator[list[str]]:
    """Cells by row and column, each once though it spans several."""
    rows: dict[int, list[tuple[int, str]]] = {}
    for cell in map(table, items(data.get("table_cells"))):
        row, column = real(cell.get("start_row_offset_idx")), real(cell.get("start_col_offset_idx"))
        if row is not None and column is not None:
            rows.setdefault(int(row), []).append((int(column), " ".join(string(cell.get("text")).split())))
    for number in sorted(rows):
        yield [text for _, text in sorted(rows[number])]


def _box(bbox: dict[str, Any], height: float) -> Box | None:
    sides = [real(bbox.get(side)) for side in ("l", "t", "r", "b")]
    if None in sides:
        return None
    left, top, right, bottom = (side or 0.0 for side in sides)
    if bbox.get("coord_origin") == "BOTTOMLEFT":
        top, bottom = height - top, height - bottom
    return (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
