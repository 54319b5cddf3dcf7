"""Fit the weights of the rules `doubled` and `doubled-word` and write them into `convert/proofread/data/weights.toml`.

    pip install numpy
    python -m tools.fit_proofreader [more-text.txt …]

Text: our own news and prose (tools/data/training_*.txt, Apache-2.0), three times, and, where given, further text that
may be shipped; the released weights also saw the Simplified Chinese help of LibreOffice 7.4 (MPL-2.0, Debian's
libreoffice-help-zh-cn).  Slips are put in with fixed seeds, at ten times the rate of real pages; weighting brings the prior
back to a quarter of a doubling in a thousand characters.  None of the benchmark's pages is read.  Logistic regression, with
a ridge that pulls towards the hand-set priors below, which matter where such text has no examples.

`look-alike` and `misread` are fitted by tools/fit_readings.py, `sound-alike` by tools/fit_sounds.py, all with what stands here.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from convert import lexicon
from convert.issue import Article, Block, Issue, Role
from convert.options import ParseOptions
from convert.proofread.doubled import CHARACTER_FEATURES, WORD_FEATURES, character_features, word_features
from convert.proofread.glyphs import load as glyphs
from convert.proofread.model import Model
from convert.proofread.page import Page, is_han
from convert.proofread.run import look
from convert.source import Source, Span

HERE = Path(__file__).resolve().parent
TARGET = HERE.parent / "convert/proofread/data/weights.toml"
PAGE = 6000
EVERY = 100
"""Characters to one injected slip."""
COMMON = 20
"""How often the lexicon counts a character that is put in, at least: rare ones that never stand alone (诣) are slips too."""
DOUBLINGS = 1 / 4000
"""Slips a character the weights assume."""
PRIORS: dict[str, dict[str, float]] = {
    "doubled": {
        "bias": -3.0, "gain": 0.4, "left-word": 0.5, "right-word": -0.5, "ending": -0.3, "alone": -0.35, "complement": 3.0,
        "function": -0.5, "seen": -1.5, "left-seen": 0.2, "archive-seen": -1.5, "archive-left": 0.2, "word-itself": -3.0,
    },
    "doubled-word": {
        "bias": -4.0, "gain": 0.3, "long": 3.0, "three": 1.0, "verb": -1.5, "noun": 0.5, "seen": -1.0, "archive-seen": -1.0,
    },
}


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
        options = [(c, v) for c, v in table.alike(text[at]).items() if words.frequency(c) >= COMMON]
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


def put(section: str, features: tuple[str, ...], found: np.ndarray) -> None:
    """Print the weights of a rule and write them in place of the old ones."""
    lines = f"[{section}]\n" + "\n".join(f"{name} = {value:.3f}" for name, value in zip(features, found, strict=True))
    print(lines, flush=True)
    parts = [part.strip("\n") for part in TARGET.read_text("utf-8").split("\n\n")]
    kept = [part for part in parts[1:] if not part.startswith(f"[{section}]")]
    TARGET.write_text("\n\n".join([parts[0], *sorted([*kept, lines])]) + "\n", "utf-8")


def main(given: list[str]) -> None:
    """Fit both and write them."""
    own = pages(sorted((HERE / "data").glob("training_*.txt")))
    texts = own * 3 + pages(map(Path, given))[:16]
    print(f"{sum(map(len, texts))} characters")
    put("doubled", CHARACTER_FEATURES, fit_doubles(texts, "doubled"))
    put("doubled-word", WORD_FEATURES, fit_doubles(texts, "doubled-word"))


if __name__ == "__main__":
    main(sys.argv[1:])
