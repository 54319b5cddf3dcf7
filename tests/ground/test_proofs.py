"""The laws are proved always, and of one and the same issue once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from convert import laws, pipeline
from convert.errors import BrokenLaw
from convert.issue import Issue


@pytest.fixture
def proofs(monkeypatch: pytest.MonkeyPatch) -> list[Issue]:
    made: list[Issue] = []
    check = laws._check_source

    def counted(issue: Issue) -> None:
        made.append(issue)
        check(issue)

    monkeypatch.setattr(laws, "_check_source", counted)
    return made


def page() -> Issue:
    return pipeline.parse(pipeline.read("第一版\n\n本报讯，社区里来了新图书馆。\n".encode(), "page.txt"))


def test_the_parent_of_five_variants_is_proved_once(proofs: list[Issue]) -> None:
    issue = page()
    for variant in ("cn", "t", "tw", "twp", "hk"):
        pipeline.to_variant(issue, variant)
    assert len(proofs) == 1 and proofs[0] is issue


def test_an_equal_issue_is_another_one(proofs: list[Issue]) -> None:
    issue = page()
    laws.check_laws(replace(issue))
    assert len(proofs) == 2


def test_what_is_broken_is_broken_each_time(proofs: list[Issue]) -> None:
    issue = page()
    broken = replace(issue, articles=issue.articles[1:], colophon=(), dropped=())
    for _ in range(2):
        with pytest.raises(BrokenLaw):
            laws.check_laws(broken)
    with pytest.raises(BrokenLaw):
        laws.check_laws(replace(pipeline.to_variant(issue, "tw"), parent=broken))
