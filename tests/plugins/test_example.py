"""A package from elsewhere, installed with pip, is found, listed and used like Reissue's own readers and writers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools import require_module

EXAMPLE = Path(__file__).resolve().parents[1] / "plugin_example"
ISSUE = "title\t身边的三个做法\nparagraph\t上午九点，便民工坊刚刚拉开卷帘门，门口已经排起了小队。\n"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the example installed in it, and nothing else."""
    require_module("hatchling")
    folder = tmp_path_factory.mktemp("plugin")
    source = shutil.copytree(EXAMPLE, folder / "source")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "--target", str(folder / "site"), str(source)], check=True, timeout=120)
    return folder / "site"


def reissue(site: Path | None, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, with `site` on the path."""
    root = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join([*([str(site)] if site else []), root])
    command = [sys.executable, "-c", "import sys; from convert.cli import main; sys.exit(main())", *arguments]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, encoding="utf-8", timeout=120,
    )


def test_is_listed_only_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    listed = json.loads(reissue(installed, "formats", "--json", cwd=tmp_path).stdout)
    assert {"name": "roletsv", "extensions": [".roles"]} in listed["readers"]
    assert "contents" in [writer["name"] for writer in listed["writers"]]
    without = json.loads(reissue(None, "formats", "--json", cwd=tmp_path).stdout)
    assert "contents" not in [writer["name"] for writer in without["writers"]]


def test_convert_reads_and_writes_with_it(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "page.roles").write_text(ISSUE, encoding="utf-8")
    run = reissue(installed, "convert", "page.roles", "--to", "contents", "--variant", "source,tw", "-o", "out", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "out").glob("*.csv")}
    assert sorted("zh-Hant-TW" in name for name in written) == [False, True]
    assert any("身边的三个做法" in text for text in written.values())
    assert any("身邊的三個做法" in text for text in written.values())


def test_build_takes_its_files_for_issues(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/page.roles").write_text(ISSUE, encoding="utf-8")
    run = reissue(installed, "build", "seeds", "-o", "dist", "--to", "contents", "--variant", "source", cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert len(list((tmp_path / "dist").rglob("*.contents.csv"))) == 1


def test_its_refusals_are_sentences(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "page.roles").write_text("no tab here\n", encoding="utf-8")
    run = reissue(installed, "convert", "page.roles", "--to", "contents", "-o", "out", cwd=tmp_path)
    assert run.returncode in (1, 3)
    assert "has no tab" in run.stderr and "Traceback" not in run.stderr
