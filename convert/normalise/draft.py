"""A text under revision that remembers, for every change, the range of the original it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

Replacement = tuple[int, int, str]
"""Start and end in the text as it is now, and what comes there instead."""


class Change(NamedTuple):
    """`start` and `end` count in the original text; `rule` names every rule that had a hand in it, joined by `+`."""

    start: int
    end: int
    after: str
    rule: str


class _Run(NamedTuple):
    """A range of the original: as it was (`after` None) or replaced."""

    start: int
    end: int
    after: str | None
    rules: tuple[str, ...]

    @property
    def size(self) -> int:
        """Characters it holds in the current text."""
        return self.end - self.start if self.after is None else len(self.after)


class Draft:
    """Text, and the sorted, disjoint changes that lead to it from the original.  Each `apply` is linear in changes."""

    __slots__ = ("_original", "_runs", "text")

    def __init__(self, original: str) -> None:
        self._original = original
        self._runs = [_Run(0, len(original), None, ())]
        self.text = original

    @property
    def changes(self) -> tuple[Change, ...]:
        """What turns the original into `text`; rows that in the end change nothing are left out."""
        rows: list[Change] = []
        for start, end, after, rules in self._runs:
            if after is None or after == self._original[start:end]:
                continue
            if rows and start == end == rows[-1].end:  # an insertion right behind a change is part of that change
                earlier = rows.pop()
                start, after = earlier.start, earlier.after + after
                rules = tuple(dict.fromkeys((*earlier.rule.split("+"), *rules)))
            rows.append(Change(start, end, after, "+".join(rules)))
        return tuple(rows)

    def apply(self, rule: str, replacements: Iterable[Replacement]) -> None:
        """Make replacements, which must be sorted and disjoint, in the text as it is now."""
        text = self.text
        todo = [(start, end, after) for start, end, after in replacements if text[start:end] != after]
        if not todo:
            return
        self._runs = list(_compose(self._runs, todo, rule, len(self._original)))
        parts: list[str] = []
        cursor = 0
        for start, end, after in todo:
            parts += (text[cursor:start], after)
            cursor = end
        self.text = "".join([*parts, text[cursor:]])


def _compose(runs: list[_Run], todo: list[Replacement], rule: str, length: int) -> Iterable[_Run]:
    """`runs` with replacements made: an untouched run is cut where need be, a changed one is absorbed whole."""
    rest: Iterator[_Run] = iter(runs)
    run = next(rest, None)
    at = 0  # where `run` begins in the current text
    for start, end, after in todo:
        while run is not None and at + run.size <= start:
            yield run
            at += run.size
            run = next(rest, None)
        before = ""
        rest_of: _Run | None = None
        rules: list[str] = []
        if run is not None and at < start:
            if run.after is None:
                cut = run.start + start - at
                yield run._replace(end=cut)
                run, at = run._replace(start=cut), start
            else:
                before = run.after[: start - at]
        left = right = run.start if run is not None else length
        while run is not None and at < end:
            if run.after is None and at + run.size > end:
                right = run.start + end - at
                run, at = run._replace(start=right), end
                break
            if run.after is not None:
                rules += run.rules
                behind = run.after[max(end - at, 0) :]
                rest_of = _Run(run.end, run.end, behind, run.rules) if behind else None
            right = run.end
            at += run.size
            run = next(rest, None)
        yield _Run(left, right, before + after, tuple(dict.fromkeys((*rules, rule))))
        if rest_of is not None:  # what a later replacement may still act on
            rest, run, at = chain([run] if run is not None else [], rest), rest_of, end
    while run is not None:
        yield run
        run = next(rest, None)
