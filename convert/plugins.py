"""Readers, writers and correctors are plug-ins found by entry point; Reissue's own are registered the same way.

Groups: `reissue.readers`, `reissue.writers`, `reissue.correctors`.  Each entry point names a class without
arguments or a ready object that follows the protocol below.  Nothing is imported before it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol, runtime_checkable

from convert.errors import UsageError
from convert.installed import entry_points

if TYPE_CHECKING:
    from convert.issue import Issue
    from convert.options import ReadOptions
    from convert.source import Source
    from convert.style import Style
    from convert.variants.table import Variant


@runtime_checkable
class Reader(Protocol):
    """Turns bytes into a `Source`.  Raises `UnreadableInput` with a sentence, never anything else."""

    name: str
    extensions: tuple[str, ...]

    def sniff(self, head: bytes, name: str) -> float:
        """How sure the reader is, 0..1, that it should read a file that begins with `head` (4 KiB)."""

    def read(self, data: bytes, name: str, options: ReadOptions) -> Source:
        """Decode the whole file."""


@runtime_checkable
class Writer(Protocol):
    """Writes one edition.  `issue` is already converted to `variant`; the writer only reads it.

    `variants` are the ones made when the caller names none (`("source",)` for exchange formats).
    `write` fills `sink` (a binary stream) and returns notices for the user, plain sentences, often none.
    It must be deterministic: same issue, variant and style, same bytes.
    """

    name: str
    extension: str
    media_type: str
    variants: tuple[str, ...]

    def write(self, issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]: ...


def names(group: str) -> tuple[str, ...]:
    """Names of the installed plug-ins of a group (`readers`, `writers`, `correctors`)."""
    return tuple(entry_points(f"reissue.{group}"))


@cache
def _load(group: str, name: str) -> Any:
    entries = entry_points(f"reissue.{group}")
    if name not in entries:
        kind = group.rstrip("s")
        raise UsageError(f"There is no {kind} called “{name}”. Installed: {', '.join(entries) or 'none'}.")
    module, _, attribute = entries[name].partition(":")
    thing: Any = import_module(module)
    for part in filter(None, attribute.split(".")):
        thing = getattr(thing, part)
    return thing() if isinstance(thing, type) else thing


def writer(name: str) -> Writer:
    """The writer of that name.  Raises `UsageError` naming the installed ones."""
    found: Writer = _load("writers", name)
    return found


def reader(name: str) -> Reader:
    """The reader of that name.  Raises `UsageError` naming the installed ones."""
    found: Reader = _load("readers", name)
    return found


def corrector(name: str) -> Any:
    """The corrector of that name (`convert.proofread.plugin.Corrector`).  Raises `UsageError` naming the installed ones."""
    return _load("correctors", name)
