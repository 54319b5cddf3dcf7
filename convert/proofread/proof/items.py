"""The rows of an issue as the page's script reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from convert.issue import Issue
from convert.options import Decision
from convert.proofread.chinese import both, named
from convert.proofread.decide import blocked_message, lost_message
from convert.proofread.errata import COLUMNS
from convert.proofread.findings import Row, decision_kind, rows


def data(issue: Issue, decisions: Sequence[Decision] | None = None) -> dict[str, Any]:
    """Sources, items, and the rows of the issue's own errata file.

    The key under which a browser keeps decisions is the digest of the sources.  `lost` says which row a question about
    a decision speaks of.
    """
    digest = hashlib.sha256("".join(source.sha256 for source in issue.sources).encode()).hexdigest()
    from convert.proofread.proof import conversions

    converted = issue.parent is not None
    found = conversions.items(issue) if converted else [item(number, row) for number, row in enumerate(rows(issue))]
    return {
        "key": f"reissue:{digest[:32]}{':' + issue.variant if converted else ''}",
        "name": issue.origin.name,
        "sources": [source.name for source in issue.sources],
        "items": found,
        "variant": issue.variant if converted else "",
        "decisions": None if decisions is None else [
            {name: _value(getattr(decision, name)) for name in COLUMNS} for decision in decisions
        ],
        "lost": dict(_lost(issue, decisions or ())),
        "chinese": _chinese(found),
    }


def _chinese(found: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, str]]:
    """Rule names, sentences and answers in Simplified and Traditional script, by what they are in English."""
    ours = [(one.get("why", ""), *(() if one["what"] == "variant" else one.get("choices", ()))) for one in found]
    said = {sentence: both(sentence) for sentences in ours for sentence in sentences}
    said |= {rule: named(rule) for rule in {one["rule"] for one in found}}
    return {english: pair for english, pair in sorted(said.items()) if pair is not None}


def _value(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _lost(issue: Issue, decisions: Sequence[Decision]) -> Iterator[tuple[str, int]]:
    """Id of each question about a decision, and the number of its row."""
    said = {message(decision): n for n, decision in enumerate(decisions) for message in (lost_message, blocked_message)}
    return ((query.id, said[query.message]) for query in issue.queries if query.message in said)


SILENT = ("id", "page", "why", "choices", "layout")
"""What an item leaves unsaid where it is empty: most are, and a long issue has tens of thousands."""


def item(number: int, row: Row) -> dict[str, Any]:
    """One row of the report."""
    said = {
        "n": number, "kind": decision_kind(row), "what": row.kind, "id": row.id if row.kind == "query" else "",
        "source": row.source, "start": row.start,
        "end": row.end,
        "line": row.line, "page": row.page, "status": row.status, "rule": row.rule, "confidence": round(row.confidence, 4),
        "wrong": row.before, "right": row.after, "left": row.left, "rightContext": row.right, "why": row.why,
        "choices": list(row.choices), "asked": row.asked, "layout": row.layout,
    }
    return {name: value for name, value in said.items() if value or name not in SILENT}
