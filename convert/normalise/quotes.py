"""Quotation marks: straight ones paired to curly, corner brackets to curly in a Simplified edition (GB/T 15834 4.8)."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator

from convert.normalise.context import Context, is_han
from convert.normalise.draft import Replacement

_CORNER = {"「": "“", "」": "”", "『": "‘", "』": "’"}
_SINGLE = re.compile(r"(?<![0-9A-Za-z'])['＇]([^'＇\"\n]{1,60})['＇](?![0-9A-Za-z'])")
"""A pair of straight single marks: no apostrophe, no minutes or feet."""
_MARKS = re.compile('["“”「」『』〝〞〟＂]')


def find(text: str, context: Context) -> Iterator[Replacement]:
    """Double marks and single ones, in order of place."""
    yield from heapq.merge(_double(text, context), _single(text, context))


def _single(text: str, context: Context) -> Iterator[Replacement]:
    """Straight single marks around Chinese words, as typed inside double ones."""
    for match in _SINGLE.finditer(text):
        words = match.group(1)
        if words != words.strip() or not any(map(is_han, words)):
            continue
        opening, closing = "‘’"
        if context.traditional:
            before = text[: match.start()]
            nested = before.count("「") > before.count("」") or before.count('"') % 2
            opening, closing = "『』" if nested else "「」"
        yield match.start(), match.start() + 1, opening
        yield match.end() - 1, match.end(), closing


def _double(text: str, context: Context) -> Iterator[Replacement]:
    """Straight double quotes open and close by turns where their number is even or a neighbour decides."""
    chinese = any(is_han(char) for char in text[:200])
    inside = False
    for match in _MARKS.finditer(text):
        mark, at = match.group(), match.start()
        if mark in _CORNER:
            if not context.traditional:
                yield at, at + 1, _CORNER[mark]
        elif mark in "“〝":
            inside = True
            if mark == "〝":
                yield at, at + 1, "“"
        elif mark in "”〞〟":
            inside = False
            if mark != "”":
                yield at, at + 1, "”"
        elif chinese:
            left, right = text[at - 1 : at], text[at + 1 : at + 2]
            if left.isdigit() and (right in ("C", "F") or not inside):
                continue  # 75"C is a degree sign misread, 15" is inches
            if inside:
                inside = False
                yield at, at + 1, "」" if context.traditional else "”"
            elif right and not right.isspace() and right not in "，。、；：？！）":
                inside = True
                yield at, at + 1, "「" if context.traditional else "“"
