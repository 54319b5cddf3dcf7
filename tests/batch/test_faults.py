"""What can go wrong around a build: kills, signals, a second build, a full disk, folders that cannot be written."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from convert.batch import build, files
from convert.batch.journal import LOCK, Journal, locked
from convert.batch.pool import Pool
from convert.batch.task import Outcome, Task, perform
from convert.errors import OutputError
from convert.options import ParseOptions
from tests.batch import killing
from tests.batch.kit import RECIPE, Ear, issues, make, tree
from tests.cli.run import reissue


@pytest.mark.parametrize("count", [2, pytest.param(40, marks=pytest.mark.long)])
def test_kill_9_and_the_next_run_is_as_if_nothing_had_happened(count: int) -> None:
    assert killing.run(count, seed=20260101, size=6) == (count, 0)


@pytest.mark.parametrize(("how", "code"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 143, marks=pytest.mark.long)])
def test_interrupts_are_clean_and_the_next_run_resumes(tmp_path: Path, how: int, code: int) -> None:
    seeds = issues(tmp_path / "seeds", 60)
    process = subprocess.Popen(
        [*killing.COMMAND, "build", str(seeds), "-o", str(tmp_path / "out"), "--to", "docx", "--variant", "cn,tw", "-j", "2"],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True, text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith("[5/"):
            break
    process.send_signal(how)
    words = process.stderr.read()
    assert process.wait(20) == code
    assert "Traceback" not in words
    assert words.rstrip().endswith("run the command again to go on.")
    assert not list((tmp_path / "out").rglob("*.part"))
    whole = list((tmp_path / "out").rglob("*.docx"))
    assert 10 <= len(whole) < 120
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    ran = reissue("build", seeds, "-o", tmp_path / "out", "--to", "docx", "--variant", "cn,tw")
    assert ran.code == 0
    made = sum(1 for line in ran.err.splitlines() if line.startswith("["))
    assert made <= 60 - len(whole) // 2
    assert len(tree(tmp_path / "out")) == 120


def test_a_second_build_waits(tmp_path: Path) -> None:
    seeds, out, ear = issues(tmp_path / "seeds", 1), tmp_path / "out", Ear()
    done: list[int] = []
    with locked(out, print):
        thread = threading.Thread(target=lambda: done.append(make(seeds, out, ear=ear).exit_code))
        thread.start()
        for _ in range(200):
            if ear.said:
                break
            time.sleep(0.01)
        assert "waiting" in ear.said[0]
        assert not (out / "issue-0").exists()
        assert done == []
    thread.join(30)
    assert done == [0]
    assert (out / LOCK).exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, *(pytest.param(e, marks=pytest.mark.long) for e in (errno.EIO, errno.EDQUOT))])
def test_a_full_disk_at_every_write_in_turn_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    seeds = issues(tmp_path / "seeds", 2)
    whole = tree_after(seeds, tmp_path / "whole")
    real = os.fsync
    for failing in range(1, 40, 3):
        out = tmp_path / f"out{failing}"
        calls = [0]

        def full(descriptor: int, calls: list[int] = calls, failing: int = failing) -> None:
            calls[0] += 1
            if calls[0] == failing:
                raise OSError(code, os.strerror(code))
            real(descriptor)

        monkeypatch.setattr(os, "fsync", full)
        ear = Ear()
        result = make(seeds, out, ear=ear)
        monkeypatch.setattr(os, "fsync", real)
        assert tree(out).items() <= whole.items()
        assert not list(out.rglob("*.part"))
        assert result.exit_code in (0, 1)
        assert all("Traceback" not in sentence for sentence in ear.said)
        assert make(seeds, out).exit_code == 0
        assert tree(out) == whole


def test_a_disk_that_fills_under_the_journal_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds, real = issues(tmp_path / "seeds", 16), Journal._open
    recipe = replace(RECIPE, formats=("tsv",), parse=ParseOptions(profile="off"))
    assert make(seeds, tmp_path / "whole", recipe).exit_code == 0
    whole, refused = tree(tmp_path / "whole"), 0
    for pages in (5, 6, 9):  # SQLite answers as on a full disk when it may not have another page

        def narrow(self: Journal, pages: int = pages) -> sqlite3.Connection:
            db = real(self)
            db.execute(f"pragma max_page_count = {pages}")
            return db

        out, ear = tmp_path / f"out{pages}", Ear()
        monkeypatch.setattr(Journal, "_open", narrow)
        try:
            code = make(seeds, out, recipe, ear=ear).exit_code
        except OutputError as error:
            code = int(error.exit_code)
            ear.said.append(str(error))
        monkeypatch.setattr(Journal, "_open", real)
        refused += code != 0
        assert (code != 0) == any("Is the disk full?" in sentence for sentence in ear.said)
        assert tree(out).items() <= whole.items() and not list(out.rglob("*.part"))
        assert make(seeds, out, recipe).exit_code == 0
        assert tree(out) == whole
    assert 0 < refused < 3


def tree_after(seeds: Path, out: Path) -> dict[str, str]:
    """The tree of an undisturbed build."""
    assert make(seeds, out).exit_code == 0
    return tree(out)


def test_a_write_that_fails_half_way_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Torn:
        def __init__(self, path: Path) -> None:
            self.file = path.open("xb", buffering=0)

        def __enter__(self) -> Torn:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def write(self, data: bytes) -> None:
            self.file.write(data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")

    real = Path.open

    def torn(self: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        if mode == "xb":
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(Path, "open", real)
                return Torn(self)
        return real(self, mode, *rest, **more)

    monkeypatch.setattr(Path, "open", torn)
    with pytest.raises(OutputError, match="disk is full"):
        files.write_atomic(tmp_path / "a.docx", b"x" * 1000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("place", "word"), [("file/under", "a file stands"), ("x" * 300, "too long")])
def test_folders_that_cannot_be(tmp_path: Path, place: str, word: str) -> None:
    seeds = issues(tmp_path / "seeds", 1)
    (tmp_path / "file").write_text("a file")
    ran = reissue("build", seeds, "-o", tmp_path / place)
    assert ran.code == 1
    assert word in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_an_input_that_vanishes_and_one_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = issues(tmp_path / "seeds", 2)
    (seeds / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (seeds / "loop.txt").symlink_to(seeds / "loop.txt")
    ear = Ear()
    result = make(seeds, tmp_path / "out", ear=ear)
    assert sorted(result.failed) == ["gone.txt", "loop.txt"]
    assert {o.exit_code for o in result.failed.values()} == {3}
    assert len(result.built) == 2


def _poison(task: Task) -> Outcome:
    if "issue-1" in task.name:
        os.kill(os.getpid(), signal.SIGKILL)
    return perform(task)


def test_an_issue_that_kills_its_worker_is_given_up_alone(tmp_path: Path) -> None:
    seeds = issues(tmp_path / "seeds", 5)
    result = build.build(seeds, tmp_path / "out", RECIPE, lambda tasks: Pool(2, perform=_poison), Ear())
    assert list(result.failed) == ["issue-1.txt"]
    assert "worker was killed" in str(result.failed["issue-1.txt"].error)
    assert len(result.built) == 4


def _hang(task: Task) -> Outcome:
    if "issue-1" in task.name:
        time.sleep(60)
    return perform(task)


def test_an_issue_that_hangs_is_given_up_alone(tmp_path: Path) -> None:
    seeds = issues(tmp_path / "seeds", 3)
    result = build.build(seeds, tmp_path / "out", RECIPE, lambda tasks: Pool(2, timeout=8, perform=_hang), Ear())
    assert list(result.failed) == ["issue-1.txt"]
    assert "longer than 8 seconds" in str(result.failed["issue-1.txt"].error)


def test_names_at_the_limit_of_the_file_system(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / ("报" * 80 + ".txt")).write_text("社区图书馆开馆。", encoding="utf-8")
    result = make(seeds, tmp_path / "out")
    assert result.exit_code == 0
    assert len(tree(tmp_path / "out")) == 6
