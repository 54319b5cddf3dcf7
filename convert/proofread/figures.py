"""Dates, times and numbers that cannot be: 13月, 2月30日, 25:00, a weekday the calendar denies, 第131期 against 第113期."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date

from convert.proofread.page import Page
from convert.proofread.proposal import Question

_DATE = re.compile(
    r"(?:(?P<year>(?:18|19|20)\d\d)年)?(?<!\d)(?P<month>\d{1,2})月"
    r"(?:(?P<day>\d{1,2})[日号](?P<rest>[ （(]{0,2}星期[一二三四五六日天])?)?"
)
_CLOCK = re.compile(r"(?<![\d:：.])(?P<hour>\d{1,2})[:：](?P<minute>\d{2})(?![\d:：])")
_NUMBER = re.compile(r"(?P<word>总?第)(?P<number>\d{1,6})期")
_CLOCK_BEFORE = re.compile(r"(?:上午|下午|早上|晚上|凌晨|中午|傍晚|清晨|[日号至—–-]|时间[：:]?)\s?$")
_DAYS = "一二三四五六日"


def figure_questions(page: Page) -> Iterator[Question]:
    """What no calendar, clock or count allows."""
    for passage in page.passages:
        for match in _DATE.finditer(passage.text):
            message = _date_fault(match)
            if message:
                yield Question(passage.number, match.start(), match.end(), "impossible-date", message)
        for match in _CLOCK.finditer(passage.text):
            hour, minute = int(match["hour"]), int(match["minute"])
            told = _CLOCK_BEFORE.search(passage.text[max(0, match.start() - 6):match.start()])
            if told and (hour > 24 or minute > 59 or (hour == 24 and minute)):
                yield Question(passage.number, match.start(), match.end(), "impossible-time", f"There is no time {match[0]}.")
    yield from _issue_numbers(page)


def _date_fault(match: re.Match[str]) -> str:
    month, day = int(match["month"]), match["day"]
    if not 1 <= month <= 12:
        return f"There is no month {month}." if day or match["year"] else ""
    if day is None:
        return ""
    year = int(match["year"]) if match["year"] else 2000
    if not 1 <= int(day) <= monthrange(year, month)[1]:
        return f"There is no {match[0]}: the month has {monthrange(year, month)[1]} days."
    if match["rest"] and match["year"]:
        told = match["rest"][-1].replace("天", "日")
        true = _DAYS[date(year, month, int(day)).weekday()]
        if told != true:
            return f"{match['year']}年{month}月{int(day)}日 was a 星期{true}, not a 星期{told}."
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
