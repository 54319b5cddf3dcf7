"""The words of the DOCX editions that are not in the source, by language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from convert.variants.table import region_of


@cache
def words(language: str) -> Mapping[str, str]:
    """The words for a language tag, by key."""
    tables = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return MappingProxyType({**tables["CN"], **tables[region_of(language)]})
