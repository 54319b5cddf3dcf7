"""Quotation marks by nesting depth: 「」 and 『』 in turn in Traditional editions, “” and ‘’ in a Simplified one.

GB/T 15834-2011 4.8 (double outside, single inside, in turn) and Taiwan's 重訂標點符號手冊 (引號).  Depth is counted
in one restored block; only pairs count, so that a mark OCR lost does not turn every later one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.variants.model import Finding, Piece

CORNER = ("「」", "『』")
CURLY = ("“”", "‘’")

_PARTNER = {"”": "“", "’": "‘", "」": "「", "』": "『", "﹂": "﹁", "﹄": "﹃", "〞": "〝"}
_OPEN = frozenset(_PARTNER.values())
_INNER = frozenset("’』﹄‘『﹃")
_MARK = re.compile("[“”‘’「」『』﹁﹂﹃﹄〝〞]")
_CURLY = re.compile("[“”‘’〝〞]")
_LATIN = re.compile(r"[0-9A-Za-z\u00c0-\u024f]")


def has_curly(text: str) -> bool:
    """Whether there is a mark that Traditional text would not use."""
    return _CURLY.search(text) is not None


def opens(text: str) -> bool:
    """Whether a block begins with an opening mark."""
    return text[:1] in _OPEN


def convert(text: str, style: tuple[str, str] = CORNER) -> tuple[list[Piece], list[Finding]]:
    """A final piece for every mark, and a finding for every mark without a partner.

    A mark without a partner keeps its direction and takes the form of the depth it stands at.  An opening mark that
    begins the block and is never closed is the way a quotation over several paragraphs is printed: it holds to the end.
    """
    marks = [match.start() for match in _MARK.finditer(text)]
    if not marks:
        return [], []
    partner, apostrophes = _pair(text, marks)
    if (first := marks[0]) not in partner and text[first] in _OPEN and not text[:first].strip():
        again = any(text[at] == text[first] for at in marks[1:])
        if not again:
            partner[first] = len(text)
    pieces: list[Piece] = []
    findings: list[Finding] = []
    depth = 0
    for at in marks:
        if at in apostrophes:
            continue
        mark = text[at]
        if mark in _OPEN:
            form = style[depth % 2][0]
            depth += at in partner
        elif at in partner:
            depth -= 1
            form = style[depth % 2][1]
        else:
            form = style[mark in _INNER][1]
        pieces.append(Piece(at, at + 1, form, "quotes", final=True))
        if partner.get(at, len(text)) == len(text):
            around = text[max(0, at - 6):at + 7].replace("\n", " ")
            what = "opened and not closed" if mark in _OPEN else "closed and not opened"
            findings.append(Finding(at, at + 1, "quotes-unbalanced", f"A quotation is {what}: {around}"))
    return pieces, findings


def _pair(text: str, marks: list[int]) -> tuple[dict[int, int], set[int]]:
    """Partners by offset, in both directions, and the marks that are apostrophes."""
    partner: dict[int, int] = {}
    apostrophes: set[int] = set()
    waiting: list[int] = []
    for at in marks:
        mark = text[at]
        if mark in _OPEN:
            if mark == "‘" and _is_decade(text, at):
                apostrophes.add(at)
            else:
                waiting.append(at)
            continue
        if mark == "’" and (_inside_word(text, at) or _is_decade(text, at)):
            apostrophes.add(at)
            continue
        opener = next(_matching(text, waiting, _PARTNER[mark]), None)
        if opener is not None:
            del waiting[opener[0]:]
            partner[opener[1]], partner[at] = at, opener[1]
        elif mark == "’" and at and _LATIN.match(text[at - 1]):
            apostrophes.add(at)
    return partner, apostrophes


def _matching(text: str, waiting: list[int], mark: str) -> Iterator[tuple[int, int]]:
    """The innermost waiting mark of that kind; those opened after it lost their partners."""
    for index in range(len(waiting) - 1, max(-1, len(waiting) - 9), -1):
        if text[waiting[index]] == mark:
            yield index, waiting[index]


def _inside_word(text: str, at: int) -> bool:
    """The team’s, 90’s."""
    return 0 < at < len(text) - 1 and bool(_LATIN.match(text[at - 1])) and bool(_LATIN.match(text[at + 1]))


def _is_decade(text: str, at: int) -> bool:
    """’90s, and the same with the wrong mark, which word processors put there."""
    return re.match(r"\d0s", text[at + 1:at + 4]) is not None
