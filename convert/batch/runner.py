"""Where tasks run: what all runners are, and the one for a single process.  `pool` and `dask` are the others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Protocol

from convert.batch.task import Outcome, Task, perform


class Runner(Protocol):
    """`run` yields outcomes as they come, in any order; leaving it early stops the work."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]: ...


class Serial:
    """In this process, one after another: the quickest for one issue."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Perform each task when its outcome is asked for."""
        return map(perform, tasks)


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
