"""`build --learn`: the batch as its own archive."""

from __future__ import annotations

import json
from pathlib import Path

from convert.batch.learned import NAME, learning
from convert.batch.recipe import Recipe
from convert.options import ParseOptions
from convert.proofread.model import Model
from tests.batch.kit import Ear, issues, make, tree

RECIPE = Recipe(formats=("json",), variants=("source",), parse=ParseOptions(profile="archive"))


def wards(folder: Path) -> Path:
    """Issues that all write 商辅联盟, which no lexicon has, the last one once."""
    folder.mkdir()
    for n in range(6):
        text = f"第{n}期\n\n　　今天访问了商辅联盟。" + "商辅联盟召开会议。" * (4 if n < 5 else 0) + "\n"
        (folder / f"issue-{n}.txt").write_text(text, encoding="utf-8")
    return folder


def doubt(out: Path) -> float:
    """Most confidence in a slip in the last issue's 商辅."""
    said = json.loads(next((out / "issue-5").glob("*.json")).read_text("utf-8"))
    return max((edit["confidence"] for edit in said["edits"] if "辅" in edit["before"]), default=0.0)


def test_what_the_others_write_is_not_asked_about(tmp_path: Path) -> None:
    seeds = wards(tmp_path / "seeds")
    make(seeds, tmp_path / "plain", RECIPE)
    make(seeds, tmp_path / "learned", RECIPE, learn=True)
    assert doubt(tmp_path / "plain") > 0.2 > doubt(tmp_path / "learned")
    assert Model.load(tmp_path / "learned" / NAME).count("商辅") == 26
    assert not (tmp_path / "plain" / NAME).exists()


def test_the_same_bytes_for_any_number_of_processes(tmp_path: Path) -> None:
    seeds = wards(tmp_path / "seeds")
    one = make(seeds, tmp_path / "one", RECIPE, jobs=1, learn=True)
    two = make(seeds, tmp_path / "two", RECIPE, jobs=2, learn=True)
    assert not one.failed and not two.failed
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_stale_when_another_issue_teaches_something_new(tmp_path: Path) -> None:
    seeds, out = issues(tmp_path / "seeds"), tmp_path / "out"
    make(seeds, out, RECIPE, learn=True)
    assert not make(seeds, out, RECIPE, learn=True).built
    page = seeds / "issue-0.txt"
    page.write_text(page.read_text("utf-8") + "贤韵养生堂今天开张，贤韵养生堂很热闹。\n", encoding="utf-8")
    assert len(make(seeds, out, RECIPE, learn=True).built) == 3


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    seeds, out = issues(tmp_path / "seeds"), tmp_path / "out"
    make(seeds, out, RECIPE, learn=True)
    (out / NAME).unlink()
    make(seeds, out, RECIPE, learn=True, dry_run=True)
    assert not (out / NAME).exists()


def test_what_cannot_be_read_teaches_nothing(tmp_path: Path) -> None:
    seeds, ear = issues(tmp_path / "seeds"), Ear()
    (seeds / "bad.txt").write_bytes(b"")
    result = make(seeds, tmp_path / "out", RECIPE, ear=ear, learn=True)
    assert set(result.failed) == {"bad.txt"} and len(result.built) == 3


def test_learning_gives_a_recipe_with_the_model(tmp_path: Path) -> None:
    with learning([], RECIPE, tmp_path, keep=False) as (recipe, path):
        assert recipe.parse.batch_model == path and path.exists()
        assert recipe.digest() == RECIPE.digest(), "the model counts by its content, not by its place"
    assert not path.exists()
