"""All rows of the parser's figures in one command: `python benchmarks/structure.py [--kinds sim,tess] [--per-page]`.

Needs the shared bench beside the checkout (`../shared/bench`).  Macro-averages over pages; counts are sums.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
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
)


def parse(path: Path) -> str:
    """The issue of one file as TSV, its laws proved."""
    issue = structure((read(path, options=ReadOptions()),), ParseOptions())
    check_laws(issue)
    sink = io.BytesIO()
    TsvWriter().write(issue, None, None, sink)  # type: ignore[arg-type]
    return sink.getvalue().decode()


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
        return scorer.score_files(
            str(gold), file.name, str(raw) if raw else None, str(errors) if errors else None, 0, str(traps) if traps else None
        )


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kinds", default="gold," + ",".join(KINDS))
    options.add_argument("--pages", default="", help="folder of pages (default: ../shared/bench/pages_dev)")
    options.add_argument("--per-page", action="store_true")
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
            rows.append(row(score(gold, parse(raw), raw, None, None)))
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
            name = gold.name.split(".")[0]
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
            if asked.per_page:
                show(name, rows[-1:])
        if rows:
            show(kind, rows)
    if injected:
        print("injected  " + "  ".join(f"{slug} {c['fixed']}/{c['n']}" for slug, c in sorted(injected.items())))


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
