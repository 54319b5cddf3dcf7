"""Cost, size and soundness of DOCX editions: `python -m benchmarks.docx PAGE.txt [--times 80] [--check] [--kinsoku]`.

CPU milliseconds, best of seven, warm: the body (paragraphs to parsed XML), the whole file, the review and the redline
edition; the same for the page `--times` over.  `--peer` adds the usual python-docx way of the same text.  `--check` runs
the Open XML SDK, the lint and LibreOffice's accept and reject; `--kinsoku` counts forbidden line starts and ends in
LibreOffice's layout.
"""

from __future__ import annotations

import argparse
import io
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from convert import pipeline, plugins
from convert import style as styles
from convert.issue import Block, Issue
from convert.source import Span
from convert.variants import table
from convert.writers.docx.edition import edition
from convert.writers.docx.markup import NAMESPACES
from convert.writers.docx.redline import edition_lines, source_lines
from convert.writers.docx.template import open_template
from convert.writers.docx.theme import theme
from tests.editions.docx import lint
from tests.writers.docx_office import pdf, witness

KINDS: dict[str, dict[str, bool]] = {"edition": {}, "review": {"review": True}, "redline": {"redline": True}}
NO_START = "，。、；：！？”’）》」』】〉…％"
NO_END = "“‘（《「『【〈"


def best(work: Callable[[], object], rounds: int = 7) -> float:
    """Least CPU milliseconds of `rounds` runs."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken) * 1000


def write(issue: Issue, **options: bool) -> bytes:
    """One edition of an issue already converted."""
    sink = io.BytesIO()
    variant = table.for_issue(table.variant(issue.variant), issue.language)
    plugins.writer("docx").write(issue, variant, styles.load().with_options(**options), sink)
    return sink.getvalue()


def repeated(issue: Issue, times: int) -> Issue:
    """An issue of `times` such pages."""

    def page(blocks: tuple[Block, ...], number: int) -> tuple[Block, ...]:
        return tuple(
            replace(b, id=f"{number}-{b.id}", spans=tuple(Span(number, s.start, s.end) for s in b.spans)) for b in blocks
        )

    numbers = range(times)
    return replace(
        issue,
        sources=issue.sources * times,
        articles=tuple(
            replace(a, id=f"{n}-{a.id}", blocks=page(a.blocks, n)) for n in numbers for a in issue.articles
        ),
        colophon=tuple(block for n in numbers for block in page(issue.colophon, n)),
        dropped=tuple(block for n in numbers for block in page(issue.dropped, n)),
        edits=tuple(
            replace(e, id=f"{n}-{e.id}", source=n, block=e.block and f"{n}-{e.block}") for n in numbers for e in issue.edits
        ),
        queries=tuple(replace(q, id=f"{n}-{q.id}", source=n) for n in numbers for q in issue.queries),
    )


def body(issue: Issue) -> None:
    """The paragraphs alone, parsed."""
    from docx.oxml import parse_xml

    look = theme(styles.load(), table.for_issue(table.variant(issue.variant), issue.language))
    template = open_template(None, look)
    markup, _ = edition(issue, look, template.ids, template.sections)
    parse_xml(f"<w:body {NAMESPACES}>{markup}</w:body>")


def usual(issue: Issue) -> None:
    """The way the manual of python-docx shows, for comparison: no East Asian fonts, no contents, no columns."""
    import docx

    document = docx.Document()
    for article in issue.articles:
        for block in article.blocks:
            document.add_paragraph(block.text, style="Body Text")
    document.save(io.BytesIO())


def forbidden(path: Path, folder: Path) -> tuple[int, int, int]:
    """Lines of LibreOffice's layout, and how many begin or end as CLREQ 3.1.4 forbids."""
    import pymupdf

    lines = starts = ends = 0
    with pymupdf.open(pdf(path, folder)) as document:
        for page in document:
            for block in page.get_text("dict")["blocks"]:
                rows: dict[int, list[tuple[float, str]]] = {}
                for line in block.get("lines", []):
                    text = "".join(span["text"] for span in line["spans"])
                    rows.setdefault(round(line["bbox"][3]), []).append((line["bbox"][0], text))
                for row in rows.values():
                    text = "".join(part for _, part in sorted(row)).strip()
                    if len(text) > 1:
                        lines += 1
                        starts += text[0] in NO_START
                        ends += text[-1] in NO_END
    return lines, starts, ends


def check(issues: list[Issue], layout: bool) -> None:
    """SDK, lint, accept and reject; with `layout` the forbidden line starts and ends too."""
    validator = shutil.which("ooxml-validator")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        redlines: dict[Path, Issue] = {}
        for issue in issues:
            for kind, options in KINDS.items():
                path = folder / f"{issue.variant}.{kind}.docx"
                path.write_bytes(write(issue, **options))
                found = "not installed"
                if validator:
                    done = subprocess.run([validator, str(path)], capture_output=True, text=True, check=False)
                    found = str(len(json.loads(done.stdout)["errors"]))
                print(f"{issue.variant:7} {kind:8} SDK errors {found}  lint {len(lint(path.read_bytes()))}")
                if kind == "redline":
                    redlines[path] = issue
                elif kind == "edition" and layout:
                    lines, starts, ends = forbidden(path, folder)
                    print(f"{issue.variant:7} {kind:8} {lines} lines, forbidden starts {starts}, forbidden ends {ends}")
        seen = witness(list(redlines))
        for path, issue in redlines.items():
            for mode, wanted in (("accept", edition_lines(issue)), ("reject", source_lines(issue))):
                pairs = zip_longest(seen[str(path)][mode], wanted)
                print(f"{issue.variant:7} redline  {mode} all: {sum(a != b for a, b in pairs)} of {len(wanted)} lines differ")


def main() -> None:
    """Print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("page", type=Path)
    arguments.add_argument("--times", type=int, default=80)
    for flag in ("--check", "--kinsoku", "--peer"):
        arguments.add_argument(flag, action="store_true")
    asked = arguments.parse_args()
    page = pipeline.parse(pipeline.read(asked.page))
    many = repeated(page, asked.times)
    for name, issue, rounds in (("page", page, 7), ("big", many, 3)):
        size = sum(len(each.text) for each in issue.sources)
        rows = {"body": best(lambda issue=issue: body(issue), rounds)}  # type: ignore[misc]
        rows |= {kind: best(lambda issue=issue, o=o: write(issue, **o), rounds) for kind, o in KINDS.items()}  # type: ignore[misc]
        if asked.peer:
            rows["python-docx"] = best(lambda issue=issue: usual(issue), 1)  # type: ignore[misc]
        print(f"{name:5} {size:>8,} characters  " + "  ".join(f"{kind} {taken:.1f} ms" for kind, taken in rows.items()))
        print(f"{'':5} {len(write(issue)):>8,} bytes")
    if asked.check or asked.kinsoku:
        check([pipeline.to_variant(page, variant) for variant in ("source", "cn", "tw", "hk")], asked.kinsoku)


if __name__ == "__main__":
    main()
