"""Fit the forest that parts blocks run together: `python tools/fit_parting.py FOLDER … [--dry]`, folders of `*.gold.tsv`.

Paragraphs of pages whose blocks are known are run together and torn by lot, oftener than engines do it; gradient boosting of a
logistic (Friedman, Annals of Statistics 2001) learns where the seams are, and is tried page by page on those it has not seen.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from convert.structure.parting import NEEDED, SIGNS, Page  # noqa: E402
from convert.structure.reading import reading  # noqa: E402

TARGET = ROOT / "convert/structure/parting.json"
MERGED, ROWS, TORN = 0.06, 0.15, 0.06
"""Chances that two paragraphs are run together, that two short ones are, and that a paragraph is torn."""
USUAL = 0.5
"""How often an engine runs together what these chances do once."""
SHORT = 22
"""Characters of a line of verse or a row."""
ROUNDS = 6
"""Times each page is damaged."""
FOLDS = 4
CUTS = 20
"""Marks at which a sign is cut at most."""


@dataclass(frozen=True)
class Growth:
    """How trees are grown: how many, share of each step taken, questions in turn, pull to 0, rows in a leaf, signs asked."""

    trees: int = 110
    rate: float = 0.1
    depth: int = 4
    pull: float = 4.0
    least: int = 20
    columns: float = 0.4
    rows: float = 0.7


def blocks(gold: Path) -> list[tuple[bool, str]]:
    """The blocks of a gold page as they stand: whether it is a paragraph, and its text."""
    rows = (line.split("\t") for line in gold.read_text("utf-8").splitlines())
    return [
        (row[0] == "paragraph", reading(row[1]).strip())
        for row in rows
        if len(row) > 1 and row[0] != "article" and row[1].strip()
    ]


def damaged(page: list[tuple[bool, str]], lot: random.Random) -> tuple[list[str], list[set[int]]]:
    """Blocks run together and torn by lot, and where in each a paragraph begins."""
    texts: list[str] = []
    begins: list[set[int]] = []
    open_to = False
    for paragraph, text in page:
        short = bool(texts) and len(text) < SHORT and len(texts[-1]) < SHORT
        if paragraph and open_to and lot.random() < (ROWS if short else MERGED):
            begins[-1].add(len(texts[-1]))
            texts[-1] += text
        elif paragraph and len(text) > 40 and lot.random() < TORN:
            place = lot.randrange(10, len(text) - 10)
            texts += [text[:place].strip(), text[place:].strip()]
            begins += [set(), set()]
        else:
            texts.append(text)
            begins.append(set())
        open_to = paragraph
    return texts, begins


def rows(gold: Path, lot: random.Random) -> Iterator[tuple[list[float], bool]]:
    """What is seen of each place of a page, and whether a paragraph begins there."""
    page = blocks(gold)
    for _ in range(ROUNDS):
        texts, begins = damaged(page, lot)
        looked = Page(texts)
        for at in range(len(texts)):
            for place in looked.places(at):
                yield looked.signs(at, place), place in begins[at]


Tree = Any
"""Hundredths of a nat, or a question: sign, mark, tree if not greater, tree if so."""


def grow(x: np.ndarray, y: np.ndarray, weight: np.ndarray, how: Growth) -> tuple[float, list[Tree]]:
    """What every place begins with, and trees that amend it."""
    lot = np.random.default_rng(1)
    base = round(float(np.log((weight * y).sum() / (weight * (1 - y)).sum())), 2)
    marks = [np.unique(np.quantile(x[:, sign], np.arange(1, CUTS) / CUTS).round(2)) for sign in range(x.shape[1])]
    asked = [(sign, float(mark)) for sign, found in enumerate(marks) for mark in found if mark < x[:, sign].max()]
    matrix = np.column_stack([x[:, sign] > mark for sign, mark in asked]).astype(np.float32)
    z = np.full(len(y), base)
    trees: list[Tree] = []
    for _ in range(how.trees):
        p = 1 / (1 + np.exp(-z))
        slope, curve = weight * (y - p), weight * p * (1 - p)
        held = lot.random(len(y)) < how.rows
        columns = np.flatnonzero(
            np.isin([sign for sign, _ in asked], lot.permutation(x.shape[1])[: int(how.columns * x.shape[1])])
        )

        def node(
            here: np.ndarray, depth: int, slope: np.ndarray = slope, curve: np.ndarray = curve, columns: np.ndarray = columns
        ) -> Tree:
            whole, bend = slope[here].sum(), curve[here].sum()
            leaf = float(round(100 * how.rate * float(np.clip(whole / (bend + how.pull), -4, 4))))
            if not depth or len(here) < 2 * how.least:
                return leaf
            part = matrix[np.ix_(here, columns)]
            yes, bent, count = part.T @ slope[here], part.T @ curve[here], part.sum(0)
            gain = yes**2 / (bent + how.pull) + (whole - yes) ** 2 / (bend - bent + how.pull)
            gain[(count < how.least) | (len(here) - count < how.least)] = -1
            best = int(gain.argmax())
            if gain[best] <= whole**2 / (bend + how.pull) + 1e-6:
                return leaf
            parted, (sign, mark) = part[:, best] > 0, asked[columns[best]]
            return [sign, mark, node(here[~parted], depth - 1), node(here[parted], depth - 1)]

        tree = node(np.flatnonzero(held), how.depth)
        trees.append(tree)
        z += said(tree, x)
    return base, trees


def said(tree: Tree, x: np.ndarray) -> np.ndarray:
    """What a tree adds to each row, in nats."""
    if not isinstance(tree, list):
        return np.full(len(x), tree / 100)
    return np.where(x[:, tree[0]] > tree[1], said(tree[3], x), said(tree[2], x))


def main() -> None:
    """Collect, cross-validate, fit, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--dry", action="store_true", help="cross-validate only")
    options.add_argument("--out", type=Path, default=TARGET)
    asked = options.parse_args()
    golds = {gold.read_text("utf-8"): gold for folder in asked.folders for gold in sorted(folder.glob("*.gold.tsv"))}
    data, fold = [], []
    for at, gold in enumerate(golds.values()):
        found = list(rows(gold, random.Random(at)))
        data += found
        fold += [at % FOLDS] * len(found)
    x, y, of = np.array([seen for seen, _ in data], float), np.array([hit for _, hit in data], float), np.array(fold)
    weight = np.where(y > 0, USUAL, 1.0)
    how = Growth()
    z = np.zeros(len(y))
    for at in range(FOLDS):
        base, trees = grow(x[of != at], y[of != at], weight[of != at], how)
        z[of == at] = base + sum(said(tree, x[of == at]) for tree in trees)
    seams = USUAL * y.sum() / ROUNDS
    for least in sorted({0.0, 0.5, 1.0, NEEDED}):
        right, wrong = USUAL * y[z >= least].sum() / ROUNDS, (1 - y)[z >= least].sum() / ROUNDS
        print(f"{len(golds)} pages, {len(y)} places, {seams:.0f} seams; from {least} nats {right:.1f} right, {wrong:.1f} wrong")
    if not asked.dry:
        right, wrong = USUAL * y[z >= NEEDED].sum() / ROUNDS, (1 - y)[z >= NEEDED].sum() / ROUNDS
        about = (
            "Where blocks are parted (convert/structure/parting.py), made by tools/fit_parting.py: do not edit. "
            f"Fitted on {len(golds)} pages; cross-validated, of {seams:.0f} seams that are looked at {right:.1f} are parted, "
            f"and {wrong:.1f} other places."
        )
        write(asked.out, about, SIGNS, *grow(x, y, weight, how))


def write(path: Path, about: str, signs: Sequence[str], base: float, trees: list[Tree]) -> None:
    """Write the file that the parser reads: a tree a line, leaves in hundredths of a nat."""

    def whole(tree: Tree) -> object:
        return [tree[0], tree[1], whole(tree[2]), whole(tree[3])] if isinstance(tree, list) else int(tree)

    lines = ",\n".join(json.dumps(whole(tree), separators=(",", ":")) for tree in trees)
    head = f'{{"about": {json.dumps(about)},\n"base": {base},\n"signs": {json.dumps(signs)},\n"trees": [\n'
    path.write_text(f"{head}{lines}\n]}}\n", "utf-8")


if __name__ == "__main__":
    main()
