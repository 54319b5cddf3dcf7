"""The local pool: workers warmed once, one task at a time each, so that a crash costs one task and is laid to it.

`concurrent.futures` breaks its whole pool when one worker dies; an archive of unknown input needs the others to go on.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from convert.batch.task import Outcome, Task, perform
from convert.errors import ExitCode

RETRIES = 1
"""A task whose worker dies is tried once more: the system may have killed the worker for another's hunger."""


Perform = Callable[[Task], Outcome]


class _Worker:
    def __init__(self, context: Any, perform: Perform) -> None:
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, perform), daemon=True)
        self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.tries = 0
        self.since = 0.0

    def give(self, task: Task, tries: int) -> None:
        self.task, self.tries, self.since = task, tries, time.monotonic()
        with suppress(OSError):
            self.pipe.send(task)

    def stop(self) -> None:
        with suppress(OSError):
            self.pipe.close()
        if self.process.is_alive():
            self.process.terminate()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Pool:
    """`jobs` processes.  A worker that dies or sits on a task longer than `timeout` seconds is replaced."""

    def __init__(
        self, jobs: int, warm: Callable[[], None] | None = None, timeout: float = 3600.0, perform: Perform = perform
    ) -> None:
        self.jobs, self.warm, self.timeout, self.perform = jobs, warm, timeout, perform

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Outcomes as they come."""
        context = self._context()
        source = iter(tasks)
        workers: list[_Worker] = []
        try:
            for task in source:
                workers.append(_Worker(context, self.perform))
                workers[-1].give(task, 0)
                if len(workers) == self.jobs:
                    break
            while busy := [w for w in workers if w.task is not None]:
                ready = wait([w.pipe for w in busy], timeout=1.0)
                for worker in busy:
                    outcome, again = self._collect(worker, worker.pipe in ready)
                    if outcome is None and again is None:
                        continue
                    if again is not None or not worker.process.is_alive():
                        worker.stop()
                        workers[workers.index(worker)] = worker = _Worker(context, self.perform)
                    following = again or next(source, None)
                    if following is not None:
                        worker.give(following, RETRIES if again else 0)
                    if outcome is not None:
                        yield outcome
        finally:
            for worker in workers:
                worker.stop()

    def _context(self) -> Any:
        if sys.platform == "linux" and threading.active_count() == 1:
            if self.warm is not None:
                self.warm()
            gc.collect()
            gc.freeze()
            return multiprocessing.get_context("fork")
        return multiprocessing.get_context("spawn")

    def _collect(self, worker: _Worker, ready: bool) -> tuple[Outcome | None, Task | None]:
        """(outcome, None) when it is done, (None, task) to try again, (None, None) when it is still at work."""
        task = worker.task
        assert task is not None
        if ready:
            try:
                outcome: Outcome = worker.pipe.recv()
            except (EOFError, OSError):
                worker.process.join(5)
                return self._lost(worker, task, _cause(worker.process.exitcode))
            worker.task = None
            return outcome, None
        if time.monotonic() - worker.since > self.timeout:
            worker.process.kill()
            worker.process.join()
            worker.tries = RETRIES
            return self._lost(worker, task, f"it took longer than {self.timeout:.0f} seconds")
        return None, None

    def _lost(self, worker: _Worker, task: Task, cause: str) -> tuple[Outcome | None, Task | None]:
        worker.task = None
        if worker.tries < RETRIES:
            return None, task
        sentence = f"{task.name} was given up: {cause}. The other issues are not touched by it."
        return Outcome(task.id, error=sentence, exit_code=int(ExitCode.FINDINGS)), None


def _cause(code: int | None) -> str:
    if code == -signal.SIGKILL:
        return "its worker was killed, most often for want of memory (try fewer --jobs)"
    return f"its worker died (exit {code})"


def _work(pipe: Connection, perform: Perform) -> None:
    """A worker's life: tasks in, outcomes out, until the driver is gone.

    A forked worker holds its brothers' pipes too, so a closed pipe is no sign of a dead driver; a new parent is.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    driver = os.getppid()
    while True:
        try:
            while not pipe.poll(1.0):
                if os.getppid() != driver:
                    return
            task = pipe.recv()
        except (EOFError, OSError):
            return
        outcome = perform(task)
        try:
            if os.getppid() != driver:
                raise BrokenPipeError
            pipe.send(outcome)
        except OSError:
            outcome.discard()
            return
