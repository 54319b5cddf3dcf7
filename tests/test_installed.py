"""Entry points are found as `importlib.metadata` finds them."""

from __future__ import annotations

import importlib.metadata
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from convert import installed, plugins


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    known = (installed.entry_points, installed._files, plugins._load)
    for function in known:
        function.cache_clear()
    yield
    for function in known:
        function.cache_clear()


def theirs(group: str) -> dict[str, str]:
    return {point.name: f"{point.module}:{point.attr}" for point in importlib.metadata.entry_points(group=group)}


@pytest.mark.parametrize("group", ["reissue.readers", "reissue.writers", "reissue.correctors", "console_scripts", "none"])
def test_the_same_as_the_standard_library(group: str) -> None:
    mine = installed.entry_points(group)
    assert mine == {name: target.partition(" [")[0] for name, target in theirs(group).items()} and list(mine) == sorted(mine)


def package(folder: Path, name: str, points: str) -> None:
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(points, encoding="utf-8")


def test_comments_extras_and_a_package_found_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package(tmp_path / "a", "plug_in", "# none\n[reissue.readers]\n; none\nodd = plug_in.deep:Reader [extra]\n\n[other]\nx = y\n")
    package(tmp_path / "b", "plug_in", "[reissue.readers]\nodd = shadowed:Reader\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "a"), str(tmp_path / "missing"), str(tmp_path / "b"), *sys.path])
    assert installed.entry_points("reissue.readers")["odd"] == "plug_in.deep:Reader"
    assert "text" in installed.entry_points("reissue.readers")


def test_a_path_that_is_no_folder_is_left_to_the_standard_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("zipped-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: zipped\nVersion: 1.0\n")
        archive.writestr("zipped-1.0.dist-info/entry_points.txt", "[reissue.readers]\nodd = zipped:Reader\n")
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path / "all.zip")])
    assert installed.entry_points("reissue.readers")["odd"] == "zipped:Reader"
    assert "text" in installed.entry_points("reissue.readers")
