"""Text into XML: escaped, and without the characters XML 1.0 cannot hold.  Every string of an issue passes here.

XML 1.0 (section 2.2, Char) has no place for most control characters, surrogates, U+FFFE and U+FFFF; they are shown
as U+FFFD, so that the reader sees that something stood there, and counted, so that the user is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """`text` with U+FFFD for what XML cannot hold, code point for code point (offsets stay true)."""
    return ILLEGAL.sub(REPLACEMENT, text)


def one_line(text: str) -> str:
    """Runs of white space as one space, none around, and without what XML cannot hold: for places that are one line."""
    return clean(" ".join(text.split()))


def escape(text: str) -> str:
    """`text` as element content."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """`text` as the value of an attribute in double quotes; line ends and tabs become spaces."""
    return escape(" ".join(text.split())).replace('"', "&quot;")


def illegal(texts: Iterable[str]) -> int:
    """How many characters of `texts` XML cannot hold; a text of blanks (U+001F is one) is in no edition and not counted."""
    return sum(len(ILLEGAL.findall(text)) for text in texts if text.strip())
