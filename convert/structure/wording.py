"""What the forest of the role model looks at besides the signs of a line: its length, its commonest characters, its place."""

from __future__ import annotations

from collections.abc import Sequence

from convert.structure.reading import length
from convert.structure.state import Unit

Seen = Sequence[dict[str, float]]

LONGEST = 60
"""Characters of a line whose wording is looked at."""
TELLING = frozenset(
    "的了是在不有我他她这那一和与为从到以上中下新年月日报社会记者文图摄编"
    "這為從與報會記編圖攝"
    "：，。！？“”「」（）《》—…、·□▲■ 0123456789"
)
"""Characters that headlines, bylines, captions and imprints hold more, or less, often than a sentence: particles, the words of
the trade, marks and figures.  All are among the commonest of any paper."""
_PAUSES = "，、；"


def mark(units: Sequence[Unit], seen: Seen) -> None:
    """Add to the features of every unit of a page."""
    sizes = [length(unit.text) for unit in units]
    short = sum(size < LONGEST for size in sizes) / max(1, len(sizes))
    for at, (unit, found, size) in enumerate(zip(units, seen, sizes, strict=True)):
        text = unit.text
        found["size"] = float(size)
        found["from_start"] = float(at)
        found["from_end"] = float(len(sizes) - 1 - at)
        found["short_lines"] = short
        if size >= LONGEST:
            continue
        found["digits"] = sum("0" <= char <= "9" for char in text) / max(1, size)
        found["pauses"] = float(sum(text.count(pause) for pause in _PAUSES))
        for char in TELLING.intersection(text):
            found[f"has {char}"] = 1.0
        if text[:1] in TELLING:
            found[f"first {text[0]}"] = 1.0
