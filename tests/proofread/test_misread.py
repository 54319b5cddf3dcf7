"""What the engine doubted: gaps and what fills them, outlines, and what is asked, applied and let be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert import lexicon
from convert.issue import Article, Block, Issue, Role
from convert.laws import check_laws
from convert.options import ParseOptions
from convert.proofread import context, evidence, fitting, misread, outlines, proofread, readings, weights
from convert.proofread.chinese import chinese
from convert.proofread.index import index
from convert.proofread.model import Model
from convert.proofread.run import look
from convert.source import Line, Source, Span, Word


def read(text: str, unsure: dict[int, float], others: str = "") -> Issue:
    """An issue an engine read, sure of all but some characters; `others` is a paragraph it was sure of."""
    whole = f"{text}\n{others}" if others else text
    words = tuple(Word(at, at + 1, unsure.get(at, 0.97)) for at in range(len(whole)) if whole[at] != "\n")
    lines = (Line(1, 0, len(text), words=words[:len(text)]),)
    blocks = [Block("b1", Role.PARAGRAPH, text, (Span(0, 0, len(text)),))]
    if others:
        lines += (Line(2, len(text) + 1, len(whole), words=words[len(text):]),)
        blocks.append(Block("b2", Role.PARAGRAPH, others, (Span(0, len(text) + 1, len(whole)),)))
    return Issue((Source("test", whole, lines=lines),), "zh-Hans", articles=(Article("a1", tuple(blocks)),))


def found(issue: Issue, profile: str = "archive", model: Model | None = None) -> dict[str, float]:
    made = proofread(issue, ParseOptions(profile=profile, batch_model=model))
    check_laws(made)
    return {f"{e.before}→{e.after}": e.confidence for e in made.edits if e.rule == misread.RULE}


def test_threes_are_found_by_any_two() -> None:
    threes = context.Threes(["阮阿婆", "阮阿姨", "老阿婆", "阿婆"])
    assert threes.around("阮阿小", 2) == {"婆", "姨"}
    assert threes.around("口阿婆", 0) == {"阮", "老"}
    assert threes.around("阮口婆", 1) == {"阿"}
    assert threes.around("", 0) == set() and threes.around("甲", 0) == set()


@given(st.lists(st.text("甲乙丙丁", min_size=3, max_size=3), max_size=12), st.text("甲乙丙丁", min_size=5, max_size=5))
def test_threes_answer_as_a_search_of_all_would(grams: list[str], text: str) -> None:
    expected = {g[2] for g in grams if g[:2] == text[:2]} | {g[0] for g in grams if g[1:] == text[3:]}
    expected |= {g[1] for g in grams if g[0] == text[1] and g[2] == text[3]}
    assert context.Threes(grams).around(text, 2) == expected


def test_words_around_a_gap() -> None:
    words, ways = lexicon.load(), index()
    assert context.pairs(words, ways, "和口的", 1, 20, "谐诣") == {"谐"}
    assert not context.pairs(words, ways, "甲口乙", 1, 20, "谐诣")
    for at, text in enumerate(("口肩接踵", "摩口接踵", "摩肩口踵", "摩肩接口")):
        assert "摩肩接踵"[at] in context.longer(words, ways, text, at)
    for at, text in enumerate(("口书馆", "图口馆", "图书口")):
        assert "图书馆"[at] in context.longer(words, ways, text, at)


def test_outlines_tell_how_alike() -> None:
    known = outlines.load()
    assert known.likeness("未", "末") > 0.7 > 0.4 > known.likeness("未", "龙")
    assert known.likeness("未", "未") == pytest.approx(1.0)
    assert known.likeness("未", "A") == known.likeness("𠀀", "末") == outlines.UNKNOWN


def test_more_doubt_is_more_odds() -> None:
    odds = [evidence.doubt(n / 100) for n in range(101)]
    assert odds == sorted(odds, reverse=True) and odds[0] > evidence.DOUBTED > odds[100]


@pytest.mark.parametrize(("text", "at", "change"), [
    ("摩肩接踊的居民都喜欢这个社区。", 3, "踊→踵"), ("一场倾盘大雨下了一夜。", 3, "盘→盆"), ("大家画蛇舔足的做法。", 4, "舔→添"),
    ("楼房鳞次栉此，十分气派。", 5, "此→比"),
])
def test_a_set_phrase_that_misses_by_one_is_asked_about(text: str, at: int, change: str) -> None:
    assert found(read(text, {at: 0.05}))[change] > 0.55
    assert change in found(read(text, {at: 0.05}), "library")


def test_a_doubted_character_is_asked_about() -> None:
    text = "摩肩接踊的居民都喜欢这个社区。"
    assert found(read(text, {3: 0.05}))["踊→踵"] > 0.8
    assert found(read(text, {})) == {}
    assert found(read("居民都喜欢这个社区。", dict.fromkeys(range(10), 0.05))) == {}


def test_the_issue_itself_says_what_stood_there() -> None:
    text, others = "楼里的阮阿朔腿脚不便。", "阮阿婆说，大家都来看阮阿婆，阮阿婆很高兴，阮阿婆笑了。"
    assert found(read(text, {5: 0.05}, others))["朔→婆"] > 0.3 and "朔→婆" not in found(read(text, {5: 0.05}))


def test_the_archive_says_what_stood_there() -> None:
    model = Model.of(["贤韵养生堂开张了，贤韵养生堂。"] * 3)
    issue = read("居民到贤韵养王堂听戏。", {6: 0.0})
    assert found(issue, model=model)["王→生"] > found(issue).get("王→生", 0.0)


def test_numerals_are_facts() -> None:
    assert not any(row.startswith("二→") and row[2] in "一三四五六七八九十" for row in found(read("共有二百人参加。", {2: 0.0})))


def test_strange_characters_do_no_harm() -> None:
    text = "\ue000𠀀和诣\0的"
    found(read(text, dict.fromkeys(range(len(text)), 0.0)))


def test_what_nobody_printed_is_taken_out() -> None:
    text = "居民们都说这里的文了明服务水平高。"
    assert found(read(text, {9: 0.1}))["了→"] > 0.5 and not found(read(text, {}))
    assert "去掉" in chinese("The engine was not sure of 了; without it the text reads on.")
    assert not any(e.effective for e in proofread(read(text, {9: 0.0}), ParseOptions(profile="reading")).edits)


def test_places_are_passed_over_only_where_nothing_would_be_asked() -> None:
    text = "居民们都说这里的服务水平高，摩肩接踊。"
    page = look(read(text, dict.fromkeys(range(len(text)), 0.75)), ParseOptions())
    of_place = weights.load(misread.RULE, fitting.FEATURES)[:len(fitting.PLACE)]
    all_places, some = (list(misread.places(page, page.passages[0], screen)) for screen in ((), of_place))
    assert 17 in {place.at for place in some} < {place.at for place in all_places}


def test_an_engine_that_was_sure_did_not_double() -> None:
    text = "介绍绍了本市的情况。"
    known = proofread(read(text, {}), ParseOptions(profile="archive")).edits
    unsure = proofread(read(text, {1: 0.1, 2: 0.1}), ParseOptions(profile="archive")).edits
    assert all(e.confidence < 0.4 for e in known) and any(e.rule == "doubled" and e.confidence > 0.9 for e in unsure)


def test_names_of_people_in_a_list_are_hardly_asked() -> None:
    assert found(read("出席的有赵德、朱元廷、李光荣。", {9: 0.0})).get("廷→璋", 0.0) <= misread.IN_NAMES


@given(st.text("和人了一的中国工作、。1A", min_size=1, max_size=14), st.integers(0, 13))
def test_features_are_as_many_as_weights(text: str, at: int) -> None:
    page = look(read(text, {at: 0.0}), ParseOptions(batch_model=Model.of(["中国工人和工作"])))
    for place in misread.places(page, page.passages[0]) if page.passages else ():
        assert len(place.features) == len(fitting.PLACE)
        assert {len(candidate.features) for candidate in place.candidates} == {len(fitting.CANDIDATE)}


def test_weights_name_every_feature() -> None:
    assert len(weights.load(misread.RULE, fitting.FEATURES)) == len(fitting.FEATURES)
    assert set(readings.invented()) >= set("和人了") and min(readings.invented().values()) > 1


def test_what_tesseract_misreads_is_kept_by_what_it_read() -> None:
    table = readings.readings()
    assert len(table) > 1000 and all(len(c) == 1 and n > 0 for row in table.values() for c, n in row.items())
