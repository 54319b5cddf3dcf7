"""Build `convert/proofread/data/bound.txt` from the shipped lexicon: how bound to words each character is.

    python tools/build_bound.py

A character that nearly always stands inside a word (谐, 账, 绍) and is found alone is suspicious; one that often stands
alone (的, 人, 到) is not.  The odds are counted over the frequencies of `convert/lexicon`, whose licence it follows (MIT).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from pathlib import Path

from convert import lexicon

TARGET = Path(__file__).resolve().parents[1] / "convert/proofread/data/bound.txt"
HEADER = """\
# How bound characters are to words: five times the log-odds of standing inside a word of two or more, and the characters.
# Counted by tools/build_bound.py over convert/lexicon/words.txt.gz (from jieba's dict.txt, MIT).
"""


def main() -> None:
    """Count and write."""
    words = lexicon.load()
    inside: Counter[str] = Counter()
    for word in words:
        if len(word) > 1:
            for character in word:
                inside[character] += words.frequency(word)
    groups: dict[int, list[str]] = defaultdict(list)
    for character, number in inside.items():
        groups[round(5 * math.log((number + 1) / (words.frequency(character) + 1)))].append(character)
    lines = [f"{odds} {''.join(sorted(members))}\n" for odds, members in sorted(groups.items())]
    TARGET.write_text(HEADER + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
