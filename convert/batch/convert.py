"""`reissue convert`: files to editions beside them, through the same tasks as `build`, without a journal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from convert.batch import files
from convert.batch.build import Listener
from convert.batch.runner import Runner
from convert.batch.task import Outcome, Task
from convert.batch.urls import at
from convert.batch.written import Written
from convert.errors import ExitCode, OutputError


@dataclass
class Converted:
    """Outcomes in the order of the inputs, and the paths written by outcome."""

    outcomes: list[Outcome] = field(default_factory=list)
    written: dict[str, list[Path]] = field(default_factory=dict)

    @property
    def paths(self) -> list[Path]:
        """Every path written."""
        return [path for outcome in self.outcomes for path in self.paths_of(outcome)]

    def paths_of(self, outcome: Outcome) -> list[Path]:
        """The paths written for one input."""
        return self.written.get(outcome.id, [])

    @property
    def exit_code(self) -> int:
        """0; the code all inputs failed with; 5 when a law broke; else 1."""
        codes = {outcome.exit_code for outcome in self.outcomes if outcome.error is not None}
        if not codes:
            return int(ExitCode.DONE)
        if int(ExitCode.BROKEN_LAW) in codes:
            return int(ExitCode.BROKEN_LAW)
        everything = all(outcome.error is not None for outcome in self.outcomes)
        return codes.pop() if len(codes) == 1 and everything else int(ExitCode.FINDINGS)


def convert(tasks: list[Task], runner: Runner, listener: Listener, overwrite: bool) -> Converted:
    """Run the tasks and put their editions in place."""
    result = Converted()
    by_id = {task.id: task for task in tasks}
    order = {task.id: number for number, task in enumerate(tasks)}
    written = Written()
    taken: dict[Path, str] = {}
    outcomes = runner.run(sorted(tasks, key=lambda task: -task.size))
    try:
        for outcome in outcomes:
            if outcome.error is None:
                try:
                    result.written[outcome.id] = _enter(by_id[outcome.id], outcome, written, taken, overwrite)
                except OutputError as error:
                    outcome.discard()
                    outcome.error, outcome.exit_code = str(error), int(error.exit_code)
            if outcome.error is not None:
                listener.say(outcome.error)
            result.outcomes.append(outcome)
            listener.done(outcome, 1)
    finally:
        close: Callable[[], None] | None = getattr(outcomes, "close", None)
        if close is not None:
            close()
        written.close()
        for folder in {task.folder for task in tasks}:
            for part in files.own_leftovers(folder):
                files.discard(part)
    result.outcomes.sort(key=lambda outcome: order[outcome.id])
    return result


def _enter(task: Task, outcome: Outcome, written: Written, taken: dict[Path, str], overwrite: bool) -> list[Path]:
    rows = [(task.folder / edition.name, edition) for edition in outcome.editions]
    for path, edition in rows:
        if path in taken:
            raise OutputError(f"{path} is already the edition of {taken[path]}. Rename an input, or use different folders.")
        written.may_replace(path, edition.sha256, overwrite)
    for path, edition in rows:
        files.commit(at(edition.part), path)
        taken[path] = task.name
    files.sync_folder(task.folder)
    written.note([(path, edition.sha256) for path, edition in rows])
    return [path for path, _ in rows]
