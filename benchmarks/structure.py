"""All rows of the parser's figures in one command: `python benchmarks/structure.py [--kinds sim,tess] [--per-page]`.

Needs the shared bench beside the checkout (`../shared/bench`).  Macro-averages over pages; counts are sums.

`wrong` counts wrong moves: blocks that are right neighbours (those of the gold page) in the input and no longer are in the
output.  Undoing damage halfway counts too: whoever moves a thing answers for what it stood beside.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
sys.path[:0] = [str(ROOT), str(SHARED / "bench")]

import score as scorer  # noqa: E402

from convert.laws import check_laws  # noqa: E402
from convert.options import ParseOptions, ReadOptions  # noqa: E402
from convert.pipeline import read  # noqa: E402
from convert.structure import structure  # noqa: E402
from convert.writers.tsv import TsvWriter  # noqa: E402

KINDS = {"sim": "sim.txt", "tess": "tess.txt", "pdftext": "pdftext.txt", "hocr": "hocr", "alto": "alto.xml", "pdf": "pdf"}
RAW = {"hocr": "tess.txt", "alto": "tess.txt", "pdf": "pdftext.txt"}
COLUMNS = (
    "bnd F1",
    "whole",
    "exact",
    "role mF1",
    "starts",
    "art B3",
    "kendall",
    "links",
    "CER",
    "damaged",
    "lost",
    "invented",
    "traps",
    "wrong",
)


def parse(path: Path) -> str:
    """The issue of one file as TSV, its laws proved."""
    issue = structure((read(path, options=ReadOptions()),), ParseOptions())
    check_laws(issue)
    sink = io.BytesIO()
    TsvWriter().write(issue, None, None, sink)  # type: ignore[arg-type]
    return sink.getvalue().decode()


def neighbours(gold: scorer.Doc, other: scorer.Doc) -> set[tuple[int, int]]:
    """Blocks of the gold page that follow each other there and in `other` (its figure `links`, as the pairs themselves)."""
    to = scorer.align(gold, other)
    back = {at: mine for mine, at in enumerate(to) if at >= 0}
    aside = ("colophon", "drop")
    found = Counter(gold.blk[at] for at in gold.content if to[at] >= 0 and gold.role(at) not in aside)
    runs: list[list[int]] = []
    for at in other.content:
        mine = back.get(at)
        if mine is None or gold.role(mine) in aside:
            continue
        if runs and runs[-1][0] == gold.blk[mine]:
            runs[-1][1] += 1
        else:
            runs.append([gold.blk[mine], 1])
    order: list[int] = []
    for block, size in runs:
        if (size >= 2 or found[block] < 2) and order[-1:] != [block]:
            order.append(block)
    blocks = sorted(found)
    return set(pairwise(blocks)) & set(pairwise(order))


def wrong_moves(gold: Path, system: Path, raw: Path) -> list[tuple[str, str]]:
    """The pairs of blocks that were neighbours in the input, as they are in the gold page, and that the parser parted."""
    page, _ = scorer.read_tsv(str(gold))
    before = neighbours(page, scorer.doc_from_text(raw.read_text("utf-8")))
    lost = before - neighbours(page, scorer.read_tsv(str(system))[0])
    return [(page.blocks[one][1], page.blocks[other][1]) for one, other in sorted(lost)]


def row(result: dict) -> list[float]:
    """The figures of one page, in the order of COLUMNS."""
    repair, traps = result.get("repair", {}), result.get("traps", {"n": 0, "kept": 0})
    damaged = sum(repair[kind]["damaged"] for kind in ("content", "punct")) if repair else 0
    changes = repair.get("vs_input", {"lost": 0, "invented": 0})
    return [
        result["boundary"]["f1"],
        result["whole"]["whole"],
        result["whole"]["exact"],
        result["role"]["macro_f1"],
        result["article"]["starts"]["f1"],
        result["article"]["bcubed"]["f1"],
        result["order"]["kendall"],
        result["order"]["links"],
        result["cer"]["all"],
        damaged,
        changes["lost"],
        changes["invented"],
        traps["n"] - traps["kept"],
        len(result["wrong_moves"]),
    ]


def show(name: str, rows: list[list[float]]) -> None:
    """One line: means of the first nine figures, sums of the rest."""
    columns = list(zip(*rows, strict=True))
    figures = [f"{sum(c) / len(c):8.3f}" for c in columns[:9]] + [f"{sum(c):8.0f}" for c in columns[9:]]
    print(f"{name:10}" + "".join(figures), flush=True)


def score(gold: Path, text: str, raw: Path | None, errors: Path | None, traps: Path | None) -> dict:
    """Score one output."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        result = scorer.score_files(
            str(gold), file.name, str(raw) if raw else None, str(errors) if errors else None, 0, str(traps) if traps else None
        )
        result["wrong_moves"] = wrong_moves(gold, Path(file.name), raw) if raw else []
        return result


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kinds", default="gold," + ",".join(KINDS))
    options.add_argument("--pages", default="", help="folder of pages (default: ../shared/bench/pages_dev)")
    options.add_argument("--per-page", action="store_true")
    options.add_argument("--moves", action="store_true", help="print every wrong move")
    options.add_argument("--speed", action="store_true", help="measure characters a second only")
    asked = options.parse_args()
    if asked.speed:
        speed()
        return
    print(f"{'':10}" + "".join(f"{name:>8}" for name in COLUMNS))
    kinds = asked.kinds.split(",")
    if "gold" in kinds:
        rows = []
        for gold in sorted((SHARED / "gold").glob("*.gold.tsv")):
            raw = SHARED / "seeds" / gold.name.replace(".gold.tsv", ".txt")
            result = score(gold, parse(raw), raw, None, None)
            rows.append(row(result))
            told(gold, result, asked.moves)
            if asked.per_page:
                show(gold.name[:3], rows[-1:])
        show("real", rows)
    pages = Path(asked.pages) if asked.pages else SHARED / "bench" / "pages_dev"
    injected: dict[str, Counter[str]] = defaultdict(Counter)
    for kind in kinds:
        if kind not in KINDS:
            continue
        rows = []
        for gold in sorted(pages.glob("*.gold.tsv")):
            name = gold.name.removesuffix(".gold.tsv")
            path = pages / f"{name}.{KINDS[kind]}"
            if not path.exists():
                continue
            errors = pages / f"{name}.sim.errors.tsv" if kind == "sim" else None
            traps = pages / f"{name}.traps.tsv"
            raw = pages / f"{name}.{RAW.get(kind, KINDS[kind])}"
            result = score(gold, parse(path), raw, errors, traps if traps.exists() else None)
            for slug, counts in result.get("injected", {}).items():
                injected[slug].update(counts)
            rows.append(row(result))
            told(path, result, asked.moves)
            if asked.per_page:
                show(name, rows[-1:])
        if rows:
            show(kind, rows)
    if injected:
        print("injected  " + "  ".join(f"{slug} {c['fixed']}/{c['n']}" for slug, c in sorted(injected.items())))


def told(path: Path, result: dict, wanted: bool) -> None:
    """The wrong moves of one page, by the ends that were parted."""
    for one, other in result["wrong_moves"] if wanted else ():
        print(f"    {path.name}: …{one[-14:]} | {other[:14]}…")


def speed() -> None:
    """Characters a second of CPU time: one real page repeated, and one single line."""
    from convert.source import Source

    text = (SHARED / "seeds" / "000_d8f933ace812d6bd.txt").read_text("utf-8")
    structure((Source("warm.txt", text),), ParseOptions())
    for label, body in (("pages, 1 M", text * 142), ("pages, 5 M", text * 710), ("one line, 5 M", "".join(text.split()) * 760)):
        begun = time.process_time()
        structure((Source("speed.txt", body),), ParseOptions())
        spent = time.process_time() - begun
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{label}: {len(body) / spent:,.0f} characters a second ({spent:.1f} s), peak {peak} MB", flush=True)


if __name__ == "__main__":
    main()
