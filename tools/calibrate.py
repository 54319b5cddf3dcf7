"""Compare what the rules `doubled` and `doubled-word` say with what is true on pages they were not fitted on: `calibration.toml`.

    python -m tools.calibrate [MORE.jsonl …]

The readings (tools/data/readings_calibration.jsonl.gz) are of tools/data/calibration_news.txt, ours (Apache-2.0), which no weight
was fitted on: printed four times at three wears by benchmarks/reocr.py and read by Tesseract 5.3.  MORE was, for the shipped
numbers, eighty paragraphs of the help of LibreOffice 7.4 (MPL-2.0), printed and read likewise.  Each page is proofread with and
without the engine's confidences, alone and with an archive of our other news and prose.  Doublings, which no engine makes,
and look-alikes, as a human sees them, are put into the true text besides, one in three hundred characters, twenty-four
times.  Two numbers a rule, fitted by logistic regression and pulled towards leaving it as it is.  `benchmarks/proofread.py --only
calibration` counts every scored rule so; `look-alike` and `misread` have their numbers from tools/fit_readings.py,
`sound-alike` from tools/fit_sounds.py.
"""

from __future__ import annotations

import math
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from benchmarks.reocr import issue_of, readings
from convert.options import ParseOptions
from convert.proofread import calibration
from convert.proofread.model import Model
from convert.proofread.run import look, scored
from tools import fit_proofreader

HERE = Path(__file__).resolve().parent
READINGS = HERE / "data/readings_calibration.jsonl.gz"
TARGET = HERE.parent / "convert/proofread/data/calibration.toml"
RULES = ("look-alike", "misread", "doubled", "doubled-word")
"""Rules that are counted; `sound-alike` is left out: its slips are too rare here."""
MINE = ("doubled", "doubled-word")
"""Rules whose numbers are written."""
LEAST, PARAGRAPHS, EVERY, SEEDS, STRENGTH = 0.2, 15, 300, 24, 25.0
BINS = (0.2, 0.4, 0.6, 0.8, 0.9, 0.97, 1.01)
Said = dict[str, list[tuple[float, bool]]]
"""By rule what it said with which confidence, and whether that was right."""
Told = tuple[str, str, str]
"""What was said where: the rule, the place with its surroundings, what it should read."""
AROUND = 5


def better(text: str, truth: str, start: int, end: int, after: str) -> bool:
    """Whether the change brings the paragraph nearer to the truth by all it changes."""
    changed = sum(a != b for a, b in zip(text[start:end], after, strict=False)) if end - start == len(after) else 1
    new = text[:start] + after + text[end:]
    return Levenshtein.distance(new, truth) <= Levenshtein.distance(text, truth) - max(1, changed)


def judge(
    rows: list[tuple[str, str, list[float]]], doubts: bool, archive: Model | None, said: Said, known: set[Told], final: bool
) -> None:
    """Note what the rules say of a page, as they say it or, `final`, as the profile's thresholds see it."""
    page = look(issue_of(rows, doubts), ParseOptions())
    page.model = archive or page.model
    proposals = scored(page)
    if final:
        proposals = calibration.calibrate(proposals, bool(page.model))
    for p in proposals:
        if p.rule in RULES and p.confidence >= LEAST and p.confidence < p.most:
            truth, text, _ = rows[p.passage]
            key = p.rule + calibration.ARCHIVE * bool(page.model)
            told = key, text[max(0, p.start - AROUND):p.end + AROUND], p.after
            if told not in known:  # a page read twice is one witness
                known.add(told)
                said[key].append((p.confidence, better(text, truth, p.start, p.end, p.after)))


def damaged(rows: list[tuple[str, str, list[float]]], size: int, seed: int) -> list[tuple[str, str, list[float]]]:
    """The true text with units of `size` characters printed twice, or, of size 0, with look-alikes."""
    fit_proofreader.EVERY = EVERY
    whole, rng = "\n".join(truth for truth, _, _ in rows), random.Random(10 * seed + size)
    if size:
        text, _ = fit_proofreader.inject_doublings(whole, rng, size)
    else:
        text, _ = fit_proofreader.inject_lookalikes(whole, rng)
    return [(truth, line, []) for (truth, _, _), line in zip(rows, text.split("\n"), strict=True)]


def gather(
    rows: list[tuple[str, str, list[float]]], more: list[tuple[str, str, list[float]]] | None = None, final: bool = False
) -> Said:
    """What the rules say of all pages in all modes; into `more` nothing is put."""
    said: Said = defaultdict(list)
    known: set[Told] = set()
    others = Model.of(path.read_text("utf-8") for path in sorted((HERE / "data").glob("training_*.txt")))
    parts = [rows[at:at + PARAGRAPHS] for at in range(0, len(rows), PARAGRAPHS)]
    spoiled = len(parts)
    parts += [(more or [])[at:at + PARAGRAPHS] for at in range(0, len(more or []), PARAGRAPHS)]
    for number, part in enumerate(parts):
        for archive in (None, others):
            for doubts in (False, True):
                judge(part, doubts, archive, said, known, final)
            for seed in range(number, SEEDS, spoiled) if number < spoiled else ():
                for size in (0, 1, 2, 4):
                    judge(damaged(part, size, seed), False, archive, said, known, final)
    return said


def reliability(pairs: list[tuple[float, bool]]) -> Iterator[tuple[float, int, int, float]]:
    """For each bin its upper end, how many were right of how many, and the mean confidence."""
    low = 0.0
    for high in BINS:
        inside = [(c, good) for c, good in pairs if low <= c < high]
        if inside:
            yield min(high, 1.0), sum(good for _, good in inside), len(inside), sum(c for c, _ in inside) / len(inside)
        low = high


def platt(said: np.ndarray, right: np.ndarray, weight: np.ndarray) -> tuple[float, float]:
    """Slope and shift of the log-odds, pulled a little towards 1 and 0."""
    kept = said >= 0.02
    odds = np.log(np.clip(said[kept], 1e-9, 1 - 1e-9) / (1 - np.clip(said[kept], 1e-9, 1 - 1e-9)))
    x = np.stack([odds, np.ones(len(odds))], 1)
    slope, shift = fit_proofreader.ridge_logit(x, right[kept].astype(float), weight[kept], np.array([1.0, 0.0]), 5.0)
    return max(0.2, float(slope)), float(shift)


def put(rule: str, slope: float, shift: float, said: list[tuple[float, bool, float]], write: bool) -> None:
    """Print the numbers of a rule with how often it was right by confidence (each with a weight), and write them in place of
    the old ones."""
    cells, low = [], 0.0
    for high in BINS:
        inside = [(good, weight) for c, good, weight in said if low <= c < high]
        if inside and low:
            right = sum(weight for good, weight in inside if good)
            cells.append(f"{min(high, 1.0)}: {right:.0f} of {sum(weight for _, weight in inside):.0f}")
        low = high
    section = f"[{rule}]\nslope = {slope:.3f}\nshift = {shift:.3f}\n# {', '.join(cells)}"
    print(section, flush=True)
    if write:
        parts = [part.strip("\n") for part in TARGET.read_text("utf-8").split("\n\n")]
        kept = [part for part in parts[1:] if not part.startswith(f"[{rule}]")]
        TARGET.write_text("\n\n".join([parts[0], *sorted([*kept, section])]) + "\n", "utf-8")


def fit(pairs: list[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and shift, pulled towards 1 and 0 as strongly as so many observations would."""
    x = np.array([[math.log(c / (1 - c)), 1.0] for c, _ in pairs if c < 1])
    y = np.array([float(good) for c, good in pairs if c < 1])
    slope, shift = fit_proofreader.ridge_logit(x, y, np.ones(len(y)), np.array([1.0, 0.0]), STRENGTH)
    return max(0.2, float(slope)), float(shift)


def main(paths: list[Path]) -> None:
    """Gather, fit, write, print."""
    said = gather(readings(READINGS), [row for path in paths for row in readings(path)])
    for rule, pairs in sorted(said.items()):
        if rule.removesuffix(calibration.ARCHIVE) in MINE:
            slope, shift = fit(pairs)
            put(rule, slope, shift, [(calibration.calibrated(c, slope, shift), good, 1.0) for c, good in pairs], True)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
