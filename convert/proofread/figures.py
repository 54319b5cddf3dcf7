"""Dates, times and numbers that cannot be: 13月, 2月30日, 25:00, a weekday the calendar denies, 第131期 against 第113期.

In figures and in Chinese (二〇一九年十三月, 四月三十一日).  What may count months (历时13月, 13月龄) is no date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date

from convert.proofread.clock import impossible_times
from convert.proofread.numerals import NUMERAL, SMALL, YEAR, value
from convert.proofread.page import Page
from convert.proofread.proposal import Question

_DATE = re.compile(
    rf"(?:(?P<year>{YEAR})年)?(?<!{NUMERAL})(?P<month>{SMALL})月"
    rf"(?:(?P<day>{SMALL})[日号](?P<rest>[ （(]{{0,2}}星期[一二三四五六日天])?)?"
)
_DAY = re.compile(rf"(?<!{NUMERAL})(?<!月)(?P<day>\d\d)日(?=[上中下]午|晚|早|清晨|凌晨|傍晚|电|讯|起|至|召开|举行)")
_NUMBER = re.compile(r"(?P<word>总?第)(?P<number>\d{1,6})期")
_COUNTED = re.compile(r"(?:[第历共满近约达长超经逾费隔仅每凡总需了过计]|[历用耗]时|不[足到]|以上|超过)\s?\Z")
"""Before a number of months or days that is a duration or an ordinal: 历时13月, 第13月."""
_SPAN = re.compile(r"[龄大薪余间来有的之子]|以[上下内来]|左右|[内后]")
"""Behind a number of months that is a duration: 13月龄, 13月大."""
_TWO = frozenset(f"{tens}十" for tens in "二三四五六七八九")
"""Two months, not one: 九十月 is September or October."""
_LUNAR = re.compile(r"[农阴旧夏古]历[^，。；]{0,8}\Z")
"""Its months have up to thirty days, the second too."""
_DAYS = "一二三四五六日"


def figure_questions(page: Page) -> Iterator[Question]:
    """What no calendar, clock or count allows."""
    for passage in page.passages:
        text = passage.text
        for match in _DATE.finditer(text):
            message = _date_fault(match)
            if message:
                yield Question(passage.number, match.start(), match.end(), "impossible-date", message)
        for match in _DAY.finditer(text):
            if not 1 <= int(match["day"]) <= 31 and not _COUNTED.search(_before(match)):
                message = f"No month has a day {match['day']}."
                yield Question(passage.number, match.start(), match.end(), "impossible-date", message)
        for start, end in impossible_times(text):
            yield Question(passage.number, start, end, "impossible-time", f"There is no time {text[start:end]}.")
    yield from _issue_numbers(page)


def _before(match: re.Match[str]) -> str:
    return match.string[max(0, match.start() - 12):match.start()]


def _date_fault(match: re.Match[str]) -> str:
    month, day = value(match["month"]), value(match["day"]) if match["day"] else None
    if not 1 <= month <= 12:
        counts = match["month"] in _TWO or _COUNTED.search(_before(match)) or _SPAN.match(match.string, match.end())
        return "" if counts and not match["day"] and not match["year"] else f"There is no month {match['month']}."
    if day is None:
        return ""
    year = value(match["year"]) if match["year"] else 2000
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        lunar = 1 <= day <= 30 and _LUNAR.search(_before(match))
        return "" if lunar else f"There is no {match[0]}: the month has {days} days."
    if match["rest"] and match["year"]:
        told = match["rest"][-1].replace("天", "日")
        true = _DAYS[date(year, month, day).weekday()]
        if told != true:
            return f"{match['year']}年{month}月{day}日 was a 星期{true}, not a 星期{told}."
    return ""


def _issue_numbers(page: Page) -> Iterator[Question]:
    """Two numbers of the issue itself with the same digits in another order, or the rarer of two that differ in one."""
    found = [(passage, match) for passage in page.passages for match in _NUMBER.finditer(passage.text)]
    for word in ("第", "总第"):
        mine = [(passage, match) for passage, match in found if match["word"] == word]
        counts = Counter(match["number"] for _, match in mine)
        if len(counts) != 2:
            continue
        (often, _), (seldom, _) = counts.most_common(2)
        if sorted(often) == sorted(seldom):
            for passage, match in mine:
                if match["number"] == seldom:
                    message = f"This is number {seldom}, elsewhere the issue is number {often}. Which is right?"
                    yield Question(passage.number, match.start(), match.end(), "issue-number", message, (often, seldom))
