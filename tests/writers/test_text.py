"""The text edition holds the words of the edition, every one, in order, and nothing else."""

from __future__ import annotations

import re

from hypothesis import given, settings

from convert.issue import Issue
from convert.writers.plain import one_line, visible
from tests.writers.exchange import ISSUES, full, visible_text, written


def test_layout() -> None:
    assert written(full(), "text").decode() == (
        "柳湾街道提升基层党组织组织力\n身边的三个做法\n全区建成便民工坊62处\n本报记者 沈知微\n\n“边角料”里挤出新空间\n\n"
        "上午9:30，便民工坊刚刚拉开卷帘门，门口排起了小队。\n\n图为工坊一角。\n\n春风又绿江南岸\n明月何时照我还\n\n"
        "一、修鞋\n二、配钥匙\n\n周一 裁缝\n周二 修伞\n\n再给它开一次刃。\n\n\n责任编辑 陆一鸣。\n"
    )


@settings(max_examples=150, deadline=None)
@given(ISSUES)
def test_every_character_and_no_other(issue: Issue) -> None:
    data = written(issue, "text").decode("utf-8")
    assert "".join(data.split()) == "".join(visible(visible_text(issue)).split())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", data)


def test_one_line() -> None:
    assert one_line(" 一\n二\u2028三\t\x00\x1b[0m　四 ") == "一 二 三 \ufffd\ufffd[0m　四"
