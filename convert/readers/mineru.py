"""MinerU's JSON: `middle.json` (lines with boxes and scores) and the flat `content_list.json`."""

from __future__ import annotations

import re
from typing import Any

from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.readers.block_json import box, html_table, items, load, real, string, table, text_lines
from convert.readers.lines import Lines, Token
from convert.source import Source

FURNITURE = frozenset({"header", "footer", "page_number", "discarded"})
ROLES = {
    "title": "heading",
    **dict.fromkeys(("image_caption", "table_caption", "code_caption", "chart_caption"), "caption"),
    **dict.fromkeys(FURNITURE, "drop"),
}
SCALE = 1000.0
"""Boxes of `content_list.json` are thousandths of the page's sides (since 2.5)."""


class MineruReader:
    """Blocks in MinerU's reading order.  Its levels and roles are hints; what it discards is kept as furniture."""

    name = "mineru"
    extensions = ("_content_list.json", "_middle.json")

    def sniff(self, head: bytes, name: str) -> float:
        """Sure where the keys of either file are in the head."""
        flat = head.lstrip().startswith(b"[") and re.search(rb'"type"\s*:', head) and b'"page_idx"' in head
        if b'"pdf_info"' in head or flat:
            return 0.95
        return 0.7 if name.lower().endswith(self.extensions) else 0.0

    def read(self, data: bytes, name: str, options: ReadOptions) -> Source:
        """Read either file.  Raises `UnreadableInput` where it is neither."""
        value, encoding = load(data, name, options.encoding)
        out = Lines()
        if isinstance(value, dict) and isinstance(value.get("pdf_info"), list):
            for page in value["pdf_info"]:
                _page(table(page), out)
        elif isinstance(value, list) and all(isinstance(block, dict) and "type" in block for block in value):
            _content_list(value, out)
        else:
            raise UnreadableInput(f"{name} is neither MinerU's middle.json nor its content_list.json.")
        return out.source(data, name, self.name, encoding)


def _page(page: dict[str, Any], out: Lines) -> None:
    size = [real(side) or 0.0 for side in items(page.get("page_size"))[:2]] + [0.0, 0.0]
    out.page(None, size[0], size[1])
    number = 0
    for key in ("para_blocks", "discarded_blocks"):
        stack = [(block, key == "discarded_blocks") for block in reversed(items(page.get(key)))]
        while stack:
            block, dropped = stack.pop()
            block = table(block)
            stack += [(inner, dropped) for inner in reversed(items(block.get("blocks")))]
            _block(block, out, dropped, number)
            number += 1


def _block(block: dict[str, Any], out: Lines, dropped: bool, number: int) -> None:
    kind = string(block.get("type"))
    role = "drop" if dropped else ROLES.get(kind)
    level = int(real(block.get("level")) or 1) if role == "heading" else None
    out.region(f"{kind}-{number}")
    for line in map(table, items(block.get("lines"))):
        spans = [table(span) for span in items(line.get("spans"))]
        for span in spans:
            if isinstance(span.get("html"), str):
                html_table(string(span["html"]), out)
        tokens = [Token(string(span.get("content")), box(span.get("bbox")), real(span.get("score"))) for span in spans]
        place = box(line.get("bbox"))
        out.line(tokens, place, place[3] - place[1] if place else None, role, level)


def _content_list(blocks: list[dict[str, Any]], out: Lines) -> None:
    last = max((int(real(block.get("page_idx")) or 0) for block in blocks), default=-1)
    if last > 100_000:
        raise UnreadableInput("The file speaks of more than 100,000 pages. It cannot be right.")
    scaled = any(box(block.get("bbox")) for block in blocks)
    for _ in range(last + 1):
        out.page(None, SCALE if scaled else 0.0, SCALE if scaled else 0.0)
    for number, block in enumerate(blocks):
        out.turn(int(real(block.get("page_idx")) or 0))
        kind = string(block.get("type"))
        out.region(f"{kind}-{number}")
        level = int(real(block.get("text_level")) or 0)
        role = "heading" if level else ROLES.get(kind)
        place = box(block.get("bbox"))
        for key in ("img_caption", "image_caption", "table_caption", "code_caption", "chart_caption"):
            for text in text_lines(block.get(key)):
                out.line(text, None, None, "caption")
        for key in ("text", "list_items", "code_body", "content"):
            for text in text_lines(block.get(key)):
                out.line(text, place, None, role, level or None)
        if isinstance(block.get("table_body"), str):
            html_table(string(block["table_body"]), out)
        for key in ("img_footnote", "image_footnote", "table_footnote", "chart_footnote"):
            for text in text_lines(block.get(key)):
                out.line(text)
