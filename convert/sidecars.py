"""Sidecars: the plain files beside an issue that say what its editor knows (DESIGN section 5).

    reissue.toml          defaults for every issue of the folder
    NAME.toml             [metadata], [reading] hints, [edition] style and conversion
    errata.tsv            the editor's decisions for every issue     NAME.errata.tsv      for this one
    glossary.tsv          conversions agreed on, for every issue     NAME.glossary.tsv    for this one
    keep.tsv              words never touched                        confusions.tsv       wrong, right, apply|suggest|keep

The files for every issue hold for the folders below, too, from the topmost folder that has a `reissue.toml`.

They are data: TOML and TSV, read and never executed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from convert.errors import UsageError
from convert.issue import Metadata
from convert.options import Decision, GlossaryRow, ParseOptions, ReadOptions, VariantOptions

MAX_BYTES = 64 * 2**20
"""Largest sidecar read; a larger one is surely not a sidecar."""

SHARED = {"toml": "reissue.toml", "errata": "errata.tsv", "glossary": "glossary.tsv", "keep": "keep.tsv",
          "confusions": "confusions.tsv"}
OWN = {"toml": ".toml", "errata": ".errata.tsv", "glossary": ".glossary.tsv", "keep": ".keep.tsv",
       "confusions": ".confusions.tsv"}
TABLES = {"metadata", "reading", "edition"}
EDITION_KEYS = {"style", "profile", "engine", "register", "resolver", "house"}

Files = tuple[tuple[str, Path], ...]
"""(kind, path) of every sidecar that applies, the project's and the folder's first, the issue's own after them."""


@dataclass(frozen=True, slots=True)
class Sidecars:
    """What the sidecars of one issue say, with the defaults of the run underneath."""

    read: ReadOptions = field(default_factory=ReadOptions)
    parse: ParseOptions = field(default_factory=ParseOptions)
    variant: VariantOptions = field(default_factory=VariantOptions)
    style: str | None = None


def stems(name: str) -> tuple[str, ...]:
    """Names a sidecar of the file `name` may begin with: `a.alto.xml` answers to `a.alto.xml`, `a.alto` and `a`."""
    found = [name]
    while "." in name.lstrip("."):
        name = name.rsplit(".", 1)[0]
        found.append(name)
    return tuple(found)


def above(folder: Path) -> Files:
    """Sidecars of the project a folder belongs to: those of the folders over it, the topmost with a `reissue.toml` first."""
    parents = folder.resolve().parents
    tops = [number for number, parent in enumerate(parents) if _is_file(parent / SHARED["toml"])]
    return tuple(
        (kind, parent / name) for parent in reversed(parents[:tops[-1] + 1] if tops else ()) for kind, name in SHARED.items()
        if _is_file(parent / name)
    )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def find(source: Path, listing: Set[str] | None = None, project: Files | None = None) -> Files:
    """The sidecars of `source`: the project's, the folder's, its own.

    `listing` is the set of file names in its folder, and `project` what `above` says, where the caller has them.
    """
    folder = source.parent
    if listing is None:
        try:
            listing = {entry.name for entry in folder.iterdir()}
        except OSError:
            listing = set()
    found = [*(above(folder) if project is None else project)]
    found += [(kind, folder / name) for kind, name in SHARED.items() if name in listing]
    for kind, suffix in OWN.items():
        for stem in stems(source.name):
            if stem + suffix in listing and stem + suffix != source.name:
                found.append((kind, folder / (stem + suffix)))
                break
    return tuple(found)


def is_sidecar(name: str) -> bool:
    """Whether a file of that name is never itself an issue."""
    return name.endswith((".toml", ".tsv", ".csv"))


def load(files: Iterable[tuple[str, Path]], base: Sidecars | None = None) -> Sidecars:
    """Read sidecars over the options of the run.  Raises `UsageError` naming file, line and what was expected."""
    base = base or Sidecars()
    tables: dict[str, dict[str, Any]] = {name: {} for name in TABLES}
    decisions: list[Decision] = list(base.parse.decisions)
    rows: list[GlossaryRow] = list(base.variant.glossary)
    keep: list[str] = list(base.parse.keep)
    confusions: list[tuple[str, str, str]] = list(base.parse.confusions)
    for kind, path in files:
        if kind == "toml":
            for name, table in toml(path).items():
                tables[name].update(table)
        elif kind == "errata":
            decisions += errata(path)
        elif kind == "glossary":
            rows += glossary(path)
        elif kind == "keep":
            keep += [row[0] for _, row in tsv(path, 1)]
        elif kind == "confusions":
            confusions += confusion_rows(path)
    edition, reading = tables["edition"], tables["reading"]
    options = {key: edition[key] for key in ("engine", "register", "resolver", "house") if key in edition}
    return Sidecars(
        read=replace(
            base.read,
            encoding=base.read.encoding or reading.get("encoding"),
            format=base.read.format or reading.get("format"),
        ),
        parse=replace(
            base.parse,
            metadata=metadata(tables["metadata"]) if tables["metadata"] else base.parse.metadata,
            hints={**base.parse.hints, **reading},
            decisions=tuple(decisions),
            profile=edition.get("profile", base.parse.profile),
            keep=tuple(dict.fromkeys(keep)),
            confusions=tuple(confusions),
        ),
        variant=replace(base.variant, glossary=tuple(rows), decisions=tuple(decisions), **options),
        style=edition.get("style", base.style),
    )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UsageError(f"{path} is larger than {MAX_BYTES // 2**20} MB: that is no sidecar. Rename or shorten it.")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error


def toml(path: Path) -> dict[str, dict[str, Any]]:
    """The tables of a TOML sidecar, checked by name so that a slip of the pen is told, not ignored."""
    try:
        data = tomllib.loads(_text(path))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}.") from error
    for name, table in data.items():
        if name not in TABLES or not isinstance(table, Mapping):
            raise UsageError(f"{path}: “{name}” is not known. Use the tables [metadata], [reading] and [edition].")
    edition = data.get("edition", {})
    for key, value in edition.items():
        if key not in EDITION_KEYS:
            raise UsageError(f"{path}: [edition] has no “{key}”. It knows {', '.join(sorted(EDITION_KEYS))}.")
        if not isinstance(value, bool if key == "resolver" else str):
            raise UsageError(f"{path}: [edition] {key} must be {'true or false' if key == 'resolver' else 'a text'}.")
    for key in ("encoding", "format"):
        if not isinstance(data.get("reading", {}).get(key, ""), str):
            raise UsageError(f"{path}: [reading] {key} must be a text.")
    return data


def metadata(table: Mapping[str, Any]) -> Metadata:
    """`Metadata` of a [metadata] table; keys it does not know become `extra`, in order."""
    known = {f.name for f in fields(Metadata)} - {"extra"}
    plain = {key: str(value) for key, value in table.items() if value is not None and not isinstance(value, list | dict)}
    return Metadata(
        **{key: value for key, value in plain.items() if key in known},
        extra=tuple((key, value) for key, value in plain.items() if key not in known),
    )


def tsv(path: Path, columns: int) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of a TSV; blank lines and lines that begin with `#` are left out."""
    for number, line in enumerate(_text(path).split("\n"), 1):
        line = line.rstrip("\r")
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) < columns:
            raise UsageError(f"{path}, line {number}: {columns} columns are needed, set apart by tabs; there are {len(cells)}.")
        yield number, cells


def confusion_rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """wrong, right, and what to do (`suggest` where the third column is missing)."""
    for number, cells in tsv(path, 2):
        if cells[:2] == ["wrong", "right"]:
            continue
        action = cells[2].strip() if len(cells) > 2 and cells[2].strip() else "suggest"
        if action not in ("apply", "suggest", "keep"):
            raise UsageError(f"{path}, line {number}: the third column is apply, suggest or keep, not “{action}”.")
        yield cells[0], cells[1], action


def glossary(path: Path) -> tuple[GlossaryRow, ...]:
    """Rows of a glossary, read by the variants themselves; the issue's own go before the project's."""
    from convert.variants.glossary import load_glossary

    return load_glossary(path, "project" if path.name == SHARED["glossary"] else "issue")


COLUMNS = ("kind", "source", "start", "end", "wrong", "right", "left", "right_context", "rule", "confidence", "decision",
           "scope", "by", "date")

WORDS = {
    "kind": ("text", "join", "move", "role", "article", "variant"), "decision": ("accept", "reject", "replace"),
    "scope": ("here", "issue", "batch"),
}
"""What the columns of choice may hold.  A kind or scope that is left out is the first; a decision never is."""


def errata(path: Path) -> Iterator[Decision]:
    """The decisions of an errata file; its first line names the columns (DESIGN section 5)."""
    names: list[str] | None = None
    for number, cells in tsv(path, 1):
        if names is None:
            names = [cell.strip() for cell in cells]
            missing = ", ".join(sorted({"kind", "start", "end", "wrong", "decision"} - set(names)))
            if missing:
                raise UsageError(f"{path}, line {number}: the first line must name the columns; missing: {missing}.")
            continue
        row = dict(zip(names, cells, strict=False))
        try:
            values: dict[str, Any] = {name: unescape(row[name]) for name in COLUMNS if row.get(name)}
            for name in ("start", "end"):
                values[name] = int(row.get(name) or 0)
            values["confidence"] = float(row.get("confidence") or 1.0)
        except ValueError as error:
            raise UsageError(f"{path}, line {number}: {error}. Start and end are whole numbers, confidence is 0 to 1.") from error
        for name, known in WORDS.items():
            if values.setdefault(name, known[0] if name != "decision" else "") not in known:
                said = f"{', '.join(known[:-1])} or {known[-1]}"
                raise UsageError(f"{path}, line {number}: {name} is {said}, not “{values[name]}”.")
        yield Decision(**{"source": "", "wrong": "", "right": "", "file": f"{path.name}, line {number}", **values})


_ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}


def unescape(cell: str) -> str:
    r"""A cell as written by the proof page: `\t`, `\n`, `\r` and `\\` stand for tab, line ends and backslash."""
    if "\\" not in cell:
        return cell
    out, at = [], 0
    while at < len(cell):
        pair = cell[at:at + 2]
        out.append(_ESCAPES.get(pair, cell[at]))
        at += 2 if pair in _ESCAPES else 1
    return "".join(out)
