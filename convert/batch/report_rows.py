"""The rows of `report.html`: what is asked and which words were changed, issue by issue, as `check` says it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

MOST = 3000
"""Rows in one report: a browser should open that of ten thousand issues too."""
OPEN = 100
"""Rows up to which every issue's are shown without a click."""


def places(issues: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Issue to the fragment its rows are found at, for those that have any."""
    return {issue: f"i{number}" for number, (issue, said) in enumerate(sorted(issues.items())) if said.get("findings")}


def findings(issues: Mapping[str, Mapping[str, Any]]) -> str:
    """A table an issue; empty where nothing is asked and no word was changed."""
    from convert.proofread.findings import row_of
    from convert.proofread.report import html_table

    total = sum(len(said.get("findings", ())) for said in issues.values())
    parts, left = [], MOST
    for issue, place in places(issues).items():
        said = issues[issue]
        rows = [row_of(row) for row in said["findings"]][:max(left, 0)]
        left -= len(rows)
        more = int(said.get("more", 0)) + len(said["findings"]) - len(rows)
        asked = sum(row.asked for row in rows)
        rest = f'<p class="soft">And {more:,} more: <code>reissue check</code> lists them all.</p>' if more else ""
        parts.append(
            f'<details id="{place}"{" open" if total <= OPEN else ""}><summary>{escape(issue)}: {asked} asked, '
            f"{len(rows) - asked} words changed</summary>\n{html_table(rows) if rows else ''}{rest}</details>\n"
        )
    if not parts:
        return ""
    return (
        "<h2>What is asked, and which words were changed</h2>\n"
        "<p class=\"soft\">Decide on a page: <code>reissue proof ISSUE</code>. Changes of marks, widths and line ends are in the "
        f"figures above, not here.</p>\n{''.join(parts)}"
    )
