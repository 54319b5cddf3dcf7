"""The half-width full stop of Chinese sentences: `报名.` is `报名。` (GB/T 15834-2011, 4.1).

Between two Han characters a dot may be the middle dot of a name (列夫.托尔斯泰), a number's or a list's.  It is a full stop
there only where the block ends its sentences with dots and has no `。` at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.normalise.context import Context, is_han
from convert.normalise.draft import Replacement

_DOT = re.compile(r"(?<!\.)\.(?!\.)")
_QUOTES = "”’」』\"'"
_BEFORE = "”’」』）》\"')"
_NUMERAL = re.compile(r"[\s第（(]*[一二三四五六七八九十甲乙丙丁]{1,3}[）)]?")
MIN_SENTENCE = 4
"""Characters a block must have before a dot: `甲.` and `图.` are no sentences."""


def find(text: str, context: Context) -> Iterator[Replacement]:
    """Dots that end a sentence.  Headlines and lists of names have none."""
    if context.display or context.listing:
        return
    dots = [match.start() for match in _DOT.finditer(text) if _may_end(text, match.start())]
    last = len(text.rstrip().rstrip(_QUOTES)) - 1
    habit = "。" not in text and last >= 0 and text[last] == "."
    certain = [at for at in dots if habit or at == last or text[at + 1 : at + 2] in tuple(_QUOTES)]
    if habit and certain and last not in certain and not text[:last].isascii():
        certain.append(last)  # behind an address or a figure, where other sentences of the block end alike
    for at in certain:
        yield at, at + 1, "。"


def _may_end(text: str, at: int) -> bool:
    """Whether Chinese words, or the mark that closes them, stand before the dot and no figure or letter behind it."""
    if at < MIN_SENTENCE or _NUMERAL.fullmatch(text, 0, at):
        return False
    left, right = text[at - 1], text[at + 1 : at + 2]
    return (is_han(left) or left in _BEFORE) and not (right.isascii() and right.isalnum())
