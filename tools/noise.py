"""Text as Tesseract would read it: misreadings and confidences drawn from readings of word lists, put into running text."""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.reocr import extras, slips
from convert.proofread.glyphs import load as glyphs
from convert.proofread.page import is_han

RATES = (0.003, 0.006, 0.012, 0.03)
"""Misreadings a character: of a page one of these."""
INVENTED = 0.08
"""Characters read where nothing was printed, to a misreading: what our own prose showed."""
RUN = 6.0
"""How much likelier a misreading is beside another."""


class Noise:
    """What was read for which character, and how sure the engine was of slips, of their neighbours and of right characters."""

    def __init__(self, words: list[Path], prose: list[Path]) -> None:
        self._read: dict[str, list[str]] = defaultdict(list)
        printed: Counter[str] = Counter()
        self._wrong: list[float] = []
        self._beside: list[float] = []
        self._right: list[float] = []
        self._invented: list[tuple[str, float]] = []
        for path in (*words, *prose):
            for line in path.read_text("utf-8").splitlines():
                truth, read, confidence = json.loads(line)
                found = slips(truth, read)
                added = extras(truth, read)
                self._invented += [(read[at], confidence[at]) for at in added if path in words]
                if path in words:
                    printed.update(filter(is_han, truth))
                for at, character in enumerate(read):
                    if not is_han(character) or at in added:
                        continue
                    if at in found:
                        self._wrong.append(confidence[at])
                        if path in words:
                            self._read[found[at]].append(character)
                    elif path in prose:
                        near = at - 1 in found or at + 1 in found
                        (self._beside if near else self._right).append(confidence[at])
        self._rate = {c: (len(self._read[c]) + 0.3) / (number + 5) for c, number in printed.items()}
        self._all = [read for found in self._read.values() for read in found]

    def spoil(self, text: str, rng: random.Random, rate: float) -> tuple[str, list[float], dict[int, str]]:
        """The text as read, the confidence of each character, and the true characters of the slips."""
        mean = sum(self._rate.get(c, 0.05) for c in text) / max(1, len(text))
        out, truth = list(text), dict[int, str]()
        for at, character in enumerate(text):
            chance = rate * self._rate.get(character, 0.05) / mean * (RUN if at - 1 in truth else 1.0)
            if is_han(character) and rng.random() < chance:
                other = self._misread(character, rng)
                if other != character:
                    out[at], truth[at] = other, character
        confidence = []
        for at in range(len(text)):
            near = at - 1 in truth or at + 1 in truth
            confidence.append(rng.choice(self._wrong if at in truth else self._beside if near else self._right))
        return self._add("".join(out), confidence, truth, rng, rate)

    def _add(
        self, text: str, confidence: list[float], truth: dict[int, str], rng: random.Random, rate: float
    ) -> tuple[str, list[float], dict[int, str]]:
        """The same with characters nobody printed; what was true of them is ""."""
        out, sure, true = "", list[float](), dict[int, str]()
        for at, character in enumerate(text):
            if rng.random() < rate * INVENTED:
                more, doubted = rng.choice(self._invented)
                true[len(out)] = ""
                out, sure = out + more, [*sure, doubted]
            if at in truth:
                true[len(out)] = truth[at]
            out, sure = out + character, [*sure, confidence[at]]
        return out, sure, true

    def _misread(self, character: str, rng: random.Random) -> str:
        seen = self._read.get(character, [])
        if seen and rng.random() < len(seen) / (len(seen) + 1):
            return rng.choice(seen)
        alike = list(glyphs().alike(character))
        return rng.choice(alike) if alike and rng.random() < 0.4 else rng.choice(self._all)
