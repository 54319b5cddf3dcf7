"""Newspaper pages of our own with answers read by an editor, character by character (`data/press`, own writing).

`dev` pages were read before the rules were grown from them, `held` pages after the first growth, `last` pages after the
second; `second` pages, of a newspaper's ordinary density, are by somebody who had seen no rule.  See docs/variants.md for
the errors found each time.  What is still wrong is named here.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from convert.ledger import Status
from convert.variants import convert_text, dictionaries

FOLDER = Path(__file__).parent / "data" / "press"
PAGES = sorted(path.name.split(".")[0] for path in FOLDER.glob("*.cn.txt"))
# 于征: a phrase of the tables, and a man's name;
# “松谷”: a variety of millet by a name that could be a valley's
NAMES = {"穀谷": 1, "于於": 2, "征徵": 2}
WRONG = {
    "tw": NAMES,
    "twp": NAMES,
    "hk": {**NAMES, "參蔘": 3},  # 海參, 人參: OpenCC's Hong Kong tables; the house style hk-press has the papers' form
}


@pytest.mark.parametrize("variant", WRONG)
def test_the_answers(variant: str) -> None:
    wrong: Counter[str] = Counter()
    for page in PAGES:
        text = (FOLDER / f"{page}.cn.txt").read_text("utf-8")
        want = (FOLDER / f"{page}.{variant}.txt").read_text("utf-8")
        got = convert_text(text, variant, language="zh-Hans").text
        assert len(got) == len(want), page
        wrong.update(a + b for a, b in zip(want, got, strict=True) if a != b)
    assert wrong == WRONG[variant]


def test_the_pages_are_many_and_dense() -> None:
    many = dictionaries.one_to_many()
    text = "".join((FOLDER / f"{page}.cn.txt").read_text("utf-8") for page in PAGES)
    assert len(text) > 18_000
    assert sum(map(many.__contains__, text)) > 2_400


def test_the_questions_of_ordinary_pages_can_be_read_through() -> None:
    size = asked = 0
    for page in (page for page in PAGES if page.startswith("second")):
        text = (FOLDER / f"{page}.cn.txt").read_text("utf-8")
        size += len(text)
        asked += sum(row.status is Status.SUGGESTED for row in convert_text(text, "tw", language="zh-Hans").changes)
    assert 0 < asked <= 15 * size / 8000
