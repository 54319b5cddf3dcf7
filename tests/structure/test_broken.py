"""Headlines set on two lines that plain text gives as two."""

from __future__ import annotations

import pytest

from convert.issue import Role
from convert.options import ParseOptions
from convert.source import Source, Span
from convert.structure import broken
from convert.structure.lexis import Lexis
from convert.structure.state import State, Unit

LINES = ("关于乡镇企业改制中职工安置", "问题的调查", "全县九十七家乡镇企业去年底完成改制，职工去了哪里，调查组走了十一个镇。")


def page(roles: tuple[Role, Role] = (Role.TITLE, Role.TITLE), glued: bool = True, placed: bool = False) -> State:
    text = "\n".join(LINES)
    units, at = [], 0
    for line in LINES:
        units.append(Unit([Span(0, at, at + len(line))], line, len(units)))
        at += len(line) + 1
    units[0].role, units[1].role = roles
    units[1].glued = glued
    return State((Source("1.txt", text),), ParseOptions(), "zh-Hans", Lexis([text], False), units, placed=placed)


def test_two_lines_of_titles_that_stand_together_are_one() -> None:
    state = page()
    broken.mend(state)
    assert [unit.text for unit in state.units] == ["".join(LINES[:2]), LINES[2]]
    assert len(state.units[0].spans) == 2 and state.units[0].joins == ["wrap"]
    assert any("lines of one headline" in why for _, _, why in state.reasons)


@pytest.mark.parametrize(
    "state",
    [page(glued=False), page(placed=True), page((Role.KICKER, Role.TITLE)), page((Role.TITLE, Role.SUBTITLE))],
    ids=["a blank line between", "places are known", "a kicker", "a subtitle"],
)
def test_what_may_be_two_stays_two(state: State) -> None:
    broken.mend(state)
    assert len(state.units) == 3


def test_a_headline_is_not_as_long_as_that() -> None:
    state = page()
    state.units[0].text = state.units[0].text * 3
    broken.mend(state)
    assert len(state.units) == 3
