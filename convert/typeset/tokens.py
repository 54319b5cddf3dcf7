"""Text to tokens: what is one thing on a line, as text.  A table of patterns; what they mean is in `atoms`."""

from __future__ import annotations

import re

_VARIATION = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_LETTER = "A-Za-z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff"
_COMBINING = "\u0300-\u036f\u20d0-\u20ff\u3099\u309a"
_TOKENS = (
    rf"[{_HAN}](?:[{_VARIATION}])?"
    r"|—{2}|⸺|…{2}|⋯{2}"
    rf"|[{_LETTER}@&#+](?:[{_LETTER}{_COMBINING}.,:/%‰℃°+\-=&@#_'’\"~]*[{_LETTER}{_COMBINING}%‰℃°+=_'])?"
    r"|[\s\u3000]+"
    rf"|.[{_COMBINING}{_VARIATION}]*"
)
TOKEN = re.compile(_TOKENS, re.S)
DOWN_TOKEN = re.compile(
    rf"(?<![{_LETTER}.,:/%+\-])[0-9]{{1,2}}(?:\.(?![{_LETTER}.])|(?=[℃℉]))|\([A-Za-z0-9]\)|{_TOKENS}", re.S
)
"""In vertical lines the number of an item and its point are one thing, set upright, and so is one sign in brackets; a
short number stands upright over its unit."""
UPRIGHT = re.compile(r"[0-9]{1,2}\.?|[^\W\d_]|\([A-Za-z0-9]\)")
"""What stands upright in a vertical line, in one em."""
IS_HAN = re.compile(f"[{_HAN}]")
NOT_DRAWN = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\ufffe\uffff]+")
_LONG = 9
"""Latin runs longer than this many characters may break after the marks of an address."""
_UNBROKEN = 30
"""Longer than any word: runs without marks are cut in pieces of `_PIECE` as a last resort."""
_PIECE = 10
_ADDRESS = re.compile(r"[A-Za-z].*[@/]|[@/].*[A-Za-z]|www\.")
_URL = re.compile(r"(?<=[/_=&?@#])(?![/_=&?@#])|(?<=[A-Za-z0-9])(?=[.~-][a-z])")
"""Where addresses break: behind a slash, an equals sign and the like, before a point, a tilde, a hyphen (a hyphen at the
end of a line could be taken for one that was put there)."""
_HYPHEN = re.compile(r"(?<=[A-Za-z]{2}-)(?=[A-Za-z]{2})")


def is_long(token: str) -> bool:
    """Whether it is so long that it may break."""
    return len(token) > _LONG and not token[0].isspace()


def pieces(token: str) -> list[str]:
    """A long run cut where an address may break, or behind a word's own hyphens; no other hyphen is ever set.

    What has no such place is cut anywhere as a last resort.
    """
    pieces: list[str] = []
    for part in (_URL if _ADDRESS.search(token) else _HYPHEN).split(token):
        if len(part) > _UNBROKEN:
            pieces += [part[at:at + _PIECE] for at in range(0, len(part), _PIECE)]
        elif part:
            pieces.append(part)
    return pieces
