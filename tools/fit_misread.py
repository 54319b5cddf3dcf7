"""Fit the weights of the rule `misread` and write them into `convert/proofread/data/weights.toml`.

    python -m tools.fit_misread --words WORDS.jsonl … --prose PROSE.jsonl … --text TEXT.txt …
    python -m tools.fit_misread --prose READINGS.jsonl … --pages PAGE.hocr …          # go on from the weights there are

A conditional logit over {as read, something else, candidate 1, …}.  The readings (benchmarks/reocr.py make) are of words of the
lexicon (tools/build_misread.py text), others than the table `misread.txt` was counted on, and of our own news and prose
(tools/data, Apache-2.0).  Misreadings and confidences drawn from them are put into running text (tools/noise.py): our own
again, and the Simplified Chinese help of LibreOffice 7.4 (MPL-2.0, Debian's libreoffice-help-zh-cn).  None of the benchmark's
pages is read.  Each page is taken alone, as one of an issue of many, with an archive of the others, and with one of what
else the texts hold.

Then the weights went on, pulled towards what they were: with the prose as read, with LibreOffice help printed and read, and with
some 80 scanned pages of our own writing (tools/scanned_pages.py), every page alone and with a model of the others.  `FIXED`
stays: what tells such pages from single paragraphs, and what an archive says, for pages of many papers are none.
Printed at the end: by cross-validation over pages.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.reocr import extras, issue_of, slips
from convert.options import ParseOptions
from convert.proofread import weights
from convert.proofread.fitting import CANDIDATE, FEATURES
from convert.proofread.misread import RULE, places
from convert.proofread.model import Model
from convert.proofread.page import Page
from convert.proofread.run import look
from tools import logit, scanned_pages
from tools.noise import RATES, Noise

TARGET = Path(__file__).resolve().parents[1] / "convert/proofread/data/weights.toml"
PARAGRAPHS, PAGE, PAGES = 10, 6000, 14
FOLDS = 3
AROUND = 4
PRIORS = {
    "bias": -4.5, "doubt": 1.0, "candidate": -3.0, "gain": 0.4, "likeness": 2.0, "misread": 1.0, "frequency": 0.1,
    "out": -3.0, "out-doubt": 0.0, "out-gain": 0.2, "seen": 0.2, "seen-three": 0.5, "archive-seen": 0.2, "archive-three": 0.5,
    "here-seen": -0.5, "here-archive": -0.5,
}
FIXED = {
    "size", "archive", "candidate-size", "candidate-archive", "here-archive", "here-archive-both", "here-archive-three",
    "archive-seen", "archive-both", "archive-three",
}
AGAIN, FOLDS_AGAIN = 2.0, 6
"""How strongly the weights are pulled towards what they were when they go on, and in how many folds that is cross-validated."""
NOTHING = (0.0,) * len(CANDIDATE)

Row = tuple[str, list[float], dict[int, str]]
"""What was read, how sure of each character, the true characters of the slips."""


def read_pages(paths: list[Path]) -> list[list[Row]]:
    """Pages of ten paragraphs that Tesseract read."""
    pages: list[list[Row]] = []
    for path in paths:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        found = [
            (text, confidence, slips(truth, text) | dict.fromkeys(extras(truth, text), "")) for truth, text, confidence in rows
        ]
        pages += [found[at:at + PARAGRAPHS] for at in range(0, len(found), PARAGRAPHS)]
    return pages


def spoilt_pages(noise: Noise, texts: list[Path]) -> list[list[Row]]:
    """Pages of running text with drawn misreadings: all of our own text, and forty pages of the rest."""
    rng, pages = random.Random(17), list[list[Row]]()
    for path in texts:
        lines = [line.replace(" ", "") for line in path.read_text("utf-8").splitlines() if len(line) > 40 and line[0] != "#"]
        rng.shuffle(lines)
        mine: list[list[Row]] = [[]]
        rate = rng.choice(RATES)
        for line in lines[:1600]:
            if sum(len(text) for text, _, _ in mine[-1]) > PAGE:
                mine.append([])
                rate = rng.choice(RATES)
            mine[-1].append(noise.spoil(line, rng, rate))
        pages += mine[:PAGES]
    return pages


def unseen(texts: list[Path], pages: list[list[Row]]) -> Iterator[str]:
    """What of the texts stands on none of the pages: the larger archive, as an owner of many issues has it."""
    used = {len(text) for page in pages for text, _, _ in page}
    return (line for path in texts for line in path.read_text("utf-8").splitlines() if len(line.replace(" ", "")) not in used)


def _widen(page: Page, pages: list[list[Row]], number: int) -> None:
    """Make the page one of an issue of many: what is written in the `AROUND` pages before and behind counts as its own."""
    texts = [text for part in pages[max(0, number - AROUND):number + AROUND + 1] for text, _, _ in part]
    whole = look(issue_of([("", text, []) for text in texts], False), ParseOptions())
    vars(page).update(grams=whole.grams, characters=whole.characters)


def gather(pages: list[list[Row]], larger: Model) -> tuple[np.ndarray, ...]:
    """Features of all candidates, the number of their place, whether right, and for each place its page."""
    rows: list[tuple[float, ...]] = []
    group: list[int] = []
    hit: list[bool] = []
    where: list[int] = []
    counted = Model.of(text for page in pages for text, _, _ in page)
    for number, part in enumerate(pages):
        for archive in (None, counted, larger, None):
            issue = issue_of([("", text, confidence) for text, confidence, _ in part], True)
            page = look(issue, ParseOptions())
            if len(where) and archive is None and where[-1] == number:
                _widen(page, pages, number)
            if archive:
                page.model = archive.excluding(page.grams) if archive is counted else archive
            for passage, (_, _, truth) in zip(page.passages, part, strict=True):
                for place in places(page, passage):
                    right = truth.get(place.at)
                    said = [candidate.character for candidate in place.candidates]
                    rows += [(*place.features, *NOTHING), *((*place.features, *c.features) for c in place.candidates)]
                    group += [len(where)] * (len(said) + 1)
                    hit += [right is not None and right not in said, *(one == right for one in said)]
                    where.append(number)
    return np.array(rows), np.array(group), np.array(hit), np.array(where)


def again(prose: list[Path], scans: list[Path]) -> None:
    """Go on from the weights there are, with readings and scanned pages."""
    seen = [scanned_pages.read(path) for path in scans]
    for path in prose:
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for at in range(0, len(rows), 2 * PARAGRAPHS):
            part = rows[at:at + 2 * PARAGRAPHS]
            truth = {(n, place): true for n, (right, text, _) in enumerate(part)
                     for place, true in (slips(right, text) | dict.fromkeys(extras(right, text), "")).items()}
            page = look(issue_of([tuple(row) for row in part], True), ParseOptions())
            seen.append(scanned_pages.Scanned(f"{path.name}:{at}", page, frozenset(range(len(part))), truth))
    whole = Model.of(passage.text for one in seen for passage in one.page.passages)
    rows_: list[tuple[float, ...]] = []
    group: list[int] = []
    hit: list[bool] = []
    fold: list[int] = []
    for number, one in enumerate(seen):
        for archive in (False, True):
            one.page.model = whole.excluding(one.page.grams) if archive else Model()
            for passage in one.page.passages:
                for place in places(one.page, passage) if passage.number in one.known else ():
                    right = one.truth.get((passage.number, place.at))
                    said = [candidate.character for candidate in place.candidates]
                    rows_ += [(*place.features, *NOTHING), *((*place.features, *c.features) for c in place.candidates)]
                    group += [len(fold)] * (len(said) + 1)
                    hit += [right is not None and right not in said, *(character == right for character in said)]
                    fold.append(number % FOLDS_AGAIN)
    x, groups, hits, folds = np.array(rows_), np.array(group), np.array(hit), np.array(fold)
    prior = np.array(weights.load(RULE, FEATURES))
    free, weight = np.array([feature not in FIXED for feature in FEATURES]), np.full(len(folds), 0.5)
    other = (x[:, FEATURES.index("candidate")] == 0) & (x[:, FEATURES.index("out")] == 0)
    held = np.zeros(len(x))
    for number in range(FOLDS_AGAIN):
        b = logit.fit(x, groups, hits, weight * (folds != number), prior, free, AGAIN)
        mine = (folds == number)[groups]
        held[mine] = logit.probabilities(x, groups, len(folds), b)[mine]
    print(f"{len(seen)} pages, {sum(len(one.truth) for one in seen)} slips and inventions; cross-validated over pages:")
    report(held, groups, hits, other, len(folds))
    write(logit.fit(x, groups, hits, weight, prior, free, AGAIN))


def write(b: np.ndarray) -> None:
    """Put the weights into the file in place of the old ones."""
    lines = f"[{RULE}]\n" + "".join(f"{name} = {value:.3f}\n" for name, value in zip(FEATURES, b, strict=True))
    print(lines)
    kept = [part for part in TARGET.read_text("utf-8").split("\n\n") if not part.startswith(f"[{RULE}]")]
    TARGET.write_text("\n\n".join(part.strip("\n") for part in (*kept, lines)) + "\n", "utf-8")


def report(p: np.ndarray, group: np.ndarray, hit: np.ndarray, other: np.ndarray, places_: int) -> None:
    """Precision and recall of the best candidate at a few thresholds, of all slips that were weighed."""
    best = np.full(places_, -1.0)
    right = np.zeros(places_, bool)
    for n in np.flatnonzero(~other):
        if p[n] > best[group[n]]:
            best[group[n]], right[group[n]] = p[n], hit[n]
    slipped = int(hit.sum())
    for bar in (0.3, 0.4, 0.5, 0.6, 0.8, 0.9, 0.95):
        said = best >= bar
        good = int((said & right).sum())
        print(f"  p>={bar}: {good} of {int(said.sum())} right = {good / max(1, said.sum()):.2f}, "
              f"{good / slipped:.2f} of {slipped} slips weighed")


def main(given: argparse.Namespace) -> None:
    """Gather, fit, cross-validate, write."""
    pages = read_pages(given.prose) + spoilt_pages(Noise(given.words, given.prose), given.text)
    print(f"{len(pages)} pages, {sum(len(text) for page in pages for text, _, _ in page)} characters")
    x, group, hit, pages_of = gather(pages, Model.of(unseen(given.text, pages)))
    prior = np.array([PRIORS.get(feature, 0.0) for feature in FEATURES])
    free, weight = np.ones(len(FEATURES), bool), np.full(len(pages_of), 1 / 4)
    other = (x[:, FEATURES.index("candidate")] == 0) & (x[:, FEATURES.index("out")] == 0)
    print(f"{len(pages_of)} places, {int(hit.sum())} slips, {int(hit[~other].sum())} with the true character a candidate")
    held = np.zeros(len(x))
    for fold in range(FOLDS):
        inside = pages_of % FOLDS != fold
        b = logit.fit(x, group, hit, weight * inside, prior, free)
        mine = ~inside[group]
        held[mine] = logit.probabilities(x, group, len(pages_of), b)[mine]
    report(held, group, hit, other, len(pages_of))
    write(logit.fit(x, group, hit, weight, prior, free))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("words", "prose", "text", "pages"):
        parser.add_argument(f"--{name}", type=Path, nargs="+", default=[])
    options = parser.parse_args()
    if options.pages:
        again(options.prose, options.pages)
    else:
        main(options)
