"""The lexicon: look-ups, segmentation, what it costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert import lexicon
from convert.lexicon import Lexicon


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon.load()


def cut(words: Lexicon, text: str) -> list[str]:
    return [text[a:b] for a, b in words.segment(text)]


def test_frequencies(words: Lexicon) -> None:
    assert words.frequency("中国") > words.frequency("和谐") > 100
    assert words.frequency("和诣") == 0 and "和诣" not in words
    assert words.frequency("营商环境") > 0 and "营商环境" in words
    assert words.tag("学习") == "v" and words.tag("和诣") == ""
    assert words.frequency("") == 0


def test_a_beginning_is_no_word(words: Lexicon) -> None:
    assert "营商环境" in words and "营商环" not in words
    assert words.prefixes("营商环境", 0)[-1] == 4
    assert 3 not in words.prefixes("营商环境", 0)


def test_segments(words: Lexicon) -> None:
    assert cut(words, "研究生命的起源") == ["研究", "生命", "的", "起源"]
    assert cut(words, "优化营商环境") == ["优化", "营商环境"]
    assert words.segment("") == []


def test_prefixes_are_the_words_that_begin_here(words: Lexicon) -> None:
    republic = "中华人民共和国"
    found = [republic[:end] for end in words.prefixes(republic, 0)]
    assert found == ["中", "中华", "中华人民", "中华人民共和国"]
    assert words.prefixes("中国", 2) == []


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("中国人民建设和谐社会的了一二三，。")), max_size=60))
def test_segmentation_covers_the_text_and_is_the_best(text: str) -> None:
    words = lexicon.load()
    score, ranges = words.best(text)
    assert [a for a, _ in ranges] + [len(text)] == [0, *(b for _, b in ranges)]
    assert score == pytest.approx(sum(words.log(text[a:b]) for a, b in ranges))
    assert score == words.score(text)
    assert score >= sum(words.log(c) for c in text) - 1e-6


def test_a_small_lexicon() -> None:
    small = Lexicon([("-", 0, ["甲"]), ("n", 10, ["甲乙"]), ("v", 20, ["乙"])])
    assert len(small) == 2 and set(small) == {"甲乙", "乙"}
    assert small.segment("甲乙乙") == [(0, 2), (2, 3)]
    assert "甲" not in small
