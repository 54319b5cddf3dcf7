"""What a build says at its end: the closing table, `report.json` and `report.html`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from convert.batch.build import Result
from convert.batch.files import write_atomic

HEADS = ("issue", "articles", "mended", "corrections", "queries", "files", "CPU s")


def closing(result: Result) -> tuple[Sequence[str], list[Sequence[Any]], Sequence[Any]]:
    """Heads, rows and foot of the closing table."""
    rows: list[Sequence[Any]] = []
    for issue, said in sorted(result.summaries.items()):
        if said["state"] == "failed" and issue in result.failed:
            rows.append((issue, 0, 0, 0, 0, 0, 0.0))
            continue
        rows.append((
            issue, int(said.get("articles", 0)), int(said.get("mended", 0)), int(said.get("corrections", 0)),
            int(said.get("queries", 0)), len(result.built.get(issue, ())),
            float(sum(said.get("seconds", {}).values())) if issue in result.built else 0.0,
        ))
    foot = ["total", *(sum(row[i] for row in rows) for i in range(1, len(HEADS)))]
    return HEADS, rows, foot


def sentence(result: Result) -> str:
    """How it went, in one line."""
    parts = [f"{len(result.built)} built", f"{len(result.fresh)} up to date"]
    if result.failed:
        parts.append(f"{len(result.failed)} failed")
    made = sum(map(len, result.built.values()))
    return f"{', '.join(parts)}; {made} files written to {result.out} in {result.seconds:.1f} s."


def notices(result: Result) -> list[str]:
    """The notices, each sentence once: what holds for many issues is told with their number."""
    by_sentence: dict[str, list[str]] = {}
    for notice in result.notices:
        issue, _, words = notice.partition(": ")
        known = issue in result.summaries and words
        by_sentence.setdefault(words if known else notice, []).append(notice)
    return [said[0] if len(said) == 1 else f"{words} ({len(said)} issues)" for words, said in by_sentence.items()]


def as_json(result: Result) -> dict[str, Any]:
    """Everything, for machines."""
    rules: Counter[str] = Counter()
    stages: Counter[str] = Counter()
    for said in result.summaries.values():
        rules.update(said.get("rules", {}))
        stages.update(said.get("seconds", {}))
    return {
        "schema": "reissue-report/1",
        "out": str(result.out),
        "seconds": round(result.seconds, 3),
        "built": dict(sorted(result.built.items())),
        "fresh": sorted(result.fresh),
        "stale": sorted(result.stale),
        "failed": {issue: {"error": o.error, "exit_code": o.exit_code} for issue, o in sorted(result.failed.items())},
        "notices": result.notices,
        "rules": dict(rules.most_common()),
        "stages": {stage: round(seconds, 3) for stage, seconds in stages.most_common()},
        "issues": dict(sorted(result.summaries.items())),
    }


def write(result: Result) -> None:
    """`report.json` and `report.html` in the output folder."""
    from convert.batch.page import page

    data = as_json(result)
    as_text = json.dumps(data, ensure_ascii=False, indent=1)
    write_atomic(result.out / "report.json", as_text.encode("utf-8", "backslashreplace"))
    write_atomic(result.out / "report.html", page(data).encode("utf-8", "backslashreplace"))
