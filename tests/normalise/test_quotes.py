"""Straight single quotation marks: around Chinese words, never an apostrophe."""

from __future__ import annotations

import pytest

from convert.normalise import quotes
from convert.normalise.context import Context


def mended(text: str, traditional: bool = False) -> str:
    rows = list(quotes.find(text, Context(traditional=traditional)))
    assert rows == sorted(rows)
    for start, end, new in reversed(rows):
        text = text[:start] + new + text[end:]
    return text


@pytest.mark.parametrize(("text", "wanted"), [
    ("\"怎样对待一个'不好看'的数字,\"他说", "“怎样对待一个‘不好看’的数字,”他说"),
    ("“怎样对待'不好看'的数字”", "“怎样对待‘不好看’的数字”"),
    ("开展'创先'和'争优'活动", "开展‘创先’和‘争优’活动"),
])
def test_pairs(text: str, wanted: str) -> None:
    assert mended(text) == wanted


def test_traditional_by_depth() -> None:
    assert mended("他說：「這是'好'的」，'對'嗎", traditional=True) == "他說：「這是『好』的」，「對」嗎"


@pytest.mark.parametrize("text", ["It's China's 中国's", "高5'6''的人", "他' 说 '了", "'Hello' 世界", "只有一个'记号"])
def test_other_marks(text: str) -> None:
    assert mended(text) == text
