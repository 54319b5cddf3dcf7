"""Decisions for every issue: rows of scope `batch` in one issue's errata file, brought to all the others.

They are part of the run's options: under what the folder and the issue itself say, and part of what makes an edition stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from convert import sidecars
from convert.batch.recipe import Recipe
from convert.errors import ReissueError
from convert.options import Decision

ENDING, SHARED = sidecars.OWN["errata"], sidecars.SHARED["errata"]
"""Of an issue's own errata files, and the name of a folder's, which its issues read by themselves."""
MARK = b"\tbatch"


def with_series(recipe: Recipe, paths: Iterable[Path]) -> Recipe:
    """The recipe with the `batch` rows of these errata files.  What is no errata file tells its own issue, not all others."""
    found: list[Decision] = []
    for path in sorted({path for path in paths if path.name != SHARED}):
        with suppress(ReissueError, OSError):
            if MARK in path.read_bytes():
                found += [decision for decision in sidecars.errata(path) if decision.scope == "batch"]
    if not found:
        return recipe
    return replace(recipe, parse=replace(recipe.parse, decisions=(*found, *recipe.parse.decisions)))


def neighbours(inputs: Iterable[Path]) -> set[Path]:
    """The errata files of single issues in the folders of the inputs."""
    found: set[Path] = set()
    for folder in {path.parent for path in inputs}:
        with suppress(OSError):
            found |= {path for path in folder.iterdir() if path.name.endswith(ENDING)}
    return found
