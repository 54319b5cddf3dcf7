"""Make `convert/lexicon/ngrams` of an ARPA file: a bigram model of words, pruned, in numbers of one or two bytes.

    apt-get source libime          # 1.0.16: data/lm_sc.arpa-20220810.tar.xz
    python tools/build_ngrams.py lm_sc.arpa

The model is libime's (fcitx, LGPL-2.1-or-later): what is made of it is under the same licence, kept in files of its own, and can
be made again, or of another ARPA file, by this tool.  Kept are the likeliest words of one to four Han characters and the pairs
that most change what the model says without them (Seymore and Rosenfeld 1996).
"""

from __future__ import annotations

import argparse
import heapq
import math
import re
import sys
from array import array
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import marisa_trie

from convert.lexicon.bigrams import BACK_STEP, FOLDER, LONGEST, STEP

WORDS, PAIRS = 60_000, 500_000
HAN = re.compile(f"[\u4e00-\u9fff]{{1,{LONGEST}}}")
LN10 = math.log(10)


def entries(path: Path) -> Iterator[tuple[int, str, float, float]]:
    """Order, words, log-probability and back-off of each entry of one or two words."""
    order = 0
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("\\"):
                order = int(line[1]) if line[1].isdigit() else 0
            fields = line.rstrip("\n").split("\t")
            if order in (1, 2) and len(fields) > 1:
                yield order, fields[1], LN10 * float(fields[0]), LN10 * float(fields[2]) if len(fields) > 2 else 0.0


def byte(value: float, step: float) -> int:
    """The value in steps downwards from 0, as a byte."""
    return min(255, max(0, round(-value / step)))


def main(arpa: Path, folder: Path) -> None:
    """Read, prune, write."""
    single = {word: (p, back) for order, word, p, back in entries(arpa) if order == 1 and HAN.fullmatch(word)}
    single = dict(heapq.nlargest(WORDS, single.items(), key=lambda item: (item[1][0], item[0])))
    pairs: list[tuple[float, str, str, float]] = []
    for order, words, p, _ in entries(arpa):
        first, _, second = words.partition(" ")
        if order == 2 and first in single and second in single:
            without = single[first][1] + single[second][0]
            pairs.append((abs(math.exp(single[first][0] + p) * (p - without)), first, second, p))
    trie = marisa_trie.Trie(sorted(single))
    rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for _, first, second, p in heapq.nlargest(PAIRS, pairs):
        rows[trie[first]].append((trie[second], byte(p, STEP)))
    words = [trie.restore_key(number) for number in range(len(trie))]
    starts, seconds, bytes_ = array("I", [0]), array("H"), bytearray()
    for number in range(len(words)):
        for second, p in sorted(rows[number]):
            seconds.append(second)
            bytes_.append(p)
        starts.append(len(seconds))
    for numbers in (starts, seconds):
        if sys.byteorder != "little":
            numbers.byteswap()
    folder.mkdir(exist_ok=True)
    trie.save(str(folder / "words.marisa"))
    (folder / "words.bin").write_bytes(bytes(byte(single[word][0], STEP) for word in words))
    (folder / "back.bin").write_bytes(bytes(byte(single[word][1], BACK_STEP) for word in words))
    (folder / "starts.bin").write_bytes(starts.tobytes())
    (folder / "seconds.bin").write_bytes(seconds.tobytes())
    (folder / "pairs.bin").write_bytes(bytes_)
    print(f"{len(words)} words, {len(seconds)} of {len(pairs)} pairs")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("arpa", type=Path)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    main(*vars(parser.parse_args()).values())
