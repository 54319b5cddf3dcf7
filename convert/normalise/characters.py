"""Odd characters: control and zero-width ones go, NBSP is a space, compatibility forms and ligatures become plain."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from convert.normalise.context import Context
from convert.normalise.draft import Replacement

_GONE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
_FORMS = "\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff05\uff0b\uff1d"
_CONTROL = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_ODD = re.compile(f"[{_CONTROL}{_GONE}]+|[{_SPACES}]|[{_FORMS}]|[︰-﹏]|[｡-､]|(?<=[㐀-鿿])[・•･](?=[㐀-鿿])")

_KEPT = frozenset("\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29")
"""Twelve characters of the compatibility block that are unified ideographs after all (Unicode, section 18.1)."""


def find(text: str, context: Context) -> Iterator[Replacement]:
    """Compatibility ideographs and Kangxi radicals (which PDF text layers are full of) to unified ones; full-width
    digits and letters to half-width (house rule); vertical presentation forms to ordinary marks."""
    for match in _ODD.finditer(text):
        found = match.group()
        first = found[0]
        if first in _KEPT:
            continue
        if unicodedata.category(first) in ("Cf", "Cc"):
            yield match.start(), match.end(), ""
        elif unicodedata.category(first) == "Zs":
            yield match.start(), match.end(), " "
        elif first in "・•･":  # the dot inside a name (GB/T 15834-2011, 4.14)
            yield match.start(), match.end(), "·"
        else:
            plain = unicodedata.normalize("NFKC", first)
            if plain != first and plain.strip():
                yield match.start(), match.end(), plain
