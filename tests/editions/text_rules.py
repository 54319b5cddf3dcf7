"""Rules of the text itself, for any edition: wrong script, wrong language, bad characters, stray spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

HAN = "\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_STRAY = re.compile(f"[，。、；：！？] +[{HAN}“‘（《「『]|[{HAN}”’）》」』] +[，。、；：！？]")
"""Beside a sentence mark; between Han characters a space may part names (沈知微 摄)."""
_HAN = re.compile(f"[{HAN}]")
ENOUGH = 20
"""Chinese characters from which the script of a text can be told."""
TOLERANCE = 0.02
"""Share of characters of the other script that names and quotations may take."""


@dataclass(frozen=True, order=True)
class Finding:
    """Where and what: `what` begins with the name of the rule."""

    where: str
    what: str


@cache
def scripts() -> tuple[frozenset[str], frozenset[str]]:
    """Characters only Simplified text has, and only Traditional text.

    OpenCC says that they have another form, and the national character set of the other side lacks them (Big5, GB 2312):
    台, 里 and 后 are right in both.
    """
    from opencc import OpenCC

    ideographs = [chr(code) for code in range(0x4E00, 0xA000)]
    joined = "\n".join(ideographs)
    to_traditional, to_simplified = (OpenCC(name).convert(joined).split("\n") for name in ("s2t", "t2s"))
    rows = list(zip(ideographs, to_traditional, to_simplified, strict=True))
    return (
        frozenset(c for c, t, _ in rows if t != c and not c.encode("big5", "ignore")),
        frozenset(c for c, _, s in rows if s != c and not c.encode("gb2312", "ignore")),
    )


def check_text(text: str, language: str, where: str, *, spaces: bool = True) -> Iterator[Finding]:
    """Findings in one text that says it is in `language`; `spaces` False where a space parts items, as in a colophon."""
    for character in sorted(set(text)):
        category = unicodedata.category(character)
        if character == "\ufffd" or category in ("Co", "Cn", "Cs") or (category == "Cc" and character not in "\n\t"):
            yield Finding(where, f"bad-character: U+{ord(character):04X}")
    for found in list(_STRAY.finditer(text))[:3] if spaces else ():
        yield Finding(where, f"stray-space: {text[max(0, found.start() - 3):found.end() + 3]!r}")
    count = len(_HAN.findall(text))
    if count < ENOUGH:
        return
    simplified, traditional = scripts()
    if not language.startswith("zh"):
        yield Finding(where, f"wrong-language: {language!r} on Chinese text")
        return
    hant = "Hant" in language or language in ("zh-TW", "zh-HK", "zh-MO")
    name, foreign = ("Simplified", simplified) if hant else ("Traditional", traditional)
    strange = sum(character in foreign for character in text)
    if strange > max(2, TOLERANCE * count):
        yield Finding(where, f"wrong-script: {strange} {name} characters under {language}")
