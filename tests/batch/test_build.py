"""`build`: what is stale is built and nothing else, and nobody's file is lost."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from convert import style as styles
from convert.batch.journal import Journal
from convert.batch.recipe import Recipe
from convert.errors import OutputError, UnreadableInput, UsageError
from tests.batch.kit import RECIPE, Ear, issues, make, tree


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return issues(tmp_path / "seeds")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "dist"


def test_builds_every_issue_then_nothing(seeds: Path, out: Path) -> None:
    first = make(seeds, out)
    assert (len(first.built), len(first.fresh), first.exit_code) == (3, 0, 0)
    assert len(tree(out)) == 3 * 6
    second = make(seeds, out)
    assert (len(second.built), len(second.fresh)) == (0, 3)
    assert second.summaries["issue-0.txt"]["articles"] == 1, "figures of earlier builds are kept"


def test_touching_one_issue_builds_that_one(seeds: Path, out: Path) -> None:
    make(seeds, out)
    path = seeds / "issue-1.txt"
    path.write_text(path.read_text(encoding="utf-8") + "\n又及。\n", encoding="utf-8")
    assert list(make(seeds, out).built) == ["issue-1.txt"]


def test_a_new_time_alone_builds_nothing(seeds: Path, out: Path) -> None:
    make(seeds, out)
    for path in [*seeds.iterdir(), *(p for p in out.rglob("*.tsv"))]:
        os.utime(path, (1, 1))
    assert make(seeds, out).built == {}


def test_same_length_written_at_once_is_seen(seeds: Path, out: Path) -> None:
    make(seeds, out)
    path = seeds / "issue-1.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("九月", "十月"), encoding="utf-8")
    assert list(make(seeds, out).built) == ["issue-1.txt"]


@pytest.mark.parametrize(("name", "content", "stale"), [
    ("issue-1.toml", '[metadata]\ntitle = "社区报"\n', ["issue-1.txt"]),
    ("issue-1.errata.tsv", "kind\tstart\tend\twrong\tright\tdecision\n", ["issue-1.txt"]),
    ("keep.tsv", "社区\n", ["issue-0.txt", "issue-1.txt", "issue-2.txt"]),
    ("reissue.toml", '[metadata]\npublisher = "社区报社"\n', ["issue-0.txt", "issue-1.txt", "issue-2.txt"]),
])
def test_a_sidecar_builds_what_it_touches(seeds: Path, out: Path, name: str, content: str, stale: list[str]) -> None:
    make(seeds, out)
    (seeds / name).write_text(content, encoding="utf-8")
    assert sorted(make(seeds, out).built) == stale
    (seeds / name).unlink()
    assert sorted(make(seeds, out).built) == stale


def test_a_glossary_touches_conversions_not_the_source(seeds: Path, out: Path) -> None:
    recipe = Recipe(formats=("tsv",), variants=("source", "tw"))
    make(seeds, out, recipe)
    (seeds / "glossary.tsv").write_text("社区\t小區\n", encoding="utf-8")
    built = make(seeds, out, recipe).built
    assert all(path.endswith("zh-Hant-TW.tsv") for paths in built.values() for path in paths)
    assert len(built) == 3
    assert "小區" in (out / "issue-0" / "issue-0.zh-Hant-TW.tsv").read_text(encoding="utf-8")


def test_a_style_rebuilds_what_it_styles(seeds: Path, out: Path, tmp_path: Path) -> None:
    style = tmp_path / "house.toml"
    style.write_text('extends = "newspaper"\n', encoding="utf-8")
    (seeds / "issue-1.toml").write_text(f'[edition]\nstyle = "{style}"\n', encoding="utf-8")
    make(seeds, out)
    assert (out / "issue-1" / "issue-1.zh-Hans.house.docx").exists()
    style.write_text('extends = "newspaper"\ndescription = "x"\n', encoding="utf-8")
    styles.load.cache_clear()
    assert list(make(seeds, out).built) == ["issue-1.txt"]


def test_options_make_stale_and_formats_add_up(seeds: Path, out: Path) -> None:
    make(seeds, out, replace(RECIPE, formats=("tsv",)))
    more = make(seeds, out)
    assert sum(map(len, more.built.values())) == 3 * 4, "only docx and epub are new"
    assert make(seeds, out, replace(RECIPE, parse=replace(RECIPE.parse, profile="off"))).built.keys() == more.built.keys()


def test_a_deleted_edition_comes_back(seeds: Path, out: Path) -> None:
    make(seeds, out)
    before = tree(out)
    (out / "issue-2" / "issue-2.zh-Hans.docx").unlink()
    assert make(seeds, out).built == {"issue-2.txt": ["issue-2/issue-2.zh-Hans.docx"]}
    assert tree(out) == before


def test_an_edition_changed_by_hand_is_left_alone(seeds: Path, out: Path) -> None:
    make(seeds, out)
    edited = out / "issue-0" / "issue-0.zh-Hans.tsv"
    edited.write_text("by hand", encoding="utf-8")
    result = make(seeds, out)
    assert result.exit_code == 0
    assert any("changed since" in notice for notice in result.notices)
    path = seeds / "issue-0.txt"
    path.write_text(path.read_text(encoding="utf-8") + "又及。", encoding="utf-8")
    refused = make(seeds, out)
    assert refused.exit_code == 1
    assert edited.read_text(encoding="utf-8") == "by hand"
    assert make(seeds, out, overwrite=True).exit_code == 0
    assert edited.read_text(encoding="utf-8") != "by hand"


def test_a_strangers_file_is_not_replaced_and_the_others_are_made(seeds: Path, out: Path) -> None:
    (out / "issue-0").mkdir(parents=True)
    (out / "issue-0" / "issue-0.zh-Hans.docx").write_bytes(b"my thesis")
    ear = Ear()
    result = make(seeds, out, ear=ear)
    assert result.exit_code == 1
    assert sorted(result.built) == ["issue-1.txt", "issue-2.txt"]
    assert (out / "issue-0" / "issue-0.zh-Hans.docx").read_bytes() == b"my thesis"
    assert not list(out.rglob(".reissue-*.part"))
    assert any("--overwrite" in sentence for sentence in ear.said)


def test_a_lost_journal_is_made_again_from_what_is_there(seeds: Path, out: Path) -> None:
    make(seeds, out)
    before = tree(out)
    (out / ".reissue.sqlite").unlink()
    assert make(seeds, out).exit_code == 0
    assert tree(out) == before


def test_a_damaged_journal_is_set_aside(seeds: Path, out: Path) -> None:
    make(seeds, out)
    (out / ".reissue.sqlite").write_bytes(b"not a database at all" * 100)
    assert make(seeds, out).exit_code == 0
    assert make(seeds, out).built == {}


def test_a_journal_that_cannot_be_written_is_not_taken_for_a_damaged_one(
    seeds: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(seeds, out)
    before = (out / ".reissue.sqlite").read_bytes()

    def full(self: Journal) -> None:
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "_open", full)
        with pytest.raises(OutputError, match="Is the disk full"):
            make(seeds, out)
    assert (out / ".reissue.sqlite").read_bytes() == before
    assert not list(out.glob("*.damaged")) and make(seeds, out).built == {}


def test_other_fonts_make_stale(seeds: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font = tmp_path / "fonts" / "below" / "Mine.notfont"
    font.parent.mkdir(parents=True)
    font.write_bytes(b"one")
    monkeypatch.setenv("REISSUE_FONT_DIR", str(tmp_path / "fonts"))
    make(seeds, out)
    os.utime(font, (1, 1))
    assert make(seeds, out).built == {}, "a new time alone"
    font.write_bytes(b"two")
    assert len(make(seeds, out).built) == 3, "a font of the same name and size"


def test_fonts_a_style_finds_on_the_machine_make_only_its_pdf_stale(
    seeds: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    font = tmp_path / "Song.otf"
    font.write_bytes(b"one")
    monkeypatch.setattr("convert.batch.plan.theme_fonts", lambda style: [font])
    recipe = replace(RECIPE, formats=("tsv", "pdf"), variants=("cn",))
    make(seeds, out, recipe)
    font.write_bytes(b"two")
    again = make(seeds, out, recipe)
    assert {path.rsplit(".", 1)[1] for paths in again.built.values() for path in paths} == {"pdf"}


def test_force_dry_run_and_prune(seeds: Path, out: Path) -> None:
    assert sorted(make(seeds, out, dry_run=True).stale) == ["issue-0.txt", "issue-1.txt", "issue-2.txt"]
    assert not out.exists()
    make(seeds, out)
    before = tree(out)
    assert len(make(seeds, out, force=True).built) == 3
    assert tree(out) == before
    (seeds / "issue-2.txt").unlink()
    assert any("--prune" in notice for notice in make(seeds, out).notices)
    make(seeds, out, prune=True)
    assert {path.split("/")[0] for path in tree(out)} == {"issue-0", "issue-1"}


def test_one_bad_issue_does_not_stop_the_others(seeds: Path, out: Path) -> None:
    (seeds / "bad.txt").write_bytes(b"\x00\x01\x02\x03" * 100)
    (seeds / "issue-1.toml").write_text("not toml", encoding="utf-8")
    result = make(seeds, out)
    assert sorted(result.failed) == ["bad.txt", "issue-1.txt"]
    assert sorted(result.built) == ["issue-0.txt", "issue-2.txt"]
    assert result.exit_code == 1


def test_fail_fast_stops(seeds: Path, out: Path) -> None:
    (seeds / "a-big-bad.txt").write_bytes(b"\x00\x01\x02\x03" * 10000)
    result = make(seeds, out, fail_fast=True)
    assert (len(result.built), len(result.failed)) == (0, 1)


def test_any_jobs_give_the_same_bytes(seeds: Path, tmp_path: Path) -> None:
    make(seeds, tmp_path / "one")
    make(seeds, tmp_path / "two", jobs=2)
    make(seeds, tmp_path / "three", jobs=3)
    assert tree(tmp_path / "one") == tree(tmp_path / "two") == tree(tmp_path / "three")


def test_folders_below_readmes_sidecars_and_doubles(tmp_path: Path, out: Path) -> None:
    seeds = issues(tmp_path / "s", 1)
    issues(seeds / "1998" / "may", 1)
    (seeds / "README.txt").write_text("about", encoding="utf-8")
    (seeds / ".hidden.txt").write_text("no", encoding="utf-8")
    (seeds / "issue-0.text").write_text("另一个文件也叫这个名字。", encoding="utf-8")
    (seeds / "circle").symlink_to(seeds)
    result = make(seeds, out, replace(RECIPE, formats=("tsv",), variants=("cn",)))
    assert sorted(tree(out)) == [
        "1998/may/issue-0/issue-0.zh-Hans.tsv", "issue-0.txt/issue-0.zh-Hans.tsv", "issue-0/issue-0.zh-Hans.tsv",
    ]
    assert result.exit_code == 0


def test_the_output_may_lie_in_the_input(tmp_path: Path) -> None:
    seeds = issues(tmp_path / "s", 1)
    recipe = replace(RECIPE, formats=("text",))
    make(seeds, seeds / "dist", recipe)
    assert make(seeds, seeds / "dist", recipe).fresh == ["issue-0.txt"]


def test_no_folder_and_a_file_for_a_folder(tmp_path: Path, out: Path) -> None:
    with pytest.raises(UnreadableInput):
        make(tmp_path / "none", out)
    (tmp_path / "f.txt").write_text("x")
    with pytest.raises(UsageError):
        make(tmp_path / "f.txt", out)


def test_an_unchanged_build_looks_at_files_and_opens_none(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = issues(tmp_path / "many", 20)
    recipe = replace(RECIPE, formats=("tsv",), variants=("cn", "tw", "hk"))
    for path in seeds.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    make(seeds, out, recipe)
    opened: list[str] = []
    real = Path.open

    def heard(self: Path, *rest: Any, **more: Any) -> Any:
        opened.append(self.name)
        return real(self, *rest, **more)

    monkeypatch.setattr(Path, "open", heard)
    assert len(make(seeds, out, recipe).fresh) == 20
    assert not [name for name in opened if name.endswith((".txt", ".tsv"))]


def test_names_that_are_not_unicode(tmp_path: Path, out: Path) -> None:
    seeds = issues(tmp_path / "s", 1)
    (seeds / "issue-0.txt").rename(seeds / os.fsdecode(b"\xff\xfe.txt"))
    assert make(seeds, out).exit_code == 0
    assert make(seeds, out).built == {}


def test_a_list_makes_one_issue_of_its_pages(tmp_path: Path, out: Path) -> None:
    seeds = issues(tmp_path / "s", 3)
    (seeds / "whole.list").write_text("issue-1.txt\nissue-0.txt\n", encoding="utf-8")
    recipe = replace(RECIPE, formats=("tsv",), variants=("cn",))
    assert sorted(make(seeds, out, recipe).built) == ["issue-2.txt", "whole.list"]
    text = (out / "whole" / "whole.zh-Hans.tsv").read_text(encoding="utf-8")
    assert text.index("301位读者") < text.index("300位读者")
    path = seeds / "issue-0.txt"
    path.write_text(path.read_text(encoding="utf-8") + "又及。", encoding="utf-8")
    assert list(make(seeds, out, recipe).built) == ["whole.list"]
