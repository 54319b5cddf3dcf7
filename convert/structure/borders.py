"""How likely a story ends and another begins between two paragraphs: what their words, beginnings and ends say.

The likeness of paragraphs is that of pairs of characters, which need no word borders; what many paragraphs of the page
share says little, and pairs with a function character are not looked at (in the manner of TextTiling, Hearst 1997).  The
weights are in `borders.toml`, fitted by `tools/fit_starts.py`.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from operator import add
from pathlib import Path

from convert.structure.features import ordinal, words
from convert.structure.reading import is_closed, length
from convert.structure.starts import opens_story
from convert.structure.state import Unit

RARE = 3
"""Paragraphs a pair of characters stands in at most to be a rare one."""
_ENTRIES = ("list-item", "answer", "verse", "contents", "table-row")
Found = dict[str, float]


@dataclass(frozen=True)
class Model:
    """Weights of the features; stretches of two telling characters and more; how paragraphs go on, and how stories end."""

    weights: dict[str, float]
    runs: re.Pattern[str]
    patterns: dict[str, re.Pattern[str]]


@cache
def model() -> Model:
    """Read `borders.toml`, once a process."""
    table = tomllib.loads(Path(__file__).with_name("borders.toml").read_text("utf-8"))
    return Model(
        {str(name): float(value) for name, value in table["weights"].items()},
        re.compile(f"[^\\W0-9A-Za-z_{table['words']['function']}]{{2,}}"),
        {name: re.compile(value) for name, value in table["patterns"].items()},
    )


class Borders:
    """The paragraphs of a page, and for each the log-odds that a story begins with it."""

    def __init__(self, body: Sequence[Unit]) -> None:
        self.body = body
        self.grams = [grams(unit.text) for unit in body]
        self.spread: Counter[str] = Counter()
        for found in self.grams:
            self.spread.update(found)
        many = math.log(len(body) + 2)
        self._telling = [(many - math.log(spread or 1)) ** 2 for spread in range(len(body) + 1)]
        self._unions: dict[range, frozenset[str]] = {range(at, at + 1): found for at, found in enumerate(self.grams)}
        self._norms: list[float | None] = [None] * len(body)
        self._odds: list[float | None] = [None] * len(body)

    def value(self, gram: str) -> float:
        """The square of how telling a pair of characters is on this page: the fewer paragraphs have it, the more."""
        return self._telling[self.spread[gram]]

    def odds(self, at: int) -> float:
        """Log-odds that a story begins with paragraph `at`; 0 for the first one."""
        if not 0 < at < len(self.body):
            return 0.0
        known = self._odds[at]
        if known is None:
            weights = model().weights
            known = self._odds[at] = sum(value * weights.get(name, 0.0) for name, value in self.features(at).items())
        return known

    def features(self, at: int) -> Found:
        """What is seen at the border before paragraph `at`."""
        last, first = self.body[at - 1], self.body[at]
        found = dict.fromkeys(_words(last, first), 1.0)
        found["bias"] = 1.0
        low, high = max(0, at - 3), min(len(self.body), at + 3)
        left, right = range(low, at), range(at, high)
        found["win"] = self._like(left, right)
        found["joint"] = self._like(left[-1:], right[:1])
        if len(right) > 1:
            found["first_on"], found["first_back"] = self._like(right[:1], right[1:]), self._like(right[:1], left[-2:])
        if len(left) > 1:
            found["last_back"], found["last_on"] = self._like(left[-1:], left[:-1]), self._like(left[-1:], right[:2])
        found["rare"] = self._rare(left, right)
        found["rare_first"] = self._rare(left[-2:], right[:1])
        return found

    def _union(self, places: range) -> frozenset[str]:
        known = self._unions.get(places)
        if known is None:
            known = self._unions[places] = frozenset().union(*self.grams[places.start : places.stop])
        return known

    def _like(self, one: range, other: range) -> float:
        """Likeness of two runs of paragraphs, as log(1 + 100 cosine)."""
        shared = self._sum(self._union(one) & self._union(other))
        if not shared:
            return 0.0
        size = (30.0 + sum(map(self._norm, one))) * (30.0 + sum(map(self._norm, other)))
        return math.log1p(100.0 * shared / math.sqrt(size))

    def _norm(self, at: int) -> float:
        known = self._norms[at]
        if known is None:
            known = self._norms[at] = self._sum(self.grams[at])
        return known

    def _sum(self, found: frozenset[str]) -> float:
        telling, spread = self._telling, self.spread
        return sum([telling[spread[gram]] for gram in found])

    def _rare(self, one: range, other: range) -> float:
        """Pairs of characters both runs have and hardly any other paragraph, three at most."""
        spread = self.spread
        return float(min(3, sum([spread[gram] <= RARE for gram in self._union(one) & self._union(other)])))


def grams(text: str) -> frozenset[str]:
    """The pairs of characters of a text, none of them a function character."""
    return frozenset(pair for run in model().runs.findall(text) for pair in map(add, run, run[1:]))


def _words(last: Unit, first: Unit) -> list[str]:
    """What the end of one paragraph and the beginning of the next say."""
    patterns = model().patterns
    one, other = ordinal(last.text), ordinal(first.text)
    seen = {
        "opens": opens_story(first),
        "lead": bool(words().patterns["lead"].search(first.text)),
        "continues": bool(patterns["continues"].search(first.text)),
        "quote_first": first.text[:1] == "“",
        "date_first": bool(patterns["date"].search(first.text[:16])),
        "number_first": other is not None and other[1] > 1,
        "series": one is not None and other is not None and (one[0], one[1] + 1) == other,
        "same_kind": last.kind is not None and last.kind == first.kind,
        "kind_first": first.kind in _ENTRIES,
        "kind_last": last.kind in _ENTRIES,
        "credit_last": bool(patterns["credit"].search(last.text[-24:])),
        "open_last": not is_closed(last.text),
        "short_first": length(first.text) < 30,
        "short_last": length(last.text) < 30,
        "other_voice": ("我" in first.text) != ("我" in last.text),
    }
    return [name for name, value in seen.items() if value]
