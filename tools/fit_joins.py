"""Fit the weights of the pairing of open tails and headless starts: `convert/structure/joins.toml`.

    pip install numpy rapidfuzz
    python -m tools.fit_joins FOLDER … [--real FOLDER] [--dry]

Each folder holds pages with known truth: `NN.gold.tsv` and what damage or a reader made of it (`NN.sim*.txt`, `NN.tess.txt`,
`NN.pdftext.txt`, `NN.hocr`, `NN.pdf`); the scorer that aligns them is that of the shared bench.  The bench's own pages are not
to be given: they judge.

`--real` holds annotated pages as an engine really read them (`NN.gold.tsv`, `NN.sim.txt`), of which there are few: each counts
as much as several.

A tail is the end of any unit that could run on; its choices are the starts within reach, and to end there.  Where the next
character of the gold paragraph begins another unit, that one is right.  A conditional logit with a ridge is fitted over all
kinds of damage together and cross-validated page by page, all kinds of a page in one fold.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np

from convert.options import ParseOptions, ReadOptions
from convert.pipeline import read
from convert.structure import joins, language, passed, signs
from convert.structure.classes import word_class
from convert.structure.joins import EAGER, Pairing
from convert.structure.lexis import Lexis
from convert.structure.matching import match
from convert.structure.reading import reading
from convert.structure.signs import FAMILIES
from convert.structure.state import Unit

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "convert/structure/joins.toml"
sys.path.append(str(ROOT.parent / "shared" / "bench"))
KINDS = ("sim*.txt", "tess.txt", "pdftext.txt", "hocr", "pdf")
RIDGE = 3.0
REAL = 4.0
"""Weight of a page an engine read against one whose damage was simulated."""
LEAST = 12
"""Times a sign must be seen to have a weight."""
FOLDS = 4
LOST = 4
"""Characters that may be missing between the end of one piece and the start of the next."""
PARTS = ("tail", "head", "pair", "way")
SMOOTH = 6.0
"""Pairs of word classes that are taken as seen and expected before counting."""

Pairs = dict[tuple[str, str], float]


@dataclass(frozen=True)
class Choice:
    """One tail: its page and kind, whether it ends there, the right start, and what is seen of each start."""

    page: str
    kind: str
    family: str
    tail: int
    ends: bool
    right: int | None
    seen: tuple[tuple[int, dict[str, float]], ...]


def aligned(gold: Path, text: str) -> tuple[Any, dict[int, int]]:
    """The gold page, and for each offset of the text the index of the gold character that stands there."""
    import score

    page, _ = score.read_tsv(str(gold))
    lines, starts, at = [], [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(("paragraph", line, 1))
            starts.append(at)
        at += len(line) + 1
    other = score.Doc(lines)
    pairs = ((to, index) for index, to in enumerate(score.align(page, other)) if to >= 0)
    return page, {starts[other.blk[to]] + other.off[to]: index for to, index in pairs}


def truth(units: list[Unit], page: Any, to: dict[int, int]) -> list[tuple[bool, int | None] | None]:
    """Of each unit whether its block ends with it, and else which unit goes on; None where nothing can be told."""
    seqs = [
        [to[at] for span in unit.spans for at in range(span.start, span.end) if to.get(at) in page.cidx] for unit in units
    ]
    first: dict[int, int] = {}
    for at, seq in enumerate(seqs):
        if seq:
            first.setdefault(seq[0], at)
    owned = {index for seq in seqs for index in seq}
    last = {block: page.cidx[end] for block, (_, end) in page.span().items()}
    found: list[tuple[bool, int | None] | None] = []
    for at, (unit, seq) in enumerate(zip(units, seqs, strict=True)):
        if not seq or len(seq) < 0.5 * sum(char.isalnum() for char in unit.text):
            found.append(None)
            continue
        here, block = page.cidx[seq[-1]], page.blk[seq[-1]]
        rest = last[block] - here
        right = None
        for index in page.content[here + 1 : here + 1 + min(LOST, rest)]:
            if first.get(index, at) != at:
                right = first[index]
            if right is not None or index in owned:
                break
        found.append((rest == 0 or (right is None and rest <= 2), right))
    return found


def choices(gold: Path, path: Path, kind: str, likely: Pairs) -> Iterator[Choice]:
    """All tails of a page."""
    source = read(path, options=ReadOptions())
    state = passed((source,), ParseOptions(), before="join")
    page, to = aligned(gold, source.text)
    known = truth(state.units, page, to)
    pairing = joins.begin(state, likely)
    for position, at in enumerate(pairing.order):
        told = known[at]
        if told is not None:
            seen = tuple(
                (pairing.order[start], seen_of(pairing, position, start, state.lexis)) for start in pairing.within(position)
            )
            if seen:
                yield Choice(str(gold), kind, pairing.sides[at].family, at, told[0], told[1], seen)


def seen_of(pairing: Pairing, one: int, other: int, lexis: Lexis) -> dict[str, float]:
    """All signs of a pair, each under the name of its part."""
    a, b = pairing.sides[pairing.order[one]], pairing.sides[pairing.order[other]]
    across = pairing.seam(pairing.order[one], pairing.order[other])
    parts = (signs.tail(a, lexis), signs.head(b, lexis), across, pairing.way.signs(one, other))
    return {f"{part}:{name}": value for part, seen in zip(PARTS, parts, strict=True) for name, value in seen}


def grammar(golds: list[Path]) -> tuple[list[str], dict[str, list[int]]]:
    """Tenths of a nat by which a class of words follows another more often than by chance, in the gold texts."""
    both: Counter[tuple[str, str]] = Counter()
    for gold in golds:
        lines = [line.split("\t", 1)[1] for line in gold.read_text("utf-8").splitlines() if line.startswith("paragraph\t")]
        lexis = Lexis((), language.detect(lines).startswith("zh-Hant"))
        for line in lines:
            for part in "".join(char if char.isalnum() else " " for char in lexis.fold(reading(line))).split():
                row = [word_class(word, lexis) for word in lexis.words(part)]
                both.update(pairwise(row))
    left, right = Counter[str](), Counter[str]()
    for (one, other), count in both.items():
        left[one] += count
        right[other] += count
    names, total = sorted(set(left) | set(right)), sum(both.values())

    def worth(one: str, other: str) -> int:
        chance = left[one] * right[other] / total
        return round(10 * float(np.log((both[one, other] + SMOOTH) / (chance + SMOOTH))))

    return names, {one: [worth(one, other) for other in names] for one in names}


class Design:
    """The choices as a matrix."""

    def __init__(self, data: list[Choice], real: frozenset[str] = frozenset()) -> None:
        counts = Counter(name for choice in data for _, seen in choice.seen for name in seen)
        self.names = sorted(name for name, count in counts.items() if count >= LEAST)
        place = {name: at for at, name in enumerate(self.names)}
        size = sum(len(choice.seen) for choice in data)
        self.x = np.zeros((size, len(self.names)), np.float32)
        self.group, self.hit = np.zeros(size, int), np.zeros(size)
        self.weight = np.array([REAL if choice.page in real else 1.0 for choice in data for _ in choice.seen])
        self.family = np.array([choice.family for choice in data for _ in choice.seen])
        self.keys: list[tuple[str, str, int, int]] = []
        row = 0
        for number, choice in enumerate(data):
            for start, seen in choice.seen:
                self.group[row], self.hit[row] = number, start == choice.right
                self.keys.append((choice.page, choice.kind, choice.tail, start))
                for name, value in seen.items():
                    if name in place:
                        self.x[row, place[name]] = value
                row += 1


Weights = dict[str, np.ndarray]


def by_family(design: Design, used: np.ndarray, start: np.ndarray | None = None) -> tuple[np.ndarray, Weights]:
    """Weights all families share, and those of each, which are drawn towards the shared ones."""
    shared = fit(design, used, np.zeros(design.x.shape[1]), start, 4 if start is not None else 10)
    return shared, {name: fit(design, used & (design.family == name), shared, shared, 6) for name in FAMILIES}


def scores(design: Design, weights: Weights) -> np.ndarray:
    """What each choice gains."""
    z = np.zeros(len(design.hit))
    for name, b in weights.items():
        rows = design.family == name
        z[rows] = design.x[rows] @ b.astype(np.float32)
    return z


def fit(design: Design, used: np.ndarray, prior: np.ndarray, start: np.ndarray | None, rounds: int) -> np.ndarray:
    """Weights by Newton's method from the rows in `used`, drawn towards `prior`."""
    x, hit, weight = design.x[used], design.hit[used], design.weight[used]
    group = np.unique(design.group[used], return_inverse=True)[1]
    size = int(group.max()) + 1
    of_group = np.zeros(size)
    of_group[group] = weight
    borders = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    b = prior.copy() if start is None else start.copy()

    def loss(at: np.ndarray) -> float:
        z = np.clip(x @ at.astype(np.float32), -40, 40).astype(float)
        told = np.log1p(np.bincount(group, np.exp(z), size)) - np.bincount(group, z * hit, size)
        return float((of_group * told).sum() + RIDGE / 2 * ((at - prior) ** 2).sum())

    now = loss(b)
    for _ in range(rounds):
        e = np.exp(np.clip(x @ b.astype(np.float32), -40, 40).astype(float))
        p = (e / (1 + np.bincount(group, e, size))[group]).astype(np.float32)
        each = weight.astype(np.float32)
        mean = np.add.reduceat(x * p[:, None], borders, axis=0)
        told = of_group[group[borders]].astype(np.float32)[:, None]
        curve = (x.T @ (x * (each * p)[:, None]) - mean.T @ (mean * told)).astype(float) + RIDGE * np.eye(len(b))
        step = np.linalg.solve(curve, x.T @ (weight * (p - hit)).astype(np.float32) + RIDGE * (b - prior))
        size_of = 1.0
        while size_of > 1e-3 and loss(b - size_of * step) >= now:
            size_of /= 2
        if size_of <= 1e-3:
            break
        b = b - size_of * step
        gained, now = now - loss(b), loss(b)
        if gained < 0.5:
            break
    return b


def judge(data: list[Choice], design: Design, z: np.ndarray, eager: float) -> dict[str, Counter[str]]:
    """By kind: right joins of how many, wrong partners, and joins where a block ends, after the pairing of each page."""
    tables: dict[tuple[str, str], dict[int, dict[int, float]]] = defaultdict(lambda: defaultdict(dict))
    for (page, kind, tail, start), value in zip(design.keys, z + eager, strict=True):
        if value > 0:
            tables[page, kind][tail][start] = float(value)
    pairs = {key: match(table) for key, table in tables.items()}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for choice in data:
        made, count = pairs.get((choice.page, choice.kind), {}).get(choice.tail), found[choice.kind]
        if choice.right is not None:
            count.update(of=1, right=made == choice.right, wrong=made is not None and made != choice.right)
        elif choice.ends:
            count.update(false=made is not None)
    return found


def main() -> None:
    """Collect, cross-validate, fit, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--real", type=Path)
    options.add_argument("--dry", action="store_true", help="cross-validate only")
    asked = options.parse_args()
    golds = [gold for folder in (*asked.folders, *filter(None, [asked.real])) for gold in sorted(folder.glob("*.gold.tsv"))]
    names, after = grammar(golds)
    likely = {(one, other): value / 10 for one, row in after.items() for other, value in zip(names, row, strict=True)}
    data = []
    for gold in golds:
        stem = gold.name.removesuffix(".gold.tsv")
        for path in sorted(path for kind in KINDS for path in gold.parent.glob(f"{stem}.{kind}")):
            data += list(choices(gold, path, path.name.removeprefix(f"{stem}."), likely))
    design = Design(data, frozenset(str(gold) for gold in golds if gold.parent == asked.real))
    shared, whole = by_family(design, np.ones(len(design.group), bool))
    texts = sorted({gold.read_text("utf-8") for gold in golds})
    fold = {str(gold): texts.index(gold.read_text("utf-8")) % FOLDS for gold in golds}
    of = np.array([fold[key[0]] for key in design.keys])
    z = np.zeros(len(of))
    for at in range(FOLDS):
        z[of == at] = scores(design, by_family(design, of != at, shared)[1])[of == at]
    found = judge(data, design, z, EAGER)
    report = "; ".join(f"{k} {c['right']}/{c['of']}, wrong {c['wrong']}, false {c['false']}" for k, c in sorted(found.items()))
    print(f"{len(texts)} pages, {len(data)} tails, {int(design.hit.sum())} joins, {len(design.names)} signs: {report}")
    if not asked.dry:
        TARGET.write_text(rendered(design.names, whole, names, after, len(texts), int(design.hit.sum()), report), "utf-8")


def rendered(
    names: list[str], weights: Weights, classes: list[str], after: dict[str, list[int]], pages: int, joined: int, report: str
) -> str:
    """The text of `joins.toml`."""
    lines = [
        "# Weights of the signs of a pair (convert/structure/signs.py), in nats, made by tools/fit_joins.py: do not edit.",
        f"# Fitted on {pages} pages, ours in all kinds of damage and three an engine read, {joined} joins; none of the bench's.",
        f"# Cross-validated page by page, joins found right of all / wrong partner / where a block ends: {report}.",
    ]
    for family, part in product(FAMILIES, PARTS):
        lines += ["", f"[{family}.{part}]"]
        rows = [row for row in zip(names, weights[family], strict=True) if row[0].startswith(part) and abs(row[1]) >= 0.05]
        lines += [f'"{name.partition(":")[2]}" = {value:.2f}' for name, value in rows]
    lines += ["", "# Tenths of a nat by which a class of words follows another more often than by chance, in the same pages."]
    lines += ["[likely]"]
    lines += [f"classes = {classes!r}".replace("'", '"'), "", "[likely.after]"]
    lines += [f'"{one}" = {row}' for one, row in after.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
