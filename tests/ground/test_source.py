"""Lines, offsets and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert import naming
from convert.errors import UsageError
from convert.issue import Article, Block, Issue, Metadata, Role
from convert.labels import article_label, is_stand_in, issue_title, labels
from convert.source import Source, Span
from convert.style import Style, available, load
from convert.variants.table import CN, SOURCE, TW, VARIANTS, for_issue, region_of, variant


@given(st.text())
def test_lines_hold_every_character_but_line_ends(text: str) -> None:
    source = Source("a", text)
    covered = "".join(text[line.start:line.end] for line in source.lines)
    assert covered == "".join(text.splitlines())
    assert [line.number for line in source.lines] == list(range(1, len(source.lines) + 1))


def test_line_at_gives_a_line_end_to_the_line_it_ends() -> None:
    source = Source("a", "甲\r\n乙\n")
    assert [source.line_at(n).number for n in (0, 1, 2, 3, 4)] == [1, 1, 1, 2, 2]  # type: ignore[union-attr]


def test_the_digest_survives_lone_surrogates() -> None:
    assert len(Source("a", "\ud800").sha256) == 64


def test_a_span_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="runs from 3 to 2"):
        Span(0, 3, 2)


@given(st.text(max_size=400))
def test_a_stem_is_a_safe_file_name_whatever_the_input_is_called(name: str) -> None:
    stem = naming.stem(name)
    assert stem
    assert stem not in (".", "..")
    assert not set(stem) & set('/\\\0:*?"<>|\n')
    assert len(stem.encode("utf-8", "replace")) <= naming.MAX_STEM_BYTES


@pytest.mark.parametrize(
    ("chosen", "style", "expected"),
    [
        (CN, Style(), "001.zh-Hans.pdf"),
        (TW, Style(name="book"), "001.zh-Hant-TW.book.pdf"),
        (for_issue(SOURCE, "zh-Hant-HK"), Style(), "001.zh-Hant-HK.source.pdf"),
        (CN, Style(options={"review": True}), "001.zh-Hans.review.pdf"),
    ],
)
def test_edition_names(chosen: object, style: Style, expected: str) -> None:
    assert naming.edition_name("pages/001.txt", chosen, style, "pdf") == expected  # type: ignore[arg-type]


def test_variants_and_regions() -> None:
    assert region_of("zh-Hant-HK-x-hkp") == "HK"
    assert region_of("zh-Hant") == "TW"
    assert region_of("zh-Hans") == "CN"
    assert variant("tw") is VARIANTS["tw"]
    with pytest.raises(UsageError, match="no variant called “kr”"):
        variant("kr")


def test_a_missing_headline_gets_a_stand_in_that_says_so() -> None:
    body = Block("b1", Role.PARAGRAPH, "  快递小哥 走进社区，成为一支流动的志愿服务队伍。", ())
    article = Article("a1", (body,))
    assert is_stand_in(article)
    assert article_label(article, "zh-Hans") == "〔快递小哥 走进社区，成为一支流动……〕"
    assert article_label(Article("a2", ()), "zh-Hant-TW") == "〔無題〕"
    short = Article("a3", (Block("b9", Role.PARAGRAPH, "馆舍已经开放。", ()),))
    assert article_label(short, "zh-Hans") == "〔馆舍已经开放〕"  # no full stop before the bracket


def test_every_region_has_every_word() -> None:
    keys = set(labels("zh-Hans"))
    assert keys == set(labels("zh-Hant-TW")) == set(labels("zh-Hant-HK"))


def test_the_issue_is_called_after_its_masthead_then_its_first_headline_then_its_file() -> None:
    title = Article("a1", (Block("b1", Role.TITLE, "小修小补，又回来了", ()),))
    named = Issue((Source("x.txt", "字"),), "zh-Hans", Metadata(title="临江报", number="47"), (title,))
    assert issue_title(named) == "临江报 第47期"
    assert issue_title(Issue(named.sources, "zh-Hans", articles=(title,))) == "小修小补，又回来了"
    assert issue_title(Issue(named.sources, "zh-Hans", Metadata(title="\u2028 "), (title,))) == "小修小补，又回来了"
    assert issue_title(Issue(named.sources, "zh-Hans")) == "x.txt"


def test_styles_load_by_name_and_say_which_there_are() -> None:
    assert "newspaper" in available()
    assert load("newspaper").digest
    with pytest.raises(UsageError, match="newspaper"):
        load("no-such-style")


def test_a_style_may_extend_another_but_not_itself(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "mine.toml").write_text('extends = "newspaper"\n[pdf]\ncolumns = 9\n', encoding="utf-8")
    mine = load(str(folder / "mine.toml"))
    assert mine.name == "mine"
    assert mine.table("pdf")["columns"] == 9
    assert mine.table("pdf").keys() >= load("newspaper").table("pdf").keys()
    (folder / "loop.toml").write_text('extends = "loop"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="extends itself"):
        load(str(folder / "loop.toml"))
