"""A real scheduler and two workers on loopback, one of them killed: the same bytes as a local run."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from convert.batch import build
from convert.batch.dask import DaskRunner
from convert.batch.task import Outcome
from tests.batch.kit import RECIPE, Ear, issues, make, tree
from tests.tools import require_module

QUIET = {**os.environ, "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "error"}


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    require_module("distributed")
    file = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    options = ["--scheduler-file", str(file), "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    started = [subprocess.Popen([*dask, *options], env=QUIET, stderr=subprocess.DEVNULL)]
    try:
        deadline = time.monotonic() + 30
        while not file.exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        address = json.loads(file.read_text())["address"]
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        for number in range(2):
            place = ["--local-directory", str(tmp_path / f"worker{number}"), "--death-timeout", "30"]
            started.append(subprocess.Popen([*worker, *place], env=QUIET, stderr=subprocess.DEVNULL))
        yield address, started[1:]
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


class Killer(Ear):
    """Kills a worker when the first issue is done."""

    def __init__(self, victim: subprocess.Popen[bytes]) -> None:
        super().__init__()
        self.victim = victim

    def done(self, outcome: Outcome, weight: int) -> None:
        super().done(outcome, weight)
        if len(self.outcomes) == 3:
            self.victim.send_signal(signal.SIGKILL)


def test_a_worker_killed_mid_run_changes_nothing(cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path) -> None:
    address, workers = cluster
    seeds = issues(tmp_path / "seeds", 24)
    make(seeds, tmp_path / "local")
    runner = DaskRunner(address)
    result = build.build(seeds, tmp_path / "far", RECIPE, lambda tasks: runner, Killer(workers[0]))
    assert result.failed == {}
    assert len(result.built) == 24
    assert tree(tmp_path / "far") == tree(tmp_path / "local")
    assert runner.most <= 2 * runner.ahead, "the scheduler never holds more than a few tasks a worker"
    assert make(seeds, tmp_path / "far").built == {}, "the journal is the same, whichever runner wrote it"


def test_nobody_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_module("distributed")
    from tests.cli.run import reissue

    monkeypatch.setattr("convert.batch.dask.CONNECT_SECONDS", 1)
    seeds = issues(tmp_path / "seeds", 1)
    nowhere = ("--runner", "dask", "--scheduler", "tcp://127.0.0.1:9")
    ran = reissue("build", seeds, "-o", tmp_path / "o", "--to", "tsv", *nowhere)
    assert ran.code == 1
    assert "No Dask scheduler answers" in ran.err
    assert "Traceback" not in ran.err
