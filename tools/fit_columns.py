"""Fit what tells which column a piece of text read across belongs to: `convert/structure/columns.toml`.

    pip install numpy pypdfium2
    python -m tools.fit_columns FOLDER … [--dry]

Each folder holds pages as a text layer read across gives them (`NN.pdftext.txt`) and the PDFs they were taken from (`NN.pdf`),
whose characters are stored in reading order and show where every piece stands.  The bench's own pages are not to be given: they
judge.  A conditional logit over the choices along the true path gives weights to start from, an averaged structured perceptron
whose updates are made where the beam goes most astray makes them those of the whole decision.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from convert.options import ReadOptions
from convert.pipeline import read
from convert.structure import geometry_text, interleaved
from convert.structure.lexis import Lexis
from convert.structure.pieces import Piece, pieces
from convert.structure.weaving import Choice, Weave, Woven, columns

TARGET = Path(__file__).resolve().parents[1] / "convert/structure/columns.toml"
FOLDS, EPOCHS, BEAM = 4, 10, 16
RATE, MARGIN, RIDGE = 1.0, 1.0, 0.5
NEAR = 60
"""Points between the left edges of two columns at least."""
FULL = 0.7
"""Share of the usual width of a column from which a piece shows where one stands."""
GIVEN = 0.25
"""Share of neighbours that must be wrong as given: what is in order already is not sorted."""
KNOWN = 0.8
"""Share of a stretch's pieces whose column must be known."""

Place = tuple[int, float]
"""Where a piece stands in the order of the page, and its left edge in points."""


@dataclass(frozen=True)
class Stretch:
    page: str
    weave: Weave
    truth: list[int]
    order: list[int]
    """Per piece its column (-1: unknown), and its place in the true order (-1: unknown)."""


Path_ = list[tuple[list[Choice], int, Woven]]


def characters(path: Path) -> tuple[str, list[float], list[float]]:
    """The characters of a PDF in the order they are stored, without white space, and their left and right edges."""
    import pypdfium2

    text, left, right = "", [], []
    for page in pypdfium2.PdfDocument(str(path)):
        layer = page.get_textpage()
        for at in range(layer.count_chars()):
            char = layer.get_text_range(at, 1)
            if char.strip():
                box = layer.get_charbox(at)
                text += char
                left += [box[0]] * len(char)
                right += [box[2]] * len(char)
    return text, left, right


def stretches(folder: Path) -> Iterator[Stretch]:
    for path in sorted(folder.glob("*.pdftext.txt")):
        source = read(path, options=ReadOptions())
        lines, lexis = list(pieces(0, source)), Lexis([source.text], False)
        if geometry_text.is_laid_out(lines, source.text):
            continue
        text, left, right = characters(path.with_name(path.name.replace(".pdftext.txt", ".pdf")))
        used: set[int] = set()
        for stretch in interleaved.stretches(lines, lexis):
            if stretch.count == 1:
                continue
            wide = interleaved.column_width(stretch.rows)
            weave = Weave(stretch.rows, wide, lexis)
            order = [_place(piece, text, used) for piece in weave.pieces]
            made = Stretch(str(path), weave, _truth(weave.pieces, order, left, right, wide), order)
            if breaks(made, range(len(order))) > GIVEN * len(order):
                yield made


def _place(piece: Piece, text: str, used: set[int]) -> int:
    """Where the characters of a piece stand; what stands there several times is taken in turn."""
    wanted = "".join(piece.text.split())
    at = text.find(wanted)
    while at in used:
        at = text.find(wanted, at + 1)
    used.add(at) if at >= 0 else None
    return at


def _truth(found: Sequence[Piece], order: Sequence[int], left: list[float], right: list[float], wide: int) -> list[int]:
    """The column of each piece, by the left edges that full lines share."""
    def end(at: int, piece: Piece) -> float:
        return right[at + len("".join(piece.text.split())) - 1]

    edges: list[list[float]] = []
    full = [(piece, at) for piece, at in zip(found, order, strict=True) if at >= 0 and piece.width >= FULL * wide]
    for begin, stop in sorted((left[at], end(at, piece)) for piece, at in full):
        if edges and begin - edges[-1][0] < NEAR:
            edges[-1][1] = max(edges[-1][1], stop)
        else:
            edges.append([begin, stop])
    truth = []
    for at in order:
        column = max((k for k, edge in enumerate(edges) if at >= 0 and edge[0] <= left[at] + 6), default=0 if edges else -1)
        truth.append(column if at >= 0 and column >= 0 and left[at] <= edges[column][1] else -1)
    return truth


def gold(stretch: Stretch) -> tuple[Path_, list[int]]:
    """The choices along the true path, and the pieces left out of it: those whose column is unknown or cannot be."""
    woven, names, way, left = Woven(), list[int](), [], []
    for item, column in enumerate(stretch.truth):
        choices = list(stretch.weave.choices(woven, item))
        if column in names:
            at, stays = names.index(column), names.index(column) == woven.at and any(choice.stays for choice in choices)
            right = [k for k, choice in enumerate(choices) if choice.at == at and not choice.opens and choice.stays == stays]
        else:
            at = sum(name < column for name in names)
            right = [k for k, choice in enumerate(choices) if choice.opens and choice.at == at]
        if column < 0 or not right:
            left.append(item)
            continue
        way.append((choices, right[0], woven))
        if choices[right[0]].opens:
            names.insert(at, column)
        woven = stretch.weave.taken(woven, item, choices[right[0]])
    return way, left


def cleaned(stretch: Stretch) -> Stretch | None:
    """The stretch without the pieces that are on no path; nothing where too many are."""
    left = set(gold(stretch)[1])
    if len(left) > (1 - KNOWN) * len(stretch.truth) or len(stretch.truth) - len(left) < 4:
        return None
    keep = [item for item in range(len(stretch.truth)) if item not in left]
    rows: dict[int, list[Piece]] = {}
    for item in keep:
        rows.setdefault(stretch.weave.lines[item], []).append(stretch.weave.pieces[item])
    weave = stretch.weave.among(list(rows.values()))
    made = Stretch(stretch.page, weave, [stretch.truth[k] for k in keep], [stretch.order[k] for k in keep])
    return None if gold(made)[1] else made


def logit(paths: Sequence[Path_], names: Mapping[str, int]) -> np.ndarray:
    """Weights of a conditional logit of the single choices."""
    rows, group, hit = [], [], []
    for number, (choices, right, _) in enumerate(step for path in paths for step in path):
        for at, choice in enumerate(choices):
            rows.append(_vector(choice, names))
            group.append(number)
            hit.append(at == right)
    x, of, truth = np.array(rows), np.array(group), np.array(hit, float)
    size, weights = of[-1] + 1, np.zeros(len(names))
    for _ in range(30):
        z = np.exp(np.clip(x @ weights, -50, 50))
        p = z / np.bincount(of, z)[of]
        mean = np.stack([np.bincount(of, p * x[:, at], size) for at in range(x.shape[1])], 1)
        curve = (x * p[:, None]).T @ x - mean.T @ mean + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curve, x.T @ (p - truth) + RIDGE * weights)
        weights = weights - step
        if abs(step).max() < 1e-4:
            break
    return weights


def _vector(choice: Choice, names: Mapping[str, int]) -> np.ndarray:
    row = np.zeros(len(names))
    for sign, value in choice.signs:
        row[names[sign]] += value
    return row


def perceptron(learnt: Sequence[tuple[Stretch, Path_]], start: Mapping[str, float]) -> dict[str, float]:
    """The averaged weights of the decision as a whole."""
    worth, total, steps, chance = dict(start), Counter[str](), 0, random.Random(1)
    turns = list(learnt)
    for _ in range(EPOCHS):
        chance.shuffle(turns)
        for stretch, path in turns:
            gap, change = _astray(stretch, path, worth)
            square = sum(value * value for value in change.values())
            if square:
                rate = min(RATE, gap / square)
                for sign, value in change.items():
                    worth[sign] = worth.get(sign, 0.0) + rate * value
            total.update(worth)
            steps += 1
    return {sign: value / steps for sign, value in total.items()}


def _astray(stretch: Stretch, path: Path_, worth: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """How far the beam at most leads the true path, and how the signs of the two differ there."""
    def gain(choice: Choice) -> float:
        return sum(worth.get(sign, 0.0) * value for sign, value in choice.signs)

    def above(woven: Woven, choice: Choice) -> int:
        return -1 if choice.opens else woven.columns[choice.at].last

    states: list[tuple[float, Woven, Any]] = [(0.0, Woven(), None)]
    true, most, where, wrong, last = 0.0, 0.0, -1, None, ()
    for item, (choices, right, before) in enumerate(path):
        true += gain(choices[right])
        wanted = above(before, choices[right])
        grown = [
            (value + gain(choice) + MARGIN * (above(woven, choice) != wanted), woven, choice, trace)
            for value, woven, trace in states
            for choice in stretch.weave.choices(woven, item)
        ]
        grown.sort(key=lambda way: -way[0])
        taken = stretch.weave.taken
        states, ends = [], set[tuple[int, ...]]()
        for value, woven, choice, trace in grown[: 8 * BEAM]:
            after = taken(woven, item, choice)
            if after.ends not in ends and len(states) < BEAM:
                ends.add(after.ends)
                states.append((value, after, (choice.signs, trace)))
        if item == len(path) - 1:
            last = stretch.weave.ending(stretch.weave.taken(before, item, choices[right]))
            true += sum(worth.get(sign, 0.0) * value for sign, value in last)
            ended = []
            for value, woven, trace in states:
                signs = stretch.weave.ending(woven)
                ended.append((value + sum(worth.get(sign, 0.0) * v for sign, v in signs), woven, (signs, trace)))
            states = sorted(ended, key=lambda way: -way[0])
        if states[0][0] - true > most:
            most, where, wrong = states[0][0] - true, item, states[0][2]
    change: Counter[str] = Counter()
    for sign, value in last if where == len(path) - 1 else ():
        change[sign] += value
    for choices, right, _ in path[: where + 1]:
        for sign, value in choices[right].signs:
            change[sign] += value
    while wrong is not None:
        for sign, value in wrong[0]:
            change[sign] -= value
        wrong = wrong[1]
    return most, {sign: value for sign, value in change.items() if abs(value) > 1e-9}


def fit(data: Sequence[Stretch]) -> dict[str, float]:
    learnt = [(made, gold(made)[0]) for stretch in data if (made := cleaned(stretch))]
    seen = {sign for _, path in learnt for choices, _, _ in path for choice in choices for sign, _ in choice.signs}
    names = {sign: at for at, sign in enumerate(sorted(seen))}
    weights = logit([path for _, path in learnt], names)
    return perceptron(learnt, {sign: float(weights[at]) for sign, at in names.items()})


def breaks(stretch: Stretch, found: Sequence[int]) -> int:
    """Neighbours of an order that are none in the true one."""
    places = [stretch.order[item] for item in found if stretch.order[item] >= 0]
    after = dict(pairwise(sorted(places)))
    return sum(after.get(first) != second for first, second in pairwise(places))


def measure(data: Sequence[Stretch], worth: Mapping[str, float]) -> int:
    total = 0
    for stretch in data:
        number = {id(piece): item for item, piece in enumerate(stretch.weave.pieces)}
        total += breaks(stretch, [number[id(p)] for column in columns(stretch.weave, worth) for line in column for p in line])
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--dry", action="store_true", help="only cross-validate")
    asked = parser.parse_args()
    data = [stretch for folder in asked.folders for stretch in stretches(folder)]
    pages = sorted({stretch.page for stretch in data})
    fold = {page: at % FOLDS for at, page in enumerate(pages)}
    given = sum(breaks(stretch, range(len(stretch.order))) for stretch in data)
    best = sum(breaks(stretch, sorted(range(len(stretch.truth)), key=lambda k: (stretch.truth[k], k))) for stretch in data)
    got = 0
    for out in range(FOLDS):
        worth = fit([stretch for stretch in data if fold[stretch.page] != out])
        got += measure([stretch for stretch in data if fold[stretch.page] == out], worth)
    pairs = sum(len(stretch.order) - 1 for stretch in data)
    said = f"wrong neighbours of {pairs}: {given} as given, {got} cross-validated page by page, {best} with the true columns"
    print(f"{len(pages)} pages, {len(data)} stretches; {said}")
    if not asked.dry:
        worth = fit(data)
        head = "# Weights of the signs of a choice (convert/structure/weaving.py), made by tools/fit_columns.py: do not edit.\n"
        head += f"# Fitted on {len(data)} stretches of {len(pages)} pages of our own; {said}.\n\n"
        TARGET.write_text(head + "".join(f"{sign} = {value:.2f}\n" for sign, value in sorted(worth.items())), "utf-8")


if __name__ == "__main__":
    main()
