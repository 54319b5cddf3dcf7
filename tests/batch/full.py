"""A disk that is full at a chosen call: every call of this process that needs room counts, and one of them is refused.

What counts: making a folder, creating or writing a file, fsync, giving a file a name, and every statement that SQLite is asked
to write by.  A write is refused half done, as a disk does that fills under it.
"""

from __future__ import annotations

import builtins
import errno
import io
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

WRITES = ("insert", "update", "delete", "create", "commit")


class Disk:
    """Refuses call number `failing`, and where `lasting` every one behind it."""

    def __init__(self, failing: int, lasting: bool) -> None:
        self.failing, self.lasting = failing, lasting
        self.calls = 0

    def has_room(self) -> bool:
        """Count one call."""
        self.calls += 1
        return self.calls < self.failing or (self.calls > self.failing and not self.lasting)

    @property
    def untouched(self) -> bool:
        """Whether all went through, so that later numbers would find nothing to refuse."""
        return self.calls < self.failing

    def ask(self) -> None:
        """Count one call.  Raises `OSError` where there is no room."""
        if not self.has_room():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def guard(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """The same call, on this disk."""
        def guarded(*arguments: Any, **more: Any) -> Any:
            self.ask()
            return call(*arguments, **more)

        return guarded


class _Raw(io.FileIO):
    disk: Disk

    def write(self, data: Any) -> int:
        if self.disk.has_room():
            return super().write(data)
        super().write(memoryview(data)[:len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _opener(disk: Disk, real: Callable[..., Any]) -> Callable[..., Any]:
    def opened(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if isinstance(file, int) or mode.strip("bt") == "r":
            return real(file, mode, *rest, **more)
        disk.ask()
        raw = _Raw(file, mode.replace("b", "").replace("t", ""))
        raw.disk = disk
        sink = io.BufferedWriter(raw)
        return sink if "b" in mode else io.TextIOWrapper(sink, encoding=more.get("encoding"))

    return opened


def _low_opener(disk: Disk, real: Callable[..., int]) -> Callable[..., int]:
    def opened(path: Any, flags: int, *rest: Any, **more: Any) -> int:
        if flags & os.O_CREAT and not Path(path).exists():
            disk.ask()
        return real(path, flags, *rest, **more)

    return opened


def _connection(disk: Disk) -> type[sqlite3.Connection]:
    def ask(statement: str) -> None:
        if any(word in statement.lower() for word in WRITES) and not disk.has_room():
            raise sqlite3.OperationalError("database or disk is full")

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, *rest: Any) -> sqlite3.Cursor:
            ask(sql)
            return super().execute(sql, *rest)

        def executemany(self, sql: str, *rest: Any) -> sqlite3.Cursor:
            ask(sql)
            return super().executemany(sql, *rest)

        def executescript(self, sql: str) -> sqlite3.Cursor:
            ask(sql)
            return super().executescript(sql)

    return Connection


@contextmanager
def full(failing: int, lasting: bool) -> Iterator[Disk]:
    """The disk, while the block runs."""
    disk, connect = Disk(failing, lasting), sqlite3.connect
    with pytest.MonkeyPatch.context() as patch:
        for name in ("mkdir", "fsync", "replace", "rename", "link", "symlink", "write", "truncate"):
            patch.setattr(os, name, disk.guard(getattr(os, name)))
        patch.setattr(os, "open", _low_opener(disk, os.open))
        patch.setattr(io, "open", _opener(disk, io.open))
        patch.setattr(builtins, "open", io.open)
        patch.setattr(sqlite3, "connect", lambda *rest, **more: connect(*rest, factory=_connection(disk), **more))
        yield disk
