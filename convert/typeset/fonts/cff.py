"""Just enough of CFF (Adobe Technical Note 5176) to learn which CID each glyph of a CID-keyed font has.

Only the header of the table is read: Top DICT operators `ROS` (12 30) and `charset` (15), then the charset.  A full
parse by fontTools takes tens of times longer and would tell nothing more.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

_ROS = 1230
_CHARSET = 15


def cids(table: bytes | memoryview, glyphs: int) -> Sequence[int] | None:
    """CID of every glyph by glyph id; None for a name-keyed font, where PDF readers take glyph ids themselves."""
    offset, _ = _index(table, table[2])
    _, tops = _index(table, offset)
    top = _dict(bytes(table[tops[0][0]:tops[0][1]]))
    if _ROS not in top:
        return None
    start = int(top.get(_CHARSET, [0])[0])
    if start <= 2:
        return range(glyphs)
    return _charset(table, start, glyphs)


def _charset(table: bytes | memoryview, at: int, glyphs: int) -> list[int]:
    form = table[at]
    at += 1
    found = [0]
    if form == 0:
        while len(found) < glyphs:
            found.append(table[at] << 8 | table[at + 1])
            at += 2
        return found
    size = form
    while len(found) < glyphs:
        first = table[at] << 8 | table[at + 1]
        left = int.from_bytes(table[at + 2:at + 2 + size], "big")
        found.extend(range(first, first + left + 1))
        at += 2 + size
    return found


def _index(table: bytes | memoryview, at: int) -> tuple[int, list[tuple[int, int]]]:
    """Where the INDEX at `at` ends, and the range of each of its objects."""
    count = int.from_bytes(table[at:at + 2], "big")
    if not count:
        return at + 2, []
    size = table[at + 2]
    base = at + 2 + (count + 1) * size
    ends = [int.from_bytes(table[at + 3 + n * size:at + 3 + (n + 1) * size], "big") for n in range(count + 1)]
    return base + ends[-1], [(base + a, base + b) for a, b in pairwise(ends)]


def _dict(data: bytes) -> dict[int, list[float]]:
    """Operators and operands of a DICT; a two-byte operator 12 n is 1200 + n; real numbers are not needed."""
    found: dict[int, list[float]] = {}
    operands: list[float] = []
    at = 0
    while at < len(data):
        byte = data[at]
        at += 1
        if byte <= 21:
            if byte == 12:
                byte = 1200 + data[at]
                at += 1
            found[byte] = operands
            operands = []
        elif byte == 28:
            operands.append(int.from_bytes(data[at:at + 2], "big", signed=True))
            at += 2
        elif byte == 29:
            operands.append(int.from_bytes(data[at:at + 4], "big", signed=True))
            at += 4
        elif byte == 30:
            while at < len(data) and data[at] & 15 != 15 and data[at] >> 4 != 15:
                at += 1
            at += 1
            operands.append(0)
        elif byte <= 246:
            operands.append(byte - 139)
        elif byte <= 250:
            operands.append((byte - 247) * 256 + data[at] + 108)
            at += 1
        else:
            operands.append(-(byte - 251) * 256 - data[at] - 108)
            at += 1
    return found
