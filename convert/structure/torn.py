"""Runs that a headline or heading stands inside: question and answer, numbered lists, dated entries; and bare headings."""

from __future__ import annotations

from convert.issue import Role
from convert.structure.behind import LINES, PAGE
from convert.structure.features import ordinal, words
from convert.structure.state import Unit

TALK = ("question", "answer")
LATE = 2
"""Blocks of question and answer a headline slips behind at most."""


def start_of_run(units: list[Unit], start: int, end: int) -> int | None:
    """The first unit of the run that units `start`..`end`-1 stand inside, None where they stand inside none.

    A run that reaches up to another headline is that one's, and says nothing.
    """
    if not 0 < start < end < len(units):
        return None
    above, below = units[start - 1], units[end]
    if above.role is not Role.PARAGRAPH or below.role is not Role.PARAGRAPH:
        return None
    heading = all(unit.role is Role.HEADING for unit in units[start:end])
    talk = above.kind in TALK and below.kind in TALK
    first = _talk(units, start, end) if talk else _numbers(units, start, below, heading)
    if first is None and not heading and _is_entry(above) and _is_entry(below):
        first = start
        while first and units[first - 1].role is Role.PARAGRAPH and _is_entry(units[first - 1]):
            first -= 1
    if first is None or (not heading and (first == 0 or units[first - 1].role not in (Role.PARAGRAPH, Role.CAPTION))):
        return None
    if first and units[first - 1].text[-1:] in "：:" and units[first - 1].role is Role.PARAGRAPH:
        first -= 1  # 做法如下：
    return None if heading and first and units[first - 1].role is Role.HEADING else first


def _talk(units: list[Unit], start: int, end: int) -> int | None:
    """Where the questions and answers before a headline begin that goes on with an answer, or with more of their kind."""
    first = start
    while first and units[first - 1].kind in TALK:
        first -= 1
    if units[start - 1].kind == "question" and units[end].kind == "answer":
        return first
    few = start - first <= LATE and units[start - 1].kind == "answer" and units[end].kind == "question"
    return first if few and units[first].text[:2] == units[end].text[:2] else None


def _numbers(units: list[Unit], start: int, below: Unit, heading: bool) -> int | None:
    """Where a series begins that goes on behind the headline: at its number one."""
    here = ordinal(below.text)
    if here is None:
        return None
    style, value = here
    at = start
    while at and value > 1 and ordinal(units[at - 1].text) == (style, value - 1):
        at, value = at - 1, value - 1
    if value != 1 or at == start or (heading and start - at > 1):
        return None
    return at


def _is_entry(unit: Unit) -> bool:
    return bool(words().patterns["entry"].match(unit.text))


def bare_heading(units: list[Unit], at: int) -> int | None:
    """Where a heading goes that has no text under it: over the one paragraph before it, if that has no heading."""
    if units[at].role is not Role.HEADING or at < 2 or at + 1 == len(units):
        return None
    below, above, over = units[at + 1], units[at - 1], units[at - 2]
    if above.role is not Role.PARAGRAPH or over.role is not Role.PARAGRAPH:
        return None
    if below.role is Role.HEADING:
        return at - 1 if _style(units[at]) and _style(units[at]) == _style(below) else None
    return at - 1 if below.role in LINES | PAGE else None


def _style(unit: Unit) -> str:
    patterns = words().patterns
    return next((name for name in ("numbered1", "numbered2", "numbered3") if patterns[name].search(unit.text)), "")
