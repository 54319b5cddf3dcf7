"""Readers: bytes to `Source`.  `choose` picks one by forced name, file name and first bytes; `load` fetches bytes."""

from __future__ import annotations

from pathlib import Path

from convert import plugins
from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.plugins import Reader

HEAD = 4096


def load(path: Path, options: ReadOptions) -> bytes:
    """The bytes of a file, refused with a sentence where it is missing, a folder, unreadable or too large."""
    try:
        if path.is_dir():
            raise UnreadableInput(f"{path} is a folder. Give a file, or use `reissue build` for a folder of issues.")
        if path.stat().st_size > options.max_bytes:
            raise UnreadableInput(f"{path} is larger than {options.max_bytes // 2**20} MB. Split it into issues first.")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableInput(f"{path} cannot be read: {error.strerror or error}.") from error


def choose(data: bytes, name: str, options: ReadOptions) -> Reader:
    """The reader surest of the input; the text reader where none is."""
    if options.format:
        return plugins.reader(options.format)
    head = data[:HEAD]
    candidates = [plugins.reader(reader) for reader in plugins.names("readers")]
    best = max(candidates, key=lambda reader: reader.sniff(head, name), default=None)
    if best is None or best.sniff(head, name) <= 0:
        return plugins.reader("text")
    return best
