"""What callers may ask of a run.  Frozen and hashable where possible: options enter the staleness key of `build`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from convert.issue import Metadata

MAX_INPUT_BYTES = 512 * 1024 * 1024
"""Largest input read, in bytes; larger ones are refused with a sentence, not read in part."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """For readers: a forced encoding, a forced format name, and where page images may lie."""

    encoding: str | None = None
    format: str | None = None
    images: Path | None = None
    max_bytes: int = MAX_INPUT_BYTES


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of an errata file: what an editor said (DESIGN section 5).

    `kind` text, join, move, role, article or variant; `decision` accept, reject or replace; `scope` here, issue or batch.
    Anchored by offset and by up to 12 characters of context either side.  `file` is where the row stands, for messages:
    no column, and no part of what a decision is.
    """

    kind: str
    source: str
    start: int
    end: int
    wrong: str
    right: str
    left: str = ""
    right_context: str = ""
    rule: str = ""
    confidence: float = 1.0
    decision: str = "accept"
    scope: str = "here"
    by: str = ""
    date: str = ""
    file: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class ParseOptions:
    """For the parser and the proofreader.

    `profile` is off, archive, library or reading; `hints` are the reading hints of NAME.toml as loaded;
    `keep` words never touched; `confusions` rows (wrong, right, apply|suggest|keep) users add; `model` an archive model.
    """

    metadata: Metadata | None = None
    hints: Mapping[str, Any] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()
    profile: str = "library"
    model: Path | None = None
    keep: tuple[str, ...] = ()
    confusions: tuple[tuple[str, str, str], ...] = ()
    batch_model: Any = None


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """`source` becomes `target` (`=` never convert) in the named variants (empty: in all)."""

    source: str
    target: str
    variants: tuple[str, ...] = ()
    note: str = ""
    level: str = "project"


@dataclass(frozen=True, slots=True)
class VariantOptions:
    """For conversion: engine native or reimplemented, register press, it or plain (OpenCC's words and nothing else),
    resolver on or off, house style by name, quotation marks turned or left."""

    engine: str = "native"
    register: str = "press"
    resolver: bool = True
    house: str | None = None
    quotes: bool = True
    glossary: tuple[GlossaryRow, ...] = ()
    decisions: tuple[Decision, ...] = ()
