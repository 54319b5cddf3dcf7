"""一 that was a dash: between figures, and before a subtitle; nowhere else."""

from __future__ import annotations

import pytest

from convert.issue import Block, Issue, Role
from convert.laws import check_laws
from convert.options import ParseOptions
from convert.proofread import proofread
from convert.source import Source, Span
from tests.proofread.pages import changes, read


def test_a_range_gets_its_dash_back() -> None:
    issue = read("每亩用20一30克，气温24℃一27℃，8:30一20:30开放。")
    assert changes(issue) == [("一", "—", "misread-dash", "applied")] * 3


@pytest.mark.parametrize(("text", "status"), [
    ("约1一3的条目完全移自旧版。", "suggested"), ("今天风力4一5级。", "applied"), ("涨了3一5%。", "applied"),
    ("比分为1一3", "suggested"),
    ("掌握11一3项。", "applied"), ("掌握1一32的。", "applied"),
])
def test_what_may_be_a_fraction_is_asked(text: str, status: str) -> None:
    assert changes(read(text)) == [("一", "—", "misread-dash", status)]


@pytest.mark.parametrize("text", ["一1路公交车停运。", "二〇一一年五一节，一一九消防日。", "一一握手，依次道别。"])
def test_a_numeral_stays(text: str) -> None:
    assert not [row for row in changes(read(text)) if row[2] == "misread-dash"]


def test_a_subtitle_gets_its_dash_back() -> None:
    text = "一一访首席技师"
    block = Block("b1", Role.SUBTITLE, text, (Span(0, 0, len(text)),))
    issue = proofread(Issue((Source("test", text),), "zh-Hans", colophon=(block,)), ParseOptions())
    check_laws(issue)
    assert [(row.before, row.after) for row in issue.edits] == [("一一", "——")]
