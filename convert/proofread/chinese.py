"""What the proofreader says, said in Chinese: rule names and sentences from a table, for the proof page's Chinese interfaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

SLOT = "{}"
Pair = tuple[str, str]
"""In Simplified and in Traditional script."""


@cache
def _table() -> tuple[dict[str, Pair], tuple[tuple[re.Pattern[str], Pair], ...]]:
    """What is said as it stands, and sentences with slots as patterns."""
    fixed: dict[str, Pair] = {}
    slotted: list[tuple[re.Pattern[str], Pair]] = []
    for line in files(__package__).joinpath("data/sentences.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        english, simplified, traditional = line.split("\t")
        if SLOT in english:
            pattern = "(.{1,120}?)".join(map(re.escape, english.split(SLOT)))
            slotted.append((re.compile(pattern, re.DOTALL), (simplified, traditional)))
        else:
            fixed[english] = simplified, traditional
    return fixed, tuple(slotted)


@lru_cache(maxsize=1024)
def both(said: str) -> Pair | None:
    """The sentence or rule name in both scripts, what it quotes left as it is; None where the table has none."""
    fixed, slotted = _table()
    if said in fixed or len(said) > 400:
        return fixed.get(said)
    for pattern, (simplified, traditional) in slotted:
        match = pattern.fullmatch(said)
        if match:
            return (
                _filled(simplified, [_signs(value, 0) for value in match.groups()]),
                _filled(traditional, [_signs(value, 1) for value in match.groups()]),
            )
    return None


def _filled(sentence: str, values: Sequence[str]) -> str:
    first, *others = sentence.split(SLOT)
    return first + "".join(value + part for value, part in zip(values, others, strict=True))


def _signs(said: str, column: int) -> str:
    """A list of signs, each said in Chinese; anything else as it is."""
    fixed, signs = _table()[0], said.split(", ")
    return "，".join(fixed[sign][column] for sign in signs) if all(sign in fixed for sign in signs) else said


def named(rule: str) -> Pair | None:
    """The name of a rule, or of several that made one change, in both scripts."""
    found = both(rule) or [both(part) for part in rule.split("+")]
    if isinstance(found, tuple):
        return found
    known = [pair for pair in found if pair is not None]
    return ("＋".join(pair[0] for pair in known), "＋".join(pair[1] for pair in known)) if len(known) == len(found) else None


def chinese(said: str) -> str:
    """The sentence or rule name in Simplified Chinese; empty where the table has none."""
    found = both(said)
    return found[0] if found else ""
