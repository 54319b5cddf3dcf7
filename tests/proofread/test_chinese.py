"""Rule names and sentences for the proof page's Chinese interface."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert import pipeline
from convert.options import Decision
from convert.proofread.chinese import _table, both, chinese, named
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


def test_the_signs_a_move_rests_on_are_said() -> None:
    move = "“便民工坊” stands behind its story, “全区建成…”: its words come back there, a new subject begins there (85 in 100)"
    assert chinese(move) == "“便民工坊”落在所属报道之后（应在“全区建成…”前）：用词在彼处重现，彼处另起话题（85%）"
    assert chinese(move.replace(": its words come back there, a new subject begins there", "")).endswith("85%）")


@given(st.text(max_size=500))
def test_any_text_is_said_or_passed_over(text: str) -> None:
    assert isinstance(chinese(text), str)
    assert chinese(f"{text[:40]}x is a word, {text[:40]}y is none.").count("成词") >= 2


def test_the_page_has_both_languages() -> None:
    issue = read(SLIPS + "\n13月5日开会。\n", profile="archive")
    said = data(issue)
    rules = {one["rule"] for one in said["items"]}
    assert rules and rules <= said["chinese"].keys(), "every rule that spoke has a Chinese name"
    assert not [one["why"] for one in said["items"] if one.get("why") and one["why"] not in said["chinese"]]
    assert json.dumps(said)


SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.mark.parametrize("name", sorted(path.name for path in SEEDS.iterdir() if path.suffix in (".txt", ".hocr")))
def test_all_that_is_said_of_the_sample_issues_is_said_in_chinese(name: str) -> None:
    made = pipeline.parse(pipeline.read(SEEDS / name))
    for issue in (made, pipeline.to_variant(made, "tw")):
        said = data(issue)
        rules = {one["rule"] for one in said["items"]} | {one["why"] for one in said["items"] if one.get("why")}
        assert not rules - said["chinese"].keys()


def test_a_quotation_keeps_its_script_and_the_sentence_has_the_readers() -> None:
    assert both("后来 is a word, 后來 is none.") == ("“后来”成词，“后來”不成词。", "「后来」成詞，「后來」不成詞。")
    assert named("join-caption+space") == ("隔图说相接＋空格", "隔圖說相接＋空格") and named("corrector:<b>") is not None
    assert named("join+no such rule") is None


def test_the_traditional_words_are_made_of_the_simplified_ones_as_they_are_now() -> None:
    from tools.build_hant import HANT, WORDS, digest, simplified

    assert digest(simplified(WORDS.read_text(encoding="utf-8"))) in HANT.read_text(encoding="utf-8"), "run tools/build_hant.py"
    fixed, slotted = _table()
    for simple, traditional in (*fixed.values(), *(pair for _, pair in slotted)):
        assert simple.count("{}") == traditional.count("{}") and len(simple) == len(traditional), "run tools/build_hant.py"
