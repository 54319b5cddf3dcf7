"""Stray spaces.  Between Han characters of running text none belong; a separator the setter meant stays, one wide."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.normalise.context import WIDE, Context, is_han
from convert.normalise.draft import Replacement

_SPACE = re.compile("[ \t\u3000\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_ENDS = frozenset("\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029")
_GLUE_LEFT, _GLUE_RIGHT = frozenset("([{+-*/=^<>~_@#&"), frozenset(")]}+-*/=^<>~_@%,.;:!?&")
_ASCII_MARKS = frozenset(",;:?!()")
APART = 4
"""Single characters in a row, a space between each, that are words driven apart; fewer may be meant (夏 至)."""
_SPACED = re.compile(rf"(?:(?<!\S)\S\s){{{APART - 1}}}\S(?!\S)")
DATELINE = 6
"""Characters of the word that opens a report: 本报讯, 新华社电."""
NOTE = 12
"""Characters a note in brackets may hold before and behind its space."""


def find(text: str, context: Context) -> Iterator[Replacement]:
    """Decide every run of white space by its two neighbours and the kind of line."""
    last = len(text)
    for match in _SPACE.finditer(text):
        start, end = match.span()
        if start == 0 or end == last:
            yield start, end, ""
            continue
        yield start, end, " " if _belongs(text, start, end, context) else ""


def _belongs(text: str, start: int, end: int, context: Context) -> bool:
    left, right = text[start - 1], text[end]
    if start <= DATELINE and left in "讯訊电電" and all(map(is_han, text[:start])):  # 本报讯 6月15日，…: parts as a mark would
        return True
    if left.isascii() and right.isascii():
        if any(char in _ENDS for char in text[start:end]):  # a line end: words are parted by it, numbers and formulas are not
            return not (left in _GLUE_LEFT or right in _GLUE_RIGHT or (left.isdigit() and right.isdigit()))
        if left in _ASCII_MARKS or right in _ASCII_MARKS:
            return not _chinese_mark(text, start, end, left, right)
        return not ((left.isdigit() and right in ".%") or (left == "." and right.isdigit()))
    if not context.stacked and any(char in _ENDS for char in text[start:end]) and (is_han(left) or is_han(right)):
        return False
    if context.listing and not _set_apart(text, start, end):
        return not (left in "（：，、" or right in "）：，、。")
    if left in WIDE or right in WIDE:
        bound = left in "，、：（“‘《「—" or right in "，、：。？！）”’》」—"
        return context.display and not bound and not _set_apart(text, start, end)
    if is_han(left) and is_han(right):
        return (context.display and not _set_apart(text, start, end)) or _in_note(text, start, end)
    return False


def _set_apart(text: str, start: int, end: int) -> bool:
    """老 街 的 亭 仔 脚: characters driven apart to fill a line, or set one under the other, are not parted by a separator."""
    alone = (start == 1 or text[start - 2].isspace()), (end + 1 == len(text) or text[end + 1].isspace())
    if any(char in _ENDS for char in text[start:end]):
        return any(alone)
    return all(alone) and bool(_SPACED.search(text, max(0, start - 2 * APART), end + 2 * APART))


def _in_note(text: str, start: int, end: int) -> bool:
    """（记者 顾南）, （三年级 小满）: in a short note in brackets a space parts office and name."""
    opening = max(text.rfind("（", max(0, start - NOTE), start), text.rfind("(", max(0, start - NOTE), start))
    closing = min((at for at in (text.find("）", end, end + NOTE), text.find(")", end, end + NOTE)) if at >= 0), default=-1)
    return opening >= 0 and closing >= 0 and not any(mark in text[opening:closing] for mark in "，。；,;")


def _chinese_mark(text: str, start: int, end: int, left: str, right: str) -> bool:
    """Whether a half-width mark beside the space stands in Chinese text, where it will be made full-width."""
    far_left = text[start - 2] if start > 1 else ""
    far_right = text[end + 1] if end + 1 < len(text) else ""
    return any(char and (is_han(char) or char in WIDE) for char in (far_left, far_right)) or right in ",;:?!)" or left == "("
