"""Width of punctuation by context (GB/T 15834; house rules): full-width in Chinese, half-width in numbers, Latin, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.normalise.context import Context, is_han
from convert.normalise.draft import Replacement

_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "｡": "。", "､": "、"}
_MARK = re.compile(r"[,;:?!｡､()\[\]]")
_LATIN_RUN = re.compile(
    r"(?:[A-Za-z][A-Za-z0-9+.-]*://|www\.)[!-~]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+|[A-Za-z]:\\[!-~]+"
    r"|(?:/[A-Za-z0-9_.-]+){2,}(?::[0-9]+)*|\[[0-9]+(?:[,-][0-9]+)+\]"
)
"""Addresses, paths with the number of a line, and references [2,3]: what stands in them stays half-width."""
_FORMULA = re.compile(r"[=×÷^√≈≤≥<>*/+]")
_SHARE = re.compile(r"[+\-−±]?[0-9]+(?:\.[0-9]+)?[%％‰]")
"""A rise or a share beside a figure, 12.40(+0.8%): prose, though it has a sign."""
_UNIT = re.compile(r"[A-Za-zμµΩ°℃℉%‰]{1,4}[²³23]?(?:/[A-Za-z]{1,3}[²³23]?)?")


def find(text: str, context: Context) -> Iterator[Replacement]:
    """Every half-width mark: pairs of brackets together, the others one by one."""
    if not any(is_han(char) for char in text):
        return
    shelters = (
        [_trimmed(text, *match.span()) for match in _LATIN_RUN.finditer(text)]
        if any(mark in text for mark in (":", "@", "www", "["))
        else []
    )
    brackets = _brackets(text)
    shelter = 0
    for match in _MARK.finditer(text):
        at = match.start()
        while shelter < len(shelters) and shelters[shelter][1] <= at:
            shelter += 1
        mark = text[at]
        sheltered = shelter < len(shelters) and shelters[shelter][0] <= at
        if mark in "()":
            if brackets.get(at, False) and not sheltered:
                yield at, at + 1, "（" if mark == "(" else "）"
        elif mark in _FULL and not sheltered and _chinese(text, at, mark):
            yield at, at + 1, _FULL[mark]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """An address without the marks of the sentence it stands in."""
    while end > start and text[end - 1] in ",;:!?)" and (text[end - 1] != ")" or "(" not in text[start:end]):
        end -= 1
    return start, end


def _chinese(text: str, at: int, mark: str) -> bool:
    left, right = _near(text, at, -1), _near(text, at, 1)
    if mark in "｡､":
        return True
    if mark == ":":
        return not (left.isdigit() and right.isdigit() and left.isascii()) and not (_latin(left) and _latin(right))
    if mark == ",":
        if left.isdigit() and right.isdigit():
            return not _thousands(text, at)
        return not (_latin(left) and _latin(right)) or _chinese_line(text, at)
    if mark in "?!":
        return not (_latin(left) and (_latin(right) or not right)) or (left.isdigit() and not right)
    return not (_latin(left) and _latin(right))


def _near(text: str, at: int, step: int) -> str:
    """The next character that is not a space, "" at the border."""
    at += step
    while 0 <= at < len(text) and text[at] == " ":
        at += step
    return text[at] if 0 <= at < len(text) else ""


def _latin(char: str) -> bool:
    return bool(char) and char.isascii() and char.isalpha()


def _thousands(text: str, at: int) -> bool:
    """1,000 and 12,345,678: at most three digits before, exactly three behind."""
    begin = at
    while begin and text[begin - 1].isdigit():
        begin -= 1
    end = at + 1
    while end < len(text) and text[end].isdigit():
        end += 1
    return end - at - 1 == 3 and at - begin <= 3


def _chinese_line(text: str, at: int) -> bool:
    """Whether more Han than Latin stands within a dozen characters either side."""
    around = text[max(0, at - 12) : at + 13]
    han = sum(map(is_han, around))
    return han > sum(map(_latin, around))


def _brackets(text: str) -> dict[int, bool]:
    """For each half-width bracket: shall it be full-width?  A pair decides together; nesting is counted."""
    verdict: dict[int, bool] = {}
    stack: list[int] = []
    for match in re.finditer(r"[()（）]", text):
        at = match.start()
        if match.group() in "(（":
            stack.append(at)
        elif stack:
            start = stack.pop()
            inner = text[start + 1 : at]
            wide = text[start] == "（" or text[at] == "）" or _wants_wide(text, start, at, inner)
            if len(inner) < 200 or not inner.isascii():
                verdict[start] = verdict[at] = wide
        else:
            verdict[at] = _beside_han(text, at)
    for start in stack:
        verdict[start] = _beside_han(text, start)
    return verdict


def _beside_han(text: str, at: int) -> bool:
    left, right = _near(text, at, -1), _near(text, at, 1)
    return is_han(left or " ") or is_han(right or " ") or not left


def _wants_wide(text: str, start: int, end: int, inner: str) -> bool:
    if any(map(is_han, inner)):
        return True
    left, right = _near(text, start, -1), _near(text, end, 1)
    stripped = inner.strip()
    if _latin(left) or (left and left in "^√=+*×÷/(") or (right and right in "^=*/×÷+)" and not is_han(left)):
        return False
    if _UNIT.fullmatch(stripped) and (left.isdigit() or _in_formula(text, start, end)):
        return False
    if len(stripped) <= 3 and stripped.isascii() and stripped.isalnum() and _in_formula(text, start, end):
        return False
    if _SHARE.fullmatch(stripped):
        return not _in_formula(text, start, end)
    if _FORMULA.search(inner) and (left.isdigit() or _FORMULA.match(right or " ")):
        return False
    return not (
        stripped.isdigit() and ((right and right in "”\"'’》」") or text[end + 1 : end + 2] == ".") and is_han(left or " ")
    )


def _in_formula(text: str, start: int, end: int) -> bool:
    """An operator right behind the bracket, or an equation earlier in the same clause."""
    right = _near(text, end, 1)
    if right and right in "=×÷+-/*":
        return True
    clause = re.split("[，。；！？]", text[max(0, start - 60) : start])[-1]
    return bool(re.search("[=×÷]", clause))
