"""Just enough of CFF (Adobe Technical Note 5176) to learn which CID each glyph has, and where its outline is.

Only what is asked for is read.  A full parse by fontTools takes tens of times longer and would tell nothing more.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, count, pairwise
from operator import add

PRIVATE = 18
_CHARSET, _CHARSTRINGS = 15, 17
_MATRIX, _ROS, _FD_ARRAY, _FD_SELECT = 1207, 1230, 1236, 1237


class Charset:
    """CID by glyph id; ranges are kept as the font has them, and looked up when asked."""

    def __init__(self, starts: Sequence[int], firsts: Sequence[int]) -> None:
        self._starts, self._firsts = starts, firsts

    def cid(self, gid: int) -> int:
        """The CID of a glyph."""
        at = bisect_right(self._starts, gid) - 1
        return self._firsts[at] + gid - self._starts[at]


class Font:
    """Where the parts of the first font of a `CFF ` table are."""

    def __init__(self, table: bytes | memoryview) -> None:
        offset, _ = _index(table, table[2])
        _, tops = _index(table, offset)
        self._top = operators(bytes(table[slice(*tops[0])]))

    @property
    def cid_keyed(self) -> bool:
        """Whether glyphs are named by CIDs; in a name-keyed font PDF readers take glyph ids themselves."""
        return _ROS in self._top

    @property
    def scaled(self) -> bool:
        """Whether the font states a matrix of its own, as one of other than 1,000 units to the em does."""
        return _MATRIX in self._top

    def _at(self, operator: int) -> int:
        return int(self._top.get(operator, [0])[0])

    def charset(self, table: bytes | memoryview, glyphs: int) -> Charset | None:
        """The charset of a CID-keyed font, else None."""
        if not self.cid_keyed:
            return None
        at = self._at(_CHARSET)
        if at <= 2:
            return Charset([0], [0])
        form = table[at]
        if form == 0:
            cids = array("H", bytes(table[at + 1:at + 1 + 2 * (glyphs - 1)]))
            if sys.byteorder == "little":
                cids.byteswap()
            return Charset(range(glyphs), array("H", [0]) + cids)
        # Columns, not rows: there are some 15,000 ranges, and this is read in every process.
        size = 3 if form == 1 else 4
        data = bytes(table[at + 1:at + 1 + size * (glyphs - 1)])
        data = data[:len(data) // size * size]
        firsts = _shorts(data[::size], data[1::size])
        more = data[2::3] if form == 1 else _shorts(data[2::4], data[3::4])
        starts = array("I", map(add, accumulate(more, initial=1), count()))
        return Charset(array("I", [0]) + starts[:len(firsts)], array("H", [0]) + firsts)

    def charstrings(self, table: bytes | memoryview) -> list[tuple[int, int]]:
        """The range of each glyph's charstring."""
        return _index(table, self._at(_CHARSTRINGS))[1]

    def font_dicts(self, table: bytes | memoryview) -> list[tuple[int, int]]:
        """The range of each font dictionary."""
        return _index(table, self._at(_FD_ARRAY))[1]

    def select(self, table: bytes | memoryview) -> Callable[[int], int]:
        """Which font dictionary a glyph belongs to (FDSelect, formats 0 and 3)."""
        at = self._at(_FD_SELECT)
        if table[at] == 0:
            return lambda gid: table[at + 1 + gid]
        count = int.from_bytes(table[at + 1:at + 3], "big")
        rows = list(struct.iter_unpack(">HB", bytes(table[at + 3:at + 3 + 3 * count])))
        firsts, numbers = [row[0] for row in rows], [row[1] for row in rows]
        return lambda gid: numbers[bisect_right(firsts, gid) - 1]


def _shorts(high: bytes, low: bytes) -> array[int]:
    both = bytearray(2 * len(high))
    both[::2], both[1::2] = high, low
    shorts = array("H", bytes(both))
    if sys.byteorder == "little":
        shorts.byteswap()
    return shorts


def _index(table: bytes | memoryview, at: int) -> tuple[int, list[tuple[int, int]]]:
    """Where the INDEX at `at` ends, and the range of each of its objects."""
    count = int.from_bytes(table[at:at + 2], "big")
    if not count:
        return at + 2, []
    size = table[at + 2]
    base = at + 2 + (count + 1) * size
    ends = [int.from_bytes(table[at + 3 + n * size:at + 3 + (n + 1) * size], "big") for n in range(count + 1)]
    return base + ends[-1], [(base + a, base + b) for a, b in pairwise(ends)]


def operators(data: bytes) -> dict[int, list[float]]:
    """Operands by operator of a DICT; a two-byte operator 12 n is 1200 + n; a real number is 0, none is needed."""
    found: dict[int, list[float]] = {}
    for operator, raw in rows(data):
        found[operator] = operands = []
        at = 0
        while raw[at] > 21:
            byte = raw[at]
            at += 1
            if byte == 28:
                operands.append(int.from_bytes(raw[at:at + 2], "big", signed=True))
            elif byte == 29:
                operands.append(int.from_bytes(raw[at:at + 4], "big", signed=True))
            elif byte == 30:
                operands.append(0)
            elif byte <= 246:
                operands.append(byte - 139)
            elif byte <= 250:
                operands.append((byte - 247) * 256 + raw[at] + 108)
            else:
                operands.append(-(byte - 251) * 256 - raw[at] - 108)
            at += _size(raw, at - 1) - 1
    return found


def rows(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Operators of a DICT, each with the bytes it is written in, operands included."""
    start = at = 0
    while at < len(data):
        byte = data[at]
        if byte > 21:
            at += _size(data, at)
            continue
        at += 2 if byte == 12 else 1
        yield (1200 + data[at - 1] if byte == 12 else byte), data[start:at]
        start = at


def _size(data: bytes, at: int) -> int:
    """Bytes of the operand at `at`."""
    byte = data[at]
    if byte == 30:
        end = at + 1
        while end < len(data) and data[end] & 15 != 15 and data[end] >> 4 != 15:
            end += 1
        return end + 1 - at
    return {28: 3, 29: 5}.get(byte, 1 if byte <= 246 else 2)
