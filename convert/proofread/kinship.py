"""Characters that may stand for one another in a name: alike in outline, alike in sound, or forms of one character (囯, 国)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from convert.proofread import sounds
from convert.proofread.glyphs import Glyphs

OUTLINE = 0.45
"""How alike two outlines must be."""


@cache
def forms() -> Mapping[str, frozenset[str]]:
    """By character its other forms (data/variants.txt)."""
    found: dict[str, frozenset[str]] = {}
    for line in files(__package__).joinpath("data/variants.txt").read_text("utf-8").splitlines():
        for entry in line.split(" ") if not line.startswith("#") else ():
            for character in entry:
                found[character] = found.get(character, frozenset()) | frozenset(entry) - {character}
    return found


def variants(one: str, other: str) -> bool:
    """Whether they are forms of one character."""
    return other in forms().get(one, ())


def outlines(glyphs: Glyphs, one: str, other: str) -> bool:
    """Whether they look alike."""
    return glyphs.akin(one, other) or glyphs.likeness(one, other) >= OUTLINE


def akin(glyphs: Glyphs, one: str, other: str) -> bool:
    """Whether one may stand for the other."""
    return variants(one, other) or outlines(glyphs, one, other) or other in sounds.characters[one]
