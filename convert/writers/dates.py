"""Dates of an edition: taken from the issue or from SOURCE_DATE_EPOCH, never from the clock, so that bytes repeat."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime

FIXED = datetime(1980, 1, 1, tzinfo=UTC)
"""The first date a zip entry can carry; used where nothing better is known."""

_LAST = datetime(2107, 12, 31, tzinfo=UTC)
_CHINESE = str.maketrans("〇○零一二三四五六七八九０１２３４５６７８９", "0001234567890123456789")
_YEAR_FIRST = re.compile(r"(\d{4})(?:\s*[年./\-–—]\s*(\d{1,2})(?:\s*[月./\-–—]\s*(\d{1,2})\b)?)?")
_TENS = re.compile(r"十")


def w3cdtf(text: str | None) -> str | None:
    """`2018-11-15`, `2018-11` or `2018` (W3CDTF, as dc:date wants it) from a printed date, or None.

    Understands 2018年11月15日, 二〇一八年十一月, 2018.11.15 and full-width digits; anything else is not guessed.
    """
    if not text:
        return None
    plain = _arabic(text).replace("日", " ").replace("号", " ")
    found = _YEAR_FIRST.search(plain)
    if not found:
        return None
    year, month, day = found[1], found[2], found[3]
    if month is None or not 1 <= int(month) <= 12:
        return year
    if day is None or not _is_day(int(year), int(month), int(day)):
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(datetime(year, month, day, tzinfo=UTC))
    except ValueError:
        return False


def _arabic(text: str) -> str:
    """Chinese and full-width digits as ASCII: 十一 is 11, 二十 is 20, 三十一 is 31, 二〇一八 is 2018."""
    text = re.sub(r"([一二三])十([一二三四五六七八九])", r"\1\2", text)
    text = re.sub(r"([一二三])十", r"\1〇", text)
    text = re.sub(r"十([一二三四五六七八九])", r"一\1", text)
    return _TENS.sub("一〇", text).translate(_CHINESE)


def modified(date: str | None) -> datetime:
    """When the edition was made: SOURCE_DATE_EPOCH if set, else the issue's own date, else a fixed one; UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if epoch.isdigit():
        try:
            return min(max(datetime.fromtimestamp(int(epoch), UTC), FIXED), _LAST)
        except (OverflowError, OSError, ValueError):
            return FIXED
    known = w3cdtf(date)
    if known is None:
        return FIXED
    year, month, day = (int(part) for part in f"{known}-01-01".split("-")[:3])
    try:
        return min(max(datetime(year, month, day, tzinfo=UTC), FIXED), _LAST)
    except ValueError:
        return FIXED


def stamp(when: datetime) -> str:
    """The W3CDTF form that `w:date` and `dcterms:created` take."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
