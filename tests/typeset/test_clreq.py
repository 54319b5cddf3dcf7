"""The instrument and what it measures: our pages have no hard fault, and each planted fault is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import clreq
from convert import pipeline
from convert.issue import Issue
from convert.typeset import atoms, breaks, compose
from convert.typeset.atoms import Setter
from convert.typeset.fonts import Face
from convert.typeset.pages import layout
from convert.typeset.rules import Kind, Rules
from tests.gold_issue import gold_issue
from tests.shared import shared
from tests.tools import require, require_module
from tests.typeset.editions import look, paragraphs, pdf, sample

NARROW = {"columns": 1, "measure": 16}
UPRIGHT = {"columns": 1, "measure": 24, "vertical": True, "page": [841.89, 595.28], "rows": 40, "leading": 17}


@pytest.fixture(autouse=True)
def _tools() -> None:
    require_module("pymupdf")
    require("pdftotext", why="it reads the pages back")


def measured(issue: Issue, folder: Path, theme: Any, variant: str = "cn") -> dict[str, Any]:
    path = folder / "page.pdf"
    path.write_bytes(pdf(issue, theme, variant))
    converted = issue if variant == "cn" else pipeline.to_variant(issue, variant)
    return clreq.check(path, paragraphs(converted))


@pytest.mark.parametrize("variant", ["cn", "tw", "hk"])
@pytest.mark.parametrize("theme", ["newspaper", "book", "large-print", "vertical"])
def test_no_hard_fault_in_the_themes(theme: str, variant: str, tmp_path: Path) -> None:
    report = measured(sample(3), tmp_path, theme, variant)
    assert report["hard_sum"] == 0, report["places"]
    assert report["widow"] == report["orphan"] == report["stranded_heading"] == 0
    assert report["notdef"] == report["unembedded"] == 0


@pytest.mark.parametrize("em", [30, 24, 18, 16])
@pytest.mark.parametrize("variant", ["cn", "tw"])
def test_no_hard_fault_at_any_measure(em: int, variant: str, tmp_path: Path) -> None:
    report = measured(sample(2), tmp_path, look(columns=1, measure=em), variant)
    assert report["hard_sum"] == 0, report["places"]
    assert report["worst_gap_em"] <= (0.10 if em >= 24 else 0.13)


@pytest.mark.parametrize("name", ["000_d8f933ace812d6bd", "001_d2ea1ac139073034", "004_f2154bca6516d686"])
def test_real_pages(name: str, tmp_path: Path) -> None:
    issue = gold_issue(shared("gold", f"{name}.gold.tsv"))
    for variant in ("cn", "tw"):
        report = measured(issue, tmp_path, "newspaper", variant)
        assert report["hard_sum"] == 0, report["places"]
        assert report["lost_in_order"] == 0
        assert report["squeezed_pause_pct"] <= 3 and report["off_grid_pct"] == 0


def plant(monkeypatch: pytest.MonkeyPatch, methods: dict[str, Any] | None = None, **changes: Any) -> None:
    """Have editions set with rules that are wrong on purpose."""
    made: dict[Any, Setter] = {}

    def wrong(chain: tuple[Face, ...], region: str, vertical: bool = False) -> Setter:
        key = (chain, region, vertical)
        if key not in made:
            made[key] = Setter(chain, region, vertical)
            made[key].rules = made[key].shapes.rules = replace(made[key].rules, **changes)
        return made[key]

    monkeypatch.setattr(layout, "setter", wrong)
    for name, method in (methods or {}).items():
        monkeypatch.setattr(Rules, name, method)


FAULTS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "line starts": ("prohibited_start", {"start": lambda self, character, kind: 1}, {}),
    "line ends": ("prohibited_end", {"end": lambda self, character, kind: 1}, {}),
    "pairs": ("uncompressed_pair", {}, {"pair": 0}),
    "Latin gap": ("missing_cjk_latin_gap", {}, {"latin_gap": 0, "latin_shrink": 0}),
    "indent": ("missing_indent", {}, {"indent": 0}),
}


@pytest.mark.parametrize("upright", [False, True], ids=["horizontal", "vertical"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, upright: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rule, methods, changes = FAULTS[fault]
    plant(monkeypatch, methods, **changes)
    # Several measures, so that every break falls somewhere.
    found = 0.0
    for em in (13, 16, 19, 22):
        theme = look(**{**(UPRIGHT if upright else NARROW), "measure": em})
        found += measured(sample(2), tmp_path, theme)[rule]
    assert found > 0


@pytest.mark.parametrize("upright", [False, True], ids=["horizontal", "vertical"])
def test_full_width_marks_at_line_ends_and_starts_are_found(
    upright: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    monkeypatch.setattr(Face, "half", lambda self, character, vertical=False: (0, 0))
    ends = starts = 0.0
    for em in (13, 16, 19):
        report = measured(sample(2), tmp_path, look(**{**(UPRIGHT if upright else NARROW), "measure": em}))
        ends += report["line_end_punct_fullwidth"]
        starts += report["line_start_open_fullwidth"]
    assert ends > 0 and starts > 0


@pytest.mark.parametrize("upright", [False, True], ids=["horizontal", "vertical"])
def test_ragged_lines_are_found(upright: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from convert.typeset.pages import boxes

    monkeypatch.setattr(boxes, "set_line", lambda paragraph, line, justify=True: _set_left(paragraph, line))
    assert measured(sample(2), tmp_path, look(**(UPRIGHT if upright else NARROW)))["ragged_right"] > 100


def _set_left(paragraph: compose.Paragraph, line: compose.Line) -> Any:
    from convert.typeset.lines import set_line

    return set_line(paragraph, line, justify=False)


@pytest.mark.parametrize("upright", [False, True], ids=["horizontal", "vertical"])
def test_a_single_character_on_the_last_line_is_found(
    upright: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.gold_issue import issue_of

    plant(monkeypatch)
    monkeypatch.setattr(breaks, "ALONE", -500.0)
    issue = issue_of("article\ntitle\t标题\n" + "".join(f"paragraph\t{'字' * count}。\n" for count in range(40, 60)))
    assert measured(issue, tmp_path, look(**(UPRIGHT if upright else NARROW)))["single_char_last_line"] > 0


@pytest.mark.parametrize("upright", [False, True], ids=["horizontal", "vertical"])
def test_broken_words_and_dashes_are_found(upright: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    from tests.gold_issue import issue_of

    plant(monkeypatch, {"_cut": staticmethod(lambda a, b: 1)})
    for name in ("TOKEN", "DOWN_TOKEN"):
        monkeypatch.setattr(atoms, name, re.compile("[A-Z]{3}|[0-9]{3}|.", re.S))
    text = "产值ABCDEFGHI增长——达到123456789元……" * 12
    issue = issue_of(f"article\ntitle\t标题\nparagraph\t{text}\n")
    words = dashes = 0.0
    for em in (13, 16, 17, 19):
        report = measured(issue, tmp_path, look(**{**(UPRIGHT if upright else NARROW), "measure": em}))
        words += report["broken_latin_or_number"]
        dashes += report["broken_dash_ellipsis"]
    assert words > 0 and dashes > 0


def test_a_widow_and_a_stranded_heading_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from convert.typeset.pages.boxes import Box, HeadingBox, ParagraphBox

    for kind in (ParagraphBox, HeadingBox):
        monkeypatch.setattr(kind, "may_end", lambda self, row: True)
    assert Box.skip == 0
    found = {"widow": 0, "orphan": 0, "stranded_heading": 0}
    for rows in range(9, 24):
        report = measured(sample(3), tmp_path, look(columns=1, measure=16, rows=rows, contents=0))
        for rule in found:
            found[rule] += report[rule]
    assert all(found.values()), found


def test_kinds_are_told_apart() -> None:
    assert Kind.OPEN != Kind.CLOSE and clreq.common_subsequence("abcd", "xaybzd") == 3
