"""Whole sample issues against what they must come out as, read by eye when they were written and at every change since."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from convert.issue import Issue
from convert.laws import check_laws
from convert.options import ParseOptions
from convert.source import Source
from convert.structure import structure

FOLDER = Path(__file__).parent
NAMES = ("newspaper", "wrapped", "traditional")


def parsed(name: str) -> Issue:
    path = FOLDER / f"{name}.txt"
    issue = structure((Source(path.name, path.read_text("utf-8")),), ParseOptions())
    check_laws(issue)
    return issue


def export(name: str) -> dict[str, str]:
    """The issue as TSV, and as JSON without what the TSV shows already."""
    issue = parsed(name)
    lines: list[str] = []
    for article in issue.articles:
        lines.append("article")
        lines += [_row(block) for block in article.blocks]
    lines += [_row(block) for block in (*issue.colophon, *issue.dropped)]
    facts = {
        "language": issue.language,
        "metadata": {key: value for key, value in vars_of(issue.metadata).items() if value},
        "edits": [[e.start, e.end, e.before, e.after, e.rule] for e in issue.edits],
        "moves": [[m.block, m.after, m.rule, m.why] for m in issue.moves],
        "queries": [[q.kind, q.message] for q in issue.queries],
        "reasons": [[r.block, r.what, r.why] for r in issue.reasons],
    }
    body = ",\n".join(f' "{key}": ' + _pretty(value) for key, value in facts.items())
    return {"tsv": "\n".join(lines) + "\n", "json": "{\n" + body + "\n}\n"}


def vars_of(metadata: object) -> dict[str, object]:
    return {name: getattr(metadata, name) for name in metadata.__dataclass_fields__}  # type: ignore[attr-defined]


def _pretty(value: object) -> str:
    if isinstance(value, list):
        return "[" + "".join(f"\n  {json.dumps(row, ensure_ascii=False)}," for row in value).rstrip(",") + "]"
    return json.dumps(value, ensure_ascii=False)


def _row(block: object) -> str:
    role = f"{block.role}{block.level if (block.level or 1) > 1 else ''}{':' + block.kind if block.kind else ''}"  # type: ignore[attr-defined]
    return f"{role}\t{block.text}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("extension", ["tsv", "json"])
def test_golden(name: str, extension: str) -> None:
    assert export(name)[extension] == (FOLDER / f"{name}.{extension}").read_text("utf-8")
