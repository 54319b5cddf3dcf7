"""The journal: one SQLite file beside the editions, which knows what was made of what.

Names are stored as bytes: a file system may hold names that are no Unicode.

Only the driver writes it, and only while it holds the lock of the folder.  An edition is entered as `pending` with
its digest *before* it gets its name, so that after any crash each file is known to be ours or not.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from convert.batch.files import explain, make_folder
from convert.batch.task import Edition, Outcome
from convert.errors import OutputError

NAME = ".reissue.sqlite"
LOCK = ".reissue.lock"
FORMAT = 1

SCHEMA = """
create table if not exists meta (key text primary key, value text) without rowid;
create table if not exists inputs (path blob primary key, size integer, mtime integer, inode integer, sha256 text,
                                   seen integer) without rowid;
create table if not exists issues (id blob primary key, state text, summary text, notices text, error text,
                                   made real) without rowid;
create table if not exists editions (path blob primary key, issue blob, key text, sha256 text, size integer,
                                     mtime integer, state text, former text) without rowid;
"""


@dataclass(slots=True)
class Row:
    """What the journal knows of one edition.  `mtime` is in nanoseconds, `former` the digest of what it replaces."""

    path: str
    issue: str
    key: str
    sha256: str
    size: int
    mtime: int
    state: str
    former: str = ""


class Journal:
    """Editions by path relative to the folder, issues by id, and digests of inputs by size, time and inode."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.root = path.parent
        make_folder(self.root)
        try:
            self._db = self._open()
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", None) not in DAMAGED:
                raise OutputError(f"The journal {path} cannot be opened: {error}. Is the disk full, or not yours?") from error
            aside = path.with_suffix(".damaged")
            with suppress(OSError):
                path.replace(aside)
            try:
                self._db = self._open()
            except sqlite3.DatabaseError as again:
                raise OutputError(f"The journal {path} cannot be opened: {again}. Move it away and run again.") from again
        rows = (Row(os.fsdecode(r[0]), os.fsdecode(r[1]), *r[2:]) for r in self._db.execute("select * from editions"))
        self.editions: dict[str, Row] = {row.path: row for row in rows}
        self._inputs: dict[str, tuple[int, int, int, str, int]] = {
            os.fsdecode(path): (size, mtime, inode, sha, seen)
            for path, size, mtime, inode, sha, seen in self._db.execute("select * from inputs")
        }
        self._fresh: dict[str, tuple[int, int, int, str, int]] = {}

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self.path, isolation_level=None, timeout=60)
        db.executescript("pragma journal_mode=truncate; pragma synchronous=full;" + SCHEMA)
        found = db.execute("select value from meta where key = 'format'").fetchone()
        if found and int(found[0]) != FORMAT:
            db.executescript("drop table inputs; drop table issues; drop table editions; delete from meta;" + SCHEMA)
        db.execute("insert or replace into meta values ('format', ?)", (str(FORMAT),))
        return db

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        try:
            self._db.execute("begin immediate")
            yield self._db
            self._db.execute("commit")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                self._db.execute("rollback")
            raise OutputError(f"The journal {self.path} cannot be written: {error}. Is the disk full?") from error

    def sha256(self, path: Path, digest: Callable[[Path], str]) -> str:
        """Digest of a file, from memory where size, time and inode are as they were.  Raises `OSError`."""
        name = str(path)
        info = path.stat()
        now = (info.st_size, info.st_mtime_ns, info.st_ino)
        known = self._fresh.get(name) or self._inputs.get(name)
        if known is not None and known[:3] == now and known[1] < known[4] - RACY:
            return known[3]
        sha = digest(path)
        self._fresh[name] = (*now, sha, time.time_ns())
        return sha

    def save_inputs(self) -> None:
        """Keep the digests reckoned since the last time."""
        if self._fresh:
            with self._write() as db:
                rows = [(os.fsencode(path), *known) for path, known in self._fresh.items()]
                db.executemany("insert or replace into inputs values (?, ?, ?, ?, ?, ?)", rows)
            self._inputs.update(self._fresh)
            self._fresh = {}

    def announce(self, issue: str, editions: Iterable[tuple[str, str, Edition, str]]) -> None:
        """Enter (path, key, edition, digest of what lies there now) as pending: about to get their names."""
        rows = [Row(path, issue, key, e.sha256, e.size, 0, "pending", former) for path, key, e, former in editions]
        with self._write() as db:
            db.executemany("insert or replace into editions values (?,?,?,?,?,?,?,?)", [_tuple(row) for row in rows])
        self.editions.update((row.path, row) for row in rows)

    def finish(self, outcome: Outcome, done: Iterable[tuple[str, int]]) -> None:
        """The editions (path, mtime) are in place; keep what the issue's summary says."""
        with self._write() as db:
            for path, mtime in done:
                row = self.editions[path]
                row.state, row.mtime = "done", mtime
                db.execute("update editions set state = 'done', mtime = ? where path = ?", (mtime, os.fsencode(path)))
            self._issue(db, outcome)

    def failed(self, outcome: Outcome) -> None:
        """Keep the sentence of a failure for the report."""
        with self._write() as db:
            self._issue(db, outcome)

    def _issue(self, db: sqlite3.Connection, outcome: Outcome) -> None:
        db.execute(
            "insert or replace into issues values (?, ?, ?, ?, ?, ?)",
            (os.fsencode(outcome.id), "failed" if outcome.error else "done", json.dumps(outcome.summary),
             json.dumps(outcome.notices), outcome.error, time.time()),
        )

    def touch(self, path: str, mtime: int) -> None:
        """An edition is still ours though its time changed (a copy, a check-out)."""
        row = self.editions[path]
        row.mtime, row.state = mtime, "done"
        with self._write() as db:
            db.execute("update editions set mtime = ?, state = 'done' where path = ?", (mtime, os.fsencode(path)))

    def forget(self, paths: Iterable[str]) -> None:
        """Editions that were removed on purpose."""
        gone = list(paths)
        with self._write() as db:
            db.executemany("delete from editions where path = ?", [(os.fsencode(path),) for path in gone])
        for path in gone:
            self.editions.pop(path, None)

    def summaries(self) -> dict[str, dict[str, Any]]:
        """Summary, notices and error by issue, of this run and earlier ones."""
        rows = self._db.execute("select id, state, summary, notices, error from issues")
        return {
            os.fsdecode(issue): {**json.loads(summary or "{}"), "state": state, "notices": json.loads(notices), "error": error}
            for issue, state, summary, notices, error in rows
        }

    def close(self) -> None:
        """Keep input digests and let go of the file."""
        with suppress(OutputError):
            self.save_inputs()
        with suppress(sqlite3.Error):
            self._db.execute("pragma journal_mode=delete")
        self._db.close()


DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
"""Answers of SQLite that mean the file is no journal; any other (full, locked, read-only) leaves it where it is."""

RACY = 20_000_000
"""A file changed less than 20 ms before its digest was taken may have changed again within one tick of the clock."""


def _tuple(row: Row) -> tuple[Any, ...]:
    return (os.fsencode(row.path), os.fsencode(row.issue), row.key, row.sha256, row.size, row.mtime, row.state, row.former)


@contextmanager
def locked(folder: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the folder for one build; a second one waits and says so.

    The lock is the system's (flock), so a killed build leaves none behind; workers inherit it, so a new build
    does not begin before the last worker of a killed one is gone.
    """
    make_folder(folder)
    path = folder / LOCK
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
    except OSError as error:
        raise explain(folder, error) from error
    try:
        _lock(descriptor, folder, say)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: Path, say: Callable[[str], None]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: SQLite's own lock is what is left
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(f"Another build is writing to {folder}; waiting for it to end (Ctrl-C to give up).")
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:
        return  # a file system without locks
