"""The rows of an issue as the page's script reads them."""

from __future__ import annotations

import hashlib
from typing import Any

from convert.issue import Issue
from convert.proofread.findings import Row, rows

JOIN_MARKS = "\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"
STRUCTURAL = {"join-uncertain": "join", "title-missing": "article"}
"""Questions whose second choice alters the structure; the first leaves it as the parser has it."""


def data(issue: Issue) -> dict[str, Any]:
    """Sources and items.  The key under which a browser keeps decisions is the digest of the sources."""
    digest = hashlib.sha256("".join(source.sha256 for source in issue.sources).encode()).hexdigest()
    return {
        "key": f"reissue:{digest[:32]}",
        "name": issue.name,
        "sources": [source.name for source in issue.sources],
        "items": [item(number, row) for number, row in enumerate(rows(issue))],
    }


def item(number: int, row: Row) -> dict[str, Any]:
    """One row; `group` is what a series shares."""
    return {
        "n": number, "kind": kind(row), "what": row.kind, "id": row.id, "source": row.source, "start": row.start, "end": row.end,
        "line": row.line, "page": row.page, "status": row.status, "rule": row.rule, "confidence": round(row.confidence, 4),
        "wrong": row.before, "right": row.after, "left": row.left, "rightContext": row.right, "why": row.why,
        "choices": list(row.choices), "asked": row.asked, "layout": row.layout,
    }


def kind(row: Row) -> str:
    """The decision's kind (DESIGN section 5): a line end that was closed is a join, the rest of the rows are text."""
    if row.kind == "query":
        return STRUCTURAL.get(row.rule, "text")
    if row.kind == "move":
        return "move"
    if row.layout and any(mark in row.before for mark in JOIN_MARKS):
        return "join"
    return "text"
