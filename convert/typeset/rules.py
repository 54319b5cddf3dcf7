"""The rules of a region as loaded from `rules.toml`, and what they say about two neighbours on a line."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Kind(IntEnum):
    """What a thing on a line is to the rules."""

    HAN = 0
    LATIN = 1
    DASH = 2
    OPEN = 3
    CLOSE = 4
    PAUSE = 5
    STOP = 6
    MIDDLE = 7
    SPACE = 8


_MARKS = (Kind.OPEN, Kind.CLOSE, Kind.PAUSE, Kind.STOP, Kind.MIDDLE)


class Habit(NamedTuple):
    """All that the rules ask about an atom; atoms with equal habits behave alike, so pairs are looked up by habit."""

    kind: Kind
    before: int
    """Blank before the ink of a mark, thousandths of an em."""
    after: int
    start: int = 1
    """May it begin a line: 0 no, 1 yes, 2 only at a price."""
    end: int = 1
    rigid: bool = False
    head_cut: bool = False
    """Latin that may begin a line though Latin stands before it, at a price: `.com` in an address, a sign of operation."""
    tail_cut: bool = False
    """Latin after which a line may end in the same way: `http://` in an address."""
    head_gap: bool = True
    """Latin that begins with a letter, a digit or a unit: a gap is left between it and Han."""
    tail_gap: bool = True
    """The same for its end."""


class Gap(NamedTuple):
    """What lies between two atoms: blank by nature, what it may lose gently and at need, in which turn, what it may
    gain, and whether a line may end here (0 no, 1 yes, 2 at a price)."""

    blank: int
    gentle: int
    firm: int
    turn: int
    soft: int
    """1 where the gap takes room before the others (word space, Han-Latin)."""
    any: int
    """How many shares of the room that justification adds come here: 0 none, more beside a mark than between Han."""
    cut: int


@dataclass(frozen=True)
class Rules:
    """One region's table; see `rules.toml` for the meaning and source of each."""

    region: str
    opening: frozenset[str]
    closing: frozenset[str]
    pause: frozenset[str]
    stop: frozenset[str]
    middle: frozenset[str]
    no_start: frozenset[str]
    soft_start: frozenset[str]
    no_end: frozenset[str]
    rigid: frozenset[str]
    operators: frozenset[str]
    units: frozenset[str]
    middle_blank: int
    latin_gap: int
    latin_shrink: int
    latin_stretch: int
    han_space: int
    space_shrink: int
    gentle: int
    mark_share: int
    pair: int
    indent: int

    def kind(self, character: str) -> Kind:
        """The kind of a single character that is neither Latin nor a space."""
        if character in self.opening:
            return Kind.OPEN
        if character in self.closing:
            return Kind.CLOSE
        if character in self.pause:
            return Kind.PAUSE
        if character in self.stop:
            return Kind.STOP
        if character in self.middle:
            return Kind.MIDDLE
        return Kind.HAN

    def start(self, character: str, kind: Kind) -> int:
        """Whether a line may begin with it."""
        if character in self.soft_start:
            return 2
        prohibited = kind in (Kind.CLOSE, Kind.PAUSE, Kind.STOP, Kind.MIDDLE, Kind.SPACE) or character in self.no_start
        return 0 if prohibited else 1

    def end(self, character: str, kind: Kind) -> int:
        """Whether a line may end with it."""
        return 0 if kind is Kind.OPEN or character in self.no_end else 1

    def between(self, a: Habit, b: Habit) -> Gap:
        """The gap between two neighbours (CLREQ 6.1.2 widths and adjustment, 6.2 breaking, 6.3 mixed text)."""
        blank = a.after + b.before
        marks = a.kind in _MARKS and b.kind in _MARKS
        if marks and blank and Kind.MIDDLE not in (a.kind, b.kind):
            blank = max(0, blank - self.pair)
        if blank and Kind.SPACE in (a.kind, b.kind):
            blank = max(0, blank - self.han_space)
        marks_blank = blank > 0
        gentle = firm = turn = 0
        soft = 0
        if blank:
            gentle = min(blank, self.gentle)
            firm = blank - gentle
            turn = 1 if Kind.MIDDLE in (a.kind, b.kind) else 2
        meet = (a.kind is Kind.HAN and b.kind is Kind.LATIN and b.head_gap) or (
            a.kind is Kind.LATIN and b.kind is Kind.HAN and a.tail_gap
        )
        if meet:
            blank, gentle, firm, turn, soft = self.latin_gap, self.latin_shrink, 0, 3, 1
        elif Kind.SPACE in (a.kind, b.kind):
            soft = 1 if b.kind is Kind.SPACE else 0
            gentle, firm, turn = (self.space_shrink, 0, 0) if soft else (0, 0, 0)
        spaceable = not (
            a.rigid or b.rigid or Kind.MIDDLE in (a.kind, b.kind) or a.kind is Kind.SPACE
            or (a.kind is b.kind and a.kind in (Kind.LATIN, Kind.DASH))
        )
        shares = self.mark_share if marks_blank else 1
        return Gap(blank, gentle, firm, turn, soft if spaceable else 0, shares if spaceable else 0, self._cut(a, b))

    @staticmethod
    def _cut(a: Habit, b: Habit) -> int:
        if a.end == 0 or b.start == 0:
            return 0
        if a.kind is Kind.LATIN and b.kind is Kind.LATIN:
            return 2 if a.tail_cut or b.head_cut else 0
        return b.start


@cache
def rules(region: str) -> Rules:
    """The rules of CN, TW or HK."""
    tables = tomllib.loads(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))
    merged: dict[str, Any] = {**tables["CN"], **tables[region]}
    values: dict[str, Any] = {name: frozenset(value) if isinstance(value, str) else value for name, value in merged.items()}
    return Rules(region=region, **values)
