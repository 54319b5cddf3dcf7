"""`reissue build`: find, plan, run, enter, report.  The driver alone writes the journal and gives editions their names."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from convert.batch import files, find
from convert.batch.journal import NAME, Journal, locked
from convert.batch.plan import Item, Planner
from convert.batch.recipe import Recipe
from convert.batch.runner import Runner
from convert.batch.series import with_series
from convert.batch.task import Edition, Outcome, Task
from convert.batch.urls import at, is_url
from convert.errors import ExitCode, OutputError


class Listener(Protocol):
    """What the build tells whoever watches."""

    def say(self, sentence: str) -> None: ...
    def begin(self, issues: int, stale: int, weight: int) -> None: ...
    def done(self, outcome: Outcome, weight: int) -> None: ...


@dataclass(frozen=True)
class Wish:
    """How to build: `overwrite` files not ours, `force` what is fresh, `dry_run` only say, `fail_fast`, `prune`;
    `learn` reads each issue with a model of all the others."""

    force: bool = False
    overwrite: bool = False
    dry_run: bool = False
    fail_fast: bool = False
    prune: bool = False
    learn: bool = False


@dataclass
class Result:
    """What a build did.  `summaries` has every issue, those of earlier builds included."""

    out: Path
    built: dict[str, list[str]] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    failed: dict[str, Outcome] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    summaries: dict[str, dict[str, Any]] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """0 where all went well; the code all failures share when nothing else went well; 5 when a law broke; else 1."""
        codes = {outcome.exit_code for outcome in self.failed.values()}
        if not codes:
            return int(ExitCode.DONE)
        if int(ExitCode.BROKEN_LAW) in codes:
            return int(ExitCode.BROKEN_LAW)
        alone = len(codes) == 1 and not self.built and not self.fresh
        return codes.pop() if alone else int(ExitCode.FINDINGS)


def build(
    folder: Path, out: Path, recipe: Recipe, runner: Callable[[list[Task]], Runner], listener: Listener, wish: Wish | None = None
) -> Result:
    """Make every stale edition of every issue in `folder`.  Raises `ReissueError` only where nothing could begin."""
    started = time.monotonic()
    wish = wish or Wish()
    result = Result(out)
    found = find.issues(folder, skip=out)
    if not found:
        result.notices.append(f"There is nothing to read in {folder}: `reissue formats` lists the files an issue can be in.")
    recipe = with_series(recipe, (path for issue in found for kind, path in issue.files if kind == "errata"))
    if wish.dry_run and not (keep(out) / NAME).exists():
        result.stale = [issue.id for issue in found]
        return result
    with locked(keep(out), listener.say):
        _sweep(out, wish)
        journal = Journal(keep(out) / NAME)
        try:
            if wish.learn:
                from convert.batch.learned import learning

                with learning(found, recipe, keep(out), not wish.dry_run) as (learned, model):
                    _build(found, journal, learned, runner, listener, wish, result, model)
            else:
                _build(found, journal, recipe, runner, listener, wish, result)
        finally:
            journal.close()
    result.seconds = time.monotonic() - started
    return result


def keep(out: Path) -> Path:
    """Where journal and lock lie: with the editions, or in the user's state folder where those go to a URL."""
    if not is_url(out):
        return out
    base = os.environ.get("XDG_STATE_HOME")
    state = Path(base) if base else Path.home() / ".local" / "state"
    return state / "reissue" / "builds" / hashlib.sha256(str(out).encode()).hexdigest()[:16]


def _sweep(out: Path, wish: Wish) -> None:
    """Part files of a build that was killed; nobody else's, since we hold the lock."""
    if not wish.dry_run:
        for part in files.leftovers(out):
            files.discard(part)


def _build(
    found: list[find.Found], journal: Journal, recipe: Recipe, runner: Callable[[list[Task]], Runner],
    listener: Listener, wish: Wish, result: Result, model: Path | None = None,
) -> None:
    planner = Planner(journal, recipe, result.out, wish.force, wish.overwrite)
    if model is not None:
        planner.shared.append(("learned", planner.digest(model)))
    work: list[Item] = []
    for issue in found:
        item = planner.plan(issue)
        result.notices += item.notices
        if item.error is not None:
            _fail(journal, result, Outcome(issue.id, error=item.error, exit_code=item.exit_code), listener, wish)
        elif item.task.editions:
            work.append(item)
            result.stale.append(issue.id)
        else:
            result.fresh.append(issue.id)
    if not wish.dry_run:
        journal.save_inputs()
        listener.begin(len(found), len(work), sum(_weight(item.task) for item in work))
        _run(work, journal, runner, listener, wish, result)
        _gone(found, journal, wish, result)
    result.summaries = {i: s for i, s in journal.summaries().items() if i in {issue.id for issue in found}}


def _weight(task: Task) -> int:
    """Work of a task for progress and order: characters times editions, and a little for beginning at all."""
    return (task.size + 2000) * (len(task.editions) + 1)


def _run(
    work: list[Item], journal: Journal, runner: Callable[[list[Task]], Runner], listener: Listener, wish: Wish, result: Result
) -> None:
    items = {item.task.id: item for item in work}
    tasks = sorted((item.task for item in work), key=lambda task: (-_weight(task), task.id))
    if not tasks:
        return
    outcomes: Iterator[Outcome] = runner(tasks).run(tasks)
    try:
        for outcome in outcomes:
            item = items[outcome.id]
            if outcome.error is None:
                try:
                    enter(journal, result, item, outcome, wish.overwrite)
                except OutputError as error:
                    outcome.discard()
                    outcome.error, outcome.exit_code = str(error), int(error.exit_code)
            if outcome.error is not None:
                _fail(journal, result, outcome, listener, wish)
            listener.done(outcome, _weight(item.task))
            if outcome.error is not None and wish.fail_fast:
                listener.say("Stopped at the first failure (--fail-fast).")
                break
    finally:
        close = getattr(outcomes, "close", None)
        if close is not None:
            close()
        _sweep(result.out, wish)


def _fail(journal: Journal, result: Result, outcome: Outcome, listener: Listener, wish: Wish) -> None:
    result.failed[outcome.id] = outcome
    if not wish.dry_run:
        journal.failed(outcome)  # where even that has no room the build ends, with that one sentence
    listener.say(f"{outcome.id}: {outcome.error}" if outcome.id not in (outcome.error or "") else str(outcome.error))


def enter(journal: Journal, result: Result, item: Item, outcome: Outcome, overwrite: bool) -> None:
    """Journal first, then the names.  Raises `OutputError` where a file that is not ours stands in the way."""
    out = result.out
    rows: list[tuple[str, str, Edition, str]] = []
    for edition in outcome.editions:
        target = item.task.folder / edition.name
        path = f"{item.folder}/{edition.name}"
        former = standing(journal, target, path)
        known = journal.editions.get(path)
        ours = former in ("", edition.sha256) or (known is not None and former in (known.sha256, known.former))
        if not ours and not overwrite:
            raise OutputError(
                f"{target} was not written by Reissue, or was changed since. Move it away, or give --overwrite to replace it."
            )
        rows.append((path, item.keys[edition.variant, edition.format], edition, former))
    journal.announce(outcome.id, rows)
    done: list[tuple[str, int]] = []
    for path, _, edition, former in rows:
        target = out / path
        if former == edition.sha256:
            files.discard(at(edition.part))
        else:
            files.commit(at(edition.part), target)
        done.append((path, target.stat().st_mtime_ns))
    files.sync_folder(item.task.folder)
    journal.finish(outcome, done)
    result.built[outcome.id] = [path for path, *_ in rows]
    result.notices += [f"{outcome.id}: {notice}" for notice in outcome.notices]


def standing(journal: Journal, target: Path, path: str) -> str:
    """Digest of the file that has the name now, "" where there is none."""
    try:
        info = target.lstat()
    except OSError:
        return ""
    row = journal.editions.get(path)
    if row is not None and row.state == "done" and (row.size, row.mtime) == (info.st_size, info.st_mtime_ns):
        return row.sha256
    return file_digest(target)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces; of what cannot be read, a digest nothing has."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"


def _gone(found: list[find.Found], journal: Journal, wish: Wish, result: Result) -> None:
    """Editions of issues whose source is gone: told, and with `prune` removed where they are still as we wrote them."""
    here = {issue.id for issue in found}
    by_issue: dict[str, list[str]] = {}
    for path, row in journal.editions.items():
        if row.issue not in here:
            by_issue.setdefault(row.issue, []).append(path)
    for issue, paths in sorted(by_issue.items()):
        if not wish.prune:
            result.notices.append(f"{issue} is gone; its {len(paths)} editions stay. --prune removes them.")
            continue
        ours = [path for path in paths if standing(journal, result.out / path, path) in ("", journal.editions[path].sha256)]
        for path in ours:
            (result.out / path).unlink(missing_ok=True)
        journal.forget(ours)
        result.notices.append(f"{issue} is gone; {len(ours)} of its editions were removed.")
