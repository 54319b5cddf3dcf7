"""Where a block that an engine ran together is to be parted: a small forest weighs what stands on either side.

A place is looked at only where something begins as two blocks there do, or with a label among labels.  What tells: whether both
halves are made and measured as the blocks around them are, which the whole is not; what begins there, and what other blocks
begin with.  The trees were grown by gradient boosting (Friedman, Annals of Statistics 2001) on pages of which the paragraphs are
known and some of them were run together (`tools/fit_parting.py`, `parting.json`).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log
from pathlib import Path
from statistics import median
from typing import Any

from convert.structure.features import ordinal, words
from convert.structure.reading import balance, is_closed
from convert.structure.seams import OPENER

NEAR = 3
"""Blocks either side that are looked at."""
ALIKE = 2
"""Blocks near that begin alike, from which a place that does is looked at."""
LONGEST = 120
"""Characters of a block that may be rows, and can be parted behind any character."""
WORDY = 70
"""Characters of a row that can be parted between two letters."""
LEAST = 2
"""Characters of a part."""
SHORTER = 0.35
"""A part holds at least this share of the middle size of the blocks near."""
BODY = 30
"""Characters from which a block counts as running text."""
NEEDED = 1.0
"""Nats from which a block is parted."""

ENOUGH, HOPELESS = 40, -3.0
"""Trees after which, and nats below which, no others are asked."""

SIGNS = (
    *("size-before", "size-behind", "size", "before-to-near", "behind-to-near", "to-near", "to-body", "unlike-sizes"),
    *("ends2", "ends3", "ends1", "own-end2", "own-end1", "starts3", "starts2", "starts1", "own-start3", "own-start1"),
    *("page-starts2", "page-starts1", "made-before", "made-behind", "made-alike"),
    *("like-before", "like-behind", "like-whole", "like-other", "likeness"),
    *("label", "label-whole", "labels", "number", "number-in-turn", "number-below", "number-above"),
    *("last", "first", "closed", "closed-whole", "closed-near", "opener", "greeting"),
    *("sentences-before", "sentences-behind", "clause", "clause-mark", "sentence-behind", "sentence-before", "short-near"),
)
"""What is seen of a place, in the order in which the trees know it."""

Node = float | tuple[int, float, "Node", "Node"]
"""A leaf in nats, or a question: is sign number so greater than that?  If not, if so."""

_SENTENCE = re.compile("[。！？；…：][”’）〕】》]*|[”’）〕】](?=[^，。、；：！？”’）》〕】的])")
_LABEL = re.compile(r"(?:[（〔【《][^）〕】》]{1,14}[）〕】》])?[^\W0-9_]{1,8}(?:（[^）]{1,14}）)?：")
_TOKEN = re.compile("(?P<H>[㐀-鿿〇]+)|(?P<D>[0-9]+)|(?P<A>[A-Za-z]+)|(?P<S> +)|.", re.S)
_STOPS = frozenset("。！？；…：”’）〕】》")
_FULL = re.compile("[。！？]")
_CLAUSE = re.compile("[，。；：！？、”]")
_HAN = re.compile("[㐀-鿿]")
_NO_START = frozenset(" ，。、；：！？”’）》〕】…％%·～—-+/.")
_NO_END = frozenset(" “‘（《〔【，：—-+/.·")
_LAST = {char: at for at, chars in enumerate(("。", "！", "？", "；", "：", "…", "”’", "）】〕》"), 1) for char in chars}
_FIRST = {char: at for at, chars in enumerate(("“‘", "《", "（〔【"), 1) for char in chars}
_MARKS = "，。；：！？、”"


def shape(text: str) -> str:
    """What a text is made of: H for Han, D for digits, A for letters, S for spaces, marks as they are."""
    return "".join(match.lastgroup or match[0] for match in _TOKEN.finditer(text))


@dataclass(frozen=True, slots=True)
class Made:
    """What a block is made of: its shape, its marks, the number it begins with, whether it ends as a paragraph may."""

    shape: str
    marks: dict[str, int]
    number: tuple[str, int] | None
    closed: bool


class Page:
    """The blocks of a page, and how they begin, end and are made.  What costs is looked at where it is asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.sizes = [len(text) for text in texts]
        self.labels = [_LABEL.match(text) is not None for text in texts]
        self.starts = Counter(text[:2] for text in texts) + Counter(text[:1] for text in texts if len(text) > 1)
        self.body = median([size for size in self.sizes if size > BODY] or [2 * BODY])
        self._made: dict[int, Made] = {}

    def near(self, at: int) -> list[int]:
        """The blocks around, itself left out."""
        return [*range(max(0, at - NEAR), at), *range(at + 1, min(len(self.texts), at + NEAR + 1))]

    def made(self, at: int) -> Made:
        """What a block is made of."""
        if at not in self._made:
            text, made = self.texts[at], shape(self.texts[at])
            self._made[at] = Made(made, _marks(made), ordinal(text), is_closed(text[-40:]))
        return self._made[at]

    def least(self, at: int) -> int:
        """Characters that a part of block `at` holds at least."""
        return max(LEAST, int(SHORTER * median([self.sizes[by] for by in self.near(at)] or [0])))

    def places(self, at: int) -> list[int]:
        """Where block `at` may be parted."""
        text, near = self.texts[at], self.near(at)
        starts = Counter(self.texts[by][:1] for by in (at, *near))
        firsts = {first for first, count in starts.items() if count >= ALIKE and first}
        if sum(count for first, count in starts.items() if first.isdecimal()) >= ALIKE:
            firsts.update("0123456789")
        found = {place for first in firsts for place in _all(text, first)}
        if sum(self.labels[by] for by in near) >= ALIKE:
            found.update(match.end() for match in _SENTENCE.finditer(text) if _LABEL.match(text, match.end()))
        if not found:
            return []
        rows = len(text) <= LONGEST and sum(self.sizes[by] <= WORDY for by in near) >= NEAR
        least = self.least(at)
        return [
            place
            for place in sorted(found)
            if least <= place <= len(text) - least
            and (text[place - 1] in _STOPS or (rows and _may(text[place - 1], text[place], len(text))))
            and not balance(text[:place])[0]
        ]

    def signs(self, at: int, place: int) -> list[float]:
        """What is seen of a place of block `at`, in the order of `SIGNS`."""
        text, own, near = self.texts[at], self.made(at), self.near(at)
        around = [self.made(by) for by in near]
        before, behind = text[:place], text[place:]
        one, other = shape(before), shape(behind)
        marks, others = _marks(one), _marks(other)
        middle = log(median(self.sizes[by] for by in near) or 1)
        sizes = log(len(before)), log(len(behind)), log(len(text))
        alike_one = [_alike(marks, by.marks) for by in around]
        alike_other = [_alike(others, by.marks) for by in around]
        alike_whole = [_alike(own.marks, by.marks) for by in around]
        number = ordinal(behind)
        last, first = before[-1], behind[0]
        clause, sentence = _CLAUSE.search(behind), _FULL.search(behind)
        shapes = [by.shape for by in around]
        patterns = words().patterns
        return [
            *sizes,
            *(size - middle for size in sizes),
            sizes[2] - log(self.body),
            abs(sizes[0] - sizes[1]),
            sum(by[-2:] == one[-2:] for by in shapes),
            sum(by[-3:] == one[-3:] for by in shapes),
            sum(self.texts[by][-1:] == last for by in near),
            own.shape[-2:] == one[-2:],
            text[-1] == last,
            sum(by[:3] == other[:3] for by in shapes),
            sum(by[:2] == other[:2] for by in shapes),
            sum(self.texts[by][:1] == first for by in near),
            own.shape[:3] == other[:3],
            text[0] == first,
            self.starts[behind[:2]],
            self.starts[first],
            shapes.count(one),
            shapes.count(other),
            one == other,
            max(alike_one),
            max(alike_other),
            max(alike_whole),
            _alike(marks, others),
            (sum(alike_one) + sum(alike_other) - 2 * sum(alike_whole)) / len(near),
            bool(_LABEL.match(behind)),
            self.labels[at],
            sum(self.labels[by] for by in near),
            number is not None,
            number is not None and own.number == (number[0], number[1] - 1),
            number is not None and any(self.made(by).number == (number[0], number[1] + 1) for by in near if by > at),
            number is not None and any(self.made(by).number == (number[0], number[1] - 1) for by in near if by < at),
            _LAST.get(last, 9 if last.isdigit() else 10 if _HAN.match(last) else 11),
            _FIRST.get(first, 4 if first.isdigit() else 5 if _HAN.match(first) else 6 if first.isascii() else 7),
            is_closed(before[-40:]),
            own.closed,
            sum(by.closed for by in around),
            bool(OPENER.match(behind) or patterns["fact"].match(behind)),
            bool(patterns["salutation"].match(before) or patterns["greeting"].match(before)),
            len(_FULL.findall(before)),
            len(_FULL.findall(behind)),
            clause.start() if clause else 30,
            _MARKS.find(clause.group()) if clause else -1,
            sentence.start() if sentence else 99,
            place - 1 - max(before[:-2].rfind(char) for char in "。！？"),
            sum(self.sizes[by] <= 22 for by in near),
        ]


def _all(text: str, char: str) -> Iterator[int]:
    """Where a character stands, the first place left out."""
    at = text.find(char, 1)
    while at > 0:
        yield at
        at = text.find(char, at + 1)


def _may(last: str, first: str, size: int) -> bool:
    if first in _NO_START or last in _NO_END or (last.isdigit() and first.isdigit()):
        return False
    return size <= WORDY or not (_HAN.match(last) and _HAN.match(first))


def _marks(made: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for char in made:
        if char != "H":
            found[char] = found.get(char, 0) + 1
    return found


def _alike(one: dict[str, int], other: dict[str, int]) -> float:
    """How alike two shapes are (Dice 1945): 1 where they hold the same marks, as often."""
    whole = sum(one.values()) + sum(other.values())
    return 2 * sum(min(count, other.get(char, 0)) for char, count in one.items()) / whole if whole else 1.0


@cache
def forest() -> tuple[float, tuple[Node, ...]]:
    """What every place begins with, and the trees of `parting.json`, read once a process."""
    return load(Path(__file__).with_name("parting.json"), SIGNS)


def load(path: Path, signs: Sequence[str]) -> tuple[float, tuple[Node, ...]]:
    """Read a file of trees that were grown on these signs."""
    table = json.loads(path.read_text("utf-8"))
    if table["signs"] != list(signs):
        raise ValueError(f"{path.name} knows other signs than the parser: fit it again (tools/fit_{path.stem}.py).")
    return float(table["base"]), tuple(_node(tree) for tree in table["trees"])


def _node(told: Any) -> Node:
    return (told[0], told[1], _node(told[2]), _node(told[3])) if isinstance(told, list) else told / 100


def weigh(seen: Sequence[float], base: float, trees: Sequence[Node]) -> float:
    """Nats by which two blocks are likelier than one."""
    for number, tree in enumerate(trees):
        if number == ENOUGH and base < HOPELESS:
            break
        node = tree
        while isinstance(node, tuple):
            node = node[3] if seen[node[0]] > node[1] else node[2]
        base += node
    return base


def places(texts: Sequence[str], asked: Sequence[bool]) -> dict[int, list[int]]:
    """Of each block that is to be parted, where; only those that are asked about are looked at."""
    if not any(asked):
        return {}
    base, trees = forest()
    page = Page(texts)
    found: dict[int, list[int]] = {}
    for at in (at for at, wanted in enumerate(asked) if wanted):
        worth = {place: weigh(page.signs(at, place), base, trees) for place in page.places(at)}
        cuts: list[int] = []
        for place in sorted((place for place in worth if worth[place] >= NEEDED), key=lambda place: -worth[place]):
            if all(abs(place - other) >= page.least(at) for other in cuts):
                cuts.append(place)
        if cuts:
            found[at] = sorted(cuts)
    return found
