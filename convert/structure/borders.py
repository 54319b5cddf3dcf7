"""How likely a story ends and another begins between two paragraphs: what their words, beginnings and ends say.

The likeness of paragraphs is that of pairs of characters, which need no word borders; what many paragraphs of the page
share, and pairs with a function character, say little (in the manner of TextTiling, Hearst 1997).  The weights are in
`borders.toml`, fitted by `tools/fit_starts.py`.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
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
    """Weights of the features; characters that say nothing of a subject; how paragraphs go on, and how stories end."""

    weights: dict[str, float]
    function: frozenset[str]
    patterns: dict[str, re.Pattern[str]]


@cache
def model() -> Model:
    """Read `borders.toml`, once a process."""
    table = tomllib.loads(Path(__file__).with_name("borders.toml").read_text("utf-8"))
    return Model(
        {str(name): float(value) for name, value in table["weights"].items()},
        frozenset(table["words"]["function"]),
        {name: re.compile(value) for name, value in table["patterns"].items()},
    )


class Borders:
    """The paragraphs of a page, and for each the log-odds that a story begins with it."""

    def __init__(self, body: Sequence[Unit]) -> None:
        self.body = body
        self._grams = [grams(unit.text) for unit in body]
        self.spread = Counter(gram for found in self._grams for gram in found)
        self._many = math.log(len(body) + 2)
        self._values: dict[str, float] = {}
        self._norms: list[float | None] = [None] * len(body)
        self._odds: list[float | None] = [None] * len(body)

    def value(self, gram: str) -> float:
        """The square of how telling a pair of characters is on this page."""
        known = self._values.get(gram)
        if known is None:
            function = model().function
            share = (1.0, 0.35, 0.1)[(gram[0] in function) + (gram[1] in function)]
            known = self._values[gram] = (share * (self._many - math.log(self.spread[gram] or 1))) ** 2
        return known

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
        return self._grams[places[0]].union(*(self._grams[at] for at in places[1:]))

    def _like(self, one: range, other: range) -> float:
        """Likeness of two runs of paragraphs, as log(1 + 100 cosine)."""
        left, right = self._union(one), self._union(other)
        shared = sum(map(self.value, left & right))
        if not shared:
            return 0.0
        size = (30.0 + sum(map(self._norm, one))) * (30.0 + sum(map(self._norm, other)))
        return math.log1p(100.0 * shared / math.sqrt(size))

    def _norm(self, at: int) -> float:
        known = self._norms[at]
        if known is None:
            known = self._norms[at] = sum(map(self.value, self._grams[at]))
        return known

    def _rare(self, one: range, other: range) -> float:
        """Pairs of characters both runs have and hardly any other paragraph, three at most."""
        function, spread = model().function, self.spread
        shared = self._union(one) & self._union(other)
        rare = (gram for gram in shared if spread[gram] <= RARE and gram[0] not in function and gram[1] not in function)
        return float(min(3, sum(1 for _ in rare)))


def grams(text: str) -> frozenset[str]:
    """The pairs of Chinese characters of a text."""
    return frozenset(gram for at in range(len(text) - 1) if (gram := text[at : at + 2]).isalpha() and not gram.isascii())


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
