"""The check report: every format says the same rows, and no text of an issue drives a terminal, a runner or a browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from convert.errors import UsageError
from convert.issue import Article, Block, Issue, Move, Query, Reason, Role
from convert.laws import revise
from convert.ledger import Edit, Status
from convert.proofread.findings import rows
from convert.proofread.report import FORMATS, _width, render
from convert.source import Line, Page, Source, Span
from tests.proofread.test_proof_page import HOSTILE, Reading, issue


def test_text_puts_what_is_asked_first_and_counts_white_space() -> None:
    text = render(issue(), "text")
    assert text.index("Asked of the editor") < text.index("1:5") < text.index("Changed") < text.index("1:9")
    assert text.startswith("a.txt: 1 applied, 1 open, 2 suggested\n")
    assert re.search(r"1:5 +suggested +0\.800 +look-alike +和诣 → 和谐 +和诣 is no word\.", text)


def test_what_was_refused_is_not_called_changed() -> None:
    made = issue()
    edits = [replace(edit, status=Status.REJECTED) if edit.status is Status.SUGGESTED else edit for edit in made.edits]
    text = render(revise(made, edits), "text")
    assert text.index("Decided by the editor") < text.index("rejected  ") < text.index("Changed") < text.index("applied  ")
    assert text.count("rejected  ") == 2


def joins() -> Issue:
    text = "前半句\n后半句"
    block = Block("b1", Role.PARAGRAPH, text, (Span(0, 0, 7),))
    made = Issue(
        (Source("a.txt", text),), "zh-Hans", articles=(Article("a1", (block,)),),
        moves=(Move("b1", None, "caption", "it cut"),), reasons=(Reason("b1", "join", "No full stop before it."),),
    )
    return revise(made, [Edit("e1", 0, 3, 4, "\n", "", "wrap", block="b1")])


def test_white_space_is_summed_up_and_shown_on_request() -> None:
    plain = render(joins(), "text")
    assert "White space only: wrap 1" in plain and "wrap  " not in plain and "Moved" in plain and "No full stop" not in plain
    assert "前半句[-⏎-]后半句" in render(joins(), "text", diff=True)
    assert "No full stop before it." in render(joins(), "text", explain=True)


def test_a_difference_is_coloured_on_a_terminal_and_only_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "[-和诣-]{+和谐+}" in render(issue(), "text", diff=True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert "\x1b[31;9m和诣\x1b[0m\x1b[32m和谐\x1b[0m" in render(issue(), "text", diff=True)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in render(issue(), "text", diff=True)


def test_json_and_tsv_hold_every_row() -> None:
    made = issue()
    data = json.loads(render(made, "json"))
    assert data["schema"] == "reissue-check/1" and data["summary"] == {"applied": 1, "open": 1, "suggested": 2}
    assert [row["asked"] for row in data["rows"]] == [True, False, True, True]
    lines = render(made, "tsv").splitlines()
    assert len(lines) == 1 + len(rows(made)) and len({line.count("\t") for line in lines}) == 1


def test_github_warns_of_what_is_asked_at_its_line() -> None:
    lines = render(issue(), "github").splitlines()
    assert lines[0].startswith("::warning file=a.txt,line=1,col=5,title=look-alike (suggested)::和诣 → 和谐")
    assert [line.split(" ")[0] for line in lines] == ["::warning", "::notice", "::warning", "::warning"]


def test_place_is_line_column_and_page() -> None:
    text = "第一页\n第二页和诣"
    lines = (Line(1, 0, 3, page=0), Line(2, 4, 9, page=1))
    source = Source("a.hocr", text, lines=lines, pages=(Page(0, "一", 1, 1), Page(1, "二", 1, 1)))
    block = Block("b1", Role.PARAGRAPH, text, (Span(0, 0, 9),))
    edit = Edit("e1", 0, 7, 9, "和诣", "和谐", "x", 0.5, Status.SUGGESTED)
    made = revise(Issue((source,), "zh-Hans", articles=(Article("a1", (block,)),)), [edit])
    row = rows(made)[0]
    assert (row.page, row.line, row.column) == ("二", 2, 4) and "二:2:4" in render(made, "text")


def test_html_is_closed_to_the_world() -> None:
    page = render(issue(), "html")
    assert "default-src 'none'" in page and "<script" not in page and page.count("<tr class=\"asked\">") == 3


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="text, table, json, tsv, github, html"):
        render(issue(), "xml")


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE)
def test_hostile_text_stays_text_in_every_format(text: str, name: str, why: str) -> None:
    text += "\x1b[31m\r\n::error::x</td><script>alert(1)</script>\u202e"
    block = Block("b1", Role.PARAGRAPH, text, (Span(0, 0, len(text)),))
    made = Issue((Source(name, text),), "zh-Hans", articles=(Article("a1", (block,)),))
    edit = Edit("e1", 0, 0, 2, text[:2], why, why, 0.5, Status.SUGGESTED, why=why)
    made = revise(made, [edit], [Query("q", 0, 1, 2, name, why, (why, text))])
    for form in FORMATS:
        for diff in (False, True):
            said = render(made, form, diff=diff, explain=True)
            said.encode("utf-8")
            assert not set(said) & set("\x1b\r\x07\0" + ("" if form == "json" else "\u202e")), form
    assert all(line.startswith(("::warning file=", "::notice file=")) for line in render(made, "github").split("\n")[:-1])
    assert not [tag for tag, _ in Reading(render(made, "html")).tags if tag in ("script", "img")]
    json.loads(render(made, "json"))


def test_width_counts_terminal_columns() -> None:
    assert [_width(text) for text in ("abc", "汉字", "，a")] == [3, 4, 3]
