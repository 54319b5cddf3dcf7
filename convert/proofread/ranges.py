"""Things that have a range of a source, found by overlap: many decisions meet many rows on a long issue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Ranges(Generic[T]):
    """An index of (source, start, end, thing); a look-up costs the things near the place, not all there are."""

    def __init__(self, things: Iterable[tuple[int, int, int, T]] = ()) -> None:
        self._by_source: dict[int, list[tuple[int, int, int, T]]] = {}
        for number, (source, start, end, thing) in enumerate(things):
            self._by_source.setdefault(source, []).append((start, end, number, thing))
        self._starts: dict[int, list[int]] = {}
        self._reach: dict[int, list[int]] = {}
        for source, rows in self._by_source.items():
            rows.sort(key=lambda row: row[:3])
            self._starts[source] = [row[0] for row in rows]
            furthest, reach = -1, []
            for row in rows:
                furthest = max(furthest, row[1])
                reach.append(furthest)
            self._reach[source] = reach

    def touching(self, source: int, start: int, end: int) -> Iterator[T]:
        """Things that share a character with `start`..`end` or a border, in order of their start."""
        rows = self._by_source.get(source)
        if rows is None:
            return
        first = bisect_left(self._reach[source], start)
        for low, high, _, thing in rows[first:bisect_right(self._starts[source], end)]:
            if low <= end and high >= start:
                yield thing
