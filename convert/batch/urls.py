"""Inputs and outputs by URL (`s3://…`, `memory://…`), through fsspec: as much of `pathlib.Path` as a build asks for.

An object store writes whole objects or none, which is what a rename gives on a disk.  Needs `reissue[dask]`, and for S3
`reissue[s3]`.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import re
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any, BinaryIO, TypeVar, cast

from convert.errors import MissingDependency, ReissueError, UsageError

URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
"""A scheme of one letter is a drive of Windows."""

F = TypeVar("F", bound=Callable[..., Any])


def at(place: str | Path) -> Path:
    """The place a user or a task names: a path, or something that acts as one.  `file://` is a path."""
    text = str(place)
    if isinstance(place, UrlPath) or not URL.match(text):
        return Path(place) if isinstance(place, str) else place
    if text.startswith("file://"):
        return Path(text.removeprefix("file://"))
    return cast(Path, UrlPath(text))


def is_url(place: object) -> bool:
    """Whether a place lies beyond the file system."""
    return isinstance(place, UrlPath)


@cache
def system(scheme: str) -> Any:
    """The file system of a scheme.  Raises `MissingDependency` or `UsageError`."""
    try:
        import fsspec
    except ImportError as error:
        raise MissingDependency(f"{scheme}:// needs fsspec: pip install 'reissue[dask]'.") from error
    try:
        return fsspec.filesystem(scheme)
    except ImportError as error:
        raise MissingDependency(f"{scheme}:// needs another package: {error}.") from error
    except ValueError as error:
        raise UsageError(f"{scheme}:// is no place Reissue knows. Use a folder, s3://… or another that fsspec has.") from error


def _as_os_error(method: F) -> F:
    """Whatever a remote system raises becomes an `OSError`, for which callers have a sentence."""
    @wraps(method)
    def call(*arguments: Any, **named: Any) -> Any:
        try:
            return method(*arguments, **named)
        except (OSError, ReissueError):
            raise
        except Exception as error:
            raise OSError(errno.EIO, f"{type(error).__name__}: {error}") from error

    return cast(F, call)


class UrlPath(os.PathLike[str]):
    """A place beyond the file system.  Equal by URL; carries nothing open, so that it can be sent to a worker."""

    def __init__(self, url: str) -> None:
        scheme, _, rest = url.partition("://")
        self.scheme, self.rest = scheme, "/".join(part for part in rest.split("/") if part not in ("", "."))

    def __str__(self) -> str:
        return f"{self.scheme}://{self.rest}"

    __repr__ = __fspath__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UrlPath) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __truediv__(self, name: str) -> UrlPath:
        return UrlPath(f"{self}/{name}")

    @property
    def _fs(self) -> Any:
        return system(self.scheme)

    @property
    def name(self) -> str:
        return PurePosixPath(self.rest).name

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.rest).suffix

    @property
    def parent(self) -> UrlPath:
        return UrlPath(f"{self.scheme}://{PurePosixPath(self.rest).parent}")

    def relative_to(self, other: UrlPath) -> PurePosixPath:
        return PurePosixPath(self.rest).relative_to(other.rest)

    def resolve(self) -> UrlPath:
        return self

    def absolute(self) -> UrlPath:
        return self

    @_as_os_error
    def exists(self) -> bool:
        return bool(self._fs.exists(self.rest))

    @_as_os_error
    def is_dir(self) -> bool:
        return bool(self._fs.isdir(self.rest))

    @_as_os_error
    def is_file(self) -> bool:
        return bool(self._fs.isfile(self.rest))

    @_as_os_error
    def stat(self) -> Any:
        """Size, and as inode what the system changes when the object changes (ETag, time)."""
        info = self._fs.info(self.rest)
        if info.get("type") == "directory":
            return SimpleNamespace(st_size=0, st_mtime_ns=0, st_ino=0)
        stamp = hashlib.sha256(str(self._fs.ukey(self.rest)).encode()).digest()[:7]
        return SimpleNamespace(st_size=int(info.get("size") or 0), st_mtime_ns=0, st_ino=int.from_bytes(stamp, "big"))

    lstat = stat

    @_as_os_error
    def read_bytes(self) -> bytes:
        return bytes(self._fs.cat_file(self.rest))

    def read_text(self, encoding: str = "utf-8") -> str:
        return self.read_bytes().decode(encoding)

    def open(self, mode: str = "rb") -> BinaryIO:
        return io.BytesIO(self.read_bytes())

    @_as_os_error
    def write_bytes(self, data: bytes) -> int:
        self._fs.pipe_file(self.rest, data)
        return len(data)

    @_as_os_error
    def replace(self, target: UrlPath) -> UrlPath:
        self._fs.mv(self.rest, target.rest)
        return target

    @_as_os_error
    def unlink(self, missing_ok: bool = False) -> None:
        if not missing_ok or self._fs.exists(self.rest):
            self._fs.rm_file(self.rest)

    def mkdir(self, parents: bool = False, exist_ok: bool = False) -> None:
        """Nothing: stores have no folders, and systems that do make them on writing."""

    @_as_os_error
    def files(self) -> list[UrlPath]:
        """Every object below, in order of name."""
        self._fs.invalidate_cache()
        return [UrlPath(f"{self.scheme}://{name}") for name in sorted(self._fs.find(self.rest))]
