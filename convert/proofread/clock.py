"""Times no clock shows: 25:00, 上午25时, 8时70分, 上午14时.  Ratios (79:82) and durations (25小时, 用时26时) are no times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.proofread.numerals import NUMERAL, SMALL, value

NOON, MIDNIGHT, SLIP = 12, 24, 29
"""Hours: the last of a morning, the last of a day, and the last that is taken for a slip where nothing says clock."""
_CLOCK = re.compile(r"(?<![\d:：.])(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?![\d:：])")
_HOUR = re.compile(
    rf"(?<!{NUMERAL})(?P<hour>{SMALL})(?P<unit>[时点])(?:(?P<minute>{SMALL})分(?![\d之]))?(?![代期尚速段间候而常有机限长效刻辰差区])"
)
_MORNING = re.compile(r"(?:上午|凌晨|清晨|早上|早晨)\s?\Z")
_TOLD = re.compile(r"(?:[上下中]午|早[上晨]|[当今昨]晚|晚上|凌晨|傍晚|清晨|深夜|月\d\d?[日号]|时间[：:]?)\s?\Z")
_DASH = re.compile(r"[日号至—–-]\s?\Z")
_GOES_ON = re.compile(r"\s?(?:开始|开幕|开会|起|准时|出发|举行|结束|许|整|集合|发车|到达)")
_EDGE, _END = re.compile(r"(?:\A|[^\w%％])\s?\Z"), re.compile(r"\s?(?:\Z|[，。；、）)])")


def impossible_times(text: str) -> Iterator[tuple[int, int]]:
    """Where a time stands that is none."""
    for match in _CLOCK.finditer(text):
        if _no_time(match) and (_told(match) or _DASH.search(_before(match))):
            yield match.span()
    for match in _HOUR.finditer(text):
        if _no_time(match) and (_told(match) or _reads_as_time(match)):
            yield match.span()


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 6):match.start()]


def _no_time(match: re.Match[str]) -> bool:
    hour, minute = value(match["hour"]), value(match["minute"] or "0")
    if NOON < hour < MIDNIGHT and _MORNING.search(_before(match)):
        return True
    return hour > MIDNIGHT or minute > 59 or (hour == MIDNIGHT and minute > 0)


def _told(match: re.Match[str]) -> bool:
    """Whether what stands beside it says that it is a time of the day."""
    return _TOLD.search(_before(match)) is not None or _GOES_ON.match(match.string, match.end()) is not None


def _reads_as_time(match: re.Match[str]) -> bool:
    """Whether it is a time though nothing beside it says so: hours and minutes, or a few hours too many all alone (25时)."""
    minute, slip = match["minute"], value(match["hour"]) <= SLIP
    if minute:
        return slip or value(minute) > 59
    alone = _EDGE.search(_before(match)) and _END.match(match.string, match.end())
    return slip and match["unit"] == "时" and alone is not None
