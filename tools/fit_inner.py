"""Fit the forest that parts blocks at line ends inside them: `python -m tools.fit_inner FOLDER … [--without N/M] [--dry]`.

Folders hold pages with known truth, printed and read by a recogniser (`NN.gold.tsv` beside `NN.tess.txt`).  Trees are grown as by
`fit_parting.py`, and tried page by page on pages they have not seen; a wrong parting costs as much as two right ones bring.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from convert.options import ParseOptions, ReadOptions
from convert.pipeline import read
from convert.structure import passed
from convert.structure.inner import NEEDED, SIGNS, Page
from tools.fit_parting import FOLDS, Growth, grow, said, write
from tools.fit_starts import aligned

TARGET = Path(__file__).resolve().parents[1] / "convert/structure/inner.json"
KINDS = ("tess.txt",)
"""Fitted on text layers as well it parts more, but fewer beginnings of stories are found (pages of the other half)."""
HOW = Growth(trees=120, depth=3, least=8)
TRIED = (-0.5, 0.0, 0.5, 1.0, 1.5)
NEAR = 3
"""Characters of a line that may be misplaced at its beginning."""


def rows(gold: Path, kind: str) -> Iterator[tuple[list[float], bool]]:
    """What is seen of each line end inside a block of a page, and whether a block ends there."""
    source = read(gold.with_name(gold.name.replace("gold.tsv", kind)), options=ReadOptions())
    state = passed((source,), ParseOptions(), before="private")
    truth, to = aligned(gold, source)
    page = Page(state.units)
    for at, unit in enumerate(state.units):
        for number in page.places(at, every=True):
            one, other = (
                [truth.blk[to[place]] for place in range(span.start, span.end) if place in to]
                for span in unit.spans[number - 1 : number + 1]
            )
            if one and other:
                yield page.signs(at, number), one[-1] not in other[:NEAR]


def main() -> None:
    """Collect, cross-validate, fit, write."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--without", default="", help="leave out each M-th page, from N: 0/2")
    options.add_argument("--dry", action="store_true", help="cross-validate only")
    options.add_argument("--out", type=Path, default=TARGET)
    asked = options.parse_args()
    golds = [gold for folder in asked.folders for gold in sorted(folder.glob("*.gold.tsv"))]
    if asked.without:
        number, every = map(int, asked.without.split("/"))
        golds = [gold for at, gold in enumerate(golds) if at % every != number]
    found = [(at % FOLDS, *row) for kind in KINDS for at, gold in enumerate(golds) for row in rows(gold, kind)]
    of, x, y = (np.array(column, float) for column in zip(*found, strict=True))
    weight, z = np.ones(len(y)), np.zeros(len(y))
    for fold in range(FOLDS):
        base, trees = grow(x[of != fold], y[of != fold], weight[of != fold], HOW)
        z[of == fold] = base + sum(said(tree, x[of == fold]) for tree in trees)
    counts = {least: (int(y[z >= least].sum()), int((1 - y)[z >= least].sum())) for least in sorted({*TRIED, NEEDED})}
    for least, (right, wrong) in counts.items():
        print(f"{len(golds)} pages, {len(y)} line ends, {y.sum():.0f} seams; from {least} nats {right} right, {wrong} wrong")
    if not asked.dry:
        right, wrong = counts[NEEDED]
        about = (
            "Where blocks are parted at line ends inside them (convert/structure/inner.py); made by tools/fit_inner.py. "
            f"Fitted on {len(golds)} pages; cross-validated, {right} of {y.sum():.0f} seams are parted, and {wrong} other places."
        )
        write(asked.out, about, SIGNS, *grow(x, y, weight, HOW))


if __name__ == "__main__":
    main()
