"""`report.html`: what was mended and asked, issue by issue.  One file, nothing fetched, every text escaped."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from convert.batch.report_rows import findings, places

CHART_ROWS = 12
COLUMNS = (("articles", "articles"), ("mended", "paragraphs mended"), ("corrections", "corrections"), ("queries", "queries"),
           ("characters", "characters"))


def page(data: Mapping[str, Any]) -> str:
    """The report of `report.as_json` for people."""
    issues: Mapping[str, Mapping[str, Any]] = data["issues"]
    totals = {key: sum(int(said.get(key, 0)) for said in issues.values()) for key, _ in COLUMNS}
    style, script = _asset("report.css"), _asset("report.js")
    policy = f"default-src 'none'; style-src 'sha256-{_hash(style)}'; script-src 'sha256-{_hash(script)}'"
    figures = [("issues", len(issues)), *((label, totals[key]) for key, label in COLUMNS), ("failed", len(data["failed"]))]
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Reissue: report of a build</title>
<style>{style}</style>
</head>
<body>
<h1>What was mended, what is asked</h1>
<p class="soft">{len(data["built"])} built, {len(data["fresh"])} up to date, {len(data["failed"])} failed.</p>
<div class="figures">{"".join(f"<div><b>{n:,}</b>{escape(label)}</div>" for label, n in figures)}</div>
<div class="charts">
<section><h2>Corrections by rule</h2>{_chart(data["rules"].items(), "{:,.0f}")}</section>
<section><h2>CPU time by stage</h2>{_chart(data["stages"].items(), "{:.2f} s")}</section>
</div>
<h2>Issues</h2>
{_table(issues)}
{findings(issues)}
{_list("Failed", (f"{issue}: {said['error']}" for issue, said in data["failed"].items()))}
{_list("Notices", data["notices"])}
<script>{script}</script>
</body>
</html>
"""


def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _chart(rows: Iterable[tuple[str, float]], form: str) -> str:
    """Bars as an SVG line each: widths need no style attribute, which the policy of the page forbids."""
    ordered = sorted(rows, key=lambda row: (-row[1], row[0]))[:CHART_ROWS]
    if not ordered:
        return '<p class="soft">None.</p>'
    most = max(value for _, value in ordered) or 1
    cells = (
        f'<span>{escape(name)}</span><svg width="100%" height="12" aria-hidden="true"><rect width="{100 * value / most:.1f}%" '
        f'height="12" fill="#a2392b"/></svg><span>{form.format(value)}</span>'
        for name, value in ordered
    )
    return f'<div class="chart">{"".join(cells)}</div>'


def _table(issues: Mapping[str, Mapping[str, Any]]) -> str:
    heads = [("issue", ""), ("title", ""), *((label, ' class="n"') for _, label in COLUMNS), ("CPU s", ' class="n"')]
    head = "".join(f'<th scope="col"{kind}><button type="button">{escape(label)}</button></th>' for label, kind in heads)
    there = places(issues)
    body = "".join(_row(issue, said, there.get(issue, "")) for issue, said in sorted(issues.items()))
    return f'<div class="scroll"><table class="sortable"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _row(issue: str, said: Mapping[str, Any], place: str) -> str:
    seconds = sum(said.get("seconds", {}).values())
    error = said.get("error")
    title = f'<span class="failed">{escape(str(error))}</span>' if error else escape(str(said.get("title", "")))
    language = escape(str(said.get("language") or "zh"), quote=True)
    numbers = "".join(f'<td class="n" data-value="{int(said.get(k, 0))}">{int(said.get(k, 0)):,}</td>' for k, _ in COLUMNS)
    name = f'<a href="#{place}">{escape(issue)}</a>' if place else escape(issue)
    return (f'<tr><td>{name}</td><td lang="{language}">{title}</td>{numbers}'
            f'<td class="n" data-value="{seconds:.3f}">{seconds:.2f}</td></tr>')


def _list(title: str, sentences: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f"<h2>{escape(title)}</h2><ul>{items}</ul>" if items else ""
