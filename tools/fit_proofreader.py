"""Fit the weights of the scored rules and write `convert/proofread/data/weights.toml`.

    pip install numpy rapidfuzz
    python -m tools.fit_proofreader [more-text.txt …] [readings.jsonl …]

Text: our own news and prose (tools/data/training_*.txt, Apache-2.0), three times, and, where given, further text that
may be shipped; the released weights also saw the Simplified Chinese help of LibreOffice 7.4 (MPL-2.0, Debian's
libreoffice-help-zh-cn).  Slips are injected from the glyph table with fixed seeds, at ten times the rate of real
pages; weighting brings the prior back to one look-alike and a quarter of a doubling in a thousand characters.  None
of the benchmark's pages is read.

Readings (benchmarks/reocr.py make) may be given beside the text; the released weights did without: with some 500 slips of
Tesseract on our own text they asked a little more rightly and applied less, see docs/proofreading.md.

Look-alikes: a conditional logit over {leave it, candidate 1, candidate 2, …}.  Doublings: logistic regression.  Both with a
ridge that pulls towards the hand-set priors below, which matter where such text has no examples (names).
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from benchmarks.reocr import issue_of
from benchmarks.reocr import slips as misread
from convert import lexicon
from convert.issue import Article, Block, Issue, Role
from convert.options import ParseOptions
from convert.proofread.doubled import CHARACTER_FEATURES, WORD_FEATURES, character_features, word_features
from convert.proofread.glyphs import load as glyphs
from convert.proofread.lookalike import FEATURES, sites
from convert.proofread.model import Model
from convert.proofread.page import Page, is_han
from convert.proofread.run import look
from convert.source import Source, Span
from tools import logit

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "convert/proofread/data/weights.toml"
PAGE = 6000
EVERY = 100
"""Characters to one injected slip."""
LOOKALIKES, DOUBLINGS = 1 / 1000, 1 / 4000
"""Slips a character the weights assume."""
PARAGRAPHS = 20
"""Paragraphs of a page that was read again."""
REAL = 2.0
"""Weight of text that was read against text with injected slips."""
PRIORS: dict[str, dict[str, float]] = {
    "doubled": {
        "bias": -3.0, "gain": 0.4, "left-word": 0.5, "right-word": -0.5, "ending": -0.3, "alone": -0.35, "complement": 3.0,
        "function": -0.5, "seen": -1.5, "left-seen": 0.2, "archive-seen": -1.5, "archive-left": 0.2, "word-itself": -3.0,
    },
    "doubled-word": {
        "bias": -4.0, "gain": 0.3, "long": 3.0, "three": 1.0, "verb": -1.5, "noun": 0.5, "seen": -1.0, "archive-seen": -1.0,
    },
    "lookalike": {
        "bias": -6.0, "gain": 0.5, "likeness": 2.0, "stranger": -1.0, "kin": 1.0, "three": 0.5, "four": 1.5,
        "word": 0.3, "other": -0.1,
        "support": 0.3, "word-seen": 0.3, "name-word": -1.0, "archive-best": 0.3, "archive-worst": 0.3, "archive-three": 0.5,
        "partner-alone": 0.3, "partner-bound": 0.2, "partner-function": -0.5,
        "alone": 1.0, "here": -0.15, "bound": 0.3, "seen": -1.0,
        "seen-both": -0.5, "seen-three": -0.5, "singles": -0.3, "transcribed": -0.7, "surname": -1.0, "introduced": -0.7,
        "function": -0.5, "archive": -0.5, "archive-here-best": -0.3, "archive-here-worst": -1.0, "archive-here-three": -1.0,
        "doubt": 1.0,
    },
}
FIXED = {"doubt", "transcribed", "surname", "introduced", "singles"}
"""Features the text has no or few examples of (OCR confidence, names): the prior stays."""


def priors(rule: str, features: tuple[str, ...]) -> np.ndarray:
    """The hand-set weights in the order of the features."""
    return np.array([PRIORS[rule].get(feature, 0.0) for feature in features])


def pages(paths: Iterable[Path]) -> list[str]:
    """The texts cut into pages of paragraphs; all news, and as many pages of other text as fit three times that."""
    out: list[str] = []
    for path in paths:
        lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
        random.Random(7).shuffle(lines)
        page = ""
        for line in lines:
            page += line + "\n"
            if len(page) > PAGE:
                out.append(page)
                page = ""
        out.append(page)
    return out


def view(text: str, archive: Model | None = None) -> Page:
    """A page of one block a line, with a model of the other pages where one is given."""
    source = Source("training", text)
    blocks = tuple(
        Block(f"b{line.number}", Role.PARAGRAPH, text[line.start:line.end], (Span(0, line.start, line.end),))
        for line in source.lines if line.end > line.start
    )
    return look(Issue((source,), "zh-Hans", articles=(Article("a1", blocks),)), ParseOptions(batch_model=archive))


def modes(texts: list[str]) -> Iterator[tuple[int, str, Model | None]]:
    """Each page twice: alone, and with a model of all the others."""
    for number, text in enumerate(texts):
        yield number, text, None
        yield number + 1000, text, Model.of(other for other in texts if other != text)


def inject_lookalikes(text: str, rng: random.Random) -> tuple[str, dict[int, str]]:
    """Replace characters by look-alikes, the more alike the likelier, common ones likelier than rare ones."""
    words, table = lexicon.load(), glyphs()
    out, truth = list(text), {}
    places = [n for n, c in enumerate(text) if is_han(c)]
    for at in sorted(rng.sample(places, len(text) // EVERY)):
        if any(abs(at - other) < 6 for other in truth):
            continue
        options = [(c, v) for c, v in table.alike(text[at]).items() if words.frequency(c) > 300]
        kin = [(c, v) for c, v in options if table.akin(text[at], c)]
        if kin and rng.random() < 0.6:
            options = kin
        if options:
            weights = [v ** 2 * words.frequency(c) ** 0.25 for c, v in options]
            out[at] = rng.choices([c for c, _ in options], weights)[0]
            truth[at] = text[at]
    return "".join(out), truth


def inject_doublings(text: str, rng: random.Random, size: int) -> tuple[str, set[int]]:
    """Print words or their last characters twice; returns the starts of the doubled units in the new text."""
    out, truth, cursor = "", set(), 0
    ranges = [(a, b) for a, b in lexicon.load().segment(text) if b - a >= max(2, size) and is_han(text[a])]
    for _, end in sorted(rng.sample(ranges, min(len(ranges), len(text) // EVERY))):
        if end - size < cursor + 4:
            continue
        out += text[cursor:end] + text[end - size:end]
        truth.add(len(out) - 2 * size)
        cursor = end
    return out + text[cursor:], truth


def offsets(page: Page) -> list[int]:
    """Where each passage begins in the page's text."""
    return [passage.block.spans[0].start for passage in page.passages]


def ridge_logit(rows: np.ndarray, truth: np.ndarray, weight: np.ndarray, prior: np.ndarray, strength: float) -> np.ndarray:
    """Logistic regression by Newton's method, pulled towards `prior`."""
    b = prior.copy()
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(rows @ b, -30, 30)))
        gradient = rows.T @ (weight * (p - truth)) + strength * (b - prior)
        hessian = (rows * (weight * p * (1 - p))[:, None]).T @ rows + strength * np.eye(len(b))
        step = np.linalg.solve(hessian, gradient)
        b -= np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-4:
            break
    return b


def fit_doubles(texts: list[str], rule: str) -> np.ndarray:
    """Weights of `doubled` or `doubled-word`."""
    rows, truth, weight, clean, slips = [], [], [], 0, 0
    single = rule == "doubled"
    for number, text, archive in modes(texts):
        page = view(text, archive)
        clean += len(text)
        for passage in page.passages:
            for found in (character_features if single else word_features)(page, passage):
                rows.append(found[1] if single else found[2])
                truth.append(0.0)
        for size in (1,) if single else (2, 3, 4, 6):
            damaged, places = inject_doublings(text, random.Random(number * 10 + size), size)
            slips += len(places)
            page = view(damaged, archive)
            for start, passage in zip(offsets(page), page.passages, strict=True):
                for found in (character_features if single else word_features)(page, passage):
                    at = start + found[0]
                    if at in places or (not single and any(abs(at - p) <= 2 for p in places)):
                        rows.append(found[1] if single else found[2])
                        truth.append(1.0)
    y = np.array(truth)
    rate = DOUBLINGS * clean / max(1, slips)
    weight = np.where(y == 1, rate, 1.0)
    x = np.array(rows)
    b = ridge_logit(x, y, weight, priors(rule, CHARACTER_FEATURES if single else WORD_FEATURES), 0.5)
    p = 1 / (1 + np.exp(-x @ b))
    report(rule, p[y == 1], p[y == 0], slips, clean)
    return b


def report(rule: str, hits: np.ndarray, alarms: np.ndarray, slips: int, clean: int) -> None:
    """Recall and false alarms at a few thresholds, on the text the weights were fitted on."""
    for bar in (0.3, 0.5, 0.9, 0.97, 0.99):
        found, false = (hits >= bar).sum(), (alarms >= bar).sum()
        print(f"{rule:13} p>={bar}: recall {found / slips:.2f}, false alarms {1e5 * false / clean:.1f} per 100,000")


def readings(paths: Iterable[Path]) -> Iterator[tuple[Page, dict[int, str]]]:
    """Pages of twenty paragraphs that Tesseract read, with the true characters: with and without its doubts and an archive."""
    for path in paths:
        rows = [tuple(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
        parts = [rows[at:at + PARAGRAPHS] for at in range(0, len(rows), PARAGRAPHS)]
        for part in parts:
            others = Model.of(text for other in parts if other is not part for _, text, _ in other)
            for doubts in (False, True):
                issue = issue_of(part, doubts)
                truth: dict[int, str] = {}
                for (right, text, _), block in zip(part, issue.articles[0].blocks, strict=True):
                    truth |= {block.spans[0].start + at: character for at, character in misread(right, text).items()}
                for archive in (None, others):
                    yield look(issue, ParseOptions(batch_model=archive)), truth


def fit_lookalikes(texts: list[str], read: list[Path]) -> np.ndarray:
    """Weights of the conditional logit."""
    rows, group, hit, weight, kind, clean, slips = [], [], [], [], [], 0, 0
    real, real_slips = 0, 0
    for page, truth in readings(read):
        real += sum(len(passage.text) for passage in page.passages)
        real_slips += len(truth)
        for start, passage in zip(offsets(page), page.passages, strict=True):
            for at, candidates in sites(page, passage):
                right = truth.get(start + at)
                rows += [c.features for c in candidates]
                group += [len(weight)] * len(candidates)
                hit += [c.character == right for c in candidates]
                weight.append(1.0 if right is None else -2.0)
                kind.append(2 if right is None else 3)
    for number, text, archive in modes(texts):
        page = view(text, archive)
        clean += len(text)
        for passage in page.passages:
            for _, candidates in sites(page, passage):
                rows += [c.features for c in candidates]
                group += [len(weight)] * len(candidates)
                hit += [False] * len(candidates)
                weight.append(1.0)
                kind.append(0)
        for seed in range(3):
            damaged, truth = inject_lookalikes(text, random.Random(number * 10 + seed))
            slips += len(truth)
            page = view(damaged, archive)
            for start, passage in zip(offsets(page), page.passages, strict=True):
                for at, candidates in sites(page, passage):
                    if start + at in truth:
                        rows += [c.features for c in candidates]
                        group += [len(weight)] * len(candidates)
                        hit += [c.character == truth[start + at] for c in candidates]
                        weight.append(-1.0)
                        kind.append(1)
    x, g, h = np.array(rows), np.array(group), np.array(hit)
    w = np.array(weight)
    w[w == -1] = LOOKALIKES * clean / slips
    w[w == -2] = LOOKALIKES * real / max(1, real_slips)
    w[np.isin(kind, (2, 3))] *= REAL
    prior = priors("lookalike", FEATURES)
    n = len(w)
    free = np.array([feature not in FIXED for feature in FEATURES])
    b = logit.fit(x, g, h, w, prior, free)
    p = logit.probabilities(x, g, n, b)
    top = np.zeros(n)
    np.maximum.at(top, g, p)
    right = np.zeros(n)
    np.maximum.at(right, g, p * h)
    kinds = np.array(kind)
    report("lookalike", np.where(right >= top, right, 0)[kinds == 1], top[kinds == 0], slips, clean)
    if real:
        report("  as read", np.where(right >= top, right, 0)[kinds == 3], top[kinds == 2], real_slips, real)
    return b


def main(given: list[str]) -> None:
    """Fit all three and write them."""
    read = [Path(name) for name in given if name.endswith(".jsonl")]
    extra = [name for name in given if not name.endswith(".jsonl")]
    own = pages(sorted((HERE / "data").glob("training_*.txt")))
    texts = own * 3 + pages(map(Path, extra))[:16]
    print(f"{sum(map(len, texts))} characters")
    lines = ["# Weights of the scored rules, fitted by tools/fit_proofreader.py (which says on what); ours, Apache-2.0.\n"]
    fitted = (
        ("doubled", CHARACTER_FEATURES, fit_doubles(texts, "doubled")),
        ("doubled-word", WORD_FEATURES, fit_doubles(texts, "doubled-word")),
        ("lookalike", FEATURES, fit_lookalikes(texts, read)),
    )
    for rule, features, found in fitted:
        lines.append(f"[{rule}]\n" + "".join(f"{name} = {value:.3f}\n" for name, value in zip(features, found, strict=True)))
        print(lines[-1])
    others = [part for part in TARGET.read_text("utf-8").split("\n\n") if part.startswith("[misread]")]
    TARGET.write_text("\n".join([*lines, *others]), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
