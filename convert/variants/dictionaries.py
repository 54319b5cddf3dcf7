"""OpenCC's tables: those of opencc-python-reimplemented, brought up to date by the deltas in `data/opencc`.

A table maps a string to its first candidate.  Tables are read when a chain first asks for them and kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from convert.errors import MissingDependency

DELTAS = Path(__file__).parent / "data" / "opencc"


@cache
def base_folder() -> Path:
    """Where the fixed package keeps its tables; it is found, not imported.  Raises `MissingDependency`."""
    spec = find_spec("opencc")
    folder = Path(spec.origin).parent / "dictionary" if spec is not None and spec.origin else None
    if folder is None or not folder.is_dir():
        raise MissingDependency(
            "The conversion tables are missing. Install opencc-python-reimplemented (not the package called opencc)."
        )
    return folder


def _rows(text: str) -> dict[str, str]:
    """Key and candidates of every line; comments begin with a number sign, which no key does."""
    return dict(line.split("\t", 1) for line in text.split("\n") if "\t" in line and line[0] != "#")


@cache
def candidates(name: str) -> Mapping[str, str]:
    """A table with all its candidates, separated by spaces as OpenCC writes them."""
    path = base_folder() / f"{name}.txt"
    rows = _rows(path.read_text("utf-8").replace("\r", "")) if path.exists() else {}
    rows |= _rows((DELTAS / f"{name}.delta.tsv").read_text("utf-8"))
    return MappingProxyType(rows)


@cache
def table(name: str) -> dict[str, str]:
    """A table with the first candidate of every entry.  The caller must not change it."""
    rows = candidates(name)
    return {key: value if " " not in value else value.split(" ", 1)[0] for key, value in rows.items() if value}


@cache
def one_to_many() -> Mapping[str, tuple[str, ...]]:
    """Simplified characters with more than one Traditional form, and the forms, the usual one first."""
    rows = candidates("STCharacters")
    return MappingProxyType({key: tuple(value.split(" ")) for key, value in rows.items() if " " in value})


@cache
def compatibility() -> Mapping[int, str]:
    """Compatibility ideographs and the unified ones they stand for, as `str.translate` wants it."""
    return MappingProxyType({ord(key): value for key, value in table("CJK_Compatibility_Ideographs").items()})
