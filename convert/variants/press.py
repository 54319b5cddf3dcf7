"""The press layer: phrases, patterns and registers that make a reading edition out of OpenCC's tables.

Data under `data/press`, each file with its reasons.  Targets are written in Taiwan's forms, as an editor would write
them, and taken back to OpenCC's standard here, so that every region's own tables make its forms of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from pathlib import Path

from convert.variants import dictionaries, engine
from convert.variants.engine import Chain, Matcher
from convert.variants.model import Piece

FOLDER = Path(__file__).parent / "data"
REGISTERS = ("press", "it")
_WORDS = {"TW": "TWPhrases", "HK": "HKPhrases"}
_VOCABULARY = {"s2twp": "TW", "s2hkp": "HK"}


def rows(name: str) -> Iterator[list[str]]:
    """The rows of a data file, its comments left out."""
    for line in (FOLDER / name).read_text("utf-8").split("\n"):
        if line and not line.startswith("# "):
            yield line.split("\t")


def standard(text: str) -> str:
    """Taiwan's forms to OpenCC's standard."""
    return engine.chain("tw2t").convert(text)


@cache
def phrases() -> Mapping[str, str]:
    """The overlay: Simplified phrases and single characters with their standard Traditional."""
    return {source: standard(target) for source, target in rows("press/phrases.tsv")}


@cache
def jargon() -> frozenset[str]:
    """Keys of the regional word lists that running prose does without."""
    return frozenset(word for line in rows("press/jargon.txt") for word in line[0].split())


@cache
def vocabulary(region: str) -> Mapping[str, str]:
    """Regional words beside OpenCC's lists, by their standard Traditional."""
    return {
        source: source if target == "=" else target
        for where, source, target in rows("press/vocabulary.tsv")
        if where == region
    }


@dataclass(frozen=True)
class Pattern:
    """What `character` becomes where the expression matches around it."""

    character: str
    source: str
    target: str
    why: str

    @property
    def expression(self) -> re.Pattern[str]:
        """Compiled when a text first has the character."""
        return _compiled(self.source)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


_GROUP = re.compile(r"(?<!\\)\((.)\)")


@cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns in the order of the file; earlier ones hold where two meet.  Each has its character as a group."""
    return tuple(
        Pattern(_GROUP.findall(expression)[0], expression, standard(target), why)
        for expression, target, why in rows("press/patterns.tsv")
    )


@cache
def doubtful() -> Mapping[str, tuple[str, float]]:
    """Characters to ask about where no word is known: the other form, and the probability, 0..1, that it is right."""
    return {character: (standard(other), float(share)) for character, other, share in rows("press/doubtful.tsv")}


@cache
def doubtful_characters() -> re.Pattern[str]:
    """Any of the characters to ask about."""
    return re.compile(f"[{''.join(doubtful())}]")


_WIDE = str.maketrans(",;:!?()", "，；：！？（）")


def find(text: str, chain: Chain) -> Iterator[Piece]:
    """Pieces for the characters that patterns decide.  They name the marks of Chinese text; narrow ones stand for them."""
    text = text.translate(_WIDE)
    for pattern in patterns():
        if pattern.character not in text:
            continue
        out = chain.regional(pattern.target)
        for match in pattern.expression.finditer(text):
            yield Piece(*match.span(1), out, "press", 0.97, pattern.why)


@cache
def _words(region: str, register: str) -> Mapping[str, str]:
    """The region's words in a register: OpenCC's list without the jargon, and our own."""
    words = dictionaries.table(_WORDS[region])
    if register == "press":
        words = {key: value for key, value in words.items() if key not in jargon()}
    return {**words, **vocabulary(region)}


@cache
def regional(name: str, register: str) -> Mapping[str, str]:
    """The region's words of a configuration, Simplified with standard Traditional; empty where only forms change.

    They are segments of their own, so that the resolver can see where one is found across a word border.
    """
    region = _VOCABULARY.get(name)
    if region is None:
        return {}
    back = engine.chain("t2s").convert
    return {back(key): key for key in _words(region, register) if len(key) > 1}


@cache
def overlay(name: str, register: str) -> Mapping[str, str]:
    """The phrases of the press list and the region's words; the press list holds where both have one."""
    words = regional(name, register)
    return {**words, **phrases()} if words else phrases()


@cache
def telling() -> frozenset[str]:
    """Characters that a phrase of the press list reads in another way than they have by themselves."""
    table = dictionaries.table("STCharacters")
    rows = phrases()
    return frozenset(
        here for source, target in rows.items() if len(source) == len(target) > 1
        for here, there in zip(source, target, strict=True) if rows.get(here, table.get(here, here)) != there
    )


@cache
def _overlaid(stage: str, name: str, register: str) -> Matcher:
    phrase_tables, *later = stage.split(" ")
    if later:
        return reduce(Matcher.then, map(engine.matcher, later), _overlaid(phrase_tables, name, register))
    return engine.matcher(stage).with_overlay(overlay(name, register))


@cache
def chain(name: str, register: str) -> Chain:
    """A configuration from Simplified with the overlay, and with the words of the register."""
    segmentation, (first, *later) = engine.CONFIGURATIONS[name]
    region = _VOCABULARY.get(name)
    key = (name, register) if region else ("s2tw", "press")  # all that change forms only share one overlay
    stages = [_overlaid(first, *key), *map(engine.matcher, later)]
    if region is not None:
        stages[1] = reduce(Matcher.then, map(engine.matcher, later[0].split(" ")[1:]), Matcher(_words(region, register)))
    return Chain(_overlaid(segmentation, *key) if segmentation else None, stages)
