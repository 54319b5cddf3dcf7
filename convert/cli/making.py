"""`convert` and `build`: inputs to tasks, outcomes to words."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from convert import sidecars
from convert.batch import build as building
from convert.batch import convert as converting
from convert.batch.recipe import Recipe
from convert.batch.runner import Runner, Serial, cores
from convert.batch.series import neighbours, with_series
from convert.batch.task import Outcome, Task, perform
from convert.batch.urls import at
from convert.cli import console
from convert.errors import UsageError

STDIN = Path("-")
SHORT_RUN = 150_000
"""Bytes of input, seven pages, up to which a run in one process goes without the cyclic collector: some 3 MiB a page stay."""


def local(jobs: int, tasks: list[Task]) -> Runner:
    """In this process for one task or one job, else a pool no larger than the work."""
    wanted = min(jobs or cores(), len(tasks))
    if wanted <= 1:
        if sum(task.size for task in tasks) < SHORT_RUN:
            gc.disable()  # over before the collector would find anything; it costs a fourteenth of the time
        return Serial()
    from convert.batch.pool import Pool
    from convert.batch.warm import warm

    return Pool(wanted, lambda: warm(tasks[0].recipe))


@contextmanager
def stdin_file(inputs: list[Path]) -> Iterator[list[Path]]:
    """The inputs with `-` replaced by a file that holds what standard input gave."""
    if STDIN not in inputs:
        yield inputs
        return
    if inputs.count(STDIN) > 1:
        raise UsageError("Standard input (-) can be given once only.")
    import tempfile

    with tempfile.TemporaryDirectory(prefix="reissue-") as folder:
        path = Path(folder) / "stdin"
        path.write_bytes(sys.stdin.buffer.read())
        yield [path if given == STDIN else given for given in inputs]


def tasks_of(inputs: list[Path], out: str | None, recipe: Recipe, as_issue: str | None, given: list[Path]) -> list[Task]:
    """A task an input; a METS or list file is one issue of several files, and so are all inputs with `as_issue`."""
    from convert.readers.collect import collect

    editions = tuple(recipe.editions())
    recipe = with_series(recipe, neighbours(path for path, name in zip(inputs, given, strict=True) if name != STDIN))
    tasks = []
    for number, group in enumerate(collect(inputs, as_issue)):
        path = inputs[number]
        beside = Path() if given[number] == STDIN else path.parent
        alone = group.inputs == (path,)
        name = group.name if alone else group.name + ".issue"
        files = () if given[number] == STDIN else sidecars.find(path if alone else path.parent / name)
        folder = at(out) if out is not None else beside
        tasks.append(Task(f"{number}:{path}", group.inputs, name, folder, files, recipe, editions, size_of(group.inputs)))
    return tasks


def size_of(paths: tuple[Path, ...]) -> int:
    """Bytes of the inputs; what cannot be read counts nothing and is told by its task, with the reason."""
    size = 0
    for path in paths:
        with suppress(OSError):
            size += path.stat().st_size
    return size


def convert(
    inputs: list[Path], out: str | None, recipe: Recipe, *, as_issue: str | None, jobs: int, overwrite: bool, json: bool,
    quiet: bool,
) -> int:
    """Convert files."""
    with stdin_file(inputs) as paths:
        if out == "-":
            return _to_stdout(tasks_of(paths, ".", recipe, as_issue, inputs))
        tasks = tasks_of(paths, out, recipe, as_issue, inputs)
        result = converting.convert(tasks, local(jobs, tasks), console.Quiet(), overwrite)
    for outcome in result.outcomes:
        debug(outcome)
        for notice in () if quiet else outcome.notices:
            console.say(notice)
    if json:
        console.print_json([_as_json(outcome, result.paths_of(outcome)) for outcome in result.outcomes])
    elif not quiet:
        for path in result.paths:
            console.write(sys.stdout, str(path))
    return result.exit_code


def _as_json(outcome: Outcome, paths: list[Path]) -> dict[str, Any]:
    return {
        "input": outcome.id.split(":", 1)[-1],
        "error": outcome.error,
        "files": [str(path) for path in paths],
        "notices": outcome.notices,
        **outcome.summary,
        "editions": [{k: v for k, v in asdict(e).items() if k != "part"} for e in outcome.editions],
    }


def _to_stdout(tasks: list[Task]) -> int:
    if len(tasks) != 1 or len(tasks[0].editions) != 1:
        raise UsageError("Standard output holds one edition: give one input, one --to and one --variant.")
    import tempfile

    with tempfile.TemporaryDirectory(prefix="reissue-") as folder:
        outcome = perform(replace(tasks[0], folder=Path(folder)))
        for notice in outcome.notices:
            console.say(notice)
        if outcome.error is not None:
            debug(outcome)
            console.say(outcome.error)
            return outcome.exit_code
        sys.stdout.buffer.write(at(outcome.editions[0].part).read_bytes())
        sys.stdout.buffer.flush()
    return 0


def debug(outcome: Outcome) -> None:
    """The traceback of a failure, for REISSUE_DEBUG=1."""
    import os

    if outcome.debug and os.environ.get("REISSUE_DEBUG") == "1":
        console.say(outcome.debug)


def build(
    folder: str, out: str, recipe: Recipe, wish: building.Wish, *, jobs: int, runner: str, scheduler: str | None, json: bool,
    quiet: bool,
) -> int:
    """Build a folder."""
    listener = console.listener(quiet)
    choose: Callable[[list[Task]], Runner] = lambda tasks: local(jobs, tasks)  # noqa: E731
    if runner == "dask":
        from convert.batch.dask import DaskRunner

        choose = lambda tasks: DaskRunner(scheduler)  # noqa: E731
    try:
        result = building.build(at(folder), at(out), recipe, choose, listener, wish)
    finally:
        listener.end()
    for outcome in result.failed.values():
        debug(outcome)
    from convert.batch import report

    if not wish.dry_run and result.summaries:
        report.write(result)
    for notice in () if quiet else report.notices(result):
        console.say(notice)
    if json:
        console.print_json(report.as_json(result))
    elif wish.dry_run:
        for issue in result.stale:
            console.write(sys.stdout, issue)
    elif not quiet:
        heads, rows, foot = report.closing(result)
        if rows:
            console.write(sys.stdout, console.table(heads, rows, foot))
        console.say(report.sentence(result))
    return result.exit_code
