"""Pack the large tables of the conversion into `convert/variants/data/packed`, which is what a run reads.

    python tools/pack_variants.py          after every change of frequencies.txt or of the deltas of STPhrases (a test says so)
"""

from __future__ import annotations

import sys
from array import array
from pathlib import Path

import marisa_trie

from convert.variants import dictionaries, engine, packed

HEADER = """\
# What OpenCC's phrases from Simplified become, one after the other, in the order of phrases.marisa.
# Source: OpenCC's STPhrases and STPhrases_GeneratedFromRegionalPhrases, Apache-2.0.
# Packed by tools/pack_variants.py; do not edit.
"""


def phrases() -> dict[str, str]:
    """The union of the tables; where both have a key, the first holds."""
    merged: dict[str, str] = {}
    for name in reversed(packed.TABLE.split("+")):
        merged |= dictionaries.table(engine.TABLES[name])
    return merged


def levels() -> dict[str, int]:
    """Level of every word of the corpus and of every phrase."""
    out = dict.fromkeys(phrases(), packed.NONE)
    for line in (packed.FOLDER.parent / "frequencies.txt").read_text("utf-8").split("\n"):
        level, tab, words = line.partition("\t")
        if tab and level[0] != "#":
            out |= dict.fromkeys(words.split(" "), int(level))
    return out


def _save(folder: Path, name: str, keys: list[str]) -> list[str]:
    trie = marisa_trie.Trie(sorted(keys))
    trie.save(str(folder / f"{name}.marisa"))
    return [trie.restore_key(number) for number in range(len(trie))]


def main(folder: Path = packed.FOLDER) -> None:
    """Write the files."""
    folder.mkdir(exist_ok=True)
    table, known = phrases(), levels()
    data = bytearray(HEADER.encode())
    offsets = array("I", [len(data)])
    for phrase in _save(folder, "phrases", list(table)):
        data += table[phrase].encode()
        offsets.append(len(data))
    if sys.byteorder != "little":
        offsets.byteswap()
    (folder / "phrases.txt").write_bytes(data)
    (folder / "phrases.bin").write_bytes(offsets.tobytes())
    (folder / "levels.bin").write_bytes(bytes(known[word] for word in _save(folder, "words", list(known))))


if __name__ == "__main__":
    main()
