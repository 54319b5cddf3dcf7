"""Which characters look alike: measured on open fonts (tools/build_glyphs.py), families known to be mixed up, and what
Tesseract is known to misread."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from convert.proofread import readings

KIN = 0.3
"""Likeness of family members whose outlines differ more than those of any look-alike in the table."""


_LIKENESS = [byte / 255 for byte in range(256)]
"""By the byte that stands for it; shared, as characters are, by all rows decoded."""


class Glyphs:
    """Look-alikes of a character, nearest first.  Rows are decoded when asked for, so loading is reading a file."""

    def __init__(
        self, data: bytes, families: str = "", misread: Mapping[str, Mapping[str, int]] = MappingProxyType({})
    ) -> None:
        at = 0
        while data[at:at + 1] == b"#":
            at = data.index(b"\n", at) + 1
        end = data.index(b"\n", at)
        self._characters = list(data[at:end].decode("utf-8"))
        self._numbers = {character: number for number, character in enumerate(self._characters)}
        self._rows = memoryview(data)[end + 1:]
        self._size = len(self._rows) // (3 * len(self._characters)) if self._characters else 0
        self._decoded: dict[str, dict[str, float]] = {}
        self._near: dict[tuple[str, float], tuple[str, ...]] = {}
        self._misread = misread
        self._kin: dict[str, frozenset[str]] = {}
        for family in families.split():
            for character in family:
                self._kin[character] = self._kin.get(character, frozenset()) | frozenset(family)

    def alike(self, character: str) -> dict[str, float]:
        """Its look-alikes with their likeness (0..1), nearest first, then what is misread, family last; empty if it is rare."""
        found = self._decoded.get(character)
        if found is None:
            number = self._numbers.get(character)
            found = {} if number is None else self._decode(number)
            for other, times in self._misread.get(character, {}).items():
                found[other] = max(found.get(other, 0.0), readings.likeness(times))
            for other in sorted(self._kin.get(character, ())):
                if other != character:
                    found.setdefault(other, KIN)
            self._decoded[character] = found
        return found

    def near(self, character: str, least: float) -> tuple[str, ...]:
        """Those of its look-alikes that are at least so alike, or of its family."""
        found = self._near.get((character, least))
        if found is None:
            alike = self.alike(character).items()
            family = self.family(character)
            found = tuple(other for other, likeness in alike if likeness >= least or other in family)
            self._near[character, least] = found
        return found

    def family(self, character: str) -> frozenset[str]:
        """Characters that are mixed up with it (data/families.txt), itself among them."""
        return self._kin.get(character, frozenset())

    def akin(self, one: str, other: str) -> bool:
        """Whether two characters are of one family (data/families.txt)."""
        return other in self._kin.get(one, ())

    def _decode(self, number: int) -> dict[str, float]:
        size = self._size
        row = self._rows[number * 3 * size:(number + 1) * 3 * size]
        indices = row[:2 * size]
        return {
            self._characters[indices[2 * n] | indices[2 * n + 1] << 8]: _LIKENESS[row[2 * size + n]]
            for n in range(size)
        }

    def likeness(self, one: str, other: str) -> float:
        """How alike two characters look, 0..1; 0 where neither is among the other's nearest."""
        return max(self.alike(one).get(other, 0.0), self.alike(other).get(one, 0.0))


@cache
def load() -> Glyphs:
    """The glyph table, read once a process."""
    folder = files(__package__).joinpath("data")
    lines = folder.joinpath("families.txt").read_text("utf-8").splitlines()
    families = " ".join(line for line in lines if not line.startswith("#"))
    return Glyphs(gzip.decompress(folder.joinpath("glyphs.bin.gz").read_bytes()), families, readings.readings())
