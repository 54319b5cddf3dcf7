"""A decision “in every issue”, made on one issue's page, is made in every issue."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.batch.recipe import Recipe
from tests.batch.kit import issues, make
from tests.cli.run import reissue

HEAD = "kind\tsource\tstart\tend\twrong\tright\trule\tdecision\tscope\n"
ROW = "text\tissue-0.txt\t0\t0\t社区\t小区\teditor\treplace\tbatch\n"
TEXT = Recipe(formats=("text",), variants=("cn",))


def words(out: Path) -> list[int]:
    """How often each issue has the editor's words."""
    return [path.read_text(encoding="utf-8").count("小区") for path in sorted(out.rglob("*.txt"))]


def test_a_series_decided_in_one_issue_reaches_all(tmp_path: Path) -> None:
    seeds = issues(tmp_path / "seeds")
    make(seeds, tmp_path / "out", TEXT)
    assert words(tmp_path / "out") == [0, 0, 0]
    (seeds / "issue-0.errata.tsv").write_text(HEAD + ROW, encoding="utf-8")
    assert len(make(seeds, tmp_path / "out", TEXT).built) == 3 and words(tmp_path / "out") == [2, 2, 2]
    assert not make(seeds, tmp_path / "out", TEXT).built, "and then all is up to date"


def test_an_issue_may_differ_and_a_row_for_one_issue_touches_no_other(tmp_path: Path) -> None:
    seeds = issues(tmp_path / "seeds")
    (seeds / "issue-0.errata.tsv").write_text(HEAD + ROW, encoding="utf-8")
    make(seeds, tmp_path / "out", TEXT)
    other = ROW.replace("issue-0", "issue-2").replace("小区", "街坊").replace("batch", "issue")
    (seeds / "issue-2.errata.tsv").write_text(HEAD + other, encoding="utf-8")
    assert list(make(seeds, tmp_path / "out", TEXT).built) == ["issue-2.txt"]
    assert words(tmp_path / "out") == [2, 2, 0]


def test_the_line_a_row_stands_in_makes_nothing_stale(tmp_path: Path) -> None:
    seeds = issues(tmp_path / "seeds")
    (seeds / "issue-0.errata.tsv").write_text(HEAD + ROW, encoding="utf-8")
    make(seeds, tmp_path / "out", TEXT)
    own = "text\tissue-0.txt\t0\t0\t新闻\t要闻\teditor\treplace\tissue\n"
    (seeds / "issue-0.errata.tsv").write_text(HEAD + own + ROW, encoding="utf-8")
    assert list(make(seeds, tmp_path / "out", TEXT).built) == ["issue-0.txt"]


def test_a_file_that_is_none_stops_its_own_issue_only(tmp_path: Path) -> None:
    seeds = issues(tmp_path / "seeds")
    (seeds / "issue-0.errata.tsv").write_text("no\tbatch\n", encoding="utf-8")
    result = make(seeds, tmp_path / "out", TEXT)
    assert list(result.failed) == ["issue-0.txt"] and len(result.built) == 2


COMMANDS = [("check", "--format", "json"), ("convert", "--to", "json", "-o", "-", "--variant", "source")]


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_on_one_file_know_its_neighbours(tmp_path: Path, command: tuple[str, ...]) -> None:
    seeds = issues(tmp_path / "seeds")
    (seeds / "issue-0.errata.tsv").write_text(HEAD + ROW, encoding="utf-8")
    name, *options = command
    assert "小区" in reissue(name, seeds / "issue-1.txt", *options).text


def test_a_conversion_in_every_issue(tmp_path: Path) -> None:
    seeds = issues(tmp_path / "seeds")
    row = "variant\tissue-0.txt\t0\t0\t读者\t看官\ttw:editor\treplace\tbatch\n"
    (seeds / "issue-0.errata.tsv").write_text(HEAD + row, encoding="utf-8")
    make(seeds, tmp_path / "out", Recipe(formats=("text",), variants=("tw",)))
    assert [path.read_text(encoding="utf-8").count("看官") for path in sorted((tmp_path / "out").rglob("*.txt"))] == [1, 1, 1]
