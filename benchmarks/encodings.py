"""How often an encoding is told right: snippets of the sample issues in six encodings, of four to two thousand characters.

    python benchmarks/encodings.py [--times 150]

With charset-normalizer installed its own figure stands beside ours.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

from convert.errors import ReissueError
from convert.readers.encodings import decode

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
ENCODINGS = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le")
LENGTHS = (4, 6, 10, 20, 50, 200, 2000)


def texts() -> list[str]:
    """The sample issues that are UTF-8."""
    found = [decode(path.read_bytes(), path.name) for path in sorted(SEEDS.glob("*.txt"))]
    return [one.text for one in found if one.encoding == "utf-8"]


def encoded(text: str, encoding: str) -> bytes:
    """`text` in the encoding; for Big5 in Traditional characters, without what it lacks."""
    if encoding == "big5hkscs":
        from opencc import OpenCC

        text = OpenCC("s2t").convert(text)
    return text.encode(encoding, "ignore")


def peer(data: bytes, text: str) -> bool | None:
    """Whether charset-normalizer is right; None where it is not installed."""
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return None
    return str(from_bytes(data).best()) == text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=150)
    times = parser.parse_args().times
    draw = random.Random(1)
    sources = texts()
    print("characters  encoding    right  wrong  refused  charset-normalizer right")
    for length in LENGTHS:
        for encoding in ENCODINGS:
            right = wrong = refused = theirs = 0
            known = False
            for _ in range(times if length < 2000 else times // 5):
                whole = draw.choice(sources)
                at = draw.randrange(max(1, len(whole) - length))
                data = encoded(whole[at:at + length], encoding)
                text = data.decode(encoding)
                if not text.strip():
                    continue
                try:
                    hit = decode(data, "snippet").text == text
                    right, wrong = right + hit, wrong + (not hit)
                except ReissueError:
                    refused += 1
                other = peer(data, text) if length in (20, 200) and encoding in ("gb18030", "big5hkscs") else None
                known, theirs = known or other is not None, theirs + bool(other)
            print(f"{length:10}  {encoding:10} {right:6} {wrong:6} {refused:8}  {theirs if known else ''}")


if __name__ == "__main__":
    main()
