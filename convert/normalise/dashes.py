"""Dashes, ranges and ellipses (GB/T 15834 4.10, 4.11, 4.13)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.normalise.context import Context, is_han
from convert.normalise.draft import Replacement

_DASH = re.compile("[—–―─]{1,}|[-－]{2,}")
_DATE_RANGE = re.compile(r"(?<=[0-9][日月年时号])[-－–~～](?=[0-9]{1,4}[年月日时号])")
_TIME_RANGE = re.compile(r"(?<=[0-9]:[0-9]{2})[-－–~～](?=[0-9]{1,2}:[0-9]{2}(?![0-9]))")
_DOTS = re.compile(r"\.{3,}|。{3,}|…+|⋯+|·{3,}|．{3,}")


def find(text: str, context: Context) -> Iterator[Replacement]:
    """Spans of time take the one-em dash; a run of dashes is one Chinese dash."""
    rows: list[Replacement] = []
    for pattern, after in ((_DATE_RANGE, "—"), (_TIME_RANGE, "—")):
        rows += [(match.start(), match.end(), after) for match in pattern.finditer(text)]
    for match in _DASH.finditer(text):
        run = match.group()
        left, right = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        chinese = is_han(left or " ") or is_han(right or " ")
        if len(run) >= 2 and chinese:
            rows.append((match.start(), match.end(), "——"))
        elif run in "―─–" and (chinese or (left.isdigit() and right.isdigit() and run != "–")):
            rows.append((match.start(), match.end(), "—"))
    yield from _disjoint(rows)


def ellipses(text: str, context: Context) -> Iterator[Replacement]:
    """Three dots or more in Chinese text are the six-dot ellipsis, in two em."""
    for match in _DOTS.finditer(text):
        run = match.group()
        left, right = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        latin = left.isascii() and left.isalnum() and (not right or (right.isascii() and right.isalnum()))
        if run == "……" or (run[0] == "." and latin):
            continue
        if run[0] in "…⋯" and len(run) > 2 and set(run) == {"…"} and len(run) % 2 == 0:
            continue
        yield match.start(), match.end(), "……"


def _disjoint(rows: list[Replacement]) -> Iterator[Replacement]:
    end = -1
    for row in sorted(rows):
        if row[0] >= end:
            yield row
            end = row[1]
