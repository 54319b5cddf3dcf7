"""The proof page in Traditional script: what it says in Simplified, through our own converter.

    python tools/build_hant.py [VARIANT]

Writes `styles/proof/words-hant.js` from `words.js`, and the third column of `convert/proofread/data/sentences.tsv`.  Run
it when either has new Chinese; a test says so.  Only runs of Chinese are converted: keys and slots stay.
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORDS, HANT = ROOT / "styles/proof/words.js", ROOT / "styles/proof/words-hant.js"
SENTENCES = ROOT / "convert/proofread/data/sentences.tsv"
RUN = re.compile(r"[\u2018-\u201f\u2026\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
VARIANT = "twp"


def simplified(script: str) -> str:
    """The Simplified words of the page's script, as they stand there."""
    start = script.index("  zh: {")
    return script[start + len("  zh: "):script.index("\n  },\n};", start)] + "\n}"


def digest(text: str) -> str:
    """Names what was converted."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def traditional(text: str, variant: str) -> str:
    """Every run of Chinese converted."""
    from convert.variants import convert_text

    return RUN.sub(lambda run: convert_text(run[0], variant).text, text)


def main() -> None:
    """Both files."""
    variant = sys.argv[1] if len(sys.argv) > 1 else VARIANT
    words = simplified(WORDS.read_text(encoding="utf-8"))
    HANT.write_text(
        f"/* What the proof page says in Traditional script: made by tools/build_hant.py of words.js ({digest(words)}). */\n\n"
        f'WORDS["zh-Hant"] = {traditional(words, variant).replace(chr(10) + "  ", chr(10))};\n', encoding="utf-8")
    lines = []
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        lines.append(line if line.startswith("#") else "\t".join([*cells[:2], traditional(cells[1], variant)]))
    SENTENCES.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
