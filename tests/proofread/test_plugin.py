"""Correctors by entry point: what they say is logged, bounded, and never taken on trust."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from convert import plugins
from convert.errors import MissingDependency
from convert.issue import Issue
from convert.laws import check_laws
from convert.ledger import Status
from convert.options import ParseOptions
from convert.proofread import proofread
from convert.proofread.plugin import Correction, Corrector
from tests.proofread.pages import issue_of


class Neural:
    """Stands for a model: it knows one correction, and talks nonsense too."""

    name = "fake"
    ceiling = 0.9

    def correct(self, text: str, language: str) -> Iterator[Correction]:
        at = text.find("绝对项目")
        if at >= 0:
            yield Correction(at, at + 2, "结对", 0.999, "in context")
        yield Correction(0, len(text) + 5, "", 0.99)
        yield Correction(3, 1, "x", 0.99)
        yield Correction(-2, 1, "x", 0.99)
        yield Correction(0, 1, text[:1], 0.99)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plugins, "names", lambda group: ("fake",) if group == "correctors" else ())
    monkeypatch.setattr(plugins, "corrector", lambda name: Neural())


def read(text: str, **options: object) -> Issue:
    issue = proofread(issue_of(text), ParseOptions(**options))  # type: ignore[arg-type]
    check_laws(issue)
    return issue


def test_it_follows_the_protocol() -> None:
    assert isinstance(Neural(), Corrector)


@pytest.mark.usefixtures("fake")
def test_a_corrector_suggests_and_is_logged() -> None:
    issue = read("开展一个绝对项目为着力点。")
    rows = [e for e in issue.edits if e.rule == "corrector:fake"]
    told = [(e.before, e.after, e.confidence, e.status, e.why) for e in rows]
    assert told == [("绝对", "结对", 0.9, Status.SUGGESTED, "in context")]
    assert issue.articles[0].blocks[0].text == "开展一个绝对项目为着力点。"


@pytest.mark.usefixtures("fake")
def test_keep_lists_bind_it() -> None:
    assert [e for e in read("开展一个绝对项目。", keep=("绝对项目",)).edits if e.rule.startswith("corrector")] == []


@pytest.mark.usefixtures("fake")
def test_in_clean_text_a_corrector_applies_nothing_whatever_the_profile() -> None:
    issue = read("开展一个绝对项目为着力点。", profile="reading")
    assert [e.status for e in issue.edits if e.rule == "corrector:fake"] == [Status.SUGGESTED]


def test_a_corrector_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(Neural):
        def correct(self, text: str, language: str) -> Iterator[Correction]:
            raise RuntimeError("no model")

    monkeypatch.setattr(plugins, "names", lambda group: ("broken",) if group == "correctors" else ())
    monkeypatch.setattr(plugins, "corrector", lambda name: Broken())
    with pytest.raises(MissingDependency, match="corrector “fake” failed"):
        read("开展一个绝对项目。")


PACKAGE = '''
from convert.proofread.plugin import Correction

class Demo:
    name, ceiling = "demo", 0.9

    def correct(self, text, language):
        for at in range(len(text) - 1):
            if text[at:at + 2] == "社区":
                yield Correction(at, at + 2, "小区", 0.97, "as the demo says")
'''


def test_an_installed_package_is_asked(tmp_path: Path) -> None:
    """Installed as pip would leave it: the module, and beside it the metadata that names its entry point."""
    site, page = tmp_path / "site", tmp_path / "page.txt"
    info = site / "demo_corrector-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: demo-corrector\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[reissue.correctors]\ndemo = demo_corrector:Demo\n")
    (site / "demo_corrector.py").write_text(PACKAGE, encoding="utf-8")
    page.write_text("　　社区图书馆昨天开馆,大家都说这里的书很多,值得常来。\n", encoding="utf-8")
    run = [sys.executable, "-c", "from convert.cli import main; main()", "check", str(page), "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"}
    rows = json.loads(subprocess.run(run, env=environment, capture_output=True, check=False).stdout)["rows"]
    assert [(row["before"], row["after"], row["status"], row["why"]) for row in rows if row["rule"] == "corrector:demo"] == [
        ("社区", "小区", "suggested", "as the demo says")]
    listed = subprocess.run([*run[:3], "formats"], env=environment, capture_output=True, check=False).stdout.decode()
    assert "correct" in listed and "demo" in listed
    (tmp_path / "keep.tsv").write_text("社区\n", encoding="utf-8")
    kept = subprocess.run(run, env=environment, capture_output=True, check=False).stdout.decode()
    assert kept and "corrector" not in kept
