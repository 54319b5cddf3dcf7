"""The five real pages: the places an audit of conversion engines found wrong, with an issue glossary of one firm's name.

The audit compared six engines on these pages; every place where they differed was read, and these are the ones where some
engine was certainly wrong.  The pages lie beside the checkout.
"""

from __future__ import annotations

import re

import pytest

from convert.options import GlossaryRow, VariantOptions
from convert.variants import convert_text
from tests.shared import shared

FIRMS = (GlossaryRow("爱思里达耐", "愛思里達耐", note="a firm", level="issue"),)
OPTIONS = VariantOptions(glossary=FIRMS)
PLACES = {
    "徐汇": "徐匯",
    "托底": "托底",
    "干垃圾": "乾垃圾",
    "集中签约": "集中簽約",
    "划片包干": "劃片包幹",
    "老娘舅": "老娘舅",
    "爱思里达耐": "愛思里達耐",
    "人人参与": "人人參與",
    "爱心理发服务": "愛心理髮服務",
    "一发布": "一發佈",
}
NEVER = ("徐彙", "託底", "幹垃圾", "籤約", "包乾", "老孃舅", "愛思裡", "蔘與", "理發", "發布", "長徵", "新徵程")


def _pages() -> list[str]:
    return [re.sub(r"\s", "", path.read_text("utf-8")) for path in sorted(shared("seeds").glob("*.txt"))]


def _converted(variant: str) -> list[str]:
    return [convert_text(text, variant, OPTIONS, language="zh-Hans").text for text in _pages()]


@pytest.mark.parametrize("variant", ["tw", "twp", "hk", "hkp", "t"])
def test_no_audited_place_is_wrong(variant: str) -> None:
    text = "".join(_converted(variant))
    assert not [wrong for wrong in NEVER if wrong in text]


def test_every_audited_place_is_right() -> None:
    before, after = "".join(_pages()), "".join(_converted("tw"))
    assert {source: after.count(target) for source, target in PLACES.items()} == {
        source: before.count(source) for source in PLACES
    }
    assert before.count("徐汇") >= 4
    assert before.count("参与") == after.count("參與") > 60


def test_a_word_has_one_form_in_an_issue() -> None:
    for before, after in zip(_pages(), _converted("tw"), strict=True):
        assert before.count("发布") == after.count("發佈")


def test_the_words_of_a_neighbourhood_are_kept_in_the_edition_with_taiwans_words() -> None:
    before, after = "".join(_pages()), "".join(_converted("twp"))
    kept = {"社区": "社區", "项目": "項目", "创建": "創建", "支持": "支持", "优化": "優化", "设置": "設置"}
    for source, target in kept.items():
        assert before.count(source) == after.count(target)
    assert not [word for word in ("社群", "專案", "最佳化", "視窗", "釋出", "執行緒", "分割槽") if word in after]
