"""Rare characters: which they are, and a subset of a shipped font that has them (SIL Open Font License 1.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from convert.errors import MissingDependency
from convert.issue import Issue
from convert.writers.xml import clean

_RARE = re.compile("[\u3400-\u4dbf\u9fa6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
"""Ideographs outside the 20,902 of Unicode 1.1 (GBK), which every Chinese e-reader's font has."""

FAMILY = "Reissue Rare"
FACE = (
    f'\n@font-face {{ font-family: "{FAMILY}"; src: url("rare.otf") format("opentype"); }}\n'
    f'.rare {{ font-family: "{FAMILY}"; }}\n'
)


@dataclass(frozen=True)
class Embedded:
    """A font file and the characters it has."""

    data: bytes
    characters: frozenset[str]


def rare(issue: Issue) -> tuple[str, ...]:
    """Rare characters of the text that is printed, sorted."""
    seen: set[str] = set()
    for article in issue.articles:
        for block in article.blocks:
            seen.update(_RARE.findall(block.text))
    for block in issue.colophon:
        seen.update(_RARE.findall(block.text))
    return tuple(sorted(map(clean, seen)))


def font_path(region: str) -> Path:
    """The serif of the region.  Raises `MissingDependency` where the wheel is not installed."""
    try:
        if region == "CN":
            from pylopdf_fonts_zh_cn import serif_path
        else:
            from pylopdf_fonts_zh_tw import serif_path
    except ImportError as error:
        package = "pylopdf-fonts-zh-cn" if region == "CN" else "pylopdf-fonts-zh-tw"
        raise MissingDependency(f"The Chinese font is not installed: pip install {package}.") from error
    return Path(serif_path())


@lru_cache(maxsize=8)
def embed(characters: Sequence[str], region: str) -> Embedded | None:
    """A subset of the region's font, else of the other region's, with as many of `characters` as one font has."""
    import uharfbuzz as hb

    best: Embedded | None = None
    for name in dict.fromkeys((region, "TW", "CN")):
        face = hb.Face(hb.Blob.from_file_path(str(font_path(name))))
        present = [c for c in characters if ord(c) in face.unicodes]
        if not present or (best is not None and len(present) <= len(best.characters)):
            continue
        wanted = hb.SubsetInput()
        wanted.unicode_set.update(ord(c) for c in present)
        best = Embedded(bytes(hb.subset(face, wanted).blob.data), frozenset(present))
    return best
