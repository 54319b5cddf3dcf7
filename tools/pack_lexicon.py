"""Pack `convert/lexicon/words.txt.gz` and `modern.txt` into `convert/lexicon/packed`, which is what a run reads.

    python tools/pack_lexicon.py          after every change of one of the two lists (a test says so)
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter, defaultdict
from pathlib import Path

import marisa_trie

from convert.lexicon import groups

TARGET = groups.FOLDER / "packed"
FOURS_AT_LEAST = 3
"""Occurrences of the words of four characters that are found by their halves."""
HEADER = """\
# {what}
# Packed by tools/pack_lexicon.py from words.txt.gz (jieba's dict.txt, MIT) and modern.txt (Reissue, Apache-2.0); do not edit.
"""


def _write(folder: Path, name: str, what: str, lines: list[str]) -> None:
    (folder / name).write_text(HEADER.format(what=what) + "".join(f"{line}\n" for line in lines), "utf-8")


def _beside(pairs: list[str], key: int) -> list[str]:
    beside: dict[str, list[str]] = defaultdict(list)
    for pair in sorted(pairs):
        beside[pair[key]].append(pair[1 - key])
    return [character + "".join(others) for character, others in sorted(beside.items())]


def main(folder: Path = TARGET) -> None:
    """Write the files."""
    table = groups.shipped()
    folder.mkdir(exist_ok=True)
    trie = marisa_trie.Trie(sorted(table.codes))
    trie.save(str(folder / "words.marisa"))
    numbers = array("H", (table.codes[trie.restore_key(number)] for number in range(len(trie))))
    if sys.byteorder != "little":
        numbers.byteswap()
    (folder / "codes.bin").write_bytes(numbers.tobytes())
    rows = [f"{tag} {frequency}" for tag, frequency in zip(table.tags[1:], table.frequencies[1:], strict=True)]
    _write(folder, "groups.txt", "Tag and frequency of every code from 1 on.", rows)
    fours = [word for word, code in table.codes.items() if len(word) == 4 and table.frequencies[code] >= FOURS_AT_LEAST]
    marisa_trie.Trie(sorted(fours)).save(str(folder / "heads.marisa"))
    marisa_trie.Trie(sorted(word[2:] + word[:2] for word in fours)).save(str(folder / "tails.marisa"))
    pairs = [word for word in table.codes if len(word) == 2]
    _write(folder, "followers.txt", "A character, and what stands behind it where a word begins.", _beside(pairs, 0))
    _write(folder, "precursors.txt", "A character, and what stands before it where a word begins.", _beside(pairs, 1))
    endings = Counter(word[2] for word, code in table.codes.items() if code and len(word) == 3)
    counts = [f"{character}{number}" for character, number in sorted(endings.items())]
    _write(folder, "endings.txt", "A character, and how many words of three end in it.", counts)


if __name__ == "__main__":
    main()
