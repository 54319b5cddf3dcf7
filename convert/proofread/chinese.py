"""What the proofreader says, said in Chinese: rule names and sentences from a table, for the proof page's Chinese interface."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

SLOT = "{}"


@cache
def _table() -> tuple[dict[str, str], tuple[tuple[re.Pattern[str], str], ...]]:
    """What is said as it stands, and sentences with slots as patterns."""
    fixed: dict[str, str] = {}
    slotted: list[tuple[re.Pattern[str], str]] = []
    for line in files(__package__).joinpath("data/sentences.tsv").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        english, chinese = line.split("\t")
        if SLOT in english:
            pattern = "(.{1,60}?)".join(map(re.escape, english.split(SLOT)))
            slotted.append((re.compile(pattern, re.DOTALL), chinese))
        else:
            fixed[english] = chinese
    return fixed, tuple(slotted)


@lru_cache(maxsize=1024)
def chinese(said: str) -> str:
    """The sentence or rule name in Chinese; empty where the table has none."""
    fixed, slotted = _table()
    if said in fixed or len(said) > 400:
        return fixed.get(said, "")
    for pattern, sentence in slotted:
        match = pattern.fullmatch(said)
        if match:
            first, *others = sentence.split(SLOT)
            return first + "".join(value + part for value, part in zip(match.groups(), others, strict=True))
    return ""
