"""How alike any two characters look: the cosine of their outlines, measured on open fonts (tools/build_glyphs.py).

`glyphs` lists the nearest look-alikes of each character; this answers for any pair, however far.
"""

from __future__ import annotations

import gzip
import math
from functools import cache
from importlib.resources import files

UNKNOWN = 0.0
"""Likeness where one of the two is not in GB 2312: that of two characters taken at random."""


class Outlines:
    """A vector for each character of GB 2312."""

    def __init__(self, data: bytes) -> None:
        at = 0
        while data[at:at + 1] == b"#":
            at = data.index(b"\n", at) + 1
        end = data.index(b"\n", at)
        characters = data[at:end].decode("utf-8")
        self._numbers = {character: number for number, character in enumerate(characters)}
        self._rows = memoryview(data)[end + 1:].cast("b")
        self._size = len(self._rows) // len(characters) if characters else 0
        self._vectors: dict[str, tuple[tuple[int, ...], float]] = {}

    def _vector(self, character: str) -> tuple[tuple[int, ...], float]:
        found = self._vectors.get(character)
        if found is None:
            number = self._numbers.get(character)
            row = () if number is None else tuple(self._rows[number * self._size:(number + 1) * self._size])
            found = self._vectors[character] = row, math.sqrt(sum(map(int.__mul__, row, row)))
        return found

    def likeness(self, one: str, other: str) -> float:
        """-1..1: 1 for the same outline, about 0 for two characters taken at random."""
        mine, length = self._vector(one)
        theirs, size = self._vector(other)
        return sum(map(int.__mul__, mine, theirs)) / (length * size) if mine and theirs else UNKNOWN


@cache
def load() -> Outlines:
    """The table, read once a process."""
    return Outlines(gzip.decompress(files(__package__).joinpath("data/outlines.bin.gz").read_bytes()))
