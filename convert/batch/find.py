"""Which files of a folder are issues, and where their editions go."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from convert import naming, plugins, sidecars
from convert.batch.urls import UrlPath, at, is_url
from convert.errors import ReissueError, UnreadableInput, UsageError

EDITION = re.compile(r"\.zh-Han[st][A-Za-z-]*\.|\.proof\.html$")
"""Names Reissue gives (`page.zh-Hant-TW.pdf`): `convert` writes beside its input, and `build` must not read that again."""
NOT_ISSUES = {"readme", "license", "licence", "notice", "changelog", "copying", "authors", "contributing"}


@dataclass(frozen=True, slots=True)
class Found:
    """One issue: its id (path in the folder), its file, its sidecars, and the folder of its editions in the output."""

    id: str
    path: Path
    files: sidecars.Files
    folder: str
    size: int
    sources: tuple[Path, ...] = ()

    @property
    def inputs(self) -> tuple[Path, ...]:
        """What is read: the file itself, or the files a METS or list file names."""
        return self.sources or (self.path,)


def extensions() -> tuple[str, ...]:
    """File name endings some installed reader knows, longest first."""
    found = {e.lower() for name in plugins.names("readers") for e in plugins.reader(name).extensions}
    return tuple(sorted(found, key=lambda e: (-len(e), e)))


def issues(folder: Path, skip: Path | None = None) -> list[Found]:
    """Every issue in `folder` and below, in order of name.  `skip` is the output folder.  Raises `UnreadableInput`."""
    if not folder.exists():
        raise UnreadableInput(f"There is no folder {folder}. Give the folder that holds your issues.")
    if not folder.is_dir():
        raise UsageError(f"{folder} is a file. Use `reissue convert {folder}`, or give the folder that holds it.")
    endings = extensions()
    away = skip.resolve() if skip is not None else None
    taken: dict[str, str] = {}
    found: list[Found] = []
    members: set[Path] = set()
    places = _walk_url(folder) if isinstance(folder, UrlPath) else _walk(folder, away, set())
    for place, listing in places:
        names = set(listing)
        project = () if isinstance(folder, UrlPath) else sidecars.above(place)
        for name in sorted(listing):
            path = place / name
            listed = is_list(path)
            if not listed and not is_issue(name, endings):
                continue
            relative = path.relative_to(folder).as_posix()
            inside = place.relative_to(folder).as_posix()
            target = f"{'' if inside == '.' else inside + '/'}{naming.stem(name)}"
            if target.lower() in taken:
                target += "." + name.rsplit(".", 1)[-1]
            taken[target.lower()] = name
            try:
                size = path.stat().st_size
            except OSError:
                size = 0
            sources = pages_of(path) if listed else ()
            members.update(sources)
            found.append(Found(relative, path, sidecars.find(path, names, project), target, size, sources))
    return [issue for issue in found if issue.path not in members]


def is_list(path: Path) -> bool:
    """Whether a file names the files of an issue: METS, or a plain list."""
    from convert.readers.collect import LISTS, is_mets

    return not is_url(path) and not path.name.startswith(".") and (path.suffix.lower() in LISTS or is_mets(path))


def pages_of(path: Path) -> tuple[Path, ...]:
    """The files a METS or list file names; none where it cannot be read, which its task will say."""
    from convert.readers.collect import collect

    try:
        return collect([path])[0].inputs
    except ReissueError:
        return ()


def is_issue(name: str, endings: tuple[str, ...]) -> bool:
    """Whether a file of that name holds an issue: an ending a reader knows, not hidden, no sidecar, README or edition."""
    lower = name.lower()
    if name.startswith(".") or EDITION.search(name) or sidecars.is_sidecar(lower) or lower.split(".", 1)[0] in NOT_ISSUES:
        return False
    return lower.endswith(endings)


def _walk_url(folder: UrlPath) -> Iterator[tuple[Path, list[str]]]:
    below: dict[UrlPath, list[str]] = {}
    for path in folder.files():
        if not any(part.startswith(".") for part in path.relative_to(folder).parts):
            below.setdefault(path.parent, []).append(path.name)
    for place in sorted(below, key=str):
        yield at(str(place)), below[place]


def _walk(folder: Path, away: Path | None, seen: set[tuple[int, int]]) -> Iterator[tuple[Path, list[str]]]:
    """Folders from the top down; a folder reached twice (a symbolic link in a circle) is left out the second time."""
    try:
        info = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        raise UnreadableInput(f"The folder {folder} cannot be read: {error.strerror or error}.") from error
    mark = (info.st_dev, info.st_ino)
    if mark in seen:
        return
    seen.add(mark)
    below = [Path(e.path) for e in entries if not e.name.startswith(".") and _is_folder(e)]
    yield folder, [e.name for e in entries if not _is_folder(e)]
    for inner in below:
        if away is None or inner.resolve() != away:
            yield from _walk(inner, away, seen)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
