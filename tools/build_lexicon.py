"""Build `convert/lexicon/words.txt.gz` from the dict.txt of jieba 0.42 (MIT).

    pip download jieba==0.42.1 --no-deps --no-binary :all:      # unpack it, then:
    python tools/build_lexicon.py path/to/jieba/dict.txt
    python tools/pack_lexicon.py                                # then: what a run reads

What is left out: numerals of three characters and more (a rule, not words), people's names of the lowest frequency,
words with anything but Han characters, words longer than eight characters, the rarest words of two characters.
Beginnings of words that are no words form a group of their own, `-`, so that they need not be computed at load.
Frequencies are kept to about 9 %.
"""

from __future__ import annotations

import gzip
import math
import re
import sys
from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parents[1] / "convert/lexicon/words.txt.gz"
MISPRINTS = TARGET.parents[1] / "proofread/data/misprints.tsv"
HEADER = """\
# Words of Simplified Chinese with frequencies, one group a line: tag, frequency per 60 million, words.
# Source: dict.txt of jieba 0.42.1, https://github.com/fxsjy/jieba, Copyright (c) 2013 Sun Junyi, MIT licence (see LICENSE.jieba).
# Pruned and grouped by tools/build_lexicon.py; do not edit.
"""
HAN = re.compile(r"[\u3400-\u9fff]+")
TAGS = {"nr": "r", "nrfg": "r", "nrt": "f", "ns": "s", "nt": "t", "nz": "z", "vn": "v", "mq": "m", "ad": "a", "an": "a"}
"""Tags of jieba in one letter: n noun, v verb, a adjective, d adverb, i idiom, r person, f foreign, s place, t institution."""


def tag(flag: str) -> str:
    """One letter for a tag of jieba."""
    if flag in TAGS:
        return TAGS[flag]
    return flag[0] if flag[:1] in "nvadmq" else "i" if flag[:1] in "il" else "o"


def wanted(word: str, frequency: int, flag: str) -> bool:
    """Whether the word is worth its bytes."""
    if not HAN.fullmatch(word) or len(word) > 8:
        return False
    if tag(flag) == "m" and len(word) > 2:
        return False
    if tag(flag) == "r" and len(word) > 1 and frequency <= 5:
        return False
    return frequency > 2 or len(word) > 2


def misprints() -> set[str]:
    """Misprints the source list holds as words (自已, 千部): they would hide what the proofreader looks for."""
    lines = MISPRINTS.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith(("#", "wrong\t"))]
    return {row[0] for row in rows}


def main(source: str) -> None:
    """Group the words of `source` and write the data file."""
    groups: dict[tuple[str, int], list[str]] = defaultdict(list)
    wrong = misprints()
    for line in Path(source).read_text("utf-8").splitlines():
        word, frequency, flag = line.split(" ")
        if word not in wrong and wanted(word, int(frequency), flag):
            step = round(8 * math.log2(max(1, int(frequency))))
            groups[tag(flag), round(2 ** (step / 8))].append(word)
    known = {word for words in groups.values() for word in words}
    beginnings = {word[:length] for word in known for length in range(1, len(word))} - known
    groups["-", 0] = list(beginnings)
    lines = [f"{name} {frequency} {' '.join(sorted(words))}\n" for (name, frequency), words in sorted(groups.items())]
    data = (HEADER + "".join(lines)).encode()
    with TARGET.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as sink:
        sink.write(data)
    print(f"{len(known)} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
