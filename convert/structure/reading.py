"""The reading copy of a text: same length, full-width marks, so that features need not know about widths."""

from __future__ import annotations

import re
import unicodedata

WIDE = str.maketrans(",;:?!()[]｡､\u00a0\u3000\t{}", "，；：？！（）［］。、   ｛｝")
_CLOSERS = "”’）》」』〉】〕］\"' "
CORNERS = str.maketrans("「」『』", "“”‘’")


def reading(text: str) -> str:
    """`text` with full-width punctuation, one character for one character."""
    return text.translate(WIDE).translate(CORNERS)


def is_closed(text: str) -> bool:
    """Whether a reading text ends as a paragraph may: with a full stop, or one followed by closing marks."""
    body = text.rstrip(_CLOSERS)
    if body and (body[-1] in "。！？…" or (body[-1] == "." and body[-2:-1] > "\u2e7f")):  # typed with a point for a full stop
        return True
    if text[-1:] == "）":  # 问：……？（三年级 小满）: what the brackets hold comes behind the full stop
        before = text[: text.rfind("（")].rstrip(_CLOSERS)
        return bool(before) and before[-1] in "。！？…"
    return False


def length(text: str) -> int:
    """Characters that are not white space."""
    return len(text) - text.count(" ")


def width(text: str) -> int:
    """Columns in a terminal: 2 for a full-width character, 1 for others.  The unit of line widths."""
    if text.isascii():
        return len(text)
    return sum(2 if char > "\u2e7f" or unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def balance(text: str) -> tuple[int, int]:
    """Unclosed opening marks at the end, and closing marks without an opening at the start (quotes and brackets)."""
    depth = lowest = 0
    for mark in _PAIRS.findall(text):
        depth += 1 if mark in "“‘（《【〔" else -1
        lowest = min(lowest, depth)
    return depth - lowest, -lowest


_PAIRS = re.compile("[“”（）《》【】〔〕]")
