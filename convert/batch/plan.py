"""What is stale: each edition has a key, the digest of everything that decides its bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from convert import sidecars
from convert.batch.find import Found
from convert.batch.journal import Journal
from convert.batch.recipe import Recipe, digest, fonts, theme_fonts
from convert.batch.task import Task
from convert.errors import ReissueError, UnreadableInput
from convert.style import NO_COVER, Style


@dataclass
class Item:
    """An issue, the task of its stale editions, and the key of every edition."""

    task: Task
    folder: str
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    error: str | None = None
    exit_code: int = 0


class Planner:
    """Compares keys with the journal, and the journal with what lies in the output folder."""

    def __init__(self, journal: Journal, recipe: Recipe, out: Path, force: bool, overwrite: bool) -> None:
        self.journal, self.recipe, self.out, self.force, self.overwrite = journal, recipe, out, force, overwrite
        self.editions = tuple(recipe.editions())
        self.options = recipe.digest()
        self.shared = [(kind, self.digest(path)) for kind, path in recipe.extra]
        if recipe.parse.model is not None:
            self.shared.append(("model", self.digest(recipe.parse.model)))
        flags = dict(recipe.flags)
        for kind in ("font", "cover"):
            if flags.get(kind, NO_COVER) != NO_COVER:
                self.shared.append((kind, self.digest(Path(flags[kind]))))
        self.shared += [(f"font {name}", self.digest(path)) for name, path in fonts()]
        self._theme_fonts: dict[str, list[str]] = {}
        self.by_key = {row.key: row for row in journal.editions.values()}

    def digest(self, path: Path) -> str:
        """Digest of an input, from the journal's memory where it is unchanged.  Raises `UnreadableInput`."""
        try:
            return self.journal.sha256(path, _sha256)
        except OSError as error:
            raise UnreadableInput(f"{path} cannot be read: {error.strerror or error}.") from error

    def plan(self, issue: Found) -> Item:
        """What to do for one issue."""
        folder = self.out / issue.folder
        task = Task(issue.id, issue.inputs, issue.path.name, folder, issue.files, self.recipe, (), issue.size)
        item = Item(task, issue.folder)
        try:
            item.keys = self.keys(issue)
        except ReissueError as error:
            item.error, item.exit_code = str(error), int(error.exit_code)
            return item
        stale: list[tuple[str, str]] = []
        changed: list[str] = []
        for edition, key in item.keys.items():
            state = self.state(key)
            if state == "changed" and not self.overwrite:
                changed.append(self.by_key[key].path)
            elif state != "fresh" or self.force:
                stale.append(edition)
        if changed:
            names = ", ".join(changed)
            item.notices.append(f"{names}: changed since Reissue wrote it, left as it is. --overwrite replaces it.")
        item.task = Task(issue.id, task.sources, task.name, folder, issue.files, self.recipe, tuple(stale), issue.size)
        return item

    def keys(self, issue: Found) -> dict[tuple[str, str], str]:
        """(variant, format) to key."""
        said = sidecars.Sidecars()
        for kind, path in issue.files:
            if kind == "toml":
                said = sidecars.load([(kind, path)], said)
        style = self.recipe.loaded_style(said)
        parts = [(kind, self.digest(path)) for kind, path in issue.files] + self.shared
        source = [self.digest(path) for path in (issue.path, *issue.sources)]
        common = digest(self.options, issue.path.name, issue.folder, source, [p for p in parts if p[0] != "glossary"],
                        style.name, style.digest)
        glossary = [p for p in parts if p[0] == "glossary"]
        return {
            (variant, fmt): digest(
                common, variant, fmt, None if variant == "source" else glossary, self.theme_fonts(style) if fmt == "pdf" else None
            )
            for variant, fmt in self.editions
        }

    def theme_fonts(self, style: Style) -> list[str]:
        """Digests of the fonts a style finds on this machine, looked for once a style."""
        if style.digest not in self._theme_fonts:
            self._theme_fonts[style.digest] = [self.digest(path) for path in theme_fonts(style)]
        return self._theme_fonts[style.digest]

    def state(self, key: str) -> str:
        """`fresh`, `stale` (missing or made of something else) or `changed` (by somebody else)."""
        row = self.by_key.get(key)
        if row is None:
            return "stale"
        path = self.out / row.path
        try:
            info = path.stat()
        except OSError:
            return "stale"
        if row.state == "done" and (info.st_size, info.st_mtime_ns) == (row.size, row.mtime):
            return "fresh"
        sha = _sha256(path)
        if sha == row.sha256:
            self.journal.touch(row.path, info.st_mtime_ns)
            return "fresh"
        return "stale" if row.state == "pending" and sha == row.former else "changed"


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
