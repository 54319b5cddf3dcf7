"""Trees grown for a chain: gradient boosting of a conditional random field (Dietterich, Ashenfelter and Bulatov, ICML 2004).

Each round the gradient of the likelihood at every place (what the states allowed there expect, less what the model expects) is
met by one tree whose leaves hold a number for every state (one Newton step, shrunk).  All questions are yes-or-no columns of one
matrix: is this sign, of this line or of a near one, greater than that?
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from convert.structure.forest import NOTHING, REACH, SCALE, Forest, Leaf, Split, Tree, split

Array = np.ndarray
Question = tuple[int, str, float]
"""Places below (above where negative), sign, and the value it must exceed."""
Rows = Sequence[Sequence[dict[str, float]]]
"""What is seen in every unit, page by page."""

OWN_CUTS, NEAR_CUTS = 24, 6
"""Values at which a sign of many values is cut at most: of the line itself, of its neighbours."""
_OWN = ("has ", "first ", "from_", "short_lines")
"""Beginnings of signs that are asked of the line itself alone."""


@dataclass(frozen=True)
class Growth:
    """How trees are grown.

    `rate`: share of a step that is taken; `depth`: questions in turn; `pull`: added to the curvature below each leaf;
    `least`: rows in a leaf; `columns`, `rows`: shares that each tree sees; `most`: the greatest step of a leaf, in nats.
    """

    trees: int = 80
    rate: float = 0.3
    depth: int = 5
    pull: float = 3.0
    least: int = 25
    columns: float = 0.3
    rows: float = 0.7
    most: float = 4.0
    seed: int = 1


def questions(pages: Rows, names: Sequence[str], least: int = 6) -> list[Question]:
    """All that may be asked: signs that stand on `least` pages (`names`: one a sequence) or more, cut where they vary."""
    values: dict[tuple[int, str], Counter[float]] = defaultdict(Counter)
    where: dict[tuple[int, str], set[str]] = defaultdict(set)
    for name, seen in zip(names, pages, strict=True):
        for _, near, sign, value in _seen(seen):
            if near and sign.startswith(_OWN):
                continue
            values[near, sign][round(value, 2)] += 1
            where[near, sign].add(name)
    found: list[Question] = []
    for (near, sign), counts in sorted(values.items()):
        if len(where[near, sign]) < least:
            continue
        found.append((near, sign, 0.0))
        if len(counts) > 1:
            cuts = OWN_CUTS if near == 0 else NEAR_CUTS
            held = np.repeat(list(counts), list(counts.values()))
            marks = np.quantile(held, np.arange(1, cuts) / cuts).round(2)
            found += [(near, sign, float(cut)) for cut in sorted(set(marks)) if 0 < cut < max(counts)]
    return found


def _seen(seen: Sequence[dict[str, float]]) -> Iterator[tuple[int, int, str, float]]:
    """All that is seen from each unit: its number, places below, sign and value."""
    for at in range(len(seen)):
        for near in range(-REACH, REACH + 1):
            for sign, value in (seen[at + near] if 0 <= at + near < len(seen) else NOTHING).items():
                yield at, near, sign, value


def answers(pages: Rows, asked: Sequence[Question]) -> Array:
    """One row a unit, one column a question."""
    columns: dict[tuple[int, str], list[tuple[int, float]]] = defaultdict(list)
    for column, (near, sign, above) in enumerate(asked):
        columns[near, sign].append((column, above))
    found = np.zeros((sum(map(len, pages)), len(asked)), dtype=np.uint8)
    first = 0
    for seen in pages:
        for at, near, sign, value in _seen(seen):
            for column, above in columns.get((near, sign), ()):
                found[first + at, column] = value > above
        first += len(seen)
    return found


def grow(
    matrix: Array, asked: Sequence[Question], scores: Array, slope: Callable[[Array], tuple[Array, Array]], how: Growth
) -> Forest:
    """Trees that amend `scores` (a row a unit).  `slope` gives gradient and curvature of the likelihood at given scores."""
    rng = np.random.default_rng(how.seed)
    scores = scores.copy()
    trees: list[Tree] = []
    at = {question: column for column, question in enumerate(asked)}
    for _ in range(how.trees):
        gradient, curve = (part.astype(np.float32) for part in slope(scores))
        rows = np.flatnonzero(rng.random(len(scores)) < how.rows)
        columns = np.sort(rng.choice(len(asked), int(how.columns * len(asked)), replace=False))
        tree = _Grower(matrix, asked, gradient, curve, columns, how).tree(rows, how.depth)
        trees.append(tree)
        _add(tree, matrix, at, scores, np.arange(len(scores)))
    return tuple(trees)


@dataclass
class _Grower:
    matrix: Array
    asked: Sequence[Question]
    gradient: Array
    curve: Array
    columns: Array
    how: Growth

    def tree(self, rows: Array, depth: int) -> Tree:
        """The best questions for some rows."""
        how, gradient = self.how, self.gradient[rows]
        if not depth or len(rows) < 2 * how.least:
            return self._leaf(rows)
        weight = self.curve[rows].sum(1) / 2
        here = self.matrix[np.ix_(rows, self.columns)].astype(np.float32)
        sums = here.T @ np.column_stack([gradient, weight, np.ones(len(rows), np.float32)])
        yes, weight_yes, count = sums[:, :-2], sums[:, -2], sums[:, -1]
        whole, weight_whole = gradient.sum(0), weight.sum()
        gain = (yes**2).sum(1) / (weight_yes + how.pull) + ((whole - yes) ** 2).sum(1) / (weight_whole - weight_yes + how.pull)
        gain[(count < how.least) | (len(rows) - count < how.least)] = -1.0
        best = int(gain.argmax())
        if gain[best] <= (whole**2).sum() / (weight_whole + how.pull) + 1e-6:
            return self._leaf(rows)
        parted = here[:, best] > 0
        near, sign, above = self.asked[self.columns[best]]
        return split(near, sign, above, self.tree(rows[~parted], depth - 1), self.tree(rows[parted], depth - 1))

    def _leaf(self, rows: Array) -> Leaf:
        step = self.gradient[rows].sum(0) / (self.curve[rows].sum(0) + self.how.pull)
        held = np.clip(step, -self.how.most, self.how.most) * self.how.rate
        return tuple(round(float(number) * SCALE) / SCALE for number in held)


def _add(tree: Tree, matrix: Array, at: dict[Question, int], scores: Array, rows: Array) -> None:
    """Add what a tree says to the scores of some rows."""
    if not isinstance(tree, Split):
        scores[rows] += np.array(tree)
        return
    parted = matrix[rows, at[tree.near, tree.name, tree.above]] > 0
    _add(tree.no, matrix, at, scores, rows[~parted])
    _add(tree.yes, matrix, at, scores, rows[parted])


def shrunk(tree: Tree, share: float) -> Tree:
    """A tree that adds a share of what it did."""
    if isinstance(tree, Split):
        return split(tree.near, tree.name, tree.above, shrunk(tree.no, share), shrunk(tree.yes, share))
    return tuple(round(number * share * SCALE) / SCALE for number in tree)


def write(path: Path, trees: Forest, about: str) -> None:
    """Write the file that the parser reads: a tree a line."""

    def told(node: Tree) -> list[object]:
        if isinstance(node, Split):
            return [node.near, node.name, node.above, told(node.no), told(node.yes)]
        return [round(number * SCALE) for number in node]

    lines = ",\n".join(json.dumps(told(tree), ensure_ascii=False, separators=(",", ":")) for tree in trees)
    path.write_text(f'{{"about": {json.dumps(about, ensure_ascii=False)},\n"trees": [\n{lines}\n]}}\n', "utf-8")
