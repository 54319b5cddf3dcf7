"""Blocks that hold two paragraphs: an engine ran them together, and what begins the second one shows it.

Only near-certain beginnings part a block: 本报讯 behind a full stop, and what the page itself begins blocks with elsewhere -
the neighbouring numbers of a series, the same speaker (读者：, 问：), dates of a programme, 一是 二是, the same bullet.  A series
that stands in one paragraph has no neighbours of its own and stays.  Rows of a list are parted where both halves are made
as the rows beside them are, and the whole is not (`rows.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from unicodedata import category

from convert.source import Span
from convert.structure import inner, parting, rows
from convert.structure.features import words
from convert.structure.reading import length, reading
from convert.structure.state import State, Unit

HABIT = 2
"""Other blocks of the page that begin alike, from which beginning so is its habit."""
NEAR = 3
"""Blocks within which the neighbours of a number stand."""
PROGRAMME = 80
"""Characters that two entries of a programme hold together at most."""
LEAST = 4
"""Characters a part holds at least."""
_END = "(?<=[。！？；：”’）])"
_ITEM = re.compile(
    rf"(?:^|{_END})(?:(?P<round>（)(?P<a>[0-9]{{1,2}}|[一二三四五六七八九十])）|(?P<b>[0-9]{{1,2}})(?P<dot>[.．、])(?![0-9])"
    r"|(?P<c>[一二三四五六七八九十])(?P<mark>[、是要]))"
)
_SPEAKER = re.compile(r"(?:^|(?<=[。！？”）]))(?P<name>[^\W_]{1,6})：(?![0-9])")
_FIGURE = re.compile("[0-9]+|[一二三四五六七八九十]+")
_DATE = re.compile("(?:^|(?<=[^\\W0-9月至到]))(?:(?P<month>[0-9]{1,2})月)?(?P<day>[0-9]{1,2})日 ")
_DIGITS = "〇一二三四五六七八九十"

Start = tuple[int, str, int]
"""Where it begins, its style, its number."""


def part(state: State) -> None:
    """Part every block that certainly holds more than one paragraph."""
    units = state.units
    items = [_items(unit.text) for unit in units]
    leading = [found[0][1:] if found and not found[0][0] else None for found in items]
    speakers = Counter(_label(match["name"]) for unit in units if (match := _SPEAKER.match(unit.text)))
    dated = sum(1 for unit in units if _DATE.match(unit.text))
    bullets = Counter(unit.text[0] for unit in units if unit.text and category(unit.text[0]) == "So")
    texts = [unit.text for unit in units]
    lists, likely = rows.merged(texts), parting.places(texts, [_one_line(unit) for unit in units])
    wrapped = inner.places(units)
    result: list[Unit] = []
    for at, unit in enumerate(units):
        cuts = dict.fromkeys(_reports(unit), "本报讯 opens a story")
        cuts |= dict.fromkeys(_numbers(items[at], leading, at), "the neighbouring numbers begin blocks of their own")
        cuts |= {place: f"“{name}：” begins other blocks" for place, name in _speakers(unit.text, speakers)}
        if bullets:
            cuts |= dict.fromkeys(_bullets(unit.text, bullets), "its bullet begins other blocks")
        cuts |= dict.fromkeys(lists.get(at, ()), "each is made as the rows beside it are")
        if dated > HABIT:
            cuts |= dict.fromkeys(_dates(unit.text), "other dates of the programme begin blocks of their own")
        for place in likely.get(at, ()):
            cuts.setdefault(place, "both are made and measured as the blocks beside them are")
        for place in wrapped.get(at, ()):
            cuts.setdefault(place, "the one line ends and the next begins as blocks of this page do")
        result += _split(state, unit, cuts) if cuts else [unit]
    state.units = result


def _one_line(unit: Unit) -> bool:
    """Whether the engine itself has set paragraphs apart: lines that were gathered are parted where they were gathered."""
    return len(unit.spans) == 1 and unit.place_says is None and not unit.cells


def _items(text: str) -> list[Start]:
    found: list[Start] = []
    for match in _ITEM.finditer(text):
        value = match["a"] or match["b"] or match["c"]
        style = ("（" if match["round"] else "") + ("1" if value.isdecimal() else "一") + (match["dot"] or match["mark"] or "")
        found.append((match.start(), style, int(value) if value.isdecimal() else _DIGITS.find(value)))
    return found


def _numbers(found: list[Start], leading: list[tuple[str, int] | None], at: int) -> list[int]:
    """Numbers inside a block, in turn, whose series goes on in blocks of its own before it or after it."""
    cuts: list[int] = []
    inside = [one for one in found if one[0]]
    for start, style, value in inside:
        first = next((one for one in found if one[1] == style), None)
        last = max((one[2] for one in found if one[1] == style), default=0)
        if first is None or [one[2] for one in found if one[1] == style] != list(range(first[2], last + 1)):
            continue
        before = (style, first[2] - 1) in leading[max(0, at - NEAR) : at]
        after = (style, last + 1) in leading[at + 1 : at + 1 + NEAR]
        if (before or after) and (value == 1 or (style, value - 1) in leading[max(0, at - NEAR) : at + 1] or start != first[0]):
            cuts.append(start)
    return cuts


def _reports(unit: Unit) -> list[int]:
    pattern = words().patterns["report"]
    return [
        end.end()
        for end in re.finditer("[。！？”）](?=[本据【（])", unit.text)
        if pattern.match(unit.text[end.end() : end.end() + 12])
    ]


def _speakers(text: str, speakers: Counter[str]) -> list[tuple[int, str]]:
    """Names and labels (读者：, 13路：) that begin other blocks, in a block that begins with one."""
    begins = _SPEAKER.match(text)
    own = _label(begins["name"]) if begins else ""
    return [
        (match.start(), match["name"])
        for match in _SPEAKER.finditer(text)
        if begins and match.start() and speakers[_label(match["name"])] - (_label(match["name"]) == own) >= HABIT
    ]


def _label(name: str) -> str:
    """A label whatever its number: 13路 as 22路."""
    return _FIGURE.sub("#", name)


def _bullets(text: str, bullets: Counter[str]) -> list[int]:
    """Where a bullet stands behind the end of a sentence, and others of its kind begin blocks."""
    return [
        end.end()
        for end in re.finditer("[。！？；”）] ?", text)
        if bullets[text[end.end() : end.end() + 1]] > (text[end.end() : end.end() + 1] == text[0])
    ]


def _dates(text: str) -> list[int]:
    found = list(_DATE.finditer(text)) if length(text) <= PROGRAMME else []
    if not found or found[0].start():
        return []
    days = [int(match["day"]) for match in found]
    rising = all(one < other for one, other in pairwise(days))
    return [match.start() for match in found[1:]] if rising else []


def _split(state: State, unit: Unit, cuts: dict[int, str]) -> list[Unit]:
    """The parts of a unit, where its text is that of its spans; the unit itself where that cannot be told."""
    text = state.sources[unit.span.source].text
    if unit.cells or "".join(reading(text[span.start : span.end]) for span in unit.spans) != unit.text:
        return [unit]
    borders = [0, *(at for at in sorted(cuts) if at >= LEAST), len(unit.text)]
    if len(borders) < 3 or borders[-1] - borders[-2] < LEAST:
        return [unit]
    parts: list[Unit] = []
    for low, high in pairwise(borders):
        made = replace(unit, spans=_spans(unit.spans, low, high), text=unit.text[low:high], joins=list(unit.joins))
        if low:
            made.blanks, made.glued, made.parted, made.place_says = 0, False, False, None
            state.because(made, "split", f"“…{unit.text[low - 6 : low]}” and “{made.text[:6]}…” are two blocks: {cuts[low]}.")
        if made.place_says is not None and made.place_says.scale is None and high < len(unit.text):
            made.place_says = replace(made.place_says, full=False)  # what was full is the last line of all
        parts.append(made)
    return parts


def _spans(spans: list[Span], low: int, high: int) -> list[Span]:
    """The spans of a range of the text, white space at its ends left out by nobody: each character stays in one part."""
    found: list[Span] = []
    at = 0
    for span in spans:
        size = span.end - span.start
        first, last = max(low, at), min(high, at + size)
        if first < last:
            found.append(Span(span.source, span.start + first - at, span.start + last - at))
        at += size
    return found
