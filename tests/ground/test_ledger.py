"""The two laws, and the ledger's promise that rows never overlap and always quote the source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.errors import BrokenLaw, ExitCode
from convert.issue import Article, Block, Issue, Role, VariantEdit
from convert.laws import apply_changes, check_laws, revise
from convert.ledger import Edit, EditIndex, Ledger, Status, render, trace
from convert.source import Source, Span

TEXT = "甲乙\n丙丁,戊\n\n\n图注。\n尾\n"


def issue_of(source: Source, *spans: tuple[int, int]) -> Issue:
    blocks = tuple(
        Block(f"b{n}", Role.PARAGRAPH, source.text[a:b], (Span(0, a, b),)) for n, (a, b) in enumerate(spans, 1)
    )
    return Issue((source,), "zh-Hans", articles=(Article("a1", blocks),))


def small() -> Issue:
    return issue_of(Source("a.txt", TEXT), (0, 7), (10, 13), (14, 15))


def test_white_space_between_blocks_is_exempt_and_inside_a_block_is_not() -> None:
    issue = small()
    check_laws(issue)
    ledger = Ledger(issue.sources)
    assert ledger.propose(0, 2, 3, "", "join")
    joined = revise(issue, ledger.edits())
    check_laws(joined)
    assert next(joined.blocks()).text == "甲乙丙丁,戊"
    with pytest.raises(BrokenLaw, match="Balance: block b1"):
        check_laws(replace(joined, edits=()))


def test_partition_names_the_text_that_lies_in_no_block() -> None:
    source = Source("a.txt", TEXT)
    with pytest.raises(BrokenLaw, match="图注。") as caught:
        check_laws(issue_of(source, (0, 7), (14, 15)))
    assert caught.value.exit_code is ExitCode.BROKEN_LAW


def test_partition_refuses_a_character_in_two_blocks_and_a_span_behind_the_end() -> None:
    source = Source("a.txt", TEXT)
    with pytest.raises(BrokenLaw, match="and in another"):
        check_laws(issue_of(source, (0, 7), (6, 13), (14, 15)))
    with pytest.raises(BrokenLaw, match="behind the end"):
        check_laws(issue_of(source, (0, 7), (10, 13), (14, 99)))


def test_two_blocks_of_one_name_are_refused() -> None:
    issue = small()
    article = issue.articles[0]
    twins = replace(article, blocks=(article.blocks[0], replace(article.blocks[1], id="b1"), article.blocks[2]))
    with pytest.raises(BrokenLaw, match="two blocks"):
        check_laws(replace(issue, articles=(twins,)))


def test_a_later_row_takes_the_place_of_those_it_covers_and_still_quotes_the_source() -> None:
    ledger = Ledger([Source("a.txt", TEXT)])
    assert ledger.propose(0, 5, 6, "，", "width")
    assert ledger.propose(0, 4, 6, "丁！", "wording")
    (row,) = ledger.edits()
    assert (row.before, row.after, row.rule) == ("丁,", "丁！", "width+wording")


def test_a_row_that_would_cut_another_is_refused() -> None:
    ledger = Ledger([Source("a.txt", TEXT)])
    assert ledger.propose(0, 3, 5, "炳", "one")
    assert not ledger.propose(0, 4, 6, "x", "two")
    assert [row.rule for row in ledger.edits()] == ["one"]


def test_a_row_amended_back_to_the_source_disappears() -> None:
    ledger = Ledger([Source("a.txt", TEXT)])
    assert ledger.propose(0, 5, 6, "，", "width")
    assert ledger.propose(0, 5, 6, ",", "keep-width")
    assert ledger.edits() == ()


def test_suggestions_may_overlap_and_change_nothing() -> None:
    issue = small()
    ledger = Ledger(issue.sources)
    for after in ("A", "B"):
        assert ledger.propose(0, 0, 2, after, "guess", status=Status.SUGGESTED, confidence=0.4)
    revised = revise(issue, ledger.edits())
    check_laws(revised)
    assert next(revised.blocks()).text == next(issue.blocks()).text
    assert len(revised.edits) == 2


def test_an_insertion_belongs_to_the_block_it_names() -> None:
    issue = small()
    ledger = Ledger(issue.sources)
    assert ledger.propose(0, 13, 13, "！", "insert", block="b2")
    revised = revise(issue, ledger.edits())
    check_laws(revised)
    assert [block.text for block in revised.blocks()][1] == "图注。！"
    with pytest.raises(BrokenLaw, match="names no block"):
        check_laws(replace(revised, edits=(replace(revised.edits[0], block="b9"),)))


def test_rows_that_misquote_overlap_or_act_on_no_block_break_the_law() -> None:
    issue = small()
    good = Edit("e1", 0, 0, 1, "甲", "假", "x")
    for bad, message in (
        ((replace(good, before="乙"),), "does not quote"),
        ((good, replace(good, id="e2", end=2, before="甲乙")), "overlap"),
        ((Edit("e1", 0, 8, 9, "\n", "", "x"),), "acts on no block"),
        ((Edit("e1", 0, 6, 9, "戊\n\n", "", "x"),), "acts on no block"),
    ):
        with pytest.raises(BrokenLaw, match=message):
            check_laws(replace(issue, edits=bad))


def test_a_variant_is_its_parent_with_its_changes_and_nothing_else() -> None:
    parent = small()
    change = VariantEdit("b2", 0, 1, "图", "圖", "opencc")
    block = parent.articles[0].blocks[1]
    article = replace(parent.articles[0], blocks=(parent.articles[0].blocks[0], replace(block, text="圖注。"),
                                                  parent.articles[0].blocks[2]))
    child = replace(parent, articles=(article,), parent=parent, changes=(change,), variant="tw")
    check_laws(child)
    with pytest.raises(BrokenLaw, match="variant's block b2"):
        check_laws(replace(child, changes=()))
    with pytest.raises(BrokenLaw, match="does not fit"):
        check_laws(replace(child, changes=(replace(change, before="囝"),)))
    with pytest.raises(BrokenLaw, match="same blocks"):
        check_laws(replace(child, articles=()))


@st.composite
def sources_and_edits(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    text = draw(st.text(st.sampled_from("甲乙丙,。 \n\u200b𠮷"), min_size=1, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [(a, b, draw(st.text("丁，\n", max_size=3))) for a, b in pairs]


@given(sources_and_edits())
def test_rendering_equals_naive_replacement_and_the_trace_tiles_the_text(case: tuple[str, list[tuple[int, int, str]]]) -> None:
    text, changes = case
    source = Source("h.txt", text)
    ledger = Ledger([source])
    for start, end, after in changes:
        assert ledger.propose(0, start, end, after, "h")
    expected = text
    for start, end, after in reversed(changes):
        expected = expected[:start] + after + expected[end:]
    index = EditIndex(ledger.edits())
    spans = (Span(0, 0, len(text)),)
    assert render("b", spans, index, [source]) == expected
    at = 0
    for segment in trace("b", spans, index, [source]):
        assert segment.text_start == at
        at = segment.text_end
    assert at == len(expected)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6), st.text("x，", max_size=2)), max_size=25))
def test_whatever_is_proposed_effective_rows_never_overlap(proposals: list[tuple[int, int, str]]) -> None:
    source = Source("h.txt", "零一二三四五六七八九" * 4)
    ledger = Ledger([source])
    for start, length, after in proposals:
        ledger.propose(0, start, start + length, after, "h", block="b1")
    issue = Issue((source,), "zh-Hans", articles=(Article("a1", (
        Block("b1", Role.PARAGRAPH, "", (Span(0, 0, len(source.text)),)),)),))
    check_laws(revise(issue, ledger.edits()))


def test_changes_are_applied_in_order_of_offset() -> None:
    rows = [VariantEdit("b", 2, 3, "丙", "3", "r"), VariantEdit("b", 0, 1, "甲", "1", "r"),
            VariantEdit("b", 1, 2, "乙", "2", "r", status=Status.SUGGESTED)]
    assert apply_changes("甲乙丙", rows) == "1乙3"
