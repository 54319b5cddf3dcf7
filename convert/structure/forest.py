"""A small forest that amends the role model: what signs say together, and what the lines above and below say.

The weights of `weights.toml` add up sign by sign.  Each tree asks a few questions in turn, of the line itself or of one of its
neighbours, and adds a number to every role: a short line without a mark is a headline over a report and a verse among verses.
The trees were grown one by one, each on what the model with all earlier ones still got wrong (a conditional random field grown
by gradient boosting: Dietterich, Ashenfelter and Bulatov, ICML 2004), by `tools/fit_roles.py`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

Leaf = tuple[float, ...]
"""What is added to the score of each role."""
Seen = Sequence[dict[str, float]]

REACH = 3
"""Lines above and below that are asked at most."""
SURE = 5.0
"""Nats between the best role and the next from which the weights alone decide; all trees together add up to about three."""
PLAIN = frozenset({"illegible", "page_number"})
"""Signs of a line that need no other."""
NOTHING = {"none": 1.0}
"""What is seen beyond the ends of the page."""
SCALE = 100
"""The file holds hundredths of a nat."""


@dataclass(frozen=True, slots=True)
class Split:
    """A question: is the sign `name`, of the line `near` places below (above where negative), greater than `above`?"""

    near: int
    name: str
    above: float
    no: Split | Leaf
    yes: Split | Leaf
    usual: Leaf
    """What is added on the average of its branches."""


Tree = Split | Leaf
Forest = tuple[Tree, ...]


def split(near: int, name: str, above: float, no: Tree, yes: Tree) -> Split:
    """A question and its two branches."""
    return Split(near, name, above, no, yes, tuple((a + b) / 2 for a, b in zip(usual(no), usual(yes), strict=True)))


def usual(tree: Tree) -> Leaf:
    """What a tree adds on the average of its branches."""
    return tree.usual if isinstance(tree, Split) else tree


@cache
def forest() -> Forest:
    """The trees of `forest.json`, read once a process."""
    return load(Path(__file__).with_name("forest.json"))


def load(path: Path) -> Forest:
    """Read a file of trees; a split is `[near, name, above, no, yes]`, a leaf one number a role."""

    def tree(node: list[Any]) -> Tree:
        if len(node) == 5:
            near, name, above, no, yes = node
            return split(near, name, above, tree(no), tree(yes))
        return tuple(number / SCALE for number in node)

    return tuple(tree(node) for node in json.loads(path.read_text("utf-8"))["trees"])


def amend(table: Sequence[list[float]], seen: Seen, trees: Forest) -> list[list[float]]:
    """The scores of the weights, one row a unit, with what the trees add.

    A line that a reader of marked-up text has named (`says_title` …) is left to the weights, and so is its page: the trees know
    pages that say nothing of themselves.  So is what is rubbish or a page number whatever stands around it (`PLAIN`).
    """
    if any(name.startswith("says_") for found in seen for name in found):
        return list(table)
    return [
        row if _sure(row) or not PLAIN.isdisjoint(seen[at]) else _amended(row, seen, at, trees) for at, row in enumerate(table)
    ]


def told(seen: Seen, at: int, role: int, trees: Forest) -> dict[str, float]:
    """What each sign that is there added to a role: by its name, with `above ` or `below ` for the next lines'."""
    found: dict[str, float] = {}
    for tree in trees:
        node, before = tree, usual(tree)[role]
        while isinstance(node, Split):
            yes = _look(seen, at + node.near).get(node.name, 0.0) > node.above
            below = node.yes if yes else node.no
            now = usual(below)[role]
            if yes and abs(node.near) <= 1:
                name = ("above ", "", "below ")[node.near + 1] + node.name
                found[name] = found.get(name, 0.0) + now - before
            node, before = below, now
    return found


def _look(seen: Seen, at: int) -> dict[str, float]:
    return seen[at] if 0 <= at < len(seen) else NOTHING


def _sure(row: list[float]) -> bool:
    best, second = sorted(row)[:-3:-1]
    return best - second > SURE


def _amended(row: list[float], seen: Seen, at: int, trees: Forest) -> list[float]:
    window = [_look(seen, near) for near in (*range(at, at + REACH + 1), *range(at - REACH, at))]
    leaves: list[Leaf] = []
    for tree in trees:
        node = tree
        while isinstance(node, Split):  # a place before `at` counts from the end of the window
            node = node.yes if window[node.near].get(node.name, 0.0) > node.above else node.no
        leaves.append(node)
    return [sum(scores) for scores in zip(row, *leaves, strict=True)]
