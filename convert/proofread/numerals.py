"""Small numbers as newspapers write them, in figures or in Chinese: 13, 十三, 三十一, 二〇一九."""

from __future__ import annotations

DIGITS = {character: value for value, characters in enumerate(("〇零○", *"一二三四五六七八九")) for character in characters}
SMALL = r"(?:\d{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
"""A pattern of numbers from 0 to 99."""
YEAR = r"(?:(?:18|19|20)\d\d|(?:一[八九]|二[〇零○])[〇零○一二三四五六七八九]{2})"
"""A pattern of years written digit by digit."""
NUMERAL = r"[\d〇零○一二三四五六七八九十百千万亿两几数多.．]"
"""A pattern of what a number may go on with."""


def value(written: str) -> int:
    """The number; `written` matches `SMALL` or `YEAR`."""
    if written.isdecimal():
        return int(written)
    tens, ten, units = written.partition("十")
    if ten:
        return 10 * DIGITS.get(tens, 1) + DIGITS.get(units, 0)
    return int("".join(str(DIGITS[character]) for character in written))
