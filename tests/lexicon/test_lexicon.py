"""The lexicon: look-ups, segmentation, what it costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert import lexicon
from convert.lexicon import Lexicon, groups, packed
from convert.lexicon.around import Around


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
    small = Lexicon.of([("-", 0, ["甲"]), ("n", 10, ["甲乙"]), ("v", 20, ["乙"])])
    assert len(small) == 2 and set(small) == {"甲乙", "乙"}
    assert small.segment("甲乙乙") == [(0, 2), (2, 3)]
    assert "甲" not in small


def test_strings_no_list_holds(words: Lexicon) -> None:
    assert [words.find(string) for string in ("", "\ud800", "中\0", "\udfff国")] == [None] * 4
    assert packed.Packed().longer("\ud800") == packed.Packed().ending("\0\0") == packed.Packed().fours("中\0") == []
    assert words.segment("中\ud800国") == [(0, 1), (1, 2), (2, 3)]


def test_look_ups_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MEMO", 3)
    words = packed.Packed().words
    for word, known in (("中国", True), ("人民", True), ("国人民的", False), ("中国", True), ("建设", True), ("社会", True)):
        assert (words[word] is not None) is known
    assert len(words) <= 3


def test_what_is_packed_is_what_the_lists_say() -> None:
    """After a change of words.txt.gz or modern.txt run `python tools/pack_lexicon.py`."""
    made, shipped = groups.shipped(), packed.Packed()
    assert dict(shipped.items()) == made.codes
    assert (shipped.tags, shipped.frequencies) == (made.tags, made.frequencies)
    pairs = {word for word in made.codes if len(word) == 2}
    assert {first + second for first, others in shipped.followers.items() for second in others} == pairs
    assert {first + second for second, others in shipped.precursors.items() for first in others} == pairs
    assert sum(shipped.endings.values()) == sum(1 for word, code in made.codes.items() if code and len(word) == 3)
    fours = {word for word, code in made.codes.items() if len(word) == 4 and made.frequencies[code] >= 3}
    assert {word for head in {word[:2] for word in fours} for word in shipped.fours(head)} == fours
    assert {word for tail in {word[2:] for word in fours} for word in shipped.ending(tail)} == fours


@given(
    st.text("中国人民建设和谐社会的了一二三摩肩接踵，。\ue000", max_size=7), st.sampled_from("中和谐的，踵\ud800"),
    st.text("中国人民建设和谐社会的了一二三摩肩接踵，。\ue000", max_size=7),
)
def test_a_gap_filled_is_cut_as_the_whole_text_is(left: str, character: str, right: str) -> None:
    words = lexicon.load()
    filled = Around(words, left, right).best(character)
    score, ranges = words.best(left + character + right)
    assert filled.score == pytest.approx(score)
    assert (filled.start, filled.end) == next(pair for pair in ranges if pair[0] <= len(left) < pair[1])
    assert filled.size == len(ranges)
