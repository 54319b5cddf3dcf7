"""Quality and cost of PDF editions beside their peers: `python -m benchmarks.pdf GOLD.tsv... [--peers PYTHON]`.

`lines`: hard faults per 1,000 lines, worst gap, squeezed marks, line counts and lost characters of our columns at 30, 24,
18 and 16 em and of the themes, in cn, tw and hk; with `--peers` (a Python that has typst and weasyprint installed) the
same text set by them in the same faces at the same measures.  `cost`: warm CPU seconds a PDF for issues never seen
before and seen before, cold CPU seconds of one process, bytes, and the growth of memory over `--many` PDFs.  CPU seconds
are user and system time of the process and its children, the least of `ROUNDS`.
"""

from __future__ import annotations

import argparse
import html
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import clreq
from convert import pipeline
from convert import style as styles
from convert.issue import Issue, Role
from convert.style import Style
from convert.typeset.fonts import font_set
from convert.variants import table
from convert.writers.pdf import PdfWriter
from tests.gold_issue import gold_issue

MEASURES = (30, 24, 18, 16)
THEMES = ("newspaper", "book", "large-print", "vertical")
VARIANTS = ("cn", "tw", "hk")
ROUNDS = 5
SIZE = 10.5
REGION = {"cn": "CN", "tw": "TW", "hk": "HK"}
LANGUAGE = {"cn": "zh-Hans", "tw": "zh-Hant-TW", "hk": "zh-Hant-HK"}


def edition(issue: Issue, variant: str, style: Style) -> bytes:
    """One PDF."""
    sink = io.BytesIO()
    PdfWriter().write(issue, table.variant(variant), style, sink)
    return sink.getvalue()


def paragraphs(issue: Issue) -> list[tuple[str, str]]:
    """Role and text for the instrument.  Verse and salutations are set as such: neither filled nor indented."""
    names = {Role.PARAGRAPH: "p", Role.HEADING: "h"}
    return [
        (block.kind if block.kind in ("verse", "salutation") else names.get(block.role, str(block.role)), block.text)
        for article in issue.articles for block in article.blocks
    ]


def one_column(em: int) -> Style:
    """The newspaper in one column of `em`."""
    base = styles.load()
    return Style(name=f"{em} em", tables={"pdf": {**base.table("pdf"), "columns": 1, "measure": em, "contents": 0}})


# -- peers ----------------------------------------------------------------------------------------------------------------

TYPST = """
#set page(width: {width}pt, height: 800pt, margin: 40pt)
#set text(font: "{font}", lang: "zh", region: "{region}", size: {size}pt, cjk-latin-spacing: auto)
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 4.5pt, spacing: 4.5pt, linebreaks: "optimized")
"""
TYPST_RUN = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=sys.argv[3:])"
WEASY_RUN = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"


def by_typst(python: str, issue: Issue, em: int, variant: str, folder: Path) -> Path:
    """The paragraphs set by typst in the same face."""
    face = font_set(REGION[variant]).chain("body")[0]
    lines = [TYPST.format(width=em * SIZE + 80, font=face.family.replace(" Regular", ""), region=REGION[variant], size=SIZE)]
    for role, text in paragraphs(issue):
        if role in ("p", "h"):
            lines.append(f"#par(first-line-indent: {'2em' if role == 'p' else '0em'})[#{json.dumps(text, ensure_ascii=False)}]")
    source, out = folder / "typst.typ", folder / f"typst-{variant}-{em}.pdf"
    source.write_text("\n\n".join(lines), encoding="utf-8")
    subprocess.run([python, "-c", TYPST_RUN, str(source), str(out), str(face.path.parent)], check=True)
    return out


def by_weasyprint(python: str, issue: Issue, em: int, variant: str, folder: Path) -> Path:
    """The same by weasyprint."""
    face = font_set(REGION[variant]).chain("body")[0]
    css = (
        f"@font-face {{font-family: B; src: url('{face.path.as_uri()}')}} @page {{size: {em * SIZE + 80}pt 800pt; margin: 40pt}}"
        f"body {{font: {SIZE}pt/15pt B; text-align: justify; line-break: strict}} p {{margin: 0; text-indent: 2em}}"
        "h1 {font: inherit; margin: 0}"
    )
    rows = [
        f"<{'p' if role == 'p' else 'h1'}>{html.escape(text)}</{'p' if role == 'p' else 'h1'}>"
        for role, text in paragraphs(issue) if role in ("p", "h")
    ]
    source, out = folder / "weasy.html", folder / f"weasyprint-{variant}-{em}.pdf"
    page = f"<html lang='{LANGUAGE[variant]}'><meta charset='utf-8'><style>{css}</style>{''.join(rows)}"
    source.write_text(page, encoding="utf-8")
    subprocess.run([python, "-c", WEASY_RUN, str(source), str(out)], check=True)
    return out


PEERS: dict[str, Callable[[str, Issue, int, str, Path], Path]] = {"typst": by_typst, "weasyprint": by_weasyprint}

# -- lines ----------------------------------------------------------------------------------------------------------------


def editions(issues: dict[str, Issue], peers: str | None, folder: Path) -> Iterator[tuple[str, str, Path, Issue]]:
    """Engine, setting, file and issue of everything that is measured."""
    for name, issue in issues.items():
        for variant in VARIANTS:
            mine = issue if variant == "cn" else pipeline.to_variant(issue, variant)
            settings: list[Style] = [*(one_column(em) for em in MEASURES), *(styles.load(theme) for theme in THEMES)]
            for style in settings:
                path = folder / "reissue.pdf"
                path.write_bytes(edition(mine, variant, style))
                yield "reissue", f"{style.name} {variant}", path, mine
            if peers and variant != "hk":
                for engine, setting in PEERS.items():
                    for em in MEASURES:
                        yield engine, f"{em} em {variant}", setting(peers, mine, em, variant, folder), mine
        print(f"measured {name}", file=sys.stderr)


COLUMNS = ("body_lines", "hard_sum", "worst_gap_em", "squeezed_pause_pct", "loose_lines", "lost_in_order", "notdef")


def lines(issues: dict[str, Issue], peers: str | None) -> list[dict[str, Any]]:
    """One row an engine and setting: sums over the issues (the worst of gaps, means of per cents by lines)."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for engine, setting, path, issue in editions(issues, peers, Path(folder)):
            said = paragraphs(issue)
            if engine in PEERS:
                said = [(role, text) for role, text in said if role in ("p", "h")]
            report = clreq.check(path, said)
            if "error" in report:
                continue
            row = rows.setdefault((engine, setting), {"engine": engine, "setting": setting, **dict.fromkeys(COLUMNS, 0.0)})
            count = report["body_lines"]
            before = row["body_lines"]
            for key in ("hard_sum", "squeezed_pause_pct", "loose_lines"):
                row[key] = (row[key] * before + report[key] * count) / (before + count)
            for key in ("body_lines", "lost_in_order", "notdef"):
                row[key] += report[key]
            row["worst_gap_em"] = max(row["worst_gap_em"], report["worst_gap_em"])
    return sorted(rows.values(), key=lambda row: (row["setting"], row["engine"]))


def show_lines(rows: list[dict[str, Any]]) -> None:
    """As a Markdown table."""
    print(f"| engine | setting | {' | '.join(COLUMNS)} |\n|---|---|{'---|' * len(COLUMNS)}")
    for row in rows:
        figures = (f"{row[key]:.3f}".rstrip("0").rstrip(".") for key in COLUMNS)
        print(f"| {row['engine']} | {row['setting']} | {' | '.join(figures)} |")


# -- cost -----------------------------------------------------------------------------------------------------------------


def cpu() -> float:
    """User and system seconds of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def children() -> float:
    """User and system seconds of finished children."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def characters(issue: Issue) -> int:
    """Characters an edition prints."""
    return sum(len(block.text) for article in issue.articles for block in article.blocks)


def warm(issues: dict[str, Issue]) -> None:
    """Seconds a PDF in a process that has made one of another issue, and one of the same, before."""
    style = styles.load()
    for name, issue in issues.items():
        for variant in ("cn", "tw"):
            mine = issue if variant == "cn" else pipeline.to_variant(issue, variant)
            others = [other for key, other in issues.items() if key != name]
            for other in others[:2]:
                edition(other if variant == "cn" else pipeline.to_variant(other, variant), variant, style)
            taken = []
            for _ in range(ROUNDS + 1):
                start = cpu()
                data = edition(mine, variant, style)
                taken.append(cpu() - start)
            count = characters(issue)
            print(f"| {name} | {variant} | {count} | {taken[0]:.3f} | {min(taken[1:]):.3f} | "
                  f"{min(taken[1:]) * 8000 / max(count, 1):.3f} | {len(data) / 1000:.0f} |")


COLD = """
import io, sys
from convert import style
from convert.variants import table
from convert.writers.pdf import PdfWriter
from tests.gold_issue import gold_issue
from pathlib import Path
sink = io.BytesIO()
PdfWriter().write(gold_issue(sys.argv[1]), table.variant("cn"), style.load(), sink)
Path(sys.argv[2]).write_bytes(sink.getvalue())
"""

OPENCC = "import sys, opencc; print(opencc.OpenCC('s2tw').convert(open(sys.argv[1], encoding='utf-8').read()))"


def cold(path: Path, peers: str | None) -> None:
    """Seconds of a fresh process for one PDF, ours and typst's."""
    with tempfile.TemporaryDirectory() as folder:
        def least(work: Callable[[], object]) -> float:
            taken = []
            for _ in range(ROUNDS):
                start = children()
                work()
                taken.append(children() - start)
            return min(taken)

        out = str(Path(folder) / "cold.pdf")
        # As an installed package runs: byte code is there, in a place of this run's own.
        own = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode"), "PYTHONDONTWRITEBYTECODE": ""}
        ours = [sys.executable, "-c", COLD, str(path), out]
        print(f"cold, reissue: {least(lambda: subprocess.run(ours, check=True, env=own)):.3f} s")
        if peers:
            issue = gold_issue(path)
            plain = Path(folder) / "plain.md"
            plain.write_text("\n\n".join(text for _, text in paragraphs(issue)), encoding="utf-8")

            def chain() -> None:
                by_typst(peers, issue, 30, "cn", Path(folder))
                subprocess.run(["pandoc", "-f", "markdown", "-t", "html", "-o", f"{folder}/p.html", str(plain)], check=True)
                subprocess.run([sys.executable, "-c", OPENCC, str(plain)], check=True, stdout=subprocess.DEVNULL)

            print(f"cold, opencc (reimplemented) + pandoc + typst: {least(chain):.3f} s")
            print(f"cold, typst, one column of text: {least(lambda: by_typst(peers, issue, 30, 'cn', Path(folder))):.3f} s")
            print(f"cold, weasyprint, the same: {least(lambda: by_weasyprint(peers, issue, 30, 'cn', Path(folder))):.3f} s")


def memory(issues: dict[str, Issue], many: int) -> None:
    """Peak resident size after a fifth of the PDFs and after all of them."""
    style = styles.load()
    given = list(issues.values())
    marks = []
    for number in range(many):
        edition(given[number % len(given)], "cn", style)
        if number + 1 in (many // 5, many):
            marks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(f"memory: {marks[0]:.0f} MB after {many // 5} PDFs, {marks[1]:.0f} MB after {many}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--peers", help="a Python that has typst and weasyprint")
    parser.add_argument("--what", choices=("lines", "cost"), action="append")
    parser.add_argument("--many", type=int, default=200, help="PDFs for the memory figure")
    given = parser.parse_args()
    what = given.what or ["lines", "cost"]
    issues = {path.name.split(".")[0]: gold_issue(path) for path in given.gold}
    if "lines" in what:
        show_lines(lines(issues, given.peers))
    if "cost" in what:
        print("\n| issue | variant | characters | first s | warm s | warm s per 8,000 | kB |\n|---|---|---|---|---|---|---|")
        started = time.time()
        warm(issues)
        cold(given.gold[0], given.peers)
        memory(issues, given.many)
        print(f"(measured in {time.time() - started:.0f} s)")


if __name__ == "__main__":
    main()
