"""Build the tables `misread` and `invented` of `convert/proofread/data`: what Tesseract reads for which character, or for none.

Seen on words we print ourselves.

    python -m tools.build_misread text WORDS.txt                     # word salad from convert/lexicon, seeded
    python benchmarks/reocr.py make READINGS.jsonl WORDS.txt         # print it in several faces and wears, read it
    python -m tools.build_misread table READINGS.jsonl …             # count, write the tables

The text is words of the lexicon (MIT) drawn so that every common character is printed often enough to be misread: a character
by a root of its frequency, then a word that holds it.  No running text of anyone is read.  The shipped table was counted
with Tesseract 5.3 (chi_sim) on the faces of benchmarks/reocr.py and, by `--face`, Debian's fonts-arphic-uming,
fonts-arphic-ukai and fonts-wqy-zenhei.  The counts are measurements and ours (Apache-2.0).
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from itertools import accumulate
from pathlib import Path

from benchmarks.reocr import extras, slips
from convert import lexicon
from convert.proofread.page import is_han

DATA = Path(__file__).resolve().parents[1] / "convert/proofread/data"
TARGET, INVENTED = DATA / "misread.txt", DATA / "invented.txt"
HEADER = """\
# What Tesseract 5.3 (chi_sim) read for which printed character: what was read, then what was printed, each with its count.
# Counted on our own prints of words of convert/lexicon by tools/build_misread.py; ours, Apache-2.0.  {printed} characters.
"""
INVENTED_HEADER = """\
# Characters Tesseract 5.3 (chi_sim) read where nothing was printed, and how often, from {least} times on.
# Counted on the same prints as misread.txt by tools/build_misread.py; ours, Apache-2.0.
"""
PARAGRAPH, COMMON, LEAST = 200, 4200, 8


def text(out: Path, paragraphs: int = 1500) -> None:
    """Write paragraphs of words, with commas and full stops between them."""
    words, rng = lexicon.load(), random.Random(20261122)
    holding: dict[str, list[str]] = defaultdict(list)
    frequency: Counter[str] = Counter()
    for word in words:
        if 2 <= len(word) <= 5 and words.frequency(word) >= 3:
            for character in set(word):
                holding[character].append(word)
                frequency[character] += words.frequency(word)
    characters = [c for c, _ in frequency.most_common(COMMON)]
    drawn = list(accumulate(frequency[c] ** 0.4 for c in characters))
    heights = {c: list(accumulate(words.frequency(word) ** 0.6 for word in holding[c])) for c in characters}
    with out.open("w", encoding="utf-8") as sink:
        for _ in range(paragraphs):
            line, since = "", 0
            while len(line) < PARAGRAPH:
                character = rng.choices(characters, cum_weights=drawn)[0]
                word = rng.choices(holding[character], cum_weights=heights[character])[0]
                line, since = line + word, since + len(word)
                if since > rng.randint(6, 16):
                    line, since = line + rng.choice("，，，。、"), 0
            sink.write(line + "\n")


def table(readings: list[Path]) -> None:
    """Count the misreadings and write those seen."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    invented: Counter[str] = Counter()
    printed = 0
    for path in readings:
        for line in path.read_text("utf-8").splitlines():
            truth, read, _ = json.loads(line)
            printed += len(truth)
            invented.update(read[at] for at in extras(truth, read))
            for at, character in slips(truth, read).items():
                if is_han(read[at]) and is_han(character):
                    counts[read[at]][character] += 1
    lines = [
        f"{read} " + " ".join(f"{true}{number}" for true, number in sorted(found.items(), key=lambda row: (-row[1], row[0])))
        for read, found in sorted(counts.items())
    ]
    TARGET.write_text(HEADER.format(printed=printed) + "\n".join(lines) + "\n", "utf-8")
    often = "".join(f"{read}{times}\n" for read, times in invented.most_common() if times >= LEAST)
    INVENTED.write_text(INVENTED_HEADER.format(least=LEAST) + often, "utf-8")
    print(f"{sum(map(len, counts.values()))} pairs, {sum(sum(c.values()) for c in counts.values())} misreadings of {printed}")


if __name__ == "__main__":
    if sys.argv[1] == "text":
        text(Path(sys.argv[2]))
    else:
        table([Path(name) for name in sys.argv[2:]])
