"""Kill builds at random moments, let the next one finish, compare with an undisturbed one.

    python -m tests.batch.killing 200 [SEED]      the long run; the suite does a few of each
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.batch.kit import issues, tree

COMMAND = [sys.executable, "-c", "from convert.cli import main; main()"]


def start(seeds: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    """A build as a user starts it, in a session of its own."""
    return subprocess.Popen(
        [*COMMAND, "build", str(seeds), "-o", str(out), "--to", "tsv,docx,epub", "--variant", "cn,tw", "--jobs", str(jobs), "-q"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )


def finish(seeds: Path, out: Path, jobs: int = 2) -> int:
    """A build that is let be."""
    return start(seeds, out, jobs).wait()


def kill(process: subprocess.Popen[bytes], moment: float, how: int, group: bool) -> None:
    """Wait so many seconds, then send the signal to the driver, or to driver and workers at once."""
    deadline = time.monotonic() + moment
    while time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.005)
    if process.poll() is None:
        (os.killpg if group else os.kill)(process.pid, how)
    process.wait()


def trial(seeds: Path, folder: Path, whole: dict[str, str], length: float, chance: random.Random, how: int) -> bool:
    """One to three builds killed in a row, then one let be.  True when the tree is as if nothing had happened."""
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        kill(start(seeds, out, chance.choice((1, 2))), chance.uniform(0.1, length * 1.1), how, chance.random() < 0.5)
    return finish(seeds, out) == 0 and tree(out) == whole and not list(out.rglob("*.part"))


def run(count: int, seed: int, how: int = signal.SIGKILL, size: int = 12, loud: bool = False) -> tuple[int, int]:
    """(trials, those that went wrong); `loud` tells how it goes."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="killing-") as name:
        folder = Path(name)
        seeds = issues(folder / "seeds", size)
        began = time.monotonic()
        assert finish(seeds, folder / "whole") == 0
        length = time.monotonic() - began
        whole = tree(folder / "whole")
        assert len(whole) == size * 6
        wrong = 0
        for number in range(1, count + 1):
            wrong += not trial(seeds, folder, whole, length, chance, how)
            if loud and number % 10 == 0:
                print(f"{number} of {count}, {wrong} wrong", flush=True)
    return count, wrong


if __name__ == "__main__":
    trials, failures = run(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1, loud=True)
    print(f"{trials} builds killed with kill -9, {failures} trees that differ afterwards")
    sys.exit(bool(failures))
