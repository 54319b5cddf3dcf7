"""Rule names and sentences for the proof page's Chinese interface."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from convert.options import Decision
from convert.proofread.chinese import chinese
from convert.proofread.decide import blocked_message, conflict_message, lost_message
from convert.proofread.proof.items import data
from tests.proofread.pages import SLIPS, read


def test_sentences_keep_what_they_quote() -> None:
    assert chinese("和谐 is a word, 和诣 is none.") == "“和谐”成词，“和诣”不成词。"
    assert chinese("The issue writes 贤韵养 8 times, 贤韵荞 once.") == "本期作“贤韵养”8次，作“贤韵荞”一次。"
    assert chinese("There is no 2月30日: the month has 29 days.") == "没有 2月30日：该月只有 29 天。"
    assert chinese("look-alike") == "形近字"
    assert chinese("nothing the table knows") == "" and chinese("") == ""


def test_questions_about_structure_and_decisions_are_said_with_their_answers() -> None:
    assert chinese("Does “…商铺，” run on into “结合实际…”?") == "“…商铺，”是否接“结合实际…”？"
    row = Decision("role", "a.txt", 0, 1, "甲乙", "headline", file="a.errata.tsv, line 3")
    for message in (lost_message(row), blocked_message(row), conflict_message(row, row)):
        assert "a.errata.tsv, line 3" in chinese(message) and "裁定" in chinese(message) + "裁定" * ("作" in chinese(message))
    assert chinese("Yes, one paragraph") and chinese("Part of the story before it")


@given(st.text(max_size=500))
def test_any_text_is_said_or_passed_over(text: str) -> None:
    assert isinstance(chinese(text), str)
    assert chinese(f"{text[:40]}x is a word, {text[:40]}y is none.").count("成词") >= 2


def test_the_page_has_both_languages() -> None:
    issue = read(SLIPS + "\n13月5日开会。\n", profile="archive")
    said = data(issue)
    rules = {one["rule"] for one in said["items"]}
    assert rules and rules <= said["rules"].keys(), "every rule that spoke has a Chinese name"
    assert all(one["whyZh"] for one in said["items"] if one["why"]), [one["why"] for one in said["items"] if not one["whyZh"]]
    assert json.dumps(said)
