"""Folders of small issues, builds of them, and trees to compare."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from convert.batch.build import Result, Wish, build
from convert.batch.pool import Pool
from convert.batch.recipe import Recipe
from convert.batch.runner import Runner, Serial
from convert.batch.task import Outcome, Task

OURS = {".reissue.sqlite", ".reissue.sqlite-journal", ".reissue.lock", "report.json", "report.html"}
RECIPE = Recipe(formats=("tsv", "docx", "epub"), variants=("cn", "tw"))


class Ear:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.outcomes: list[Outcome] = []

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def begin(self, issues: int, stale: int, weight: int) -> None:
        self.stale = stale

    def done(self, outcome: Outcome, weight: int) -> None:
        self.outcomes.append(outcome)


def issues(folder: Path, count: int = 3) -> Path:
    """`count` small issues."""
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        lead = f"　　九月{n + 1}日,社区图书馆开馆,第一天就来了{n + 300}位读者。大家都说这里的书\n很多,值得常来。\n"
        text = f"第{n}期社区新闻\n\n本报记者 王小明\n\n{lead}"
        (folder / f"issue-{n}.txt").write_text(text, encoding="utf-8")
    return folder


def make(seeds: Path, out: Path, recipe: Recipe = RECIPE, jobs: int = 1, ear: Ear | None = None, **wish: bool) -> Result:
    """One build in this process, or in `jobs`."""
    choose: Callable[[list[Task]], Runner] = lambda tasks: Serial() if jobs == 1 else Pool(jobs)  # noqa: E731
    return build(seeds, out, recipe, choose, ear or Ear(), Wish(**wish))


def tree(out: Path) -> dict[str, str]:
    """Path to digest of everything but the journal and the report."""
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*")) if path.is_file() and path.name not in OURS
    }
