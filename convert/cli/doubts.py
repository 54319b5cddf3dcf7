"""The doubtful readings of variants as text, JSON or TSV."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from convert.issue import Issue
from convert.variants.doubts import doubtful

COLUMNS = ("variant", "name", "line", "column", "start", "end", "before", "chosen", "other", "doubt", "left", "right", "why")


def report(issues: Sequence[Issue], form: str) -> str:
    """Every variant with its doubtful readings, the most doubtful first, and its questions.  `form` is text, json or tsv."""
    from convert.proofread.report import shown

    if form == "json":
        found = [
            {"variant": issue.variant, "name": issue.origin.name, "doubtful": list(_rows(issue)), "queries": _asked(issue)}
            for issue in issues
        ]
        return json.dumps(found, ensure_ascii=False, indent=2)
    if form == "tsv":
        rows = ([shown(str(row[column])) for column in COLUMNS] for issue in issues for row in _rows(issue))
        return "\n".join("\t".join(cells) for cells in (COLUMNS, *rows))
    lines: list[str] = []
    for issue in issues:
        rows_, asked = list(_rows(issue)), _asked(issue)
        lines.append(f"{shown(issue.origin.name)}, {issue.variant}: {len(rows_)} doubtful readings, {len(asked)} questions")
        for row in rows_:
            place = f"{row['line']}:{row['column']}"
            words = shown(f"{row['left']}[{row['chosen']}]{row['right']}")
            lines.append(f"  {place:>9}  {words}  or {shown(row['other'])} ({row['doubt']:.0%})  {_sentence(row['why'])}")
        lines += [f"  {query['kind']}: {_sentence(query['message'])}" for query in asked]
    return "\n".join(lines)


def _sentence(text: str) -> str:
    """A sentence of ours, in which only words of the issue could carry controls; its own spaces stay."""
    from convert.proofread.report import shown

    return " ".join(map(shown, text.split(" ")))


def _rows(issue: Issue) -> Iterator[dict[str, Any]]:
    for found in doubtful(issue):
        source = issue.sources[found.source]
        line = source.line_at(found.start)
        yield {
            "variant": issue.variant, "name": source.name,
            "line": line.number if line else 1, "column": found.start - (line.start if line else 0) + 1,
            "start": found.start, "end": found.end, "before": found.before, "chosen": found.chosen, "other": found.other,
            "doubt": round(found.doubt, 3), "left": found.left, "right": found.right, "why": found.why,
        }


def _asked(issue: Issue) -> list[dict[str, Any]]:
    """The questions the conversion itself raised; those of the issue are told by `check` without a variant."""
    known = {query.id for query in issue.origin.queries}
    return [
        {"kind": query.kind, "message": query.message, "start": query.start, "end": query.end}
        for query in issue.queries if query.id not in known and query.state == "open"
    ]
