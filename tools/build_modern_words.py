"""Tidy `convert/lexicon/modern.txt`: drop words the general list has, repeated ones and what is not Han; sort each group.

    python tools/build_modern_words.py path/to/draft.txt     # or without a path: the shipped file in place
    python tools/pack_lexicon.py                              # then
"""

from __future__ import annotations

import gzip
import re
import sys
from pathlib import Path

RAISED = "+"
"""Tag of groups of known words whose frequency is to be at least the one given."""
FOLDER = Path(__file__).resolve().parents[1] / "convert/lexicon"


def main(draft: Path) -> None:
    """Read the draft, write the shipped list."""
    known: set[str] = set()
    for line in gzip.decompress((FOLDER / "words.txt.gz").read_bytes()).decode().splitlines():
        if not line.startswith(("#", "-")):
            known.update(line.split()[2:])
    lines: list[str] = []
    count = 0
    for line in draft.read_text("utf-8").splitlines():
        if line.startswith("#"):
            lines.append(line)
        elif line:
            tag, frequency, *words = line.split()
            if tag == RAISED:
                raised = sorted(set(words))
                lines += [f"{tag} {frequency} {' '.join(raised[at:at + 20])}" for at in range(0, len(raised), 20)]
                continue
            new = sorted({word for word in words if re.fullmatch(r"[\u3400-\u9fff]{2,}", word)} - known)
            known.update(new)
            count += len(new)
            lines += [f"{tag} {frequency} {' '.join(new[at:at + 20])}" for at in range(0, len(new), 20)]
    (FOLDER / "modern.txt").write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{count} words")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER / "modern.txt")
