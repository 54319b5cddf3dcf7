"""Inputs and outputs by URL: the same editions, the same journal, the same care."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest

from convert.batch.urls import UrlPath, at, is_url
from convert.errors import MissingDependency, UsageError
from tests.batch.kit import Ear, issues, make, tree
from tests.cli.run import reissue
from tests.tools import require_module


@pytest.fixture
def store() -> UrlPath:
    require_module("fsspec")
    return UrlPath(f"memory://{uuid4().hex}")


def filled(store: UrlPath, folder: Path) -> Path:
    for path in issues(folder).iterdir():
        (store / "in" / path.name).write_bytes(path.read_bytes())
    return at(str(store / "in"))


def contents(store: UrlPath) -> dict[str, bytes]:
    out = store / "out"
    return {str(path.relative_to(out)): path.read_bytes() for path in out.files() if not path.name.startswith("report.")}


def test_the_same_bytes_as_on_disk(store: UrlPath, tmp_path: Path) -> None:
    source, out = filled(store, tmp_path / "seeds"), at(str(store / "out"))
    assert make(source, out).exit_code == 0
    make(tmp_path / "seeds", tmp_path / "disk")
    made = contents(store)
    assert made.keys() == tree(tmp_path / "disk").keys()
    assert all((tmp_path / "disk" / name).read_bytes() == data for name, data in made.items())
    assert (store / "out" / "report.json").exists() is False, "reports are the command line's"
    assert make(source, out).built == {}


def test_what_changes_and_what_vanishes_is_seen(store: UrlPath, tmp_path: Path) -> None:
    source, out = filled(store, tmp_path / "seeds"), at(str(store / "out"))
    make(source, out)
    before = contents(store)
    (store / "out" / "issue-0" / "issue-0.zh-Hans.tsv").unlink()
    (store / "in" / "issue-1.toml").write_bytes('[metadata]\ntitle = "社区报"\n'.encode())
    assert sorted(make(source, out).built) == ["issue-0.txt", "issue-1.txt"]
    assert contents(store).keys() == before.keys()


def test_a_strangers_object_is_not_replaced(store: UrlPath, tmp_path: Path) -> None:
    source, out = filled(store, tmp_path / "seeds"), at(str(store / "out"))
    (store / "out" / "issue-0" / "issue-0.zh-Hans.docx").write_bytes(b"my thesis")
    ear = Ear()
    assert make(source, out, ear=ear).exit_code == 1
    assert (store / "out" / "issue-0" / "issue-0.zh-Hans.docx").read_bytes() == b"my thesis"
    assert not [path for path in (store / "out").files() if path.name.endswith(".part")]


def test_from_the_command_line(store: UrlPath, tmp_path: Path) -> None:
    source = filled(store, tmp_path / "seeds")
    ran = reissue("build", source, "-o", store / "out", "--to", "tsv", "--jobs", "1")
    assert ran.code == 0, ran.err
    assert (store / "out" / "report.html").exists()
    assert reissue("build", f"file://{tmp_path / 'seeds'}", "-o", tmp_path / "d", "--to", "tsv", "--jobs", "1").code == 0
    assert reissue("build", store / "nothing", "-o", tmp_path / "e").code == 3


def test_places() -> None:
    assert not is_url(at("C:/a"))
    assert at("file:///a/b") == Path("/a/b")
    assert is_url(at("memory://a/b"))
    with pytest.raises(UsageError):
        at("nonesuch://a").exists()
    with pytest.raises((MissingDependency, UsageError)):
        at("hdfs2://a").exists()
