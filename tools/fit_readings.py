"""Fit the rules `look-alike` and `misread` and say what their confidences are worth: weights.toml and calibration.toml.

    python -m tools.fit_readings --readings READINGS.jsonl … --pages PAGE.hocr … [--text TEXT …] [--write]

Readings (benchmarks/reocr.py make) are paragraphs printed, worn and read again; pages are whole sheets, scanned and parsed, with
NAME.gold.tsv beside each.  The weights are those of a conditional logit over {as read, candidate 1, …}, pulled towards
hand-set priors, so that the same files give the same numbers whatever is there before.  A page of readings is taken
three ways: as an issue of twenty paragraphs, as one with an archive of the others, as a part of one large issue; with the
engine's confidences and without.  Look-alikes, as a human sees them, are put into the true text besides, and the true text
itself is read.  Of look-alikes the odds are those where slips are as dense as on the page, as `density` estimates it at run time.
No paragraph is in two folds, nor a page in one and its paragraphs in another; what weights say of the
pages they have not seen is what the calibration rests on, and is printed.

The shipped numbers are of one such run. On text of our own hand: the paragraphs of some 100 pages, printed and read twice, two
readings of tools/data/training_*.txt and the help of LibreOffice 7.4 (MPL-2.0) read once; 118 scanned pages as hOCR; and as
running text 16 pages of that help. Nothing of the newspaper of 1998 that docs/proofreading.md measures on, and no page of the
benchmark.
"""

from __future__ import annotations

import argparse
import math
import random
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks import reocr
from benchmarks.reocr import extras, issue_of, slips
from convert.options import ParseOptions
from convert.proofread import calibration, density, fitting, lookalike, lookalike_features, misread
from convert.proofread.model import Model
from convert.proofread.page import Page
from convert.proofread.run import look
from tools import fit_proofreader, logit, scanned_pages
from tools.calibrate import platt, put

PARAGRAPHS, FOLDS, STRENGTH, WORST = 20, 6, 3.0, 0.15
"""Paragraphs of an issue; folds; how strongly weights are pulled towards the priors; share of slips of a paragraph left out."""
EVERY = (100, 400)
"""Characters of true text to one look-alike put into it."""
KEPT = 4
"""Of places of readings and scans where nothing is wrong, one in so many is kept, and counts as many times."""
TRUE, TRUE_WEIGHT, MORE = "true text", 2.0, 16
"""True text; how much it counts against print that was read: a human's slips, or none at all, are what is found in edited text;
pages of each further text."""
PRIORS: dict[str, dict[str, float]] = {
    "look-alike": {
        "bias": -6.0, "gain": 0.3, "fluency": 0.3, "likeness": 2.0, "stranger": -1.0, "kin": 1.0, "three": 0.5, "four": 1.0,
        "support": 0.3, "word-seen": 0.3, "name-word": -0.5, "archive-best": 0.2, "archive-worst": 0.2, "archive-three": 0.2,
        "alone": 1.0, "here": -0.15, "bound": 0.7, "seen": -1.0, "seen-both": -0.5, "seen-three": -0.5, "singles": -0.3,
        "transcribed": -0.7, "surname": -1.0, "introduced": -0.7, "function": -0.5, "archive-here-best": -0.3,
        "archive-here-worst": -0.7, "archive-here-three": -0.7, "doubt": 1.0, "times": 0.3,
    },
    "misread": {
        "bias": -4.5, "doubt": 1.0, "candidate": -1.0, "gain": 0.2, "fluency": 0.2, "likeness": 1.0, "misread": 1.0, "share": 1.0,
        "two": 1.0, "three": 1.0, "four": 1.0, "out": -3.0, "out-gain": 0.2, "seen": 0.3, "seen-three": 0.5, "archive-seen": 0.15,
        "archive-both": 0.75, "archive-three": 0.6, "here-seen": -0.5, "here-archive": -0.75, "here-archive-both": -0.15,
        "here-archive-three": -1.5,
    },
}
"""By rule the weights it is pulled towards; those not named towards 0."""
FIXED = frozenset({"transcribed", "surname", "introduced"})
RARE = frozenset(
    f"misread {feature}" for feature in (
        "archive", "candidate-archive", "here-archive", "here-archive-both", "here-archive-three", "archive-seen", "archive-both",
        "archive-three",
    )
)
"""Features of which such text has few examples: the prior stays.  Names; what an archive of the same paper says, for pages of
many papers are none."""
BARS = (0.3, 0.44, 0.6, 0.75, 0.9)


@dataclass
class Places:
    """Places of one rule with their candidates: features, place by candidate, which is right; by place fold, weight, archive."""

    rows: list[tuple[float, ...]] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    hit: list[bool] = field(default_factory=list)
    said: list[bool] = field(default_factory=list)
    fold: list[int] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    archive: list[bool] = field(default_factory=list)
    kind: list[str] = field(default_factory=list)
    offset: list[float] = field(default_factory=list)
    slips: dict[tuple[str, bool], float] = field(default_factory=dict)

    def add(
        self, rows: list[tuple[float, ...]], hits: list[bool], said: list[bool], fold: int, weight: float, archive: bool,
        kind: str, offset: float = 0.0,
    ) -> None:
        """One place; `said` is false for what stands for any other character and is not proposed."""
        if kind != TRUE and not any(hits):
            if zlib.crc32(repr(rows[0]).encode()) % KEPT:
                return
            weight *= KEPT
        self.rows += rows
        self.group += [len(self.fold)] * len(rows)
        self.hit += hits
        self.said += said
        self.fold.append(fold)
        self.weight.append(weight)
        self.archive.append(archive)
        self.kind.append(kind)
        self.offset.append(offset)


@dataclass(frozen=True)
class Sheet:
    """A page with the truth: by passage its fold and, by offset, what was printed."""

    page: Page
    folds: dict[int, int]
    truth: dict[tuple[int, int], str]
    kind: str
    weight: float


def fold_of(name: str) -> int:
    """The fold of a page or paragraph, by its name or text."""
    return zlib.crc32(name.encode()) % FOLDS


def homes(pages: Iterable[Path]) -> dict[str, str]:
    """By true paragraph the page it stands on."""
    found: dict[str, str] = {}
    for path in pages:
        name = path.parent / path.name.split(".")[0]
        found |= dict.fromkeys(reocr.paragraphs([name.with_suffix(".gold.tsv")]), str(name))
    return found


def reread(paths: list[Path], home: dict[str, str]) -> Iterator[tuple[Sheet, bool]]:
    """The readings as issues, in all ways; whether an archive is at hand."""
    for path in paths:
        rows = [row for row in reocr.readings(path) if len(slips(row[0], row[1])) <= WORST * len(row[0])]
        parts = [rows[at:at + PARAGRAPHS] for at in range(0, len(rows), PARAGRAPHS)]
        archive = Model.of(text for _, text, _ in rows)
        for doubts in (False, True):
            ways: list[tuple[list[tuple[str, str, list[float]]], Model | None]] = [(rows, None)]
            ways += [(part, model) for part in parts for model in (None, archive)]
            for part, model in ways:
                issue = issue_of(part, doubts)
                page = look(issue, ParseOptions(batch_model=model))
                numbers = {block.id: n for n, block in enumerate(issue.articles[0].blocks)}
                folds: dict[int, int] = {}
                truth: dict[tuple[int, int], str] = {}
                for passage in page.passages:
                    right, text, _ = part[numbers[passage.block.id]]
                    folds[passage.number] = fold_of(home.get(right, right))
                    found = slips(right, text) | dict.fromkeys(extras(right, text), "")
                    truth |= {(passage.number, at): true for at, true in found.items()}
                yield Sheet(page, folds, truth, "readings", 1 / 3), model is not None


def scans(paths: list[Path]) -> Iterator[tuple[Sheet, bool]]:
    """The pages, with and without confidences, alone and with an archive of the others."""
    seen = [(path, scanned_pages.read(path)) for path in paths]
    whole = Model.of(passage.text for _, one in seen for passage in one.page.passages)
    for path, one in seen:
        folds = dict.fromkeys(one.known, fold_of(str(path.parent / path.name.split(".")[0])))
        for doubts in (True, False):
            for model in (None, whole):
                passages = tuple(one.page.passages)
                page = Page(passages, one.page.lexicon, one.page.glyphs, Model(), one.page.language)
                if model:
                    page.model = model.excluding(page.grams)
                for passage in () if doubts else passages:
                    passage.doubts = {}
                yield Sheet(page, folds, one.truth, "scans", 1 / 2), model is not None


def true_text(paths: list[Path], more: list[Path], home: dict[str, str]) -> Iterator[tuple[int, str]]:
    """The paragraphs of the readings as they were printed, and running text besides, in pages, each with its fold."""
    pages = dict.fromkeys(range(FOLDS), "")
    for paragraph in dict.fromkeys(row[0] for path in paths for row in reocr.readings(path)):
        fold = fold_of(home.get(paragraph, paragraph))
        pages[fold] += paragraph + "\n"
        if len(pages[fold]) > fit_proofreader.PAGE:
            yield fold, pages[fold]
            pages[fold] = ""
    yield from ((fold, page) for fold, page in pages.items() if page)
    for number, page in enumerate(page for path in more for page in fit_proofreader.pages([path])[:MORE]):
        yield number % FOLDS, page


def spoilt(pages: list[tuple[int, str]]) -> Iterator[tuple[Sheet, bool]]:
    """True text as it is, and with look-alikes put into it."""
    whole = Model.of(text for _, text in pages)
    for number, (fold, text) in enumerate(pages):
        for every in (0, *EVERY):
            fit_proofreader.EVERY = every
            damaged, places = fit_proofreader.inject_lookalikes(text, random.Random(number)) if every else (text, {})
            for model in (None, whole):
                page = fit_proofreader.view(damaged, model)
                starts = fit_proofreader.offsets(page)
                truth = {
                    (passage.number, at - start): true for at, true in places.items()
                    for passage, start in zip(page.passages, starts, strict=True) if start <= at < start + len(passage.text)
                }
                folds = dict.fromkeys((passage.number for passage in page.passages), fold)
                yield Sheet(page, folds, truth, TRUE, TRUE_WEIGHT), model is not None


def gather(sheets: Iterable[tuple[Sheet, bool]], look_alike: Places, misreading: Places) -> None:
    """What both rules weigh on the sheets."""
    for sheet, archive in sheets:
        page, found = sheet.page, list[tuple[list[lookalike_features.Candidate], list[bool], int, str]]()
        characters = 0
        for passage in page.passages:
            fold = sheet.folds.get(passage.number)
            if fold is None:
                continue
            characters += len(passage.text)
            true = {at: right for (number, at), right in sheet.truth.items() if number == passage.number}
            kind = sheet.kind + " with confidences" * bool(passage.doubts)
            for at, candidates in lookalike.sites(page, passage):
                found.append((candidates, [one.character == true.get(at) for one in candidates], fold, kind))
            for places in (look_alike, misreading):
                slipped = places.slips.get((kind, archive), 0.0)
                places.slips[kind, archive] = slipped + sum(bool(right) for right in true.values())
            for place in misread.places(page, passage):
                right = true.get(place.at)
                said = [one.character for one in place.candidates]
                rows = [(*place.features, *(0.0,) * len(fitting.CANDIDATE))]
                rows += [(*place.features, *one.features) for one in place.candidates]
                hits = [right is not None and right not in said, *(one == right for one in said)]
                misreading.add(rows, hits, [False, *[True] * len(said)], fold, sheet.weight, archive, sheet.kind)
        factor = density.factor(lookalike.RULE, sum(any(hits) for _, hits, *_ in found), characters)
        for candidates, hits, fold, kind in found:
            rows = [one.features for one in candidates]
            look_alike.add(rows, hits, [True] * len(rows), fold, sheet.weight, archive, kind, math.log(factor))


def held_out(x: np.ndarray, places: Places, prior: np.ndarray, free: np.ndarray) -> np.ndarray:
    """The probability of each candidate by weights that have not seen its fold."""
    group, hit = np.array(places.group), np.array(places.hit)
    folds, weight = np.array(places.fold), np.array(places.weight)
    held = np.zeros(len(x))
    for number in range(FOLDS):
        b = logit.fit(x, group, hit, weight * (folds != number), prior, free, STRENGTH)
        mine = (folds == number)[group]
        held[mine] = logit.probabilities(x[mine], group[mine], len(folds), b)
    return held


def tops(p: np.ndarray, places: Places) -> tuple[np.ndarray, np.ndarray]:
    """By place the probability of the best candidate that may be proposed, and whether it is right."""
    group, shown = np.array(places.group), np.where(np.array(places.said), p, -1.0)
    order = np.lexsort((-shown, group))
    first = order[np.r_[True, group[order][1:] != group[order][:-1]]]
    return shown[first], np.array(places.hit)[first]


def report(rule: str, places: Places, said: np.ndarray, right: np.ndarray) -> None:
    """Precision and share of all slips at some bars, by kind of page."""
    kinds, archive, weight = np.array(places.kind), np.array(places.archive), np.array(places.weight)
    for kind, with_archive in sorted({(k, bool(a)) for k, a in zip(places.kind, places.archive, strict=True)}):
        mine = (kinds == kind) & (archive == with_archive)
        unit = weight[mine].min()
        key = kind if rule == lookalike.RULE else kind + " with confidences"
        slipped = places.slips.get((key, with_archive), 0.0)
        cells = []
        for bar in BARS:
            over = mine & (said >= bar)
            total, good = weight[over].sum() / unit, weight[over & right].sum() / unit
            cells.append(f"{bar}: {good:.0f} of {total:.0f} = {good / max(1, total):.2f}, {good / max(1, slipped):.2f} of slips")
        print(f"{rule}, {kind}{', archive' * with_archive}:", " | ".join(cells), flush=True)


def fit(rule: str, section: str, features: tuple[str, ...], places: Places, write: bool) -> None:
    """Cross-validate, calibrate, fit and write one rule."""
    x = np.concatenate([np.array(places.rows), np.array(places.offset)[places.group][:, None]], 1)
    prior = np.array([*(PRIORS[rule].get(feature, 0.0) for feature in features), 1.0])
    free = np.array([*(feature not in FIXED and f"{rule} {feature}" not in RARE for feature in features), False])
    said, right = tops(held_out(x, places, prior, free), places)
    print(f"{rule}: {len(places.fold)} places, {sum(places.hit)} with the true character among the candidates; cross-validated:")
    report(rule, places, said, right)
    weight = np.array(places.weight)
    for archive in (False, True):
        mine = np.array(places.archive) == archive
        numbers = platt(said[mine], right[mine], weight[mine])
        after = [calibration.calibrated(float(c), *numbers) for c in said[mine]]
        put(rule + calibration.ARCHIVE * archive, *numbers, list(zip(after, right[mine], weight[mine], strict=True)), write)
    b = logit.fit(x, np.array(places.group), np.array(places.hit), weight, prior, free, STRENGTH)
    print(dict(zip(features, b.round(2).tolist(), strict=False)))
    if write:
        fit_proofreader.put(section, features, b[:-1])


def gathered(given: argparse.Namespace) -> tuple[Places, Places]:
    """What both rules weigh on all that is given."""
    home = homes(given.pages)
    look_alike, misreading = Places(), Places()
    gather(reread(given.readings, home), look_alike, misreading)
    gather(scans(given.pages), look_alike, misreading)
    gather(spoilt(list(true_text(given.readings, given.text, home))), look_alike, misreading)
    return look_alike, misreading


def main(given: argparse.Namespace) -> None:
    """Gather, fit, write."""
    look_alike, misreading = gathered(given)
    fit(lookalike.RULE, "lookalike", lookalike_features.FEATURES, look_alike, given.write)
    fit(misread.RULE, "misread", fitting.FEATURES, misreading, given.write)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--readings", type=Path, nargs="+", default=[])
    parser.add_argument("--pages", type=Path, nargs="+", default=[])
    parser.add_argument("--text", type=Path, nargs="+", default=[], help="running text, a paragraph a line, that is true")
    parser.add_argument("--write", action="store_true")
    main(parser.parse_args())
