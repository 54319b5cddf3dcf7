"""How the time of a job grows with its input: for tests of linear time that a busy machine does not fail."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 5


def superlinear(job: Callable[[int], object], small: int, large: int) -> bool:
    """Whether `job(large)` costs nearer to the square of the sizes' ratio than to the ratio itself.

    A linear job costs `large / small` times as much, a quadratic one that squared; the bound lies at the geometric mean of
    the two.  CPU time, the least of several runs of each: neighbours on the processor only ever add to a run.
    """
    ratio = large / small
    least = {small: float("inf"), large: float("inf")}
    for _ in range(TRIES):
        for size in least:
            start = time.process_time()
            job(size)
            least[size] = min(least[size], time.process_time() - start)
        if least[large] < ratio**1.5 * max(least[small], 1e-4):
            return False
    return True
