"""OpenCC's algorithm, exactly: mmseg segmentation, then every stage inside each segment, leftmost-longest.

A stage is a list of tables tried in order (short circuit): the first that has any match at a place wins, however long
a later table's match would be.  Tables joined by `+` form a union, where the longest match of all wins.  Here each
pair of characters that begins a key leads straight to the lengths worth trying, so most places cost one look-up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, reduce
from itertools import pairwise

from convert.memo import Memo
from convert.variants import dictionaries, packed
from convert.variants.packed import Phrases

Look = Callable[[str], str | None]
"""What a table makes of a string; None where it is no key."""

Trial = tuple[tuple[int, Look], ...]
"""What to try at a place: lengths with the table that has keys of that length, in the order OpenCC would find them."""

Find = Callable[[str], Trial | None]
"""What to try where two characters stand; None where they begin no key."""

Piece = tuple[int, int, str]
"""A range of the text and what becomes of it.  Pieces follow each other without a gap."""

_MEMO = 20_000
_PAIRS = 20_000
_LONGEST_REMEMBERED = 32


class Matcher:
    """One stage or the segmenter: finds the matches of its tables from left to right.

    `starts[pair]` says what to try where two characters stand; it is worked out when a text first has them.
    """

    __slots__ = ("find", "phrases", "singles", "starts")

    def __init__(self, table: Mapping[str, str] | Phrases) -> None:
        if isinstance(table, Phrases):
            self._set({}, _lazily(table))
        else:
            pairs = _eagerly(table)
            self._set({ord(key): value for key, value in table.items() if len(key) == 1}, pairs.get, bool(pairs))

    def _set(self, singles: dict[int, str], find: Find, phrases: bool = True) -> None:
        self.singles, self.find, self.starts, self.phrases = singles, find, Memo(find, _PAIRS), phrases

    def then(self, later: Matcher) -> Matcher:
        """A short circuit: `later` is asked only where this matcher has nothing, not even the single character."""
        singles, first, second = self.singles, self.find, later.find
        new = Matcher({})
        if not later.phrases:  # then both know the same pairs, and share what was found out
            new.singles, new.find, new.starts, new.phrases = later.singles | singles, first, self.starts, self.phrases
            return new

        def find(pair: str) -> Trial | None:
            mine = first(pair)
            theirs = second(pair) if ord(pair[0]) not in singles else None
            return mine + theirs if mine and theirs else mine or theirs

        new._set(later.singles | singles, find)
        return new

    def with_overlay(self, overlay: Mapping[str, str]) -> Matcher:
        """The same matcher in union with more phrases; where both have a key, the overlay's reading holds."""
        over, base = _eagerly(overlay), self.find
        merged: dict[int, Look] = {}

        def find(pair: str) -> Trial | None:
            mine, theirs = over.get(pair), base(pair)
            if not mine or not theirs:
                return mine or theirs
            lengths = dict(mine)
            for length, look in theirs:
                # One table for all lengths: near the end of a text a slice may be shorter than the length tried.
                lengths[length] = _merge(merged, look, overlay)
            return tuple(sorted(lengths.items(), key=lambda item: -item[0]))

        new = Matcher(overlay)
        new._set(self.singles | new.singles, find)
        return new

    def match(self, text: str, at: int) -> int:
        """The end of the phrase that begins at `at`, or `at` where none does."""
        for length, look in self.starts[text[at:at + 2]] or ():
            if look(text[at:at + length]) is not None:
                return min(at + length, len(text))
        return at

    def run(self, text: str) -> str:
        """`text` with this stage applied."""
        return "".join(out for _, _, out in self.pieces(text))

    def pieces(self, text: str) -> list[Piece]:
        """Matches and the runs between them, each with its outcome."""
        out: list[Piece] = []
        find, singles = self.starts.__getitem__, self.singles
        at = done = 0
        size = len(text)
        while at < size:
            trial = find(text[at:at + 2])
            if trial is not None:
                for length, look in trial:
                    value = look(text[at:at + length])
                    if value is not None:
                        if at > done:
                            out.append((done, at, text[done:at].translate(singles)))
                        done = min(at + length, size)
                        out.append((at, done, value))
                        at = done
                        break
                else:
                    at += 1
            else:
                at += 1
        if done < size:
            out.append((done, size, text[done:].translate(singles)))
        return out


def _eagerly(table: Mapping[str, str]) -> dict[str, Trial]:
    """What to try at every pair of characters that begins a key of a small table."""
    lengths: dict[str, int] = {}
    for key in table:
        if len(key) > 1:
            pair = key[:2]
            lengths[pair] = lengths.get(pair, 0) | 1 << len(key)
    trials = {mask: _trial(mask, table.get) for mask in set(lengths.values())}
    return {pair: trials[mask] for pair, mask in lengths.items()}


def _lazily(table: Phrases) -> Find:
    """The same for a table on disk."""
    trials = Memo[int, Trial | None](lambda mask: _trial(mask, table.get) if mask else None)
    return lambda pair: trials[table.lengths(pair)]


def _trial(mask: int, look: Look) -> Trial:
    return tuple((n, look) for n in range(mask.bit_length(), 1, -1) if mask >> n & 1)


def _merge(known: dict[int, Look], look: Look, over: Mapping[str, str]) -> Look:
    """`look` with the entries of `over` before its own, made once for every table."""
    if id(look) not in known:
        def both(key: str) -> str | None:
            value = over.get(key)
            return look(key) if value is None else value

        known[id(look)] = Memo(both, _PAIRS).__getitem__
    return known[id(look)]


class Chain:
    """A configuration: `pieces` of a text, or the whole `convert`ed.  Results of segments are remembered."""

    __slots__ = ("_memo", "segmenter", "stages")

    def __init__(self, segmenter: Matcher | None, stages: Sequence[Matcher]) -> None:
        if segmenter is None and len(stages) != 1:
            raise ValueError("a chain without segmentation has one stage")
        self.segmenter = segmenter
        self.stages = tuple(stages)
        self._memo: dict[str, str] = {}

    def finish(self, segment: str) -> str:
        """What all stages make of one segment."""
        out = self._memo.get(segment)
        if out is None:
            out = segment
            for stage in self.stages:
                out = stage.run(out)
            if len(segment) <= _LONGEST_REMEMBERED:
                if len(self._memo) >= _MEMO:
                    self._memo.clear()
                self._memo[segment] = out
        return out

    def regional(self, text: str) -> str:
        """What the stages after the first make of OpenCC's standard Traditional."""
        for stage in self.stages[1:]:
            text = stage.run(text)
        return text

    def bounds(self, text: str) -> list[int]:
        """Where segments begin, and the end of the text.  Without segmentation, matches of the stage are segments."""
        out = [0]
        add, find = out.append, self.matcher.starts.__getitem__
        at = done = 0
        size = len(text)
        while at < size:
            trial = find(text[at:at + 2])
            if trial is not None:
                for length, look in trial:
                    if look(text[at:at + length]) is not None:
                        if at > done:
                            add(at)
                        at += length
                        done = at
                        add(at)
                        break
                else:
                    at += 1
            else:
                at += 1
        if out[-1] < size:
            add(size)
        elif out[-1] > size:
            out[-1] = size
        return out

    def pieces(self, text: str) -> list[Piece]:
        """Segments with their outcome."""
        text = normalise(text)
        finish = self.finish
        return [(start, end, finish(text[start:end])) for start, end in pairwise(self.bounds(text))]

    def phrases(self, text: str) -> Iterator[Piece]:
        """The pieces that are phrases of a table, not runs of single characters."""
        return ((start, end, out) for start, end, out in self.pieces(text) if self.matcher.match(text, start) == end)

    @property
    def matcher(self) -> Matcher:
        """What cuts the text."""
        return self.segmenter or self.stages[0]

    def convert(self, text: str) -> str:
        """`text` as OpenCC converts it."""
        text = normalise(text)
        finish = self.finish
        return "".join([finish(text[start:end]) for start, end in pairwise(self.bounds(text))])


class Whole(Chain):
    """A chain made of something that converts text: segments are clauses, which no conversion looks across."""

    __slots__ = ("_convert",)

    def __init__(self, convert: Callable[[str], str]) -> None:
        super().__init__(None, [Matcher({})])
        self._convert = convert

    def finish(self, segment: str) -> str:
        """The clause converted."""
        return self._convert(segment)

    def bounds(self, text: str) -> list[int]:
        """Borders around every mark that ends a clause."""
        return sorted({0, len(text), *(place for match in _CLAUSE.finditer(text) for place in match.span())})


_CLAUSE = re.compile("[\n，。！？；：]")


def normalise(text: str) -> str:
    """Compatibility ideographs become unified ones, one for one."""
    return text.translate(dictionaries.compatibility()) if _COMPATIBILITY.search(text) else text


_COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")

CONFIGURATIONS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    # name: (segmentation, stages); `a+b` is a union, `a b` a short circuit
    "s2t": ("", ("ST+STG STC",)),
    "s2tw": ("ST+STG", ("ST+STG STC", "TWVP TWV")),
    "s2twp": ("ST+STG", ("ST+STG STC", "TWP TWVP TWV")),
    "s2hk": ("ST+STG", ("ST+STG STC", "HKVP HKV")),
    "s2hkp": ("ST+STG", ("ST+STG STC", "HKP HKVP HKV")),
    "t2tw": ("", ("TWVP TWV",)),
    "t2hk": ("", ("HKVP HKV",)),
    "t2s": ("", ("TS TSX TSC",)),
    "tw2t": ("", ("TWRP TWR",)),
    "hk2t": ("", ("HKRP HKR",)),
    "tw2s": ("TS", ("TWRP TWR", "TS TSX TSC")),
    "hk2s": ("TS", ("HKRP HKR", "TS TSX TSC")),
    "tw2sp": ("TS", ("TWPR TWRP TWR", "TS TSX TSC")),
    "hk2sp": ("TS", ("HKPR HKRP HKR", "TS TSX TSC")),
}
"""OpenCC's configurations, https://github.com/BYVoid/OpenCC/tree/master/data/config (Apache-2.0)."""

TABLES: Mapping[str, str] = {
    "ST": "STPhrases", "STG": "STPhrases_GeneratedFromRegionalPhrases", "STC": "STCharacters",
    "TS": "TSPhrases", "TSX": "TSCharactersExt", "TSC": "TSCharacters",
    "TWP": "TWPhrases", "TWVP": "TWVariantsPhrases", "TWV": "TWVariants",
    "HKP": "HKPhrases", "HKVP": "HKVariantsPhrases", "HKV": "HKVariants",
    "TWPR": "TWPhrasesRev", "TWRP": "TWVariantsRevPhrases", "TWR": "TWVariantsRev",
    "HKPR": "HKPhrasesRev", "HKRP": "HKVariantsRevPhrases", "HKR": "HKVariantsRev",
}


@cache
def matcher(spec: str) -> Matcher:
    """The matcher of a stage such as `ST+STG STC`."""
    first, *later = spec.split(" ")
    if not later:
        return Matcher(packed.phrases() if first == packed.TABLE else dictionaries.table(TABLES[first]))
    return reduce(Matcher.then, map(matcher, later), matcher(first))


@cache
def chain(name: str) -> Chain:
    """A configuration by name, made when it is first asked for; what configurations share is made once."""
    segmentation, stages = CONFIGURATIONS[name]
    return Chain(matcher(segmentation) if segmentation else None, [matcher(stage) for stage in stages])


@cache
def through(first: str, second: str) -> Chain:
    """One configuration after the other: from one region's Traditional over the standard to another's."""
    return Whole(lambda clause: chain(second).convert(chain(first).convert(clause)))
