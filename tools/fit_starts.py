"""Fit `convert/structure/borders.toml` and `placing.toml`: where stories begin, and where displaced headlines go.

    pip install numpy
    python -m tools.fit_starts FOLDER... [--crossed FOLDER] [--write]

Folders of pages with known truth as in `../shared/bench` (`NN.gold.tsv` beside `NN.sim.txt`, `NN.tess.txt`, …); its scorer
aligns them.  Prints what weights fitted on other pages get right on each page (all kinds of a page are left out together).

The roles of a page are those of a model that has not seen it, where `fit_roles --crossed` has kept such: else headlines would
look surer than they are on any other page.
"""

from __future__ import annotations

import argparse
import hashlib
import pickle
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT.parent / "shared" / "bench"))

import score as scorer  # noqa: E402

from convert.issue import Role  # noqa: E402
from convert.options import ParseOptions, ReadOptions  # noqa: E402
from convert.pipeline import read  # noqa: E402
from convert.source import Source  # noqa: E402
from convert.structure import borders, forest, passed, placing, roles  # noqa: E402
from convert.structure.state import Unit  # noqa: E402

KINDS = ("sim.txt", "sim2.txt", "sim3.txt", "tess.txt", "pdftext.txt")
"""Kinds of pages whose order is not known from places."""
FOLDS = 5
RIDGE = 0.1
STRUCTURE = ROOT / "convert/structure"
CACHE = Path(tempfile.gettempdir()) / "reissue-alignments"
Row = dict[str, float]


@dataclass
class Sample:
    """One page of one kind, parsed up to the headlines: units, and the gold blocks each begins and ends with."""

    page: str
    kind: str
    units: list[Unit]
    ends: list[tuple[int, int] | None]
    blocks: list[tuple[str, str, int]]

    @cached_property
    def borders(self) -> list[tuple[Row, bool]]:
        """What is seen at the borders of its paragraphs."""
        return list(border_rows(self))


def aligned(gold: Path, source: Source) -> tuple[Any, dict[int, int]]:
    """The gold page, and for each character of the source the one it is; kept between runs."""
    page, _ = scorer.read_tsv(str(gold))
    CACHE.mkdir(exist_ok=True)
    file = CACHE / hashlib.sha256((gold.read_text("utf-8") + "\0" + source.text).encode()).hexdigest()
    if not file.exists():
        found = scorer.align(page, scorer.doc_from_text(source.text))
        file.write_bytes(pickle.dumps({there: here for here, there in enumerate(found) if there >= 0}))
    solid = (at for at, char in enumerate(source.text) if not char.isspace())
    back = pickle.loads(file.read_bytes())
    return page, {at: back[number] for number, at in enumerate(solid) if number in back}


def unseen(folder: Path | None) -> dict[str, Path]:
    """Name of a page (folder/name) to the role model that has not seen it."""
    models = sorted(folder.iterdir()) if folder else []
    return {name: path for path in models for name in (path / "pages.txt").read_text("utf-8").split()}


def use(model: Path) -> None:
    """Let the parser tell roles by a kept model."""
    weights, trees = roles.load(model / "weights.toml"), forest.load(model / "forest.json")
    setattr(roles, "model", lambda: weights)  # noqa: B010 (the parser asks for both by name)
    setattr(forest, "forest", lambda: trees)  # noqa: B010


def samples(folders: Sequence[Path], models: dict[str, Path]) -> Iterator[Sample]:
    """Every page of every kind; and as it should be, and with headlines out of their places and nothing else.

    Damaged pages made of one gold page (`01s1`, `01s2`) count as that page.
    """
    for folder in folders:
        for gold in sorted(folder.glob("*.gold.tsv")):
            name = gold.name.removesuffix(".gold.tsv")
            key = hashlib.sha256(gold.read_bytes()).hexdigest()
            if f"{folder.name}/{name}" in models:
                use(models[f"{folder.name}/{name}"])
            paths = ((kind, folder / f"{name}.{kind}") for kind in KINDS)
            found = [(kind, read(path, options=ReadOptions())) for kind, path in paths if path.exists()]
            found += [("clean", Source(name, written(gold, False))), ("slipped", Source(name, written(gold, True)))]
            for kind, source in found:
                page, known = aligned(gold, source)
                units = passed((source,), ParseOptions(), before="headlines").units
                yield Sample(key, re.sub("[0-9]*[.].*", "", kind), units, [_ends(u, page, known) for u in units], page.blocks)


def written(gold: Path, damaged: bool) -> str:
    """The text of a gold page; where `damaged`, one headline in six behind the first paragraph of its story or behind it all."""
    lines = gold.read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t", 1)) for line in lines if "\t" in line or line == "article"]
    stories: list[list[tuple[str, ...]]] = [[]]
    for row in rows:
        if row[0] == "article":
            stories.append([])
        else:
            stories[-1].append(row)
    for number, story in enumerate(stories):
        cut = next((at for at, row in enumerate(story) if row[0] not in ("kicker", "title", "subtitle", "byline")), 0)
        draw = hashlib.sha256(f"{number}{story}".encode()).digest()[0] % 12
        if damaged and cut > 0 and draw < 2:
            behind = cut + 1 if draw else len(story)
            story[:behind] = story[cut:behind] + story[:cut]
    return "".join(("\n\n\n\n" if row[0] == "caption" else "\n\n") + row[1] for story in stories for row in story)


def _ends(unit: Unit, page: Any, known: dict[int, int]) -> tuple[int, int] | None:
    blocks = [
        page.blk[known[at]]
        for span in unit.spans
        for at in range(span.start, span.end)
        if at in known and page.ch[known[at]].isalnum()
    ]
    return (blocks[0], blocks[-1]) if blocks else None


def border_rows(sample: Sample) -> Iterator[tuple[Row, bool]]:
    """Every pair of paragraphs that follow each other: what is seen, and whether a story begins between them."""
    body = [
        (unit, ends[0])
        for unit, ends in zip(sample.units, sample.ends, strict=True)
        if unit.role is Role.PARAGRAPH and ends is not None and sample.blocks[ends[0]][0] == "paragraph"
    ]
    page = borders.Borders([unit for unit, _ in body])
    for at in range(1, len(body)):
        yield page.features(at), sample.blocks[body[at][1]][2] != sample.blocks[body[at - 1][1]][2]


@dataclass
class Choice:
    """A headline: what is seen at its places, staying first; and how many right neighbours each place gains."""

    rows: list[Row]
    gains: list[int]
    told: str


def choices(sample: Sample) -> Iterator[Choice]:
    """Every headline of a page with its places."""
    units = sample.units
    told = [at for at, (role, _, _) in enumerate(sample.blocks) if role not in ("colophon", "drop")]
    order = {block: rank for rank, block in enumerate(told)}
    ends = [found if found is not None and found[0] in order and found[1] in order else None for found in sample.ends]

    def near(at: int, step: int) -> int | None:
        while 0 <= at < len(units) and ends[at] is None:
            at += step
        return at if 0 <= at < len(units) else None

    def right(one: int | None, other: int | None) -> int:
        if one is None or other is None:
            return 0
        left, here = ends[one], ends[other]
        return int(left is not None and here is not None and 0 <= order[here[0]] - order[left[1]] <= 1)

    page = placing.Page(units)
    for number, head in enumerate(page.heads):
        rows, gains = [], []
        for place in placing.places(page, number):
            head = place.head
            first, last = near(head.start, 1), near(head.end - 1, -1)
            before, after = near(head.start - 1, -1), near(head.end, 1)
            known = first is not None and first < head.end
            rows.append(place.found)
            if not place.found:
                gains.append(0)
                continue
            spots = [place.at]
            if place.joins:
                spots = list(range(place.at, next(one.end for one in page.heads if one.start == place.at) + 1))
            best = -1
            for spot in spots if known else ():
                above, below = near(spot - 1, -1), near(spot, 1)
                above = before if above is not None and head.start <= above < head.end else above
                below = after if below is not None and head.start <= below < head.end else below
                won = right(above, first) + right(last, below) + right(before, after)
                best = max(best, won - right(above, below) - right(before, first) - right(last, after))
            gains.append(best)
        if len(rows) > 1:
            name = "/".join(unit.text[:16] for unit in units[page.heads[number].start : page.heads[number].end])
            yield Choice(rows, gains, name)


def logistic(rows: Sequence[tuple[Row, bool]], names: Sequence[str], ridge: float = 1.0) -> Any:
    """Weights of a binary logistic regression (Newton)."""
    table = np.array([[row.get(name, 0.0) for name in names] for row, _ in rows])
    truth = np.array([float(is_one) for _, is_one in rows])
    found = np.zeros(len(names))
    for _ in range(25):
        odds = 1 / (1 + np.exp(-table @ found))
        bend = (table * (odds * (1 - odds))[:, None]).T @ table + ridge * np.eye(len(names))
        found -= np.linalg.solve(bend, table.T @ (odds - truth) + ridge * found)
    return found


class Softmax:
    """Choices as one table: weights by gradient (Adam), several places may be equally right."""

    def __init__(self, given: Sequence[Choice], names: Sequence[str]) -> None:
        self.size = len(given)
        self.table = np.array([[row.get(name, 0.0) for name in names] for one in given for row in one.rows])
        self.owner = np.array([number for number, one in enumerate(given) for _ in one.rows])
        self.right = np.array([float(is_right) for one in given for is_right in _right(one)])

    def odds(self, found: Any) -> Any:
        value = self.table @ found
        top = np.full(self.size, -1e9)
        np.maximum.at(top, self.owner, value)
        value = np.exp(value - top[self.owner])
        return value / np.bincount(self.owner, value, self.size)[self.owner]

    def fit(self, width: int, ridge: float, steps: int = 500) -> Any:
        found = drift = spread = np.zeros(width)
        for step in range(1, steps + 1):
            odds = self.odds(found)
            right = odds * self.right
            right /= np.bincount(self.owner, right, self.size)[self.owner]
            slope = -(right - odds) @ self.table + ridge * found
            drift, spread = 0.9 * drift + 0.1 * slope, 0.999 * spread + 0.001 * slope**2
            found = found - 0.05 * (drift / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-8)
        return found


def _right(one: Choice) -> list[bool]:
    best = max(one.gains)
    return [gain == best if best > 0 else number == 0 for number, gain in enumerate(one.gains)]


@dataclass
class Fitted:
    """Weights of both models."""

    borders: Row
    placing: Row


def fit(given: Sequence[tuple[int, Sample]], without: int | None = None) -> Fitted:
    """Both models, on the pages of all folds but one.  Headlines are weighed with the borders of the same fit."""
    kept = [sample for fold, sample in given if fold != without]
    rows = [row for sample in kept for row in sample.borders]
    names = sorted({name for row, _ in rows for name in row})
    found = {name: float(value) for name, value in zip(names, logistic(rows, names), strict=True)}
    borders.model().weights.clear()
    borders.model().weights.update(found)
    every = [choice for sample in kept for choice in choices(sample)]
    names = sorted({name for one in every for row in one.rows for name in row})
    weights = Softmax(every, names).fit(len(names), RIDGE)
    return Fitted(found, {name: float(value) for name, value in zip(names, weights, strict=True)})


def checked(given: Sequence[tuple[int, Sample]], without: int, fitted: Fitted) -> Iterator[tuple[str, str]]:
    """What the weights make of the pages they have not seen: the kind of each, and what became of a headline."""
    for fold, sample in given:
        if fold == without:
            for one in choices(sample):
                value = np.exp([sum(v * fitted.placing.get(name, 0.0) for name, v in row.items()) for row in one.rows])
                best = int(np.argmax(value))
                gain = one.gains[best] if value[best] / value.sum() >= placing.SURE else 0
                moved = best > 0 and value[best] / value.sum() >= placing.SURE
                yield sample.kind, ("right" if gain > 0 else "wrong" if gain < 0 else "even") if moved else (
                    "missed" if max(one.gains) > 0 else "stayed"
                )


def write(fitted: Fitted, told: str) -> None:
    """Put the weights into the data files, below what a hand wrote there."""
    for name, weights in (("borders", fitted.borders), ("placing", fitted.placing)):
        path = STRUCTURE / f"{name}.toml"
        head = path.read_text("utf-8").partition("[weights]")[0]
        head = re.sub("# Fitted on (?:.*\n#)*.*\n", lambda _: f"# Fitted on {told}\n", head)
        lines = [f"{key} = {value:.3f}" for key, value in sorted(weights.items()) if abs(value) >= 0.0005]
        path.write_text(head + "[weights]\n" + "\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Print what unseen pages get, and write the weights fitted on all of them if asked to."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("folders", nargs="+", type=Path)
    asked.add_argument("--crossed", type=Path, help="role models that have not seen the pages, as tools/fit_roles.py keeps them")
    asked.add_argument("--write", action="store_true")
    options = asked.parse_args()
    found = list(samples(options.folders, unseen(options.crossed)))
    pages = sorted({sample.page for sample in found})
    given = [(pages.index(sample.page) % FOLDS, sample) for sample in found]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fold in range(FOLDS):
        for kind, what in checked(given, fold, fit(given, fold)):
            counts[kind][what] += 1
    for kind, count in counts.items():
        print(f"{kind:8}", ", ".join(f"{count[what]} {what}" for what in ("right", "wrong", "even", "missed", "stayed")))
    if options.write:
        total = sum(counts.values(), Counter[str]())
        told = (
            f"{len(pages)} pages of our own writing, {len(found)} readings of them, by tools/fit_starts.py; on pages left out "
            f"{total['right']} headlines\n# moved rightly, {total['wrong']} wrongly, {total['missed']} not moved."
        )
        write(fit(given), told)


if __name__ == "__main__":
    main()
