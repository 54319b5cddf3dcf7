"""What was typed for another that sounds the same is asked about; what two words share by sound alone is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.options import ParseOptions
from convert.proofread import chinese, proofread, sounds
from convert.proofread.soundalike import MOST, RULE
from tests.proofread.pages import issue_of


def said(text: str) -> dict[str, str]:
    issue = proofread(issue_of(text), ParseOptions(profile="archive"))
    rows = [edit for edit in issue.edits if edit.rule == RULE]
    assert not any(edit.effective for edit in rows) and all(edit.confidence <= MOST for edit in rows)
    return {edit.before: edit.after for edit in rows}


@pytest.mark.parametrize(("text", "wrong", "right"), [
    ("各部门要通立合作，把这件事办好。", "立", "力"),
    ("他为家乡做出了很大的贡现。", "现", "献"),
    ("这个项目以经建成投产。", "以", "已"),
])
def test_a_slip_of_the_ear_is_asked_about(text: str, wrong: str, right: str) -> None:
    assert said(text).get(wrong) == right


@pytest.mark.parametrize("text", [
    "公民有权利，政府有权力。", "他再三请他在家里等着。", "工作做得好，作品写得也好。", "会议公布了部署，会后公示了名单。",
])
def test_good_chinese_is_let_be(text: str) -> None:
    issue = proofread(issue_of(text), ParseOptions())
    assert [edit for edit in issue.edits if edit.rule == RULE] == []


def test_readings() -> None:
    assert "再" in sounds.characters["在"] and "在" not in sounds.characters["在"]
    assert "权力" in sounds.words["权利"] and "已" in sounds.ahead["以经"]
    assert sounds.characters["\ue000"] == frozenset()


def test_the_reason_in_chinese() -> None:
    assert chinese.chinese(RULE) == "同音字"
    assert chinese.chinese("力 sounds like 立 and reads better here.").startswith("“力”与“立”同音")


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("在再以已经力立通，a\0\ud800\ue000𠮷 \n"), min_size=1, max_size=30))
def test_any_text_is_read(text: str) -> None:
    said("甲" + text)
