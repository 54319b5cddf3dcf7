"""The rows of an issue as the page's script reads them."""

from __future__ import annotations

import hashlib
from typing import Any

from convert.issue import Issue
from convert.proofread.chinese import chinese
from convert.proofread.findings import Row, decision_kind, rows


def data(issue: Issue) -> dict[str, Any]:
    """Sources and items.  The key under which a browser keeps decisions is the digest of the sources."""
    digest = hashlib.sha256("".join(source.sha256 for source in issue.sources).encode()).hexdigest()
    found = [item(number, row) for number, row in enumerate(rows(issue))]
    return {
        "key": f"reissue:{digest[:32]}",
        "name": issue.name,
        "sources": [source.name for source in issue.sources],
        "items": found,
        "rules": {rule: named for rule in sorted({one["rule"] for one in found}) if (named := chinese(rule))},
    }


def item(number: int, row: Row) -> dict[str, Any]:
    """One row; `group` is what a series shares."""
    return {
        "n": number, "kind": decision_kind(row), "what": row.kind, "id": row.id, "source": row.source, "start": row.start,
        "end": row.end,
        "line": row.line, "page": row.page, "status": row.status, "rule": row.rule, "confidence": round(row.confidence, 4),
        "wrong": row.before, "right": row.after, "left": row.left, "rightContext": row.right, "why": row.why,
        "whyZh": chinese(row.why), "choices": list(row.choices), "asked": row.asked, "layout": row.layout,
    }
