"""What plain-text formats share: characters no text file should hold, and blocks on one line."""

from __future__ import annotations

import re

_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BREAKS = re.compile(r"[\t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")


def visible(text: str) -> str:
    """`text` with every control character (escape sequences of terminals), lone surrogate and non-character as U+FFFD."""
    return _NOT_TEXT.sub("\ufffd", text)


def one_line(text: str) -> str:
    """`visible` text on one line: line ends and tabs become a space, spaces around it go, ideographic spaces inside stay."""
    return visible(_BREAKS.sub(" ", text)).strip()
