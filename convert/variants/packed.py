"""The two large tables as a run reads them, mapped into memory and shared by all processes: phrases and frequencies.

Made by `tools/pack_variants.py` of OpenCC's phrases from Simplified (`STPhrases` and what OpenCC generates from regional
phrases) and of `data/frequencies.txt`.  A table of 50,000 phrases that is read as text costs every process 60 ms.
"""

from __future__ import annotations

import mmap
import sys
from array import array
from functools import cache
from pathlib import Path
from typing import Any

from convert.memo import Memo

FOLDER = Path(__file__).parent / "data" / "packed"
TABLE = "ST+STG"
"""The union of OpenCC's tables that is packed."""
STEPS = 3
"""Levels of frequency to one unit of the natural logarithm (`tools/build_frequencies.py`)."""
NONE = 255
"""Level of a phrase of the conversion tables that the corpus has not."""


def _trie(name: str) -> Any:
    import marisa_trie

    return marisa_trie.Trie().mmap(str(FOLDER / f"{name}.marisa"))


def _bytes(name: str) -> memoryview:
    with (FOLDER / name).open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _number(trie: Any, key: str) -> int | None:
    try:
        number: int | None = trie.get(key) if "\0" not in key else None  # the trie's strings end at a NUL
    except UnicodeEncodeError:  # a lone surrogate is in no table
        return None
    return number


class Phrases:
    """Phrases with what they become, without a copy of them in memory."""

    def __init__(self) -> None:
        self._trie, self._values = _trie("phrases"), _bytes("phrases.txt")
        if sys.byteorder == "little":
            self._offsets: Any = _bytes("phrases.bin").cast("I")
        else:
            self._offsets = array("I", _bytes("phrases.bin").tobytes())
            self._offsets.byteswap()
        self.get = Memo(self._value, 20_000).__getitem__

    def _value(self, phrase: str) -> str | None:
        number = _number(self._trie, phrase)
        if number is None:
            return None
        return str(self._values[self._offsets[number]:self._offsets[number + 1]], "utf-8")

    def __iter__(self) -> Any:
        return iter(self._trie)

    def lengths(self, pair: str) -> int:
        """The lengths of the phrases that begin with two characters, as bits of a number."""
        mask = 0
        if len(pair) == 2 and "\0" not in pair:
            try:
                for phrase in self._trie.keys(pair):
                    mask |= 1 << len(phrase)
            except UnicodeEncodeError:
                return 0
        return mask


@cache
def phrases() -> Phrases:
    """The table `TABLE`."""
    return Phrases()


class _Words:
    def __init__(self) -> None:
        self.trie, self.levels = _trie("words"), _bytes("levels.bin")

    def level(self, word: str) -> int | None:
        number = _number(self.trie, word)
        return None if number is None else self.levels[number]


@cache
def _words() -> _Words:
    return _Words()


def frequency(word: str) -> float | None:
    """Natural logarithm of the occurrences of a word in the corpus; None where it is not in it."""
    level = _words().level(word)
    return None if level is None or level == NONE else level / STEPS


def weight(word: str, phrase: float) -> float | None:
    """The same, and `phrase` for a phrase of the conversion tables the corpus has not."""
    level = _words().level(word)
    return None if level is None else phrase if level == NONE else level / STEPS
