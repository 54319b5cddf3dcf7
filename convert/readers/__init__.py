"""Readers: bytes to `Source`.  `choose` picks one by forced name, file name and first bytes; `load` fetches bytes."""

from __future__ import annotations

from pathlib import Path

from convert import plugins
from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.plugins import Reader

HEAD = 4096
"""Bytes a reader may look at before it says whether the file is its own."""
SURE = 0.6
"""A reader this sure has seen a mark of its format, not only a file name."""


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
    """The reader surest of the input; the text reader where none is.  XML of a kind none knows is refused."""
    if options.format:
        return plugins.reader(options.format)
    head = _readable(data[:HEAD])
    candidates = [plugins.reader(reader) for reader in plugins.names("readers")]
    sure = [(reader.sniff(head, name), reader) for reader in candidates]
    best, chosen = max(sure, key=lambda pair: pair[0], default=(0.0, plugins.reader("text")))
    if best < SURE:
        _refuse_unknown_markup(head, name)
    return chosen if best > 0 else plugins.reader("text")


def _refuse_unknown_markup(head: bytes, name: str) -> None:
    begins = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    kind = "XML" if begins.startswith(b"<?xml") else "JSON" if name.lower().endswith(".json") and begins[:1] in b"[{" else ""
    if kind:
        known = ", ".join(plugins.names("readers"))
        raise UnreadableInput(f"{name} is {kind} of a kind Reissue does not know. It reads: {known} (--format forces one).")


def _readable(head: bytes) -> bytes:
    """The head as UTF-8 where it begins as UTF-16, so that readers may look for ASCII marks in it."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) and head[2:4] != b"\0\0":
        return head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head
