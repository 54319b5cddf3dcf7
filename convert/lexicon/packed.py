"""The lexicon as a run reads it: tries on disk that the system maps into memory, shared by all processes.

Nothing is loaded but what is asked for, and what was asked for is remembered, so that a look-up made twice is one of a
dictionary.  Made by `tools/pack_lexicon.py`.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "packed"

MEMO = 100_000
"""Look-ups remembered, about 12 MB; then the memory begins anew.  A page of 6,600 characters makes some 15,000."""


class Words(dict[str, int | None]):
    """Codes of strings: of a word, 0 of what begins one, None of what does neither.  Ask by `words[string]`."""

    def __init__(self, number: Callable[[str], int | None], codes: Any) -> None:
        self._number, self._codes = number, codes

    def __missing__(self, word: str) -> int | None:
        try:
            number = self._number(word) if "\0" not in word else None  # the trie's strings end at a NUL
        except UnicodeEncodeError:  # a lone surrogate is in no word
            number = None
        if len(self) >= MEMO:
            self.clear()
        code = self[word] = None if number is None else self._codes[number]
        return code


class Packed:
    """The files of `packed/`: words, words of four by their second half, and what stands beside a character."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._words = self._trie("words")
        self._codes = _numbers(folder / "codes.bin")
        rows = [line.split(" ") for line in _lines(folder / "groups.txt")]
        self.tags = ["", *(tag for tag, _ in rows)]
        self.frequencies = [0, *(int(frequency) for _, frequency in rows)]
        self.words = Words(self._words.get, self._codes)

    def _trie(self, name: str) -> Any:
        import marisa_trie

        return marisa_trie.Trie().mmap(str(self._folder / f"{name}.marisa"))

    def items(self) -> Iterator[tuple[str, int]]:
        """All strings with their codes."""
        codes = self._codes
        return ((word, codes[number]) for word, number in self._words.items())

    def longer(self, beginning: str) -> list[str]:
        """The strings that begin so, itself among them if it is one."""
        return _keys(self._words, beginning)

    def fours(self, head: str) -> list[str]:
        """The words of four characters, but for the rarest, that begin with these two."""
        return _keys(self._heads, head)

    def ending(self, tail: str) -> list[str]:
        """The words of four characters, but for the rarest, that end in these two."""
        return [word[2:] + tail for word in _keys(self._tails, tail)]

    @cached_property
    def _heads(self) -> Any:
        return self._trie("heads")

    @cached_property
    def _tails(self) -> Any:
        return self._trie("tails")

    @cached_property
    def followers(self) -> dict[str, str]:
        """By character the characters that stand behind it at the beginning of a word."""
        return _beside(self._folder / "followers.txt")

    @cached_property
    def precursors(self) -> dict[str, str]:
        """By character the characters that stand before it at the beginning of a word."""
        return _beside(self._folder / "precursors.txt")

    @cached_property
    def endings(self) -> dict[str, int]:
        """By character how many words of three end in it."""
        return {line[0]: int(line[1:]) for line in _lines(self._folder / "endings.txt")}


def _keys(trie: Any, beginning: str) -> list[str]:
    try:
        found: list[str] = trie.keys(beginning) if "\0" not in beginning else []
    except UnicodeEncodeError:
        return []
    return found


def _beside(path: Path) -> dict[str, str]:
    return {line[0]: line[1:] for line in _lines(path)}


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").split("\n") if line and line[0] != "#"]


def _numbers(path: Path) -> Any:
    """Sixteen-bit numbers of a file, mapped into memory."""
    import mmap

    with path.open("rb") as file:
        data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    if sys.byteorder == "little":
        return data.cast("H")
    numbers = array("H", data.tobytes())
    numbers.byteswap()
    return numbers
