"""`report.html` lists what is asked and which words were changed, in the words of `check`, and stays a page of text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

from convert.batch import report
from convert.batch.page import page
from convert.batch.recipe import Recipe
from convert.batch.report_rows import MOST
from convert.issue import Query
from convert.ledger import Edit, Status
from convert.proofread.findings import row_of, telling
from tests.batch.kit import make
from tests.cli.run import reissue
from tests.proofread.pages import issue_of

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def plain(html: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", html)).split())


def test_the_report_of_a_build_says_what_check_says(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "linjiang-47.txt").write_bytes((SEEDS / "linjiang-47.txt").read_bytes())
    (seeds / "kepu-214.txt").write_text("社区新闻\n\n本报讯 社区图书馆昨天开馆，读者很多。\n", encoding="utf-8")  # nothing to ask
    make(seeds, tmp_path / "out", Recipe(formats=("text",), variants=("cn",)))
    report.write(make(seeds, tmp_path / "out", Recipe(formats=("text",), variants=("cn",))))  # all fresh: from the journal
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    said = plain(html.partition("<h2>What is asked")[2].partition("<script>")[0])
    rows = json.loads(reissue("check", seeds / "linjiang-47.txt", "--format", "json").text)["rows"]
    asked = [row for row in rows if row["asked"]]
    assert asked and 'href="#i1"' in html and '<details id="i1" open' in html and 'id="i0"' not in html
    for row in asked:
        assert row["why"] in said and row["rule"] in said and f"{row['line']}:{row['column']}" in said
    assert "绍绍" in said and "wrap" not in said, "changed words are there, line ends are not"
    kept = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))["issues"]["linjiang-47.txt"]
    assert [row["why"] for row in kept["findings"] if row["status"] in ("suggested", "open")] == [row["why"] for row in asked]


def test_what_is_asked_goes_first_and_marks_are_left_out() -> None:
    made = issue_of("甲乙,丙丁ＡＢ戊己\n")
    rows = (
        Edit("e1", 0, 2, 3, ",", "，", "width"), Edit("e2", 0, 5, 7, "ＡＢ", "AB", "width"),
        Edit("e3", 0, 0, 1, "甲", "申", "misprint"), Edit("e4", 0, 7, 8, "戊", "戌", "look-alike", status=Status.SUGGESTED),
    )
    made = replace(made, edits=rows, queries=(Query("q1", 0, 8, 9, "impossible-date", "?"),))
    found, more = telling(made, 2)
    assert [row.rule for row in found] == ["look-alike", "impossible-date"] and more == 1
    assert [row.rule for row in telling(made, 9)[0]] == ["misprint", "look-alike", "impossible-date"]


def test_a_row_kept_by_another_version_is_read() -> None:
    row = row_of({"kind": "edit", "before": "甲", "unknown": 1})
    assert (row.before, row.line, row.choices, row.asked) == ("甲", 1, (), False)


def of(findings: list[dict[str, Any]], more: int = 0, name: str = "a.txt") -> str:
    issues = {name: {"findings": findings, "more": more}}
    return page({"issues": issues, "failed": {}, "built": {}, "fresh": [], "rules": {}, "stages": {}, "notices": []})


def test_no_text_becomes_markup_and_long_reports_end() -> None:
    bad = "<img src=x onerror=alert(1)>\ud800\x00"
    row = {"kind": "edit", "status": "suggested", "rule": bad, "before": bad, "after": bad, "left": bad, "right": bad, "why": bad}
    html = of([row], name=bad)
    assert "<img" not in html and html.encode("utf-8", "backslashreplace")
    html = of([row] * (MOST + 5), more=2)
    assert html.count('<tr class="asked">') == MOST and "And 7 more" in html
    assert '<details id="i0">' in html and "What is asked, and" not in of([])
