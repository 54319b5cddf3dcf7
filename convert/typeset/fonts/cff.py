"""Just enough of CFF (Adobe Technical Note 5176) to learn which CID each glyph of a CID-keyed font has.

Only the header of the table is read: Top DICT operators `ROS` (12 30) and `charset` (15), then the charset.  A full
parse by fontTools takes tens of times longer and would tell nothing more.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

_ROS = 1230
_CHARSET = 15


class Charset:
    """CID by glyph id; ranges are kept as the font has them, and looked up when asked."""

    def __init__(self, starts: Sequence[int], firsts: Sequence[int]) -> None:
        self._starts, self._firsts = starts, firsts

    def cid(self, gid: int) -> int:
        """The CID of a glyph."""
        at = bisect_right(self._starts, gid) - 1
        return self._firsts[at] + gid - self._starts[at]


def charset(table: bytes | memoryview, glyphs: int) -> Charset | None:
    """The charset of a CID-keyed font; None for a name-keyed font, where PDF readers take glyph ids themselves."""
    offset, _ = _index(table, table[2])
    _, tops = _index(table, offset)
    top = _dict(bytes(table[tops[0][0]:tops[0][1]]))
    if _ROS not in top:
        return None
    at = int(top.get(_CHARSET, [0])[0])
    if at <= 2:
        return Charset([0], [0])
    form = table[at]
    if form == 0:
        cids = array("H", bytes(table[at + 1:at + 1 + 2 * (glyphs - 1)]))
        if sys.byteorder == "little":
            cids.byteswap()
        return Charset(range(glyphs), array("H", [0]) + cids)
    pattern = ">HB" if form == 1 else ">HH"
    size = struct.calcsize(pattern)
    data = bytes(table[at + 1:at + 1 + size * (glyphs - 1)])
    rows = list(struct.iter_unpack(pattern, data[:len(data) // size * size]))
    starts = [0, *accumulate((row[1] + 1 for row in rows), initial=1)]
    return Charset(starts[:-1], [0, *(row[0] for row in rows)])


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
