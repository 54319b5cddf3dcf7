"""`build --learn`: a model of the whole batch beside the journal, so that each issue is read with all the others in mind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from convert import sidecars
from convert.batch.find import Found
from convert.batch.recipe import Recipe
from convert.batch.task import read_source
from convert.errors import ReissueError

NAME = ".reissue.model"


def texts(found: Iterable[Found], recipe: Recipe) -> Iterator[str]:
    """The texts of the issues, one at a time.  What cannot be read teaches nothing; its own task tells why."""
    for issue in found:
        with suppress(ReissueError):
            said = sidecars.load((*issue.files, *recipe.extra), recipe.base())
            for path in issue.inputs:
                yield read_source(path, said.read).text


@contextmanager
def learning(found: Iterable[Found], recipe: Recipe, folder: Path, keep: bool) -> Iterator[tuple[Recipe, Path]]:
    """The recipe with a model of all issues, and the model's file: in `folder`, or, unless `keep`, for this run only.

    The file depends on the texts alone, in order of name: not on how many processes will read it.  An issue is no witness
    for itself: what it says is taken out of the counts again when it is its turn.
    """
    from convert.batch.files import write_atomic
    from convert.proofread.model import learn

    with TemporaryDirectory(prefix="reissue-") as scratch:
        path = Path(scratch) / "model"
        learn(texts(found, recipe), path)
        if keep:
            write_atomic(folder / NAME, path.read_bytes())
            path = folder / NAME
        yield replace(recipe, parse=replace(recipe.parse, batch_model=path)), path
