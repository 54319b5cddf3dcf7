"""Make `convert/proofread/data/variants.txt` of Unihan: which characters are forms of one another (囯 and 国, 峯 and 峰).

    python tools/build_variants.py Unihan_Variants.txt      # of the Unicode Character Database; Debian: unicode-data, bzip2'd

Pairs of kSemanticVariant and kZVariant, both folded to Simplified script, of which one is a character of our lexicon.
"""

from __future__ import annotations

import sys
from pathlib import Path

from convert import lexicon
from convert.lexicon.folding import simplified

TARGET = Path(__file__).resolve().parents[1] / "convert/proofread/data/variants.txt"
FIELDS = frozenset(("kSemanticVariant", "kZVariant"))
COMMON = 20
"""Occurrences per 60 million of the commoner of two forms."""
HEADER = """\
# Forms of one character, the commoner first, in Simplified script: from Unihan 15.0 (kSemanticVariant, kZVariant),
# Unicode License V3, Copyright 1991-2022 Unicode, Inc.; www.unicode.org/copyright.html.  Made by tools/build_variants.py.
"""


def main(path: Path) -> None:
    """Read, choose, write."""
    words = lexicon.load()
    forms: dict[str, set[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        code, _, rest = line.partition("\t")
        field, _, values = rest.partition("\t")
        if not code.startswith("U+") or field not in FIELDS:
            continue
        one = simplified(chr(int(code[2:], 16)))
        for value in values.split():
            other = simplified(chr(int(value.split("<")[0][2:], 16)))
            common, rare = sorted((one, other), key=lambda character: (-words.frequency(character), character))
            if one != other and max(one, other) <= "\u9fff" and words.frequency(common) >= COMMON:
                forms.setdefault(common, set()).add(rare)
    entries = [common + "".join(sorted(rare)) for common, rare in sorted(forms.items())]
    lines = [" ".join(entries[at:at + 30]) for at in range(0, len(entries), 30)]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", "utf-8")
    print(f"{len(entries)} characters with {sum(len(entry) - 1 for entry in entries)} forms, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
