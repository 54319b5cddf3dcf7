"""Styles: what editions look like, as data.  A theme is a TOML file in `styles/`; it may extend another.

Writers read their own table (`[pdf]`, `[epub]`, `[docx]`) and the common `[house]` table (house style of a region).
Nothing in a style is executed.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from convert.errors import UsageError

DEFAULT = "newspaper"
NO_COVER = "none"
"""What `--cover` says where no cover is wanted; anything else is a picture file."""


@dataclass(frozen=True)
class Style:
    """A resolved theme and the options of this run.

    `template` is a user's .docx whose styles are used; `options` are flags of the run that writers know
    (`review`, `redline`, `embed_fonts`, `toc_pages`, `certified_by`, `font`, `attach_source`, …).
    """

    name: str = DEFAULT
    tables: Mapping[str, Any] = field(default_factory=dict)
    template: Path | None = None
    digest: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)

    def table(self, name: str) -> Mapping[str, Any]:
        """One table of the theme, empty where the theme has none."""
        found = self.tables.get(name, {})
        return found if isinstance(found, Mapping) else {}

    def option(self, name: str, default: Any = None) -> Any:
        """A flag of this run, else the theme's own `[options]`, else `default`."""
        if name in self.options:
            return self.options[name]
        return self.table("options").get(name, default)

    def with_options(self, **options: Any) -> Style:
        """The same theme with more flags."""
        return replace(self, options=MappingProxyType({**self.options, **options}))


def folder() -> Path:
    """Where the shipped styles lie: in the wheel beside the code, in a checkout at top level."""
    inside = Path(__file__).parent / "styles"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "styles"


def available() -> tuple[str, ...]:
    """Names of the shipped themes."""
    return tuple(sorted(path.stem for path in folder().glob("*.toml")))


@cache
def load(name: str = DEFAULT) -> Style:
    """A shipped theme by name, or a user's .toml or .docx by path.  Raises `UsageError` saying which there are."""
    path = Path(name)
    if path.suffix == ".docx":
        base = load(DEFAULT)
        return replace(base, name=path.stem, template=path, digest=_digest(_bytes(path)))
    if path.suffix != ".toml":
        path = folder() / f"{name}.toml"
        if name not in available():
            known = ", ".join(available())
            raise UsageError(f"There is no style called “{name}”. There are: {known}; or give a .toml or .docx file.")
    tables, digest = _read(path, ())
    return Style(name=path.stem, tables=MappingProxyType(tables), digest=digest)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"The style {path} cannot be read: {error.strerror}.") from error


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _read(path: Path, seen: tuple[Path, ...]) -> tuple[dict[str, Any], str]:
    if path in seen:
        raise UsageError(f"The style {path.stem} extends itself.")
    data = _bytes(path)
    try:
        tables = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"The style {path} is not valid TOML: {error}.") from error
    parent = tables.pop("extends", None)
    if parent is None:
        return tables, _digest(data)
    beside = path.parent / f"{parent}.toml"
    base, digest = _read(beside if beside.exists() else folder() / f"{parent}.toml", (*seen, path))
    return _merge(base, tables), _digest(data, digest.encode())


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged
