"""Fit the weights of the rule `sound-alike`, and say what it finds in text held out.

    python -m tools.fit_sounds TEXT.txt … [--held HELD.txt] [--write]

Slips are planted as input methods make them: one word in forty is written with characters or as a whole with another word of
the same sound, the commoner the likelier, but for what the rule lets be.  The weights assume one slip in `RATE` characters.
Each page is taken alone and with an archive of the others.  The released weights saw our own news and prose (tools/data,
Apache-2.0) and the Simplified Chinese help of LibreOffice 7.4 (MPL-2.0); held out was tools/data/calibration_news.txt.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np

from convert import lexicon
from convert.proofread import calibration, sounds
from convert.proofread.model import Model
from convert.proofread.page import is_han
from convert.proofread.soundalike import FEATURES, LET_BE, RULE, sites
from tools import logit
from tools.calibrate import platt, put
from tools.fit_proofreader import offsets, pages, view
from tools.fit_proofreader import put as put_weights

EVERY, RATE, SEEDS = 40, 2500, 3
PRIORS = {"bias": -7.0, "fluency": 0.5, "gain": 0.3, "word": 0.1, "name": -1.0, "here-seen": -1.0, "here-archive": -1.0,
          "candidate-archive": 0.3, "here-company": -0.3, "company": 0.2}
BARS = (0.3, 0.44, 0.5, 0.6, 0.7, 0.8)


def plant(text: str, rng: random.Random) -> tuple[str, dict[int, tuple[str, str]]]:
    """The text with slips, and by offset what was written and what was meant (of a character or of a word)."""
    words = lexicon.load()
    out, truth = list(text), dict[int, tuple[str, str]]()
    for start, end in words.segment(text):
        if end - start < 2 or not is_han(text[start]) or rng.random() > 1 / EVERY * 4:
            continue
        if end - start == 2 and rng.random() < 0.4:
            said = text[start:end]
            options = [w for w in sounds.words[said] if not LET_BE & set(w) | LET_BE & set(said)]
            if options:
                other = rng.choices(options, [words.frequency(w) ** 0.5 for w in options])[0]
                out[start:end] = other
                truth[start] = (other, said)
            continue
        at = rng.randrange(start, end)
        options = sorted(c for c in sounds.characters[text[at]] - LET_BE if words.frequency(c) > 300)
        if options and text[at] not in LET_BE:
            out[at] = rng.choices(options, [words.frequency(c) ** 0.5 for c in options])[0]
            truth[at] = (out[at], text[at])
    return "".join(out), truth


def gather(texts: list[str], seeds: int) -> tuple[np.ndarray, ...]:
    """Features, place, whether right, kind (0 true text, 1 planted), page, of all candidates; slips and characters."""
    rows: list[tuple[float, ...]] = []
    group: list[int] = []
    hit: list[bool] = []
    kind: list[int] = []
    of_page: list[int] = []
    slips = clean = 0
    for number, text in enumerate(texts):
        for archive in (None, Model.of(other for other in texts if other != text)):
            for seed in range(-1, seeds):
                damaged, truth = plant(text, random.Random(100 * number + seed)) if seed >= 0 else (text, {})
                slips += len(truth)
                clean += 0 if truth else len(text)
                page = view(damaged, archive)
                for start, passage in zip(offsets(page), page.passages, strict=True):
                    for found in sites(page, passage):
                        at, before = start + found[0].start, passage.text[found[0].start:found[0].end]
                        right = [_meant(truth, at, before, c.after) for c in found]
                        if seed >= 0 and not any(right):
                            continue
                        rows += [c.features for c in found]
                        group += [len(kind)] * len(found)
                        hit += right
                        kind.append(int(seed >= 0))
                        of_page.append(number)
    return tuple(map(np.array, (rows, group, hit, kind, of_page, [slips, clean])))


def _meant(truth: dict[int, tuple[str, str]], at: int, before: str, after: str) -> bool:
    """Whether the change restores what was planted there, a character or a word."""
    wanted = list(before)
    for place in range(at - 1, at + len(before)):
        if place in truth:
            for step, character in enumerate(truth[place][1]):
                if 0 <= place + step - at < len(before):
                    wanted[place + step - at] = character
    return "".join(wanted) == after != before


def report(name: str, p: np.ndarray, data: tuple[np.ndarray, ...]) -> None:
    """What is found of the planted slips, and what is said of true text."""
    _, group, hit, kind, _, (slips, clean) = data
    top, right = np.zeros(len(kind)), np.zeros(len(kind))
    np.maximum.at(top, group, p)
    np.maximum.at(right, group, p * hit)
    for bar in BARS:
        found = int(((kind == 1) & (right >= bar) & (right >= top)).sum())
        false = int(((kind == 0) & (top >= bar)).sum())
        alarms = f"{1e5 * false / clean:.1f} per 100,000 of true text"
        print(f"{name} p>={bar}: {found} of {slips} planted = {found / slips:.2f}, {alarms}")


def main(given: argparse.Namespace) -> None:
    """Gather, cross-validate, fit, write."""
    texts = [page for path in given.texts for page in pages([path])[:given.pages] if len(page) > 500]
    x, group, hit, kind, of_page, (slips, clean) = data = gather(texts, SEEDS)
    weight = np.where(kind == 1, clean / RATE / slips, 1.0)
    prior, free = np.array([PRIORS.get(feature, 0.0) for feature in FEATURES]), np.ones(len(FEATURES), bool)
    held = np.zeros(len(x))
    for fold in range(4):
        b = logit.fit(x, group, hit, weight * (of_page % 4 != fold), prior, free)
        mine = (of_page % 4 == fold)[group]
        held[mine] = logit.probabilities(x, group, len(kind), b)[mine]
    report("cross-validated", held, data)
    b = logit.fit(x, group, hit, weight, prior, free)
    if given.held:
        other = gather(pages([given.held]), 2 * SEEDS)
        report("held out", logit.probabilities(other[0], other[1], len(other[3]), b), other)
    if given.write:
        put_weights("soundalike", FEATURES, b)
        calibrate(held, data, weight)


def calibrate(held: np.ndarray, data: tuple[np.ndarray, ...], weight: np.ndarray) -> None:
    """Write what the confidences are worth, of pages the weights had not seen."""
    x, group, hit, *_ = data
    order = np.lexsort((-held, group))
    first = order[np.r_[True, group[order][1:] != group[order][:-1]]]
    said, right = held[first], hit[first]
    archive = x[first, FEATURES.index("archive")] > 0
    for with_archive in (False, True):
        mine = archive == with_archive
        numbers = platt(said[mine], right[mine], weight[mine])
        after = [calibration.calibrated(float(c), *numbers) for c in said[mine]]
        put(RULE + calibration.ARCHIVE * with_archive, *numbers, list(zip(after, right[mine], weight[mine], strict=True)), True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--pages", type=int, default=40, help="pages of each text")
    parser.add_argument("--held", type=Path)
    parser.add_argument("--write", action="store_true")
    main(parser.parse_args())
