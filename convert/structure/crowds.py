"""Short lines too many to be a headline: verse whose lines a recogniser set apart, programmes, and contents without page numbers.

A headline has four or five lines at most.  What stands between the first and the last lines of a longer run is no headline,
whatever each line looks like; and lines of one pattern under each other are entries of one list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from convert.structure.features import DISPLAY, ordinal, words
from convert.structure.reading import length
from convert.structure.state import Unit

Seen = Sequence[dict[str, float]]

LINE, USUAL = 24, 10
"""Characters of a line of a crowd at most (two of verse may be run together), and of the middle one."""
FEWEST = 7
"""Lines that are more than one headline, or than the end of one story and the beginning of the next."""
ABOVE = 2
"""Lines at the ends of a crowd that may be headlines, where no byline shows where those end and begin."""
BODY = 1.1
"""Size against the body's up to which a line can be one of a crowd."""
ENTRY, ENTRIES = 45, 30
"""Characters an entry holds at most, and entries there are at most."""
UNHEADED = 3
"""Entries that are contents though no head stands over them."""
ALIKE = 3
"""Lines of as many parts that are a list though no figures show a pattern."""
CREDITS = ("byline", "names", "office_and_names", "signed", "dash", "source_line", "date_only", "org")
_OTHER = (
    "closed", "hanging", "colon", "question", "numbered1", "numbered2", "numbered3", "bullet", "contents", "cells", "in_series",
    "formula", "report", "photo", "three_blanks", "leader", "figures", "page_number", "verse",
)  # fmt: skip
_PART = re.compile(" +")
_NUMBER = re.compile("[0-9]+")
_HAN = re.compile("[㐀-鿿]+")
_TRIM = re.compile("（[^（）]*）|[《》〈〉“”]")


def mark(units: Sequence[Unit], seen: Seen) -> None:
    """All crowds of the page."""
    _listed(units, seen)
    _patterned(units, seen)
    _crowds(units, seen)


def _crowds(units: Sequence[Unit], seen: Seen) -> None:
    """Inside a run of short lines: verse.  Behind an imprint a row of headlines is a row of headlines (see `gathered`)."""
    start = 0
    for at in range(len(units) + 1):
        if at < len(units) and length(units[at].text) <= LINE and _may(units[at], seen[at]) and _scale(units[at]) <= BODY:
            continue
        run = range(start, at)
        start = at + 1
        if len(run) < FEWEST or (at == len(units) and run[0] and seen[run[0] - 1].get("colophon_hits")):
            continue
        inner = _inner(units, seen, run)
        lengths = sorted(length(units[place].text) for place in inner)
        if len(inner) >= FEWEST - ABOVE and lengths[(len(inner) - 1) // 2] + lengths[len(inner) // 2] <= 2 * USUAL:
            for place in inner:
                seen[place]["crowd"] = 1.0


def _may(unit: Unit, found: dict[str, float]) -> bool:
    if found.get("colophon_hits") or found.get("drop_hits") or not found.keys().isdisjoint(_OTHER):
        return False
    sized = unit.place_says is not None and unit.place_says.scale is not None
    return sized or "separator" not in found  # recognised words have spaces between them that mean nothing


def _inner(units: Sequence[Unit], seen: Seen, run: range) -> range:
    """The run without the headline over it, which a byline ends, and without the one of the next story."""
    credits = [at for at in run if not seen[at].keys().isdisjoint(CREDITS)]
    if any(unit.place_says is not None and unit.place_says.scale is not None for unit in units[run[0] : run[-1] + 1]):
        return range(max((at + 1 for at in credits if at < run[0] + ABOVE), default=run[0]), run[-1] + 1)  # heads are larger
    first = max((at + 1 for at in credits if at < run[0] + ABOVE + 2), default=run[0] + ABOVE)
    last = min((at - ABOVE for at in credits if at >= run[-1] - 1), default=run[-1] + 1)
    if last == run[-1] + 1 and run[-1] + 1 < len(units):
        last -= ABOVE
    return range(min(first, last), last)


def _patterned(units: Sequence[Unit], seen: Seen) -> None:
    """Lines of the same parts under each other: times and places of a programme, names under their offices."""
    shapes = [_shape(unit, found) for unit, found in zip(units, seen, strict=True)]
    start = 0
    for at in range(1, len(units) + 1):
        if at < len(units) and shapes[at] is not None and shapes[at] == shapes[start]:
            continue
        shape, count = shapes[start], at - start
        if shape is not None and (count >= ALIKE or (count > 1 and "9" in shape)):
            for place in range(start, at):
                seen[place]["patterned"] = 1.0
        start = at


def _shape(unit: Unit, found: dict[str, float]) -> str | None:
    """How a line of several parts begins, and how many they are where no figure shows it; None for other lines."""
    if not _lists(unit, found):
        return None
    parts = _PART.split(unit.text)
    first = _HAN.sub("字", _NUMBER.sub("9", parts[0]))
    return first if "9" in first else f"{first} {len(parts)}"


def _lists(unit: Unit, found: dict[str, float]) -> bool:
    if length(unit.text) > ENTRY or " " not in unit.text or "closed" in found or "comma" in found:
        return False
    if found.get("colophon_hits") or found.get("drop_hits") or not found.keys().isdisjoint(("byline", "cells", "source_line")):
        return False
    return _scale(unit) <= DISPLAY


def _scale(unit: Unit) -> float:
    return 1.0 if unit.place_says is None else unit.place_says.scale or 1.0


def _listed(units: Sequence[Unit], seen: Seen) -> None:
    """Lines whose first parts come back as lines of their own, under 目录 or several in a row: they name what the issue holds."""
    heads = {at for at, unit in enumerate(units) if words().patterns["contents_head"].search(unit.text)}
    cores = [_core(unit.text) if length(unit.text) <= ENTRY else "" for unit in units]
    last_at = {core: at for at, core in enumerate(cores)}
    named = [
        length(unit.text) <= 2 * ENTRY
        and "closed" not in found
        and any(last_at.get(part, -1) > at for part in _parts(unit.text, found))
        for at, (unit, found) in enumerate(zip(units, seen, strict=True))
    ]
    start = 0
    while start < len(units):
        headed = start in heads
        first = start + headed
        last, count = first - 1, 0
        place = first
        while place < len(units) and place - last <= (ENTRIES if headed else 2) and "closed" not in seen[place]:
            if named[place]:
                last, count = place, count + 1
            elif not headed and not count:
                break
            place += 1
        if count >= (2 if headed else UNHEADED):
            if headed:
                seen[start]["contents_head"] = 1.0
            for entry in range(first, last + 1):
                seen[entry]["contents"] = 1.0
        start = max(last, start) + 1


def _parts(text: str, found: dict[str, float]) -> list[str]:
    """What an entry may name: the whole of it, unless it is a credit, or one of its parts."""
    credit = not found.keys().isdisjoint(CREDITS)
    parts = [*([] if credit else [text]), *re.split("[ ：]+", _TRIM.sub("", text))]
    return [core for part in parts if len(core := _core(part)) > (3 if credit else 2)]


def _core(text: str) -> str:
    return _TRIM.sub("", text).strip(" ：")


def keeps_spaces(kind: str | None, text: str) -> bool:
    """Whether the spaces of a list's line part its columns: a programme, names under offices, titles and their writers."""
    if kind not in ("list-item", "contents") or any(mark in text for mark in "。；，;,"):
        return False
    if kind == "contents" and ("：" in text or ":" in text):
        return False
    return ordinal(text) is None and not any(words().patterns[name].search(text) for name in ("bullet", "leader", "serial"))
