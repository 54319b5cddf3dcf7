"""How much a decoding looks like Chinese text: the right one is full of frequent characters, a wrong one of rare ones."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

FREQUENT = 1.0
LEVEL_ONE = 0.3
SYLLABLE = 0.7
RARE = -0.6
STRANGE = -1.0
IMPOSSIBLE = -4.0
"""Weights of one character, set by judgement; `python benchmarks/encodings.py` measures what they do."""

PUNCTUATION = frozenset("　、。，．：；！？·…—～－“”‘’「」『』〈〉《》【】〔〕（）％＋／０１２３４５６７８９")
_WHITE_CONTROLS = frozenset("\t\n\r\f\v\x1a\x1c\x1d\x1e\x85")


def plausibility(text: str, foreign: bool = False) -> float:
    """Mean weight of the characters of `text` outside ASCII, about -4 to 1; 0.0 where there are none.

    Control characters count, wherever they stand, as impossible, as do U+FFFD, private use and unassigned ones.
    With `foreign` kana and hangul count as common, which among Chinese text they are not.
    """
    total = 0.0
    counted = 0
    for character, times in Counter(text).items():
        if " " <= character <= "~" or character in _WHITE_CONTROLS:
            continue
        total += times * (SYLLABLE if foreign and _is_syllable(character) else _weight(character))
        counted += times
    return total / counted if counted else 0.0


def control_share(text: str) -> float:
    """Share of C0 and C1 control characters other than white space among all characters."""
    if not text:
        return 0.0
    times = Counter(text)
    found = sum(n for c, n in times.items() if (c < " " or "\x7f" <= c <= "\x9f") and c not in _WHITE_CONTROLS)
    return found / len(text)


def _is_syllable(character: str) -> bool:
    return "\u3041" <= character <= "\u30fe" or "\uac00" <= character <= "\ud7a3"


@cache
def _weight(character: str) -> float:
    if character in _frequent():
        return FREQUENT
    if character in PUNCTUATION:
        return FREQUENT / 2
    if character in _level_one():
        return LEVEL_ONE
    if unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs") or character == "\ufffd":
        return IMPOSSIBLE
    return RARE if "\u4e00" <= character <= "\u9fff" else STRANGE


@cache
def _frequent() -> frozenset[str]:
    data = Path(__file__).with_name("frequent.txt").read_text(encoding="utf-8")
    return frozenset("".join(line for line in data.splitlines() if not line.startswith("#")))


@cache
def _level_one() -> frozenset[str]:
    """The common characters as the standards themselves divide them: GB 2312 level 1 (3755), Big5 level 1 (5401)."""
    gb = bytes(b for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    big5 = bytes(b for lead in range(0xA4, 0xC7) for trail in trails for b in (lead, trail))
    return frozenset(gb.decode("gb2312", "ignore") + big5.decode("big5", "ignore"))
