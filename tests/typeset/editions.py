"""Editions for tests: an issue as PDF bytes in a theme or with a `[pdf]` table of one's own."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from convert import pipeline, style
from convert.issue import Issue, Role
from convert.style import Style
from convert.variants import table
from convert.writers.pdf import PdfWriter
from tests.gold_issue import issue_of

SAMPLE = Path(__file__).with_name("sample.gold.tsv").read_text(encoding="utf-8")


def sample(times: int = 1) -> Issue:
    """The sample issue; its paragraphs `times` over, each time begun otherwise, for more than one page."""
    rows = []
    for line in SAMPLE.splitlines():
        rows.append(line)
        if line.startswith("paragraph"):
            role, text = line.split("\t")
            rows += [f"{role}\t{'又' * n}一说，{text}" for n in range(1, times)]
    return issue_of("\n".join(rows))


def look(**table_of: Any) -> Style:
    """A style with this `[pdf]` table only."""
    return Style(name="test", tables={"pdf": table_of})


def pdf(issue: Issue, theme: str | Style = "newspaper", variant: str = "cn", **options: Any) -> bytes:
    """The PDF edition of `issue` in a variant."""
    converted = issue if variant in ("cn", "source") else pipeline.to_variant(issue, variant)
    chosen = style.load(theme) if isinstance(theme, str) else theme
    sink = io.BytesIO()
    PdfWriter().write(converted, table.for_issue(table.variant(variant), issue.language), chosen.with_options(**options), sink)
    return sink.getvalue()


def paragraphs(issue: Issue) -> list[tuple[str, str]]:
    """Role and text as the instrument wants them: p, h, or the role's name."""
    names = {Role.PARAGRAPH: "p", Role.HEADING: "h"}
    return [(names.get(block.role, str(block.role)), block.text) for article in issue.articles for block in article.blocks]
