"""Several inputs as one issue: files in the order given, a folder of pages, a METS file, a plain list of files.

A METS or list file names files beside it or below; a name that leads out of its folder, through `..`, an absolute path or a
symbolic link, is refused, for such files come from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from convert import plugins
from convert.errors import UnreadableInput, UsageError
from convert.options import ReadOptions
from convert.readers import HEAD, choose, load
from convert.readers.encodings import decode
from convert.readers.xml import children, local, number, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

LISTS = (".list", ".lst")
"""Endings of plain lists: a file name a line, `#` begins a comment."""
RICHNESS = ("page", "alto", "hocr", "docling", "mineru", "pdf", "html", "markdown", "text")
"""Readers from the one that knows most of a page down: of several files of one page the richest is read."""
MAX_FILES = 5000

MIME = {
    "application/vnd.prima.page+xml": 0, "application/alto+xml": 1, "text/vnd.hocr+html": 2, "text/xml": 3, "application/xml": 3,
    "text/html": 4, "text/markdown": 5, "text/plain": 6,
}
"""MIME types of METS files that hold text, the richest first."""


class Group(NamedTuple):
    """One issue to be: its name, and its files in reading order."""

    name: str
    inputs: tuple[Path, ...]


def collect(paths: Sequence[Path], as_issue: str | None = None) -> list[Group]:
    """The issues `paths` make.  With `as_issue` all of them are one issue of that name.

    Without it a METS or list file is an issue of several files, and every other file one of its own; a folder is refused, for
    `reissue build` reads folders of issues.  Raises `UnreadableInput` and `UsageError`.
    """
    groups = [_group(Path(path), as_issue is not None) for path in paths]
    if as_issue is None:
        return groups
    inputs = tuple(path for group in groups for path in group.inputs)
    if not inputs:
        raise UsageError("No input was given.")
    return [Group(as_issue, inputs)]


def _group(path: Path, whole: bool) -> Group:
    if _is_folder(path):
        if not whole:
            raise UnreadableInput(f"{path} is a folder. Say --as-issue NAME to read it as one issue, or use `reissue build`.")
        return Group(path.name, tuple(_folder(path)))
    if path.suffix.lower() in LISTS:
        return Group(path.stem, tuple(_list(path)))
    if is_mets(path):
        return Group(path.stem, tuple(_mets(path)))
    return Group(path.name, (path,))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a name too long for the file system: reading it will say so
        return False


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError:
        return b""


def is_mets(path: Path) -> bool:
    """Whether a file is METS, by its first bytes."""
    return path.suffix.lower() in (".xml", ".mets") and re.search(rb"<(\w+:)?mets[\s>]", _head(path)) is not None


def _folder(folder: Path) -> Iterator[Path]:
    """The METS file's pages where the folder has one; else its files in natural order, one a page."""
    found = sorted((path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")), key=_natural)
    mets = [path for path in found if is_mets(path)]
    if len(mets) == 1:
        yield from _mets(mets[0])
        return
    pages: dict[str, tuple[int, Path]] = {}
    for path in found:
        page, richness = _page_of(path)
        if richness is not None and (page not in pages or richness < pages[page][0]):
            pages[page] = (richness, path)
    if not pages:
        raise UnreadableInput(f"{folder} holds no file that can be read. Give text, hOCR, ALTO, PAGE XML, PDF, HTML or Markdown.")
    if len(pages) > MAX_FILES:
        raise UnreadableInput(f"{folder} holds {len(pages)} files; an issue may have {MAX_FILES}. Split it.")
    for page in sorted(pages, key=lambda name: _natural(Path(name))):
        yield pages[page][1]


def _page_of(path: Path) -> tuple[str, int | None]:
    """Name of the page without its ending, and how rich its format is; None for what is not a page's text."""
    lower = path.name.lower()
    endings = sorted({e for name in plugins.names("readers") for e in plugins.reader(name).extensions}, key=len, reverse=True)
    ending = next((e for e in (*endings, ".xml", ".json") if lower.endswith(e)), None)
    if ending is None:
        return path.name, None
    try:
        name = choose(_head(path), path.name, ReadOptions()).name
    except UnreadableInput:
        return path.name, None
    return path.name[:-len(ending)], RICHNESS.index(name) if name in RICHNESS else len(RICHNESS)


def _natural(path: Path) -> tuple[tuple[int, int, str], ...]:
    """Sorts page2 before page10."""
    parts = re.findall(r"[0-9]{1,18}|[^0-9]+", path.name)
    return tuple((0, int(part), "") if part[0].isdecimal() else (1, 0, part.casefold()) for part in parts)


def _list(path: Path) -> Iterator[Path]:
    text = decode(load(path, ReadOptions()), path.name).text
    names = [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    if not names:
        raise UnreadableInput(f"{path} names no files. Write one file name a line.")
    yield from _resolved(path, names)


def _mets(path: Path) -> Iterator[Path]:
    root, _ = parse_xml(load(path, ReadOptions()), path.name)
    files, groups = _files(root)
    if not groups:
        raise UnreadableInput(f"{path} names no file that holds text (ALTO, PAGE XML, hOCR, HTML or plain text).")
    _, _, wanted = min(groups, key=lambda group: group[:2])
    order = [name for name in _physical_order(root) if name in wanted] or wanted
    yield from _resolved(path, [files[name] for name in dict.fromkeys(order)])


def _files(root: _Element) -> tuple[dict[str, str], list[tuple[int, int, list[str]]]]:
    """Address of each text file by id, and the file groups: (richness, rank, ids).  `FULLTEXT` goes first, then the last one."""
    files: dict[str, str] = {}
    groups: list[tuple[int, int, list[str]]] = []
    for position, group in enumerate(element for element in root.iter() if local(element) == "fileGrp"):
        ids, richness = [], len(MIME)
        for file in children(group, "file"):
            kind = MIME.get((file.get("MIMETYPE") or "").split(";")[0].strip().lower())
            places = [place.get("{http://www.w3.org/1999/xlink}href") or "" for place in children(file, "FLocat")]
            address = next((place for place in places if place and not _remote(place)), next(iter(places), ""))
            if kind is not None and address and file.get("ID"):
                files[file.get("ID", "")] = address
                ids.append(file.get("ID", ""))
                richness = min(richness, kind)
        if ids:
            groups.append((-1 if "FULLTEXT" in (group.get("USE") or "").upper() else richness, -position, ids))
    return files, groups


def _remote(address: str) -> bool:
    return re.match(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+:", address) is not None


def _physical_order(root: _Element) -> Iterator[str]:
    """File ids in the order of the physical structure, by ORDER where it is given."""
    for structure in (element for element in root.iter() if local(element) == "structMap"):
        if (structure.get("TYPE") or "").upper() != "PHYSICAL":
            continue
        stack = [structure]
        while stack:
            element = stack.pop()
            yield from (pointer.get("FILEID", "") for pointer in children(element, "fptr"))
            inner = sorted(children(element, "div"), key=lambda child: number(child.get("ORDER")) or 0)
            stack += reversed(inner)


def _resolved(listing: Path, names: Sequence[str]) -> Iterator[Path]:
    """The files as paths that certainly lie in the listing's folder."""
    if len(names) > MAX_FILES:
        raise UnreadableInput(f"{listing} names {len(names)} files; an issue may have {MAX_FILES}. Split it.")
    home = listing.parent.resolve()
    for name in names:
        shown = name if len(name) < 200 else name[:200] + "…"
        parts = urlsplit(name) if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", name) else None
        if parts is not None and parts.scheme.lower() != "file":
            raise UnreadableInput(f"{listing} names {shown}, which is not a file here. Download it and put it beside the list.")
        relative = unquote(parts.netloc + parts.path) if parts is not None else name
        for candidate in dict.fromkeys((relative, unquote(relative))):
            path = _inside(home, candidate, listing, shown)
            if path is not None:
                yield listing.parent / path.relative_to(home)
                break
        else:
            raise UnreadableInput(f"{listing} names {shown}, which does not exist.")


def _inside(home: Path, name: str, listing: Path, shown: str) -> Path | None:
    """The file of that name, or None where there is none.  Raises `UnreadableInput` where the name leads out of `home`."""
    try:
        path = (home / name.replace("\\", "/")).resolve()
        there = path.is_file()
    except (OSError, ValueError):
        raise UnreadableInput(f"{listing} names {shown}, which is no file name.") from None
    if not path.is_relative_to(home):
        raise UnreadableInput(f"{listing} names {shown}, which lies outside its folder. Files must lie beside the list or below.")
    return path if there else None
