"""Where a phrase of the table crosses a word border, and a one-to-many character hangs on it: 心理|发 or 心|理发?

OpenCC takes the leftmost, longest phrase.  That is right nearly always, and wrong where words meet: 爱心理发, 人人参与.
There, and only there, a unigram model of word frequencies decides; every decision is reported with both readings.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, pairwise

from convert.variants import dictionaries
from convert.variants.engine import Matcher

TOTAL = 60_000_000
"""Words in the corpus the frequencies were counted in."""

STEPS = 3
"""Levels of the data file to one unit of the natural logarithm (`tools/build_frequencies.py`)."""

PHRASE = 8
"""Occurrences a phrase of the conversion tables is given where the corpus has none."""

OWN_SHORT, OWN_LONG = 20, 3000
"""The same for phrases of the press list, of two and of more characters: an editor chose them, and long ones are safe."""

REACH = 3
"""Characters a word of the corpus may have before or behind the one in question."""

WINDOW = 48
"""Characters looked at together at most, so that text without any mark is still read in linear time."""

SURE = 3.0
"""Difference of log-probability from which a decision is a note and no question (20 to 1)."""

LONGEST = 8
"""Characters of the longest word weighed."""

CHOOSE = 0.5
"""Difference of log-probability from which the likelier cut is chosen; below it the tables' own stands."""

_TOTAL_LOG = math.log(TOTAL)


@cache
def frequencies() -> Mapping[str, float]:
    """Natural logarithm of the occurrences of words, read when the resolver is first used."""
    out: dict[str, float] = {}
    for line in (files("convert.variants") / "data" / "frequencies.txt").read_text("utf-8").split("\n"):
        level, tab, words = line.partition("\t")
        if tab and level[0] != "#":
            out |= dict.fromkeys(words.split(" "), int(level) / STEPS)
    return out


@dataclass(frozen=True, slots=True)
class Choice:
    """A place with two readings.  `margin` is how much likelier the cut `words` is than the table's own, `greedy`."""

    start: int
    end: int
    words: tuple[str, ...]
    greedy: tuple[str, ...]
    margin: float


class Resolver:
    """Finds the places and weighs the readings.  `phrases` are those the matcher knows, `own` those of the press list."""

    def __init__(self, matcher: Matcher, phrases: Iterable[str], own: Iterable[str] = ()) -> None:
        self._matcher = matcher
        self._logs = dict.fromkeys(phrases, math.log(PHRASE)) | frequencies()
        for phrase in own:
            if len(phrase) > 1:
                least = math.log(OWN_SHORT if len(phrase) == 2 else OWN_LONG)
                self._logs[phrase] = max(least, self._logs.get(phrase, 0.0))
        self._ambiguous = re.compile(f"[{re.escape(''.join(dictionaries.one_to_many()))}]")

    def knows(self, word: str) -> bool:
        """Whether it is a word of the corpus or a phrase of the tables; single characters do not count."""
        return len(word) > 1 and word in self._logs

    def choices(self, text: str, bounds: Sequence[int]) -> Iterator[Choice]:
        """Places where another cut into words may give another conversion; `bounds` is the cut of the tables."""
        for first, last in self._windows(text, bounds):
            yield from self._weigh(text, bounds, first, last)

    def _windows(self, text: str, bounds: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Ranges of `bounds` around one-to-many characters whose word crosses a border of the cut."""
        known, match = self._logs, self._matcher.match
        waiting: tuple[int, int] | None = None
        size = len(text)
        for found in self._ambiguous.finditer(text):
            at = found.start()
            here = bisect_right(bounds, at) - 1
            low, high = bounds[here], bounds[here + 1]
            if match(text, low) != high:
                low, high = at, at + 1
            if not any(
                text[start:end] in known and self._crosses(text, bounds, start, end)
                for start in range(max(0, low - REACH), high)
                for end in range(max(low, start + 1) + 1, min(size, start + REACH + 1) + 1)
            ):
                continue
            first = max(bisect_right(bounds, max(0, low - REACH)) - 1, 0)
            last = bisect_left(bounds, min(size, high + REACH))
            if waiting is not None and first <= waiting[1] and bounds[last] - bounds[waiting[0]] <= WINDOW:
                waiting = waiting[0], max(last, waiting[1])
                continue
            if waiting is not None:
                yield waiting
                first = max(first, waiting[1])
            waiting = (first, last) if first < last else None
        if waiting is not None:
            yield waiting

    def _crosses(self, text: str, bounds: Sequence[int], start: int, end: int) -> bool:
        """Whether a word there would cut a phrase of the tables in two."""
        for place in (start, end):
            at = bisect_right(bounds, place) - 1
            if at + 1 < len(bounds) and bounds[at] < place and self._matcher.match(text, bounds[at]) == bounds[at + 1]:
                return True
        return False

    def _weigh(self, text: str, bounds: Sequence[int], first: int, last: int) -> Iterator[Choice]:
        start, end = bounds[first], bounds[last]
        words = self._cut(text[start:end])
        mine = list(accumulate((len(word) for word in words), initial=start))
        theirs: list[int] = []
        for low, high in pairwise(bounds[first:last + 1]):
            theirs += [low] if self._matcher.match(text, low) == high else range(low, high)
        theirs.append(end)
        shared = sorted(set(mine) & set(theirs))
        for low, high in pairwise(shared):
            ours = [text[a:b] for a, b in pairwise(mine[bisect_left(mine, low):bisect_left(mine, high) + 1])]
            greedy = [text[a:b] for a, b in pairwise(theirs[bisect_left(theirs, low):bisect_left(theirs, high) + 1])]
            if ours != greedy and len(ours) + len(greedy) > 2:
                margin = sum(map(self._log, ours)) - self._greedy_log(greedy)
                yield Choice(low, high, tuple(ours), tuple(greedy), margin)

    def _greedy_log(self, words: Sequence[str]) -> float:
        """Probability of the tables' cut; single characters between phrases may still be words together."""
        total, run = 0.0, ""
        for word in [*words, "\0\0"]:
            if len(word) == 1:
                run += word
                continue
            if run:
                total += sum(map(self._log, self._cut(run)))
                run = ""
            if word != "\0\0":
                total += self._log(word)
        return total

    def _log(self, word: str) -> float:
        return self._logs.get(word, 0.0) - _TOTAL_LOG

    def _cut(self, text: str) -> list[str]:
        """The likeliest cut into words; a word is at most `LONGEST` characters."""
        find, size = self._logs.get, len(text)
        best = [0.0] * (size + 1)
        ends = [0] * (size + 1)
        for start in range(size - 1, -1, -1):
            chosen, top = start + 1, find(text[start], 0.0) - _TOTAL_LOG + best[start + 1]
            for end in range(start + 2, min(size, start + LONGEST) + 1):
                log = find(text[start:end])
                if log is not None and (score := log - _TOTAL_LOG + best[end]) > top:
                    top, chosen = score, end
            best[start], ends[start] = top, chosen
        words: list[str] = []
        at = 0
        while at < size:
            words.append(text[at:ends[at]])
            at = ends[at]
        return words
