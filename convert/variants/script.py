"""Which script a text is in, from the characters only one of the two has."""

from __future__ import annotations

from functools import cache

from convert.variants import dictionaries

HANS, HANT, MIXED, UNKNOWN = "Hans", "Hant", "mixed", "unknown"

ENOUGH = 3
"""Telling characters a block must have before it is judged by itself."""

CLEAR = 0.85
"""Share of one script's characters from which a text counts as that script; quotations of the other are common."""


@cache
def telling() -> tuple[frozenset[str], frozenset[str]]:
    """Characters only Simplified text has, and those only Traditional text has, by OpenCC's tables."""
    simplified, traditional = dictionaries.candidates("STCharacters"), dictionaries.candidates("TSCharacters")
    return (
        frozenset(c for c, forms in simplified.items() if c not in forms and c not in traditional),
        frozenset(c for c, forms in traditional.items() if c not in forms and c not in simplified),
    )


def counts(text: str) -> tuple[int, int]:
    """How many telling characters of either script the text has."""
    hans, hant = telling()
    return sum(map(hans.__contains__, text)), sum(map(hant.__contains__, text))


def detect(text: str) -> str:
    """`Hans`, `Hant`, `mixed`, or `unknown` where too little tells."""
    hans, hant = counts(text)
    if hans + hant < ENOUGH:
        return UNKNOWN
    share = hans / (hans + hant)
    return HANS if share >= CLEAR else HANT if share <= 1 - CLEAR else MIXED
