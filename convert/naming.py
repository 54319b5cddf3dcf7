"""File names of editions: `<issue>.<lang>[.source][.<style>][.review|.redline].<ext>` (DESIGN section 3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from convert import style as styles
from convert.style import Style

if TYPE_CHECKING:  # a name needs no conversion engine
    from convert.variants.table import Variant

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')
MAX_STEM_BYTES = 180
"""A file name may have 255 bytes on common file systems; this leaves room for language, style and extension."""


def stem(source_name: str) -> str:
    """The issue's name from its file's: no folder, no extension, nothing a file system refuses."""
    base = source_name.replace("\\", "/").rsplit("/", 1)[-1]
    base = base.rsplit(".", 1)[0] if "." in base.strip(".") else base
    base = _UNSAFE.sub("_", base).strip(" .") or "issue"
    while len(base.encode("utf-8", "replace")) > MAX_STEM_BYTES:
        base = base[:-1]
    return base


def edition_name(source_name: str, variant: Variant, style: Style, extension: str) -> str:
    """The name of one edition.  The default style adds nothing."""
    parts = [stem(source_name), variant.language]
    if variant.name == "source":
        parts.append("source")
    if style.name != styles.DEFAULT:
        parts.append(stem(style.name + ".x"))
    parts += [kind for kind in ("review", "redline") if style.options.get(kind)]
    return ".".join([*parts, extension])
