"""A full disk at every call in turn: nothing half written, one sentence, and the next run makes what was to be made."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.batch.full import full
from tests.batch.kit import issues, tree
from tests.cli.run import reissue

MOST = 400
SAMPLED = 7
"""The suite refuses every seventh call; the long tests each of them."""


def command(how: str, seeds: Path, out: Path) -> list[object]:
    given = seeds if how == "build" else seeds / "issue-0.txt"
    return [how, given, "-o", out, "--to", "tsv,docx,epub", "--variant", "cn,tw", "--jobs", "1", "-q"]


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from-then-on"])
@pytest.mark.parametrize("how", ["convert", "build"])
@pytest.mark.parametrize("step", [SAMPLED, pytest.param(1, marks=pytest.mark.long)])
def test_a_full_disk_at_every_call_in_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, how: str, lasting: bool
) -> None:
    seeds, state = issues(tmp_path / "seeds", 1), tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(state))
    assert reissue(*command(how, seeds, tmp_path / "whole")).code == 0
    whole, refused = tree(tmp_path / "whole"), 0
    for failing in range(1, MOST, step):
        out = tmp_path / "out"
        shutil.rmtree(out, ignore_errors=True)
        shutil.rmtree(state, ignore_errors=True)
        with full(failing, lasting) as disk:
            ran = reissue(*command(how, seeds, out))
        found = tree(out) if out.exists() else {}
        said = ran.err.strip().splitlines()
        assert found.items() <= whole.items(), failing
        assert not [path for path in out.rglob("*") if path.name.endswith(".part")], failing
        if ran.code:
            refused += 1
            assert ran.code == 1, (failing, said)
            assert len(said) == 1 and "full" in said[0] and said[0].endswith((".", "?")), (failing, said)
            assert "Please report" not in said[0], (failing, said)
        else:
            assert found == whole, failing
        if (out / "report.json").exists():
            json.loads((out / "report.json").read_text("utf-8"))
        assert reissue(*command(how, seeds, out)).code == 0, failing
        assert tree(out) == whole, failing
        if disk.untouched:
            break
    else:
        pytest.fail("the disk was still touched at the last call")
    assert refused > 3
