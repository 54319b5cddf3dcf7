"""What `reissue convert` wrote, so that it never replaces a file that is not its own, nor one changed since.

Kept in the user's state folder (`$XDG_STATE_HOME/reissue`), not beside other people's files.  Where it cannot be
kept, nothing is known to be ours, and only --overwrite replaces a file that differs.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from convert.batch.build import file_digest
from convert.errors import OutputError

KEEP = 200_000
"""Rows kept; the oldest go first."""


def place() -> Path:
    """The file, by the XDG rules."""
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "reissue" / "written.sqlite"


class Written:
    """Digests of files by absolute path."""

    def __init__(self, path: Path | None = None) -> None:
        self._db: sqlite3.Connection | None = None
        try:
            path = path or place()
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=10)
            self._db.execute("pragma synchronous=normal")
            self._db.execute("create table if not exists written (path blob primary key, sha256 text)")
        except (OSError, sqlite3.Error, RuntimeError):
            self._db = None

    def may_replace(self, target: Path, sha256: str, overwrite: bool) -> None:
        """Raises `OutputError` where a file stands that is not ours and not the same."""
        if overwrite or not os.path.lexists(target):
            return
        found = file_digest(target)
        if found in (sha256, self._known(target)):
            return
        raise OutputError(
            f"{target} was not written by Reissue, or was changed since. Move it away, or give --overwrite to replace it."
        )

    def _known(self, target: Path) -> str | None:
        if self._db is None:
            return None
        with suppress(sqlite3.Error):
            row = self._db.execute("select sha256 from written where path = ?", (os.fsencode(target.absolute()),)).fetchone()
            return row[0] if row else None
        return None

    def note(self, rows: list[tuple[Path, str]]) -> None:
        """These are ours now."""
        if self._db is None:
            return
        with suppress(sqlite3.Error), self._db:
            self._db.executemany(
                "insert or replace into written values (?, ?)", [(os.fsencode(path.absolute()), sha) for path, sha in rows]
            )
            self._db.execute(
                "delete from written where rowid in (select rowid from written order by rowid desc limit -1 offset ?)", (KEEP,)
            )

    def close(self) -> None:
        """Let go of the file."""
        if self._db is not None:
            self._db.close()
