"""Full-width marks that belong to a number or an address: 9：30, 3：2, ３．５, 12，000 (house rule: half-width in all)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.normalise.context import Context
from convert.normalise.draft import Replacement

_COLON = re.compile(r"(?<![0-9：:.,])[0-9]{1,5}(?:：[0-9]{1,6})+(?![0-9：:])")
_TIME = re.compile(r"(?:[01]?[0-9]|2[0-4])：[0-5][0-9](?:：[0-5][0-9])?")
_SCALE = re.compile(r"[0-9]{1,3}(?:：[0-9]{1,3})+|1：[1-9][0-9]?0{2,4}")
_LABEL = frozenset("图圖表例注註附件题題问問答案步骤驟条條组組项項卷号號册冊辑輯章节節式法点點之第栏欄栋棟层層版类類级級站楼樓")
"""What a number behind it labels: 附件1：20名教师名单, 第2：10."""
_COUNTED = frozenset(
    "年月日人名个個件家次岁歲元万萬亿億户戶篇项項位天周週种種条條斤吨噸米亩畝倍台臺辆輛张張本份所只隻头頭套间間")
"""What a number before it counts: such a number stands by itself."""
_POINT = re.compile(r"(?<=[0-9])．(?=[0-9])|(?<=[A-Za-z])．(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])．(?=[A-Za-z])")
_THOUSANDS = re.compile(r"(?<![0-9，,第])[0-9]{1,3}(?:(?:，[0-9]{3}){2,}|，000)(?![0-9，,])")
_ADDRESS = re.compile(
    r"(?<=[A-Za-z0-9_.-])＠(?=[A-Za-z0-9])|(?<=[A-Za-z])：(?=[／/]{2})|(?<=[A-Za-z0-9:：／/])／(?=[A-Za-z0-9／])"
)
_HALF = {"：": ":", "．": ".", "，": ",", "＠": "@", "／": "/"}


def find(text: str, context: Context) -> Iterator[Replacement]:
    """Marks inside numbers and addresses, one by one, where nothing says that the number ends at them."""
    places: set[int] = set()
    for match in _COLON.finditer(text):
        if _is_one(text, *match.span()):
            places.update(at for at in range(*match.span()) if text[at] == "：")
    for match in _THOUSANDS.finditer(text):
        places.update(at for at in range(*match.span()) if text[at] == "，")
    for pattern in (_POINT, _ADDRESS):
        places.update(match.start() for match in pattern.finditer(text))
    for at in sorted(places):
        yield at, at + 1, _HALF[text[at]]


def _is_one(text: str, start: int, end: int) -> bool:
    """Whether the colon is inside a time or a ratio: neither does a label stand before it nor a counted thing behind."""
    whole, before, after = text[start:end], text[start - 1 : start], text[end : end + 1]
    if before in _LABEL or (after in _COUNTED and before not in _RATIO):
        return False
    if not before.strip() and not _TIME.fullmatch(whole):  # 1：20 at the beginning of a line numbers it
        return False
    return bool(_TIME.fullmatch(whole) or _SCALE.fullmatch(whole))


_RATIO = frozenset("比以为為分约約是")
"""What stands before a ratio: 比分3：2, 以3：1, 约为1：5."""
