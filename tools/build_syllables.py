"""Make `convert/proofread/data/syllables.txt` of Unihan: which characters are read alike, tones left out.

    python tools/build_syllables.py Unihan_Readings.txt      # of the Unicode Character Database; Debian: unicode-data, bzip2'd

A character stands under each reading that kHanyuPinlu (readings counted in text) gives at least a twentieth of its
occurrences, and, where that has none, under its kMandarin reading.  Only characters of our lexicon are kept.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path

from convert import lexicon

TARGET = Path(__file__).resolve().parents[1] / "convert/proofread/data/syllables.txt"
SHARE, LEAST = 0.05, 20
HEADER = """\
# Syllables, tones left out, and the characters read so: from Unihan 15.0 (kHanyuPinlu, kMandarin), Unicode License V3,
# Copyright 1991-2022 Unicode, Inc.; see https://www.unicode.org/copyright.html.  Made by tools/build_syllables.py.
"""


def plain(reading: str) -> str:
    """The syllable without its tone; ü is v."""
    letters = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    letters = letters.replace("u\u0308", "v")
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha())


def main(path: Path) -> None:
    """Read, choose, write."""
    words = lexicon.load()
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    first: dict[str, str] = {}
    for line in path.read_text("utf-8").splitlines():
        code, _, rest = line.partition("\t")
        if not code.startswith("U+"):
            continue
        field, _, value = rest.partition("\t")
        character = chr(int(code[2:], 16))
        if field == "kMandarin":
            first[character] = plain(value.split()[0])
        elif field == "kHanyuPinlu":
            for reading, times in re.findall(r"(\w+)\((\d+)\)", unicodedata.normalize("NFC", value)):
                known = counted[character]
                known[plain(reading)] = known.get(plain(reading), 0) + int(times)
    table: dict[str, list[str]] = defaultdict(list)
    for character in sorted(first):
        if words.frequency(character) < LEAST:
            continue
        readings = counted.get(character) or {first[character]: 1}
        total = sum(readings.values())
        for reading, times in readings.items():
            if times >= SHARE * total:
                table[reading].append(character)
    lines = [f"{reading} {''.join(characters)}\n" for reading, characters in sorted(table.items())]
    TARGET.write_text(HEADER + "".join(lines), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
