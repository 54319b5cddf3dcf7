"""Private-use characters are kept, and asked about once each."""

from __future__ import annotations

from convert.laws import check_laws
from convert.options import ParseOptions
from convert.source import Source
from convert.structure import structure


def test_they_stay_and_are_asked_about_once() -> None:
    text = "本报讯，村民\ue123某和\ue123某、\U000f0001某一起修好了水渠，三百亩稻田都浇上了水。"
    issue = structure((Source("a.txt", text),), ParseOptions())
    check_laws(issue)
    asked = [query for query in issue.queries if query.kind == "private-use"]
    assert [issue.sources[0].text[query.start : query.end] for query in asked] == ["\ue123", "\U000f0001"]
    assert "U+E123" in asked[0].message and "2 times" in asked[0].message
    assert sum(block.text.count("\ue123") for block in issue.blocks()) == 2


def test_other_text_is_not_asked_about() -> None:
    issue = structure((Source("a.txt", "本报讯，三百亩稻田都浇上了水。"),), ParseOptions())
    assert not [query for query in issue.queries if query.kind == "private-use"]
