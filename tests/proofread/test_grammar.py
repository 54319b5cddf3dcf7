"""What is good Chinese as it stands is not asked about: free characters, reduplication, lists of names."""

from __future__ import annotations

import pytest

from convert.proofread import names
from tests.proofread.pages import SLIPS, changes, read


@pytest.mark.parametrize("right", [
    "孩子抬头我问先生，人为什么读书。", "形成有温度的社企一家亲的局面。", "他说学棋的孩子坐得住。", "一企一档都已建好。",
    "山山相连郁郁葱葱。", "他拿起杯子润润嗓子。", "天空墨黑墨黑的没有一颗星。", "今年年会在区里举行。",
])
def test_left_alone_among_slips(right: str) -> None:
    found = changes(read(SLIPS * 3 + "\n" + right + "\n"))
    assert found, "the slips beside it are found"
    assert not [row for row in found if row[0] in right and row[2] in ("look-alike", "doubled", "doubled-word")]


@pytest.mark.parametrize(("wrong", "before"), [("大家的干劲更足了，介绍绍了经验。", "绍绍"), ("达到到了预期目标。", "到到")])
def test_slips_are_still_found(wrong: str, before: str) -> None:
    assert any(row[0] == before or before in row[0] for row in changes(read(wrong, profile="archive")))


def test_lists_of_names() -> None:
    text = "出席的有，冯永祥、胡志刚、朱元珏（女）、工作义，还有王明"
    assert names.listed(text, text.index("永")) and names.listed(text, text.index("刚")) and names.listed(text, text.index("珏"))
    assert not names.listed(text, text.index("席")) and not names.listed(text, text.index("作")) and not names.listed(text, 0)
    assert not names.listed("", 0)


def test_a_misread_mark_is_replaced_not_doubled() -> None:
    found = changes(read("他们说“两新”党组织很好。\n本区”两新”组织掀起热潮。\n", profile="archive"))
    assert ("”", "“", "unpaired-mark", "suggested") in found
