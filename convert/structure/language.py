"""Which script and region the issue is written in, from its characters alone."""

from __future__ import annotations

from collections.abc import Iterable

SAMPLE = 20_000

_HANS = frozenset(
    "这个来说们时会对过还国学开关问间书见长门车马鸟鱼风飞头发体点电东办业专"
    "为义乌乐习乡买乱争于亏云亚产亲众优传伤伦伟侠儿党内册写军农冲决况净"
)
_HANT = frozenset(
    "這個來說們時會對過還國學開關問間書見長門車馬鳥魚風飛頭發體點電東辦業專"
    "為義烏樂習鄉買亂爭於虧雲亞產親眾優傳傷倫偉俠兒黨內冊寫軍農沖決況淨"
)
_HONG_KONG = ("裏", "着", "嘅", "喺", "咗", "佢", "啲", "港元", "巴士", "的士", "衞", "説", "綫", "羣", "牀", "啟", "温")
_TAIWAN = ("裡", "著", "臺", "公所", "衛", "說", "線", "群", "床", "啟", "溫", "計程車", "公車", "新臺幣", "新台幣")


def detect(texts: Iterable[str]) -> str:
    """`zh-Hans`, `zh-Hant-TW` or `zh-Hant-HK`.  Traditional without a sign of Hong Kong counts as Taiwan."""
    sample = "".join(text[:SAMPLE] for text in texts)
    hans = sum(char in _HANS for char in sample)
    hant = sum(char in _HANT and char not in _HANS for char in sample)
    if hant <= hans:
        return "zh-Hans"
    hong_kong = sum(sample.count(sign) for sign in _HONG_KONG)
    taiwan = sum(sample.count(sign) for sign in _TAIWAN)
    return "zh-Hant-HK" if hong_kong > taiwan else "zh-Hant-TW"
