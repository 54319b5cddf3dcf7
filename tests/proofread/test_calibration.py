"""Confidences compared with other pages, and the density below which scored rules only ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.proofread import calibration, density
from convert.proofread.proposal import Proposal
from tests.proofread.pages import SLIPS, read

CLEAN = "居民区党总支牵头成立议事会，大大小小的事情都摆到桌面上谈。\n" * 400
SLIP = "全区部门会场纪者席一览表，区总工会召开会议。\n"


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.floats(0.2, 3.0), st.floats(-3.0, 3.0))
def test_the_surer_stays_the_surer(one: float, other: float, slope: float, shift: float) -> None:
    low, high = sorted((one, other))
    assert 0.0 <= calibration.calibrated(low, slope, shift) <= calibration.calibrated(high, slope, shift) <= 1.0 or high == 1.0


def test_numbers_that_change_nothing() -> None:
    assert calibration.calibrated(0.3, 1.0, 0.0) == pytest.approx(0.3)


def test_only_rules_with_numbers_change_and_bounds_hold() -> None:
    other = Proposal(0, 0, 1, "甲", "misread-dash", 0.7)
    assert calibration.calibrate([other], False) == [other]
    bound = Proposal(0, 0, 1, "甲", "doubled", 0.99, most=0.39)
    assert calibration.calibrate([bound], True)[0].confidence <= 0.39


def test_every_scored_rule_has_numbers_with_and_without_an_archive() -> None:
    for rule in density.SCORED:
        for name in (rule, rule + calibration.ARCHIVE):
            slope, shift = calibration.table()[name]
            assert slope > 0 and abs(shift) < 3


def test_what_is_applied_among_slips_is_asked_in_clean_text() -> None:
    """One sure slip in 12,000 characters is not applied: at that density even a rare false alarm outnumbers the slips."""
    among, alone = read(SLIP + SLIPS), read(CLEAN + SLIP)
    assert any(e.rule == "look-alike" and e.effective for e in among.edits)
    assert not any(e.rule in density.SCORED and e.effective for e in alone.edits)
    assert any("纪" in e.before for e in alone.edits)


def test_the_density_refuses_and_allows() -> None:
    sure = [Proposal(0, 9 * n, 9 * n + 1, "甲", "look-alike", 0.97) for n in range(30)]
    assert all(p.safe for p in density.hold_back(sure, 8_000, 0.92))
    assert not any(p.safe for p in density.hold_back(sure, 80_000, 0.92))
    assert all(p.safe for p in density.hold_back(sure, 80_000, 2.0)), "where nothing is applied nothing is held back"
    listed = [Proposal(0, 0, 1, "甲", "misprint", 0.99)]
    assert density.hold_back(listed, 1_000_000, 0.92) == listed


@pytest.mark.parametrize(("rule", "figure"), [
    ("misprint", 0.99), ("split", 0.85), ("dropped", 0.5), ("consistency", 0.9), ("extra", 0.8),
])
@pytest.mark.parametrize("archive", [False, True])
def test_rules_that_are_not_fitted_say_what_was_measured(rule: str, figure: float, archive: bool) -> None:
    said = calibration.calibrate([Proposal(0, 0, 1, "甲", rule, figure)], archive)[0]
    assert said.confidence in {worth for _, worth in calibration.worths()[rule + calibration.ARCHIVE * archive]}
    assert all(0 < worth < 1 for steps in calibration.worths().values() for _, worth in steps)


@pytest.mark.parametrize(("text", "after"), [
    ("剪刀剪下来，标上曰期，按类贴好", "日期"), ("三名后备入员。", "人员"), ("末来七天多云。", "未来"),
])
def test_what_is_no_word_is_applied(text: str, after: str) -> None:
    assert [(edit.after, edit.status.value) for edit in read(text).edits if edit.rule == "misprint"] == [(after, "applied")]


@pytest.mark.parametrize("text", [
    "两国领导人会谈。", "解决教师住房问题。", "外国人唱中国歌颁奖晚会。", "一支特殊的队伍。", "良好环境", "自己经营门店。",
])
def test_strings_across_words_are_not(text: str) -> None:
    assert [edit for edit in read(text).edits if edit.effective] == []


def test_variants_are_asked_about_however_sure() -> None:
    rows = {edit.before: edit.status.value for edit in read("主特人宣布会议开始，他凑和着住下。").edits}
    assert rows == {"主特人": "applied", "凑和": "suggested"}
