"""Correctors by entry point: what they say is logged, bounded, and never taken on trust."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from convert import plugins
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
