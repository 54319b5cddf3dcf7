"""Past one machine: the same tasks on a Dask cluster (extra `reissue[dask]`); the journal stays with the driver.

Back-pressure: only a few tasks a worker are handed to the scheduler at once, whatever the size of the archive.
A worker that dies gives its tasks back; an issue that kills worker after worker is given up alone.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from itertools import islice
from typing import Any

from convert.batch.runner import cores
from convert.batch.task import Outcome, Task, describe, perform
from convert.errors import ExitCode, MissingDependency, OutputError

AHEAD = 3
"""Tasks a worker thread may have waiting: enough to keep it busy, few enough to hold a million issues back."""
RETRIES = 2
CONNECT_SECONDS = 15

_one_at_a_time = threading.Lock()


def work(task: Task, perform: Callable[[Task], Outcome] = perform) -> Outcome:
    """On the worker.  Writers may hold state a thread at a time, so a worker does one issue at a time."""
    with _one_at_a_time:
        return perform(task)


class DaskRunner:
    """`scheduler` is an address such as tcp://host:8786; None starts a cluster on this machine."""

    def __init__(self, scheduler: str | None = None, ahead: int = AHEAD) -> None:
        self.scheduler, self.ahead = scheduler, ahead
        self.most = 0
        """The most tasks the scheduler held at once, for the tests."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Outcomes as they come.  Raises `MissingDependency` without Dask, `OutputError` where nobody answers."""
        with self._client() as client:
            yield from self._run(client, iter(tasks))

    def _client(self) -> Any:
        distributed = _distributed()
        try:
            if self.scheduler is None:
                return distributed.Client(n_workers=cores(), threads_per_worker=1, dashboard_address=None, set_as_default=False)
            return distributed.Client(self.scheduler, set_as_default=False, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise OutputError(f"No Dask scheduler answers at {self.scheduler}. Start one, or check --scheduler.") from error

    def _run(self, client: Any, tasks: Iterator[Task]) -> Iterator[Outcome]:
        names: dict[str, Task] = {}

        def submit(task: Task) -> Any:
            future = client.submit(work, task, pure=False, retries=RETRIES, key=f"reissue-{len(names)}-{task.name}")
            names[future.key] = task
            return future

        room = self._room(client)
        first = [submit(task) for task in islice(tasks, room)]
        going = _distributed().as_completed(first, loop=client.loop)
        try:
            for future in going:
                self.most = max(self.most, going.count() + 1)
                outcome = _outcome(future, names.pop(future.key))
                future.release()
                for task in islice(tasks, max(1, self._room(client) - going.count())):
                    going.add(submit(task))
                yield outcome
        finally:
            with suppress(Exception):
                client.cancel(list(going.futures), force=True)

    def _room(self, client: Any) -> int:
        threads = sum(client.nthreads().values())
        return max(1, int(threads) or 1) * self.ahead


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise MissingDependency("--runner dask needs Dask: pip install 'reissue[dask]'.") from error


def _outcome(future: Any, task: Task) -> Outcome:
    """The outcome of a task, also of one whose workers all died."""
    if future.status == "finished":
        found: Outcome = future.result()
        return found
    error = future.exception() if future.status == "error" else None
    if type(error).__name__ == "KilledWorker":
        sentence = f"{task.name} was given up: it killed the workers that tried it. The other issues are not touched by it."
        return Outcome(task.id, error=sentence, exit_code=int(ExitCode.FINDINGS))
    if error is None:
        return Outcome(task.id, error=f"{task.name} was cancelled by the scheduler.", exit_code=int(ExitCode.FINDINGS))
    sentence, code, debug = describe(error, task.name)
    return Outcome(task.id, error=sentence, exit_code=code, debug=debug)
