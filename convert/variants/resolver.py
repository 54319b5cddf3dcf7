"""Where a phrase of the table crosses a word border, and a one-to-many character hangs on it: 心理|发 or 心|理发?

OpenCC takes the leftmost, longest phrase.  That is right nearly always, and wrong where words meet: 爱心理发, 人人参与.
There, and only there, a unigram model of word frequencies decides; every decision is reported with both readings.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from convert.memo import Memo
from convert.variants import dictionaries, packed
from convert.variants.engine import Chain

TOTAL = 60_000_000
"""Words in the corpus the frequencies were counted in."""

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
_MEMO = 50_000


Log = Callable[[str], float | None]
"""Natural logarithm of the occurrences of a word; None for what is none."""


def weights(own: Container[str] = (), vocabulary: Container[str] = ()) -> Log:
    """Logarithms of the occurrences of words: the corpus', the tables' phrases, the press list's `own`, the region's."""
    phrase, short, long = (math.log(occurrences) for occurrences in (PHRASE, OWN_SHORT, OWN_LONG))

    def log(word: str) -> float | None:
        value = packed.weight(word, phrase)
        if len(word) > 1 and word in own:
            return max(short if len(word) == 2 else long, value or 0.0)
        return phrase if value is None and word in vocabulary else value

    return Memo(log, _MEMO).__getitem__


@dataclass(frozen=True, slots=True)
class Choice:
    """A place with two readings.  `margin` is how much likelier the cut `words` is than the table's own, `greedy`."""

    start: int
    end: int
    words: tuple[str, ...]
    greedy: tuple[str, ...]
    margin: float


class Resolver:
    """Finds the places and weighs the readings.

    `chain` cuts and converts the text, `log` gives the `weights` of words, `vocabulary` the words that become
    other words in the region: they too must not be found across a word border (出租|车辆, 官网|关闭).  `also` are
    characters with one form in the tables, and another in phrases of the press list (霉).
    """

    def __init__(
        self, chain: Chain, log: Log, vocabulary: frozenset[str] = frozenset(), also: frozenset[str] = frozenset()
    ) -> None:
        self._finish, self._matcher = chain.finish, chain.matcher
        self._weight, self._vocabulary = log, vocabulary
        self._many = frozenset(dictionaries.one_to_many()) | also
        telling = {*self._many, *(word[0] for word in vocabulary)}
        self._telling = re.compile(f"[{re.escape(''.join(sorted(telling)))}]")
        self._memo: dict[tuple[str, tuple[int, ...]], tuple[Choice, ...]] = {}

    def knows(self, word: str) -> bool:
        """Whether it is a word of the corpus or a phrase of the tables; single characters do not count."""
        return len(word) > 1 and self._weight(word) is not None

    def in_word(self, text: str, at: int) -> bool:
        """Whether some word of two to four characters covers the place."""
        return any(
            self._weight(text[start:end]) is not None
            for start in range(max(0, at - REACH), at + 1)
            for end in range(max(at + 1, start + 2), start + REACH + 2)
        )

    def choices(self, text: str, bounds: Sequence[int]) -> Iterator[Choice]:
        """Places where another cut into words may give another conversion; `bounds` is the cut of the tables."""
        for first, last in self._windows(text, bounds):
            start, end = bounds[first], bounds[last]
            key = text[start:end], tuple(bounds[at] - start for at in range(first, last))
            found = self._memo.get(key)
            if found is None:
                if len(self._memo) >= _MEMO:
                    self._memo.clear()
                local = [place - start for place in bounds[first:last + 1]]
                found = self._memo[key] = tuple(self._weigh(text[start:end], local))
            for choice in found:
                yield replace(choice, start=choice.start + start, end=choice.end + start)

    def _windows(self, text: str, bounds: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Ranges of `bounds` around the places at stake; those that meet are one, up to `WINDOW` characters."""
        waiting: tuple[int, int] | None = None
        size = len(text)
        for found in self._telling.finditer(text):
            at = found.start()
            here = bisect_right(bounds, at) - 1
            low, high = bounds[here], bounds[here + 1]
            if self._matcher.match(text, low) != high:
                low, high = at, at + 1
            if text[at] not in self._many and text[low:high] not in self._vocabulary:
                continue
            if not self._at_stake(text, bounds, at, low, high):
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

    def _at_stake(self, text: str, bounds: Sequence[int], at: int, low: int, high: int) -> bool:
        """Whether a word across a border of the cut would read the character at `at` in another way."""
        log, finish = self._weight, self._finish
        size = len(text)
        reading = finish(text[low:high])
        exact = len(reading) == high - low and text[low:high] not in self._vocabulary
        for start in range(max(0, low - REACH), high):
            for end in range(max(low, start + 1) + 1, min(size, start + REACH + 1) + 1):
                word = text[start:end]
                if log(word) is None or not self._crosses(text, bounds, start, end):
                    continue
                if not exact:
                    return True
                if start <= at < end:
                    other = finish(word)
                    if len(other) != end - start or other[at - start] != reading[at - low]:
                        return True
                elif finish(text[at]) != reading[at - low]:
                    return True
        return False

    def _crosses(self, text: str, bounds: Sequence[int], start: int, end: int) -> bool:
        """Whether a word there would cut a phrase of the tables in two."""
        for place in (start, end):
            at = bisect_right(bounds, place) - 1
            if at + 1 < len(bounds) and bounds[at] < place and self._matcher.match(text, bounds[at]) == bounds[at + 1]:
                return True
        return False

    def _weigh(self, text: str, bounds: Sequence[int]) -> Iterator[Choice]:
        """The places of a window where its likeliest cut differs from the tables'."""
        mine = list(accumulate(map(len, self._cut(text)), initial=0))
        theirs: list[int] = []
        for low, high in pairwise(bounds):
            theirs += [low] if self._matcher.match(text, low) == high else range(low, high)
        theirs.append(len(text))
        for low, high in pairwise(sorted(set(mine) & set(theirs))):
            ours = _parts(text, mine, low, high)
            greedy = _parts(text, bounds, low, high)
            if ours != greedy:
                yield Choice(low, high, ours, greedy, sum(map(self._log, ours)) - sum(map(self._cost, greedy)))

    def _cost(self, segment: str) -> float:
        """Log-probability of a segment of the tables' cut: a phrase, or a run that may hold several words."""
        if self._matcher.match(segment, 0) == len(segment):
            return self._log(segment)
        return sum(map(self._log, self._cut(segment)))

    def _log(self, word: str) -> float:
        return (self._weight(word) or 0.0) - _TOTAL_LOG

    def _cut(self, text: str) -> list[str]:
        """The likeliest cut into words; a word is at most `LONGEST` characters."""
        find, size = self._weight, len(text)
        best = [0.0] * (size + 1)
        ends = [0] * (size + 1)
        for start in range(size - 1, -1, -1):
            chosen, top = start + 1, (find(text[start]) or 0.0) - _TOTAL_LOG + best[start + 1]
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


def _parts(text: str, bounds: Sequence[int], low: int, high: int) -> tuple[str, ...]:
    """The segments of `bounds` between two places, cut there."""
    places = [low, *bounds[bisect_right(bounds, low):bisect_left(bounds, high)], high]
    return tuple(text[a:b] for a, b in pairwise(places))
