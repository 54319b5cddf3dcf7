"""The editor's decisions put to work: `NAME.errata.tsv` as options say it, against the issue as it is found today.

A decision finds its place by offset and context (`anchors`), whatever a new OCR run did to line ends and order.  One
that finds none is asked about, never guessed.  `sidecars.errata` reads the files; `dumps` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from convert.issue import Issue
from convert.options import Decision
from convert.proofread.anchors import CONTEXT
from convert.proofread.decide import QUERY, SERIES, Work, sources
from convert.proofread.findings import Row, decision_kind
from convert.proofread.report import cell

COLUMNS = tuple(item.name for item in fields(Decision) if item.compare)
"""The columns of an errata file, in order."""


def dumps(decisions: Iterable[Decision]) -> str:
    """An errata file: one line a decision, columns named in the first."""
    lines = ["\t".join(COLUMNS)]
    for decision in decisions:
        values = (getattr(decision, name) for name in COLUMNS)
        lines.append("\t".join(cell(f"{value:g}" if isinstance(value, float) else str(value)) for value in values))
    return "\n".join(lines) + "\n"


def decided(row: Row, decision: str, right: str | None = None, *, scope: str = "here", by: str = "") -> Decision:
    """A decision about a row of the report, as the proof page writes it: accept, reject, or replace with `right`."""
    query, kind = row.kind == "query", decision_kind(row)
    wrong, after = row.before, row.right
    if query and kind != "text":  # known again by its first words: the fewer, the less a new reading spoils
        wrong, after = wrong[:CONTEXT], (wrong[CONTEXT:] + after)[:CONTEXT]
    return Decision(
        kind=kind, source=row.name, start=row.start, end=row.start + len(wrong), wrong=wrong,
        right=right if right is not None else "" if query else row.after, left=row.left, right_context=after,
        rule=QUERY + row.rule if query else row.rule, confidence=row.confidence, decision=decision, scope=scope, by=by,
    )


def apply(issue: Issue, decisions: Iterable[Decision]) -> Issue:
    """`issue` with every decision that finds its place made, and a query for every one that does not."""
    mine = [decision for decision in decisions if decision.kind != "variant" and sources(issue, decision)]
    if not mine:
        return issue
    work = Work(issue)
    here, series = ([d for d in reversed(mine) if (d.scope in SERIES) is wide] for wide in (False, True))
    for decision in (*here, *series):  # one place before its series, the last word first
        work.decide(decision)
    for decision in series:
        work.spread(decision)
    return work.finish()
