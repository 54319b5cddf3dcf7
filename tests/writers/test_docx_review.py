"""The review edition: corrections tracked with a comment, doubtful ones as comments only, in every variant."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from convert.issue import Issue, Query
from convert.laws import revise
from convert.ledger import Edit, Status
from convert.writers.docx.comments import percent
from convert.writers.docx.review import is_correction
from tests.editions.docx import lint
from tests.writers.docx_kit import W, edition, paragraphs, part, repaired, shuffled, traditional, without_comments
from tests.writers.docx_office import witness


def shown(data: bytes) -> list[str]:
    """Paragraphs of the articles with `[-deleted-]`, `[+inserted+]` and `⟨commented⟩`."""
    rows = []
    for paragraph in part(data).iter(f"{W}p"):
        row = ""
        for element in paragraph.iter():
            name = etree.QName(element).localname
            inserted = any(parent.tag == f"{W}ins" for parent in element.iterancestors())
            text = element.text or ""
            row += {
                "t": f"[+{text}+]" if inserted else text, "delText": f"[-{text}-]",
                "commentRangeStart": "⟨", "commentRangeEnd": "⟩",
            }.get(name, "")
        rows.append(row)
    return rows


def notes(data: bytes) -> list[str]:
    return ["".join(t.text or "" for t in note.iter(f"{W}t")) for note in part(data, "word/comments.xml").iter(f"{W}comment")]


def test_corrections_are_tracked_and_doubts_only_commented() -> None:
    data = edition(repaired(), review=True)
    assert shown(data)[5:] == [
        "⟨青⟩浦区引导社会组织融⟨[-人-][+入+]⟩社区",
        "“深⟨[-人-][+入+]⟩社区，算我一份”",
        "近年来，青浦区深入贯彻精神和要求，不断创新推动社会组织党建工作，积极引导社会组织参与基层治理，促进社会组织健康发展。"
        "紧紧围绕构建和⟨[-诣-][+谐+]⟩企业主题。",
        "青浦区志愿者在现场提供咨询服务。",
        "⟨完善工作机制⟩",
        "规范一套工作台⟨[-帐-][+账+]⟩、开展一个⟨绝对项目⟩。",
        "热线：22898506  第131期",
    ]
    assert "已改：“和诣”→“和谐”。规则 confusion，可信度 99.8%。" in notes(data)
    assert "请核：小标题的级别不明。可选：一级；二级。" in notes(data)
    assert any(note.startswith("建议：“绝对项目”→“绝活项目”。规则 rare-word，可信度 40%。") for note in notes(data))


def test_a_variant_shows_what_the_source_had_and_grows_over_words_converted_whole() -> None:
    data = edition(traditional(repaired()), "tw", review=True)
    rows = shown(data)
    assert "「深⟨[-人-][+入+]⟩社區，算我一份」" in rows
    assert any("構建和⟨[-诣-][+諧+]⟩企業" in row for row in rows)
    assert any("工作台⟨[-帐-][+賬+]⟩、開展一個⟨绝對項目⟩。" in row for row in rows)
    deleted = part(data).find(f".//{W}delText").getparent()
    assert deleted.find(f"{W}rPr/{W}lang").get(f"{W}eastAsia") == "zh-CN"
    assert any(note.startswith("已改：「和诣」→「和谐」") for note in notes(data))


@pytest.mark.parametrize(("before", "after", "confidence", "expected"), [
    ("和诣", "和谐", 1.0, True), (",", "，", 1.0, False), ("\n", "", 0.8, False), ("的的", "的", 1.0, True),
    ("。。", "。", 0.99, True), ("⼀", "一", 1.0, False), ("１", "1", 1.0, False), (" a\n b", "ab", 0.9, False),
])
def test_house_style_is_no_correction(before: str, after: str, confidence: float, expected: bool) -> None:
    edit = Edit("e1", 0, 0, len(before), before, after, "r", confidence, Status.APPLIED)
    assert is_correction(edit) is expected


def test_a_percentage_never_claims_more_than_is_known() -> None:
    assert [percent(p) for p in (0.0, 0.4, 0.9995, 0.99999, 1.0)] == ["0%", "40%", "99.9%", "99.9%", "100%"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_whatever_was_changed_the_text_left_is_the_editions(seed: int) -> None:
    rng = random.Random(seed)
    issue = shuffled(rng)
    issue = replace(issue, queries=tuple(_query(rng, issue, number) for number in range(4)))
    issue = revise(issue, (*issue.edits, *(_suggestion(rng, issue, number) for number in range(4))))
    for case in (issue, traditional(issue)):
        review, clean = edition(case, case.variant, review=True), edition(case, case.variant)
        assert paragraphs(review) == paragraphs(clean)
        findings = [f for f in lint(review) if f.startswith(("unpaired", "comments", "revisions", "empty"))]
        assert findings == []
        asked = len(issue.queries) + sum(edit.status is Status.SUGGESTED for edit in issue.edits)
        printed = any(block.text.strip() for article in issue.articles for block in article.blocks)
        assert not printed or len(notes(review)) >= asked


def _place(rng: random.Random, issue: Issue) -> tuple[int, int, int]:
    source = rng.randrange(len(issue.sources))
    start = rng.randint(0, len(issue.sources[source].text))
    return source, start, min(start + rng.choice((0, 1, 3)), len(issue.sources[source].text))


def _query(rng: random.Random, issue: Issue, number: int) -> Query:
    return Query(f"q{number}", *_place(rng, issue), "kind", "什么？")


def _suggestion(rng: random.Random, issue: Issue, number: int) -> Edit:
    source, start, end = _place(rng, issue)
    before = issue.sources[source].text[start:end]
    return Edit(f"s{number}", source, start, end, before, "换", "rule", 0.5, Status.SUGGESTED)


@pytest.mark.parametrize("variant", ["cn", "tw"])
def test_a_review_edition_is_sound(variant: str) -> None:
    issue: Issue = repaired() if variant == "cn" else traditional(repaired())
    findings = lint(edition(issue, variant, review=True))
    assert [finding for finding in findings if not finding.startswith("script")] == []


def test_accepting_everything_gives_the_edition_and_rejecting_gives_the_words_found(tmp_path: Path) -> None:
    path, clean = tmp_path / "review.docx", tmp_path / "clean.docx"
    path.write_bytes(without_comments(edition(repaired(), review=True)))
    clean.write_bytes(edition(repaired()))
    seen = witness([path, clean], ("as-is", "accept", "reject"))
    assert seen[str(path)]["accept"] == seen[str(clean)]["as-is"]
    rejected = "\n".join(seen[str(path)]["reject"])
    assert all(words in rejected for words in ("融人社区", "深人社区", "和诣企业", "工作台帐", "绝对项目"))
