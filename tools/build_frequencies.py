"""Write the word frequencies of the conversion's resolver from the dict.txt of jieba 0.42 (MIT).

    pip download jieba==0.42.1 --no-deps --no-binary :all:      # unpack it, then:
    python tools/build_frequencies.py path/to/jieba/dict.txt

Kept are words of one to four characters that are frequent enough to say where a word ends.  The whole lexicon
(`convert/lexicon`) is several times larger and takes as long to load as all conversion tables together.
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "convert/variants/data/frequencies.txt"
LEAST = {1: 1, 2: 8, 3: 6, 4: 12}
"""By length of the word, the occurrences it must have among the 60 million of jieba's corpus."""
STEPS = 3
"""Levels to one unit of the natural logarithm."""
NAMES = ("nr", "nrfg")
"""Tags of people's names: what stands in the corpus as a name must not pass for a word."""
HEADER = """\
# Words of Simplified Chinese by frequency, one level a line: {steps} times the natural logarithm of occurrences, then words.
# Source: dict.txt of jieba 0.42.1, https://github.com/fxsjy/jieba, Copyright (c) 2013 Sun Junyi, MIT licence
# (convert/lexicon/LICENSE.jieba).  Cut down by tools/build_frequencies.py; do not edit.
"""
HAN = re.compile(r"[\u3400-\u9fff]{1,4}")


def main(source: str) -> None:
    """Group the words of `source` by level and write the data file."""
    levels: dict[int, list[str]] = defaultdict(list)
    for line in Path(source).read_text("utf-8").splitlines():
        word, count, flag = line.split(" ")
        if flag not in NAMES and HAN.fullmatch(word) and int(count) >= LEAST[len(word)]:
            levels[round(STEPS * math.log(int(count)))].append(word)
    rows = (f"{level}\t{' '.join(sorted(levels[level]))}\n" for level in sorted(levels, reverse=True))
    TARGET.write_text(HEADER.format(steps=STEPS) + "".join(rows), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
