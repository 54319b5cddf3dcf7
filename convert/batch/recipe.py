"""What is asked of a run: formats, variants, style and options; the same for every issue of it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from convert import plugins
from convert import style as styles
from convert.options import ParseOptions, ReadOptions, VariantOptions
from convert.sidecars import Files, Sidecars
from convert.style import Style
from convert.variants import table

FORMATS = ("docx", "pdf", "epub")

BYTES_DEPEND_ON = (
    "ebooklib", "opencc-python-reimplemented", "python-docx", "reportlab", "uharfbuzz", "pikepdf", "lxml", "pillow",
    "pylopdf-fonts-zh-cn", "pylopdf-fonts-zh-tw", "charset-normalizer",
)
"""Packages whose version may change the bytes of an edition, and so makes editions stale."""


@dataclass(frozen=True)
class Recipe:
    """`variants` None means each writer's own default.  `extra` are sidecars named on the command line."""

    formats: tuple[str, ...] = FORMATS
    variants: tuple[str, ...] | None = None
    style: str | None = None
    flags: tuple[tuple[str, Any], ...] = ()
    read: ReadOptions = field(default_factory=ReadOptions)
    parse: ParseOptions = field(default_factory=ParseOptions)
    variant: VariantOptions = field(default_factory=VariantOptions)
    extra: Files = ()

    def base(self) -> Sidecars:
        """The options of the run, under those of the issue's sidecars."""
        return Sidecars(self.read, self.parse, self.variant, None)

    def style_of(self, sidecars: Sidecars) -> str:
        """The command line's style, else the issue's, else the default."""
        return self.style or sidecars.style or styles.DEFAULT

    def loaded_style(self, sidecars: Sidecars) -> Style:
        """The style with the flags of the run."""
        return styles.load(self.style_of(sidecars)).with_options(**dict(self.flags))

    def editions(self) -> Iterator[tuple[str, str]]:
        """(variant, format) of every edition, variant by variant so that each is converted once."""
        wanted = {name: self.variants if self.variants is not None else plugins.writer(name).variants for name in self.formats}
        for variant in dict.fromkeys(v for names in wanted.values() for v in names):
            for name in self.formats:
                if variant in wanted[name]:
                    yield variant, name

    def digest(self) -> str:
        """Of all options that enter every edition; file paths do not, their contents do (see `stale`)."""
        said = [replace(decision, file="") for decision in self.parse.decisions]
        parse = {**_plain(replace(self.parse, decisions=tuple(said))), "model": None, "batch_model": None}
        flags = {name: value for name, value in self.flags if name != "font"}
        return digest(engine(), flags, _plain(self.read), parse, _plain(self.variant))


def _plain(options: Any) -> dict[str, Any]:
    return asdict(options)


def digest(*parts: Any) -> str:
    """SHA-256 of plain data written as JSON with sorted keys."""
    text = json.dumps(parts, sort_keys=True, ensure_ascii=True, default=str, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def expand_variants(names: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """`all` spelled out, doubles removed, names checked.  Raises `UsageError` naming those there are."""
    if not names:
        return None
    flat = [v for name in names for v in (table.ALL if name == "all" else (table.variant(name).name,))]
    return tuple(dict.fromkeys(flat))


@cache
def engine() -> str:
    """Digest of everything installed that decides bytes: our own files, our dependencies, the plug-ins."""
    from importlib.metadata import entry_points

    root = Path(__file__).parent.parent
    hasher = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root).as_posix()
        if path.is_file() and "__pycache__" not in relative and not relative.startswith(("styles/", "cli/", "batch/")):
            hasher.update(relative.encode("utf-8", "surrogateescape") + b"\0")
            hasher.update(hashlib.sha256(path.read_bytes()).digest())
    found = {name: _version(name) for name in BYTES_DEPEND_ON}
    for group in ("readers", "writers", "correctors"):
        for entry in entry_points(group=f"reissue.{group}"):
            if entry.dist is not None and entry.dist.name != "reissue":
                found[f"{group}:{entry.name}"] = f"{entry.dist.name} {entry.dist.version}"
    hasher.update(json.dumps(found, sort_keys=True).encode())
    return hasher.hexdigest()


def fonts() -> list[tuple[str, Path]]:
    """Fonts the user put into REISSUE_FONT_DIR, by name below it: what the library of fonts finds there."""
    name = os.environ.get("REISSUE_FONT_DIR")
    folder = Path(name) if name else None
    if folder is None or not folder.is_dir():
        return []
    return sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())


def theme_fonts(style: Style) -> list[Path]:
    """Files of the families a style names in `[pdf.fonts]`, as found on this machine; others make other editions."""
    wanted = style.table("pdf").get("fonts")
    if not wanted:
        return []
    from convert.typeset.fonts.library import font_set

    found = (item for region in ("CN", "TW", "HK") for item in font_set(region, wanted).found)
    return list(dict.fromkeys(item.face.path for item in found if item.why == "theme"))


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
