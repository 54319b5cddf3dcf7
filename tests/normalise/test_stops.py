"""Dots that are full stops, and dots that are not."""

from __future__ import annotations

import pytest

from convert.normalise import stops
from convert.normalise.context import Context


def mended(text: str, context: Context | None = None) -> str:
    for start, end, new in reversed(list(stops.find(text, context or Context()))):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize(("text", "wanted"), [
    ("小气象站正式开张了.十二个百叶箱是同学们钉的.", "小气象站正式开张了。十二个百叶箱是同学们钉的。"),
    ("“现在每天都要自己读数.”组长说，“是我的错.”", "“现在每天都要自己读数。”组长说，“是我的错。”"),
    ("有意者请报名.也可写信到 qixiang@example.edu.", "有意者请报名。也可写信到 qixiang@example.edu。"),
    ("今天下雨。明天也许会晴.", "今天下雨。明天也许会晴。"),
    ("他来了（昨天）.", "他来了（昨天）。"),
])
def test_full_stops(text: str, wanted: str) -> None:
    assert mended(text) == wanted


@pytest.mark.parametrize("text", [
    "作家列夫.托尔斯泰来了。", "作家列夫.托尔斯泰来了", "一.怎样识别", "甲.", "1.管好水肥。", "比例约为1.5", "他说...", "等等..",
    "版本是3.", "（一）.", "Hello world.",
])
def test_other_dots(text: str) -> None:
    assert mended(text) == text


def test_headlines_and_imprints_have_no_full_stop() -> None:
    assert mended("操场边的气象站.", Context(display=True)) == "操场边的气象站."
    assert mended("编辑室电话分机.", Context(listing=True)) == "编辑室电话分机."
