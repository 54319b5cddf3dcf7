"""An issue to a variant: laws, rows, decisions, glossary, script, and everything else that is text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.errors import UsageError
from convert.issue import Issue, Metadata, Query
from convert.laws import apply_changes, check_laws
from convert.ledger import Status
from convert.options import Decision, GlossaryRow, VariantOptions
from convert.pipeline import to_variant
from convert.variants import convert_text, engine, script
from convert.variants.glossary import load_glossary, unused
from tests.gold_issue import issue_of
from tests.growth import superlinear

PAGE = """article
kicker\t临江区推进“一刻钟”服务圈
title\t“小修小补”又回来了
byline\t本报记者 于洋 摄影 王采薇
paragraph\t上午，理发店的老板说：“干净的面条，一只手也能吃。”
caption\t周师傅修表。本报记者 于洋 摄
colophon\t临江区融媒体中心 主办
drop\t首页 >> 新闻
"""


def issue(text: str = PAGE, **changes: object) -> Issue:
    return replace(issue_of(text), **changes)  # type: ignore[arg-type]


def texts(found: Issue) -> list[str]:
    return [block.text for block in found.blocks()]


def test_everything_follows_the_variant_and_the_laws_hold() -> None:
    query = Query("q1", 0, 0, 2, "title-missing", "The headline “发现” is missing.", ("发现", "发髻"))
    metadata = Metadata(title="临江报", publisher="融媒体", identifier="urn:干", extra=(("section", "要闻发布"),))
    parent = issue(metadata=metadata, queries=(query,))
    done = to_variant(parent, "tw")
    check_laws(done)
    assert (done.variant, done.language, done.parent) == ("tw", "zh-Hant-TW", parent)
    assert texts(done) == [
        "臨江區推進「一刻鐘」服務圈", "「小修小補」又回來了", "本報記者 于洋 攝影 王采薇",
        "上午，理髮店的老闆說：「乾淨的麵條，一隻手也能吃。」", "周師傅修錶。本報記者 于洋 攝",
        "臨江區融媒體中心 主辦", "首頁 >> 新聞",
    ]
    assert done.metadata == Metadata(title="臨江報", publisher="融媒體", identifier="urn:干", extra=(("section", "要聞發佈"),))
    assert done.queries[0] == replace(query, message="The headline “發現” is missing.", choices=("發現", "髮髻"))
    assert [block.spans for block in done.blocks()] == [block.spans for block in parent.blocks()]


def test_rows_are_small_and_say_their_rule() -> None:
    done = to_variant(issue("article\nparagraph\t理发进社区，“人人参与”，老娘舅周末到"), "tw")
    rows = [(row.before, row.after, row.rule) for row in done.changes if row.effective]
    assert rows == [
        ("发", "髮", "opencc"), ("进", "進", "opencc"), ("区", "區", "opencc"), ("“", "「", "quotes"), ("参", "參", "opencc"),
        ("与", "與", "opencc"), ("”", "」", "quotes"), ("周", "週", "opencc"),
    ]
    crossing = to_variant(issue("article\nparagraph\t爱心理发进社区"), "tw").changes
    assert [(row.before, row.after, row.rule) for row in crossing if row.effective] == [
        ("爱", "愛", "opencc"), ("发", "髮", "resolver"), ("进", "進", "opencc"), ("区", "區", "opencc"),
    ]
    assert any("心理|发" in row.why for row in crossing)


def test_cells_move_with_words_that_change_their_length() -> None:
    parent = issue("article\nparagraph:table-row\t打印机出租车\t互联网")
    block = replace(parent.articles[0].blocks[0], cells=((0, 6), (7, 10)))
    parent = replace(parent, articles=(replace(parent.articles[0], blocks=(block,)),))
    [done] = to_variant(parent, "twp").articles[0].blocks
    assert [done.text[start:end] for start, end in done.cells] == ["印表機計程車", "網際網路"]


def test_simplified_to_simplified_is_the_same() -> None:
    done = to_variant(issue(), "cn")
    assert texts(done) == texts(issue())
    assert not done.changes


def test_traditional_input_is_not_sent_through_s2t() -> None:
    page = "article\nparagraph\t鹿港後車站的老闆說：「面前這碗麵，只要后里的人來就算便宜。」里長在干支路口。"
    parent = issue(page, language="zh-Hant-TW")
    assert texts(to_variant(parent, "tw")) == texts(parent)
    assert texts(to_variant(parent, "t")) == texts(parent)
    [simplified] = texts(to_variant(parent, "cn"))
    assert simplified == "鹿港后车站的老板说：“面前这碗面，只要后里的人来就算便宜。”里长在干支路口。"


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hant-TW"])
def test_one_region_to_another(language: str) -> None:
    taiwan = "他笑著說，裡頭有麵，屋簷下的老街坊沿著臺階走。"
    hong_kong = "他笑着説，裏頭有麪，屋檐下的老街坊沿着台階走。"
    assert convert_text(taiwan, "hk", language=language).text == hong_kong
    assert convert_text(hong_kong, "tw", language="zh-Hant-HK").text == taiwan
    assert convert_text(taiwan, "cn", language=language).text == "他笑着说，里头有面，屋檐下的老街坊沿着台阶走。"


def test_mixed_input_is_converted_and_asked_about() -> None:
    page = "article\nparagraph\t社区里举办活动，发动居民参与。\nparagraph\t匾額寫著龍門書院舊館，觀眾駐足。"
    done = to_variant(issue(page), "tw")
    assert texts(done) == ["社區裡舉辦活動，發動居民參與。", "匾額寫著龍門書院舊館，觀眾駐足。"]
    assert [query.kind for query in done.queries] == ["script-mixed"]
    assert script.detect("社区里举办活动") == "Hans"
    assert script.detect("这龍門書院旧館与觀眾学") == "mixed"
    assert script.detect("人大") == "unknown"


def test_unbalanced_quotation_is_asked_with_its_place_in_the_source() -> None:
    done = to_variant(issue("article\nparagraph\t他说“好。\nparagraph\t走了。"), "tw")
    [query] = done.queries
    assert query.kind == "quotes-unbalanced"
    assert done.sources[0].text[query.start:query.end] == "“"


def test_a_quotation_over_several_paragraphs_is_no_question() -> None:
    page = "article\nparagraph\t“第一段，有‘词’。\nparagraph\t“第二段。”\nparagraph\t“真的没有关。"
    done = to_variant(issue(page), "tw")
    assert texts(done) == ["「第一段，有『詞』。", "「第二段。」", "「真的沒有關。"]
    assert [query.kind for query in done.queries] == ["quotes-unbalanced"]


def decision(wrong: str, right: str, kind: str = "accept", **more: object) -> Decision:
    return Decision("variant", "sample.txt", 0, 0, wrong, right, decision=kind, **more)  # type: ignore[arg-type]


def decided(text: str, *rows: Decision) -> tuple[str, list[str]]:
    done = to_variant(issue(f"article\nparagraph\t{text}"), "tw", VariantOptions(decisions=rows))
    return texts(done)[0], [query.kind for query in done.queries]


def test_decisions_hold_where_they_were_made() -> None:
    text = "干部说干，干部做干。"
    here = replace(decision("干", "乾"), start=3, end=4, left="干部说", right_context="，干部")
    assert decided(text, here) == ("幹部說乾，幹部做幹。", [])
    moved = replace(here, start=9, end=10)
    assert decided(text, moved) == ("幹部說乾，幹部做幹。", [])
    assert decided(text, replace(here, left="没有", right_context="这里"))[1] == ["decision-lost"]
    assert decided(text, decision("说干", "說乾", scope="issue")) == ("幹部說乾，幹部做幹。", [])


def test_a_refused_conversion_leaves_the_source() -> None:
    assert decided("云集", decision("云", "雲", "reject", scope="batch"))[0] == "云集"


def test_a_suggestion_decided_is_not_made_again() -> None:
    text = "雨后土香"
    open_ = to_variant(issue(f"article\nparagraph\t{text}"), "tw")
    suggested = [row for row in open_.changes if row.status is Status.SUGGESTED]
    for row in suggested:
        rows = (decision(row.before, row.after, "reject", scope="issue"),)
        done = to_variant(issue(f"article\nparagraph\t{text}"), "tw", VariantOptions(decisions=rows))
        assert not [left for left in done.changes if left.status is Status.SUGGESTED]
        assert texts(done) == texts(open_)
    assert suggested


def test_glossary(tmp_path: Path) -> None:
    path = tmp_path / "glossary.tsv"
    path.write_text("\ufeffsource\ttarget\tvariants\tnote\n# c\n爱思里达耐\t=\n爱思里\t愛思里\r\n发布\t發布\ttw\t本報\n", "utf-8")
    rows = load_glossary(path, "project")
    assert rows[2] == GlossaryRow("发布", "發布", ("tw",), "本報", "project")
    options = VariantOptions(glossary=(*rows, GlossaryRow("爱思里", "愛思里社", level="issue")))
    assert convert_text("爱思里达耐公司与爱思里发布", "tw", options, language="zh-Hans").text == "爱思里达耐公司與愛思里社發布"
    assert convert_text("发布", "hk", options, language="zh-Hans").text == "發佈"
    assert convert_text("爱思里", "cn", options, language="zh-Hans").text == "爱思里"


def test_glossary_rows_keep_word_borders_when_asked() -> None:
    options = VariantOptions(glossary=(GlossaryRow("|里面|", "裡頭"), GlossaryRow("发展", "開發")))
    assert convert_text("里面，公里面积", "tw", options, language="zh-Hans").text == "裡頭，公里面積"


def test_neighbours_of_a_protected_name_keep_their_reading() -> None:
    options = VariantOptions(glossary=(GlossaryRow("王皇", "="), GlossaryRow("里约", "=")))
    text = convert_text("王皇理发，里约里面的头发", "tw", options, language="zh-Hans").text
    assert text == "王皇理髮，里约裡面的頭髮"


def test_unused_rows_are_reported() -> None:
    rows = (GlossaryRow("没有的词", "沒有的詞", level="issue"), GlossaryRow("也没有", "=", level="project"))
    assert list(unused(rows, issue())) == list(rows)
    done = to_variant(issue(), "tw", VariantOptions(glossary=rows))
    assert [query.kind for query in done.queries] == ["glossary-unused"]


@pytest.mark.parametrize("line", ["只有源", "源\t", "\t的", "源\t的\txx", "源\t甲\n源\t乙"])
def test_a_wrong_glossary_is_refused_by_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "glossary.tsv"
    path.write_text(line, "utf-8")
    with pytest.raises(UsageError, match=r"[Ll]ine \d of glossary.tsv"):
        load_glossary(path)


ODD = st.text(
    st.one_of(
        st.sampled_from("发干里面只系余于后钟“”‘’「」\n\t 0a<&\"'/\x00\ue000\ufeff\U000f0000豈老师说，。"),
        st.characters(),
        st.characters(categories=["Cs"]),
    ),
    max_size=60,
)


@settings(max_examples=150, deadline=None)
@given(ODD, st.sampled_from(["t", "tw", "twp", "hk", "hkp", "cn"]), st.sampled_from(["zh-Hans", "zh-Hant-HK"]))
def test_rows_account_for_any_text(text: str, variant: str, language: str) -> None:
    done = convert_text(text, variant, VariantOptions(house="press"), language=language)
    assert apply_changes(text, done.changes) == done.text
    assert done.text.count("\n") == text.count("\n")


@settings(max_examples=150, deadline=None)
@given(ODD, st.sampled_from(sorted(engine.CONFIGURATIONS)))
def test_pieces_of_any_text_follow_each_other(text: str, name: str) -> None:
    chain = engine.chain(name)
    pieces = chain.pieces(text)
    assert "".join(out for *_, out in pieces) == chain.convert(text)
    assert [start for start, *_ in pieces] == ([0, *(end for _, end, _ in pieces)][:-1] if pieces else [])


@pytest.mark.parametrize("variant", ["tw", "twp"])
def test_unbroken_text_is_read_in_linear_time(variant: str) -> None:
    unit = "爱心理发人人参与项目一发布干垃圾余先生后来面对只系里程“"
    convert_text(unit, variant, language="zh-Hans")

    assert not superlinear(lambda size: convert_text(unit * (size // len(unit)), variant, language="zh-Hans"), 10_000, 80_000)


def test_a_decision_never_reaches_the_issues_own_script_nor_a_variant_it_does_not_name() -> None:
    row = decision("发", "髮", scope="issue")
    made = issue("article\nparagraph\t发展")
    for rows, wanted in (((row,), {"cn": "发展", "tw": "髮展", "hk": "髮展"}),
                         ((replace(row, rule="tw:resolver"),), {"cn": "发展", "tw": "髮展", "hk": "發展"}),
                         ((replace(row, rule="tw,hk:"),), {"tw": "髮展", "hk": "髮展", "t": "發展"})):
        for variant, text in wanted.items():
            assert texts(to_variant(made, variant, VariantOptions(decisions=rows))) == [text]


def test_a_question_of_the_conversion_is_answered_once() -> None:
    made = issue("article\nparagraph\t“一句没有完。\nparagraph\t又一段。")
    asked = to_variant(made, "tw").queries[0]
    row = Decision("variant", made.name, asked.start, asked.end, "", "", rule="tw:query:" + asked.kind)
    assert [q.state for q in to_variant(made, "tw", VariantOptions(decisions=(row,))).queries] == ["accepted"]
    assert [q.state for q in to_variant(made, "hk", VariantOptions(decisions=(row,))).queries] == ["open"]


def test_a_name_one_block_shows_holds_in_headline_caption_and_every_other_block() -> None:
    text = (
        "article\ntitle\t岁末访余敏\nparagraph\t县长余敏通报了情况。\n"
        "article\nparagraph\t那天余敏来晚了，其余敏感问题再议。\ncaption\t图为余敏\ncolophon\t谢余敏\n"
    )
    for variant in ("tw", "hk"):
        done = to_variant(issue(text), variant)
        check_laws(done)
        said = "".join(texts(done))
        assert said.count("余敏") == 5
        assert "其餘敏感問題" in said
        assert not [row for row in done.changes if row.status is Status.SUGGESTED and row.before == "余"]
    alone = to_variant(issue("article\nparagraph\t那天余敏来晚了\n"), "tw")
    assert "餘敏" in texts(alone)[0]  # nothing there shows a person: the name was learnt, not known


@pytest.mark.parametrize(("text", "before", "after"), [
    ("记者余音来自外地", "余", "餘"),  # taken for a man, may be the sound
    ("那天余敏来晚了", "余", "余"),  # taken for words, may be a woman
])
def test_a_person_nothing_proves_is_a_question(text: str, before: str, after: str) -> None:
    done = to_variant(issue(f"article\nparagraph\t{text}\n"), "tw")
    check_laws(done)
    asked = [row for row in done.changes if row.status is Status.SUGGESTED]
    assert [(row.before, row.after, row.rule) for row in asked] == [(before, after, "name")]
    assert all(0.25 < row.confidence <= 0.5 and "person" in row.why for row in asked)


def test_a_person_said_by_an_editor_or_a_glossary_is_no_question() -> None:
    text = "article\nparagraph\t记者余音来自外地\n"
    options = VariantOptions(glossary=(GlossaryRow("余音", "餘音"),))
    done = to_variant(issue(text), "tw", options)
    assert "餘音" in texts(done)[0]
    assert not [row for row in done.changes if row.status is Status.SUGGESTED]


def test_a_person_known_from_elsewhere_is_no_question() -> None:
    text = "article\nparagraph\t院长钟克勤说：“好。”\nparagraph\t记者余音来自外地，钟克勤来了\n"
    asked = [row for row in to_variant(issue(text), "tw").changes if row.status is Status.SUGGESTED]
    assert [row.before for row in asked] == ["余"]
