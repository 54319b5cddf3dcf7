"""Whole files or none: write beside, flush to disk, rename.

A reader of the folder sees the old edition or the new one, never half of either, whatever is pulled or killed.
Every `OSError` becomes an `OutputError` that says what to do.
"""

from __future__ import annotations

import errno
import itertools
import os
from contextlib import suppress
from pathlib import Path

from convert.batch.urls import UrlPath, at, is_url
from convert.errors import OutputError

PREFIX, SUFFIX = ".reissue-", ".part"
"""Part files are called `.reissue-<pid>-<token>-<n>.part`: short, so that the longest edition name still has one."""

_count = itertools.count()
_token = os.urandom(4).hex()
"""Two machines that share a disk may have the same process numbers."""

_ADVICE = {
    errno.ENOSPC: "the disk is full. Free some space and run the command again; finished editions are whole",
    errno.EDQUOT: "your disk quota is used up. Free some space and run the command again",
    errno.EACCES: "you may not write there. Choose another folder with -o",
    errno.EPERM: "you may not write there. Choose another folder with -o",
    errno.EROFS: "the file system is read-only. Choose another folder with -o",
    errno.ENAMETOOLONG: "the name is too long for this file system. Rename the input",
    errno.EISDIR: "a folder of that name is in the way. Move it or choose another folder with -o",
    errno.ENOTDIR: "a file stands where a folder is needed. Move it or choose another folder with -o",
    errno.EEXIST: "a file stands where a folder is needed. Move it or choose another folder with -o",
    errno.EMFILE: "too many files are open. Raise the limit (ulimit -n) or use fewer --jobs",
    errno.ELOOP: "its symbolic links go in a circle",
    errno.EIO: "the disk reports an error. Check it before going on",
}


def explain(path: Path | str, error: OSError) -> OutputError:
    """The sentence for a failed write."""
    advice = _ADVICE.get(error.errno or 0) or f"{error.strerror or error}"
    return OutputError(f"{path} cannot be written: {advice}.")


def make_folder(folder: Path) -> None:
    """The folder and those above it.  Raises `OutputError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain(folder, error) from error


def stage(path: Path, data: bytes) -> Path:
    """Put `data` on disk beside `path` under a part name, flushed.  Raises `OutputError`, leaving no part behind."""
    make_folder(path.parent)
    part = path.parent / f"{PREFIX}{os.getpid()}-{_token}-{next(_count)}{SUFFIX}"
    try:
        if is_url(part):
            part.write_bytes(data)
            return part
        with part.open("xb") as sink:
            sink.write(data)
            sink.flush()
            os.fsync(sink.fileno())
    except OSError as error:
        discard(part)
        raise explain(path, error) from error
    except BaseException:
        discard(part)
        raise
    return part


def commit(part: Path, path: Path) -> None:
    """Give a part its name, in one step.  Raises `OutputError` and removes the part where that fails."""
    try:
        part.replace(path)
    except OSError as error:
        discard(part)
        raise explain(path, error) from error


def discard(part: Path) -> None:
    """Remove a part file if it is there."""
    with suppress(OSError):
        part.unlink()


def write_atomic(path: Path | str, data: bytes) -> None:
    """Write a whole file or none.  Raises `OutputError` with a sentence."""
    path = at(path)
    commit(stage(path, data), path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last through a power cut; where the system cannot, nothing happens."""
    if is_url(folder):
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def leftovers(folder: Path) -> list[Path]:
    """Part files an interrupted run left in `folder` and the folders right under it."""
    found: list[Path] = []
    if isinstance(folder, UrlPath):
        return [at(str(path)) for path in folder.files() if path.name.startswith(PREFIX) and path.name.endswith(SUFFIX)]
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(PREFIX) and entry.name.endswith(SUFFIX):
                found.append(Path(entry.path))
            elif entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    found += [
                        Path(inner.path) for inner in os.scandir(entry.path)
                        if inner.name.startswith(PREFIX) and inner.name.endswith(SUFFIX)
                    ]
    return found


def own_leftovers(folder: Path) -> list[Path]:
    """Part files in `folder` whose process is gone, or is this one: not those of another command at work."""
    found: list[Path] = []
    if is_url(folder):
        return found
    with suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.startswith(PREFIX) and entry.name.endswith(SUFFIX):
                pid = entry.name[len(PREFIX):].split("-", 1)[0]
                if pid.isdigit() and (int(pid) == os.getpid() or not _alive(int(pid))):
                    found.append(Path(entry.path))
    return found


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
