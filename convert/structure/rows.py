"""Rows of a list that an engine ran together: donors and sums, a table of contents, lines of verse of one measure.

The rows beside a block show how a row ends: `……15`, ` 800元`, or after how many characters a verse does.  Where that stands
inside a block and straight behind it something begins, a row ends there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NEAR = 3
"""Blocks either side that are looked at."""
LIKE = 2
"""Blocks among them that end alike, and hold such an end only once."""
LONGEST = 90
"""Characters of a block that may be rows run together."""
_HAN = "[\u3400-\u9fff〇]"
_NUMBER = "[0-9]+(?:[.：][0-9]+)?"
_END = re.compile(rf"(?P<mark>[^\w“”‘’「」])(?P<word>{_HAN}{{0,3}}){_NUMBER}(?P<unit>{_HAN}{{0,2}})$")
"""How a row ends: a mark, a word, a number, what is counted."""
_LEADS = "(?=[^\\W0-9]|[《“「])"
"""What a row begins with."""
_VERSE = re.compile(f"{_HAN}{{4,9}}[，。；！？]")


def merged(texts: Sequence[str]) -> dict[int, list[int]]:
    """Of each block that is several rows, where the second and each further one begins."""
    ends = [_end(text) if len(text) <= LONGEST else None for text in texts]
    found: dict[int, list[int]] = {}
    for at, (text, end) in enumerate(zip(texts, ends, strict=True)):
        if end is None:
            continue
        alike = [by for by in range(max(0, at - NEAR), min(len(texts), at + 1 + NEAR)) if by != at and ends[by] == end]
        if len(alike) < LIKE:
            continue
        inside = re.compile(end + _LEADS)
        cuts = [match.end() for match in inside.finditer(text)]
        if cuts and sum(not inside.search(texts[by]) for by in alike) >= LIKE:
            found[at] = cuts
    return found


def _end(text: str) -> str | None:
    """The pattern of how a row ends, or of a verse of its measure; None where it is no row."""
    if _VERSE.match(text) and text[-1] in "，。；！？":
        size = re.match(f"{_HAN}+", text)
        measure = size.end() if size else 0
        if re.fullmatch(f"(?:{_HAN}{{{measure}}}[，。；！？])+", text):
            return f"{_HAN}{{{measure}}}[，。；！？]"
        return None
    match = _END.search(text, max(0, len(text) - 24))
    return re.escape(match["mark"]) + match["word"] + _NUMBER + match["unit"] if match else None
