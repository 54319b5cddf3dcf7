"""What the furniture of the page says about the issue: its name, number, date, publisher and section."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import pairwise

from convert.issue import Metadata, Role
from convert.structure.state import State

_NUMBER = re.compile("第 ?([0-9]{1,5}|[一二三四五六七八九十百〇零]{1,6}) ?期")
_TOTAL = re.compile("[总總]第 ?([0-9]{1,6}) ?期")
_DATE = re.compile("([12][0-9]{3})年([0-9]{1,2})月([0-9]{1,2})日")
_NAME = re.compile(
    "^([^ ，。：0-9（]{2,16}?(?:报|報|刊|讯|訊|通讯|通訊|周刊|週刊|月刊|季刊|杂志|雜誌|简报|簡報|通报|快报|画报))(?= |[0-9]|第|$)"
)
_PUBLISHER = (
    re.compile("(?:主办|主辦|出版|編印|编印)(?:单位|單位)?：([^ ，。；：]{2,30})"),
    re.compile("(?:^| )([^ ，。；：0-9]{3,30}?) ?(?:主办|主辦|合办|合辦|编印|編印|出版|发行|發行)(?: |$)"),
    re.compile("(?:来源|來源)：([^ ，。；]{2,30})"),
)
_CRUMBS = re.compile(">>|＞＞|>|＞|›")


def metadata(state: State) -> None:
    """Fill what the source itself prints; what the caller knows goes before it."""
    lines = [unit.text for unit in state.units if unit.role is Role.COLOPHON]
    credits = [unit.text for unit in state.units if unit.role is Role.BYLINE]
    crumbs = [unit.text for unit in state.units if unit.role is Role.DROP and _CRUMBS.search(unit.text)]
    number, total = _first((_NUMBER,), lines), _first((_TOTAL,), lines)
    found = Metadata(
        title=_first((_NAME,), lines),
        number=number if number != total else total,
        date=_date([*lines, *(line for line in credits if _PUBLISHER[-1].search(line))]),
        publisher=_first(_PUBLISHER, [*lines, *credits]),
        section=_section(crumbs),
        extra=(("total_number", total),) if total and total != number else (),
    )
    given = state.options.metadata
    if given is not None:
        known = {field.name: value for field in fields(given) if (value := getattr(given, field.name))}
        found = replace(found, **known)
    state.metadata = found


def _first(patterns: Iterable[re.Pattern[str]], lines: Iterable[str]) -> str | None:
    lines = list(lines)
    for pattern in patterns:
        for line in lines:
            if match := pattern.search(line):
                return match.group(1)
    return None


def _date(lines: Iterable[str]) -> str | None:
    """ISO 8601, from the imprint before a byline."""
    for line in lines:
        if match := _DATE.search(line):
            year, month, day = map(int, match.groups())
            if 1 <= month <= 12 and 1 <= day <= 31:
                return f"{year:04}-{month:02}-{day:02}"
    return None


def _section(crumbs: list[str]) -> str | None:
    """The last short part of a breadcrumb: 首页>>农技>>植保."""
    for line in crumbs:
        parts = [part.strip() for part in _CRUMBS.split(line) if part.strip()]
        short = [here for here, after in pairwise([*parts, ""]) if 2 <= len(here) <= 10 and (not after or len(after) > 10)]
        if short:
            return short[-1]
    return None
