"""The edition: styles, headings, contents, sections, properties; and that the same issue gives the same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert import style as styles
from convert.errors import UsageError
from convert.issue import Article, Block, Issue, Metadata, Role
from convert.source import Source, Span
from convert.variants import table
from convert.writers.docx.theme import theme
from tests.editions.docx import lint
from tests.gold_issue import issue_of
from tests.writers.docx_kit import W, edition, paragraphs, part, repaired, traditional

SAMPLE = """\
article
kicker\t徐泾镇探索楼宇党建新模式
title\t“新泾彩”党建联盟，让企业成“邻里”
subtitle\t香花桥街道增强凝聚力
byline\t本报记者 张三
paragraph\t在大虹桥辐射的背景下，商务楼宇不断增多。
heading\t工作平台建起来
paragraph:list-item\t一、党建引领
paragraph:verse\t春眠不觉晓
caption\t志愿者在行动。
heading3\t楼宇活动
paragraph:signature\t办公室
article
paragraph\t韵达公司党委开展党组织服务活动，深入推进各项工作。
colophon\t热线：22898506
"""


def sample() -> Issue:
    return issue_of(SAMPLE, metadata=Metadata(title="党建专刊", number="131", date="2018-11-07", publisher="社会工作党委"))


def test_every_block_has_a_named_style_and_headings_never_jump() -> None:
    rows = paragraphs(edition(sample()))
    body = rows[[style for style, _ in rows].index("Kicker"):]
    assert body == [
        ("Kicker", "徐泾镇探索楼宇党建新模式"),
        ("Heading1", "“新泾彩”党建联盟，让企业成“邻里”"),
        ("ArticleSubtitle", "香花桥街道增强凝聚力"),
        ("Byline", "本报记者 张三"),
        ("BodyText", "在大虹桥辐射的背景下，商务楼宇不断增多。"),
        ("Heading2", "工作平台建起来"),
        ("ListParagraph", "一、党建引领"),
        ("Verse", "春眠不觉晓"),
        ("Caption", "志愿者在行动。"),
        ("Heading3", "楼宇活动"),
        ("Signature", "办公室"),
        ("Heading1", "〔韵达公司党委开展党组织服务活动……〕"),
        ("BodyText", "韵达公司党委开展党组织服务活动，深入推进各项工作。"),
        ("Colophon", "热线：22898506"),
    ]


def test_the_contents_list_is_full_and_leads_to_the_headings() -> None:
    data = edition(sample())
    rows = [text for style, text in paragraphs(data) if style.startswith("TOC")]
    assert rows == ["目录", "“新泾彩”党建联盟，让企业成“邻里”", "工作平台建起来", "〔韵达公司党委开展党组织服务活动……〕"]
    document = part(data)
    instruction = document.find(f".//{W}instrText")
    assert instruction is not None and (instruction.text or "").split()[:4] == ["TOC", "\\o", '"1-2"', "\\n"]
    anchors = [link.get(f"{W}anchor") for link in document.iter(f"{W}hyperlink")]
    names = [mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")]
    assert set(anchors) < set(names) and len(anchors) == 3


def test_body_text_is_indented_by_two_characters_and_kept_from_forbidden_line_starts() -> None:
    sheet = part(edition(sample()), "word/styles.xml")
    by_id = {style.get(f"{W}styleId"): style for style in sheet.iter(f"{W}style")}
    indent = by_id["BodyText"].find(f"{W}pPr/{W}ind")
    assert indent is not None
    assert (indent.get(f"{W}firstLineChars"), indent.get(f"{W}firstLine")) == ("200", "420")
    assert by_id["Normal"].find(f"{W}pPr/{W}kinsoku") is not None
    settings_part = part(edition(sample()), "word/settings.xml")
    before = settings_part.find(f"{W}noLineBreaksBefore")
    assert before is not None and "，" in before.get(f"{W}val") and "”" in before.get(f"{W}val")


@pytest.mark.parametrize(("variant", "language", "face"), [("cn", "zh-CN", "SimSun"), ("tw", "zh-TW", "PMingLiU")])
def test_language_and_fonts_follow_the_variant(variant: str, language: str, face: str) -> None:
    issue = sample() if variant == "cn" else traditional(sample())
    sheet = part(edition(issue, variant), "word/styles.xml")
    defaults = sheet.find(f"{W}docDefaults")
    assert defaults is not None
    assert defaults.find(f".//{W}lang").get(f"{W}eastAsia") == language
    assert defaults.find(f".//{W}rFonts").get(f"{W}eastAsia") == face


def test_marks_where_libreoffice_would_take_the_latin_face_have_the_chinese_one_of_their_paragraph() -> None:
    text = "article\ntitle\t“两新”标题\nheading3\t“小”题\nparagraph\t“两新”党组织与“5+X”及……\n"
    data = edition(issue_of(text))
    found = [
        (style.get(f"{W}val"), "".join(t.text or "" for t in run.iter(f"{W}t")))
        for run in part(data).iter(f"{W}r") for style in run.iter(f"{W}rStyle")
    ]
    assert found == [
        ("Marks", "“"), ("Marks", "“"), ("MarksDisplay", "“"), ("MarksDisplay", "“"), ("Marks", "“"), ("Marks", "”"),
    ]
    assert ("BodyText", "“两新”党组织与“5+X”及……") in paragraphs(data)


def test_short_numbers_stand_upright_in_vertical_lines() -> None:
    text = "article\ntitle\t第31屆\nparagraph\t24小時，2018年11月7日，9:30，21.4公里，860噸。\n"
    issue = issue_of(text, language="zh-Hant-TW")
    document = part(edition(issue, "source", styles.load("vertical")))
    assert document.find(f".//{W}textDirection").get(f"{W}val") == "tbRl"
    found = [
        "".join(t.text or "" for t in run.iter(f"{W}t"))
        for run in document.iter(f"{W}r") for style in run.iter(f"{W}rStyle") if style.get(f"{W}val") == "Upright"
    ]
    assert found == ["31", "31", "24", "11", "7"]


def test_every_line_of_a_headline_stays_with_the_text_below_it() -> None:
    sheet = part(edition(sample()), "word/styles.xml")
    kept = {style.get(f"{W}styleId") for style in sheet.iter(f"{W}style") if style.find(f"{W}pPr/{W}keepNext") is not None}
    assert {"Kicker", "Heading1", "ArticleSubtitle", "Byline", "Heading2", "Heading3", "Heading4", "TOCHeading"} <= kept


def test_a_masthead_is_printed_only_where_the_name_of_the_periodical_is_known() -> None:
    text = "article\ntitle\t标题\nparagraph\t正文。\n"
    assert paragraphs(edition(issue_of(text)))[0] == ("TOCHeading", "目录")
    assert paragraphs(edition(issue_of(text, metadata=Metadata(title="本报"))))[0] == ("Title", "本报")


def test_line_breaks_of_a_block_are_one_break_however_many() -> None:
    source = Source("t.txt", "甲\n\n乙\r\n丙\t丁")
    block = Block("b1", Role.PARAGRAPH, source.text, (Span(0, 0, len(source.text)),))
    issue = Issue((source,), "zh-Hans", articles=(Article("a1", (block,)),))
    assert ("BodyText", "甲\n乙\n丙\t丁") in paragraphs(edition(issue))


def test_articles_run_in_columns_under_a_headline_of_full_width() -> None:
    columns = [
        found.get(f"{W}num", "1") for found in part(edition(sample())).iter(f"{W}cols")
    ]
    assert columns == ["1", "2", "1", "2", "1"]
    single = [found.get(f"{W}num", "1") for found in part(edition(sample(), style=_columns(1))).iter(f"{W}cols")]
    assert single == ["1"]


def _columns(number: int) -> styles.Style:
    base = styles.load()
    return styles.Style(tables={**base.tables, "docx": {**base.table("docx"), "columns": number}})


def test_an_issue_that_ends_in_columns_has_them_balanced() -> None:
    issue = issue_of("article\ntitle\t标题\nparagraph\t正文。\n")
    data = edition(issue)
    assert [found.get(f"{W}num", "1") for found in part(data).iter(f"{W}cols")] == ["1", "2", "1"]
    assert paragraphs(data)[-1] == ("SectionEnd", "")
    assert lint(data) == []


def test_table_rows_become_a_table_and_no_cell_is_lost() -> None:
    text = "站名\t首班\t末班\n徐泾东\t5:50\n正文。"
    source = Source("t.txt", text)
    row = Block("b2", Role.PARAGRAPH, text[:8], (Span(0, 0, 8),), kind="table-row", cells=((0, 2), (3, 5), (6, 8)))
    short = Block("b3", Role.PARAGRAPH, text[9:17], (Span(0, 9, 17),), kind="table-row", cells=((0, 3), (4, 8)))
    odd = Block("b4", Role.PARAGRAPH, text[18:], (Span(0, 18, 21),), kind="table-row", cells=((0, 1),))
    issue = Issue((source,), "zh-Hans", articles=(Article("a1", (row, short, odd)),))
    data = edition(issue)
    cells = ["".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in part(data).iter(f"{W}tc")]
    assert cells == ["站名", "首班", "末班", "徐泾东", "5:50", ""]
    assert ("TableText", "正文。") in paragraphs(data)


def test_an_issue_without_articles_is_still_a_document() -> None:
    source = Source("empty.txt", "广告")
    issue = Issue((source,), "zh-Hans", dropped=(Block("d1", Role.DROP, "广告", (Span(0, 0, 2),), reason="x"),))
    assert lint(edition(issue)) == []
    docx.Document(BytesIO(edition(issue, redline=True)))


def test_core_properties_say_what_is_known() -> None:
    properties = docx.Document(BytesIO(edition(sample()))).core_properties
    assert properties.title == "党建专刊 第131期"
    assert properties.language == "zh-Hans"
    assert properties.author == "社会工作党委"
    assert properties.identifier == "sha256:" + sample().sources[0].sha256
    assert properties.created is not None and properties.created.isoformat()[:10] == "2018-11-07"
    assert properties.revision == 1


NASTY = ["\x00", "\ud800", "\uffff", "<&\"'>]]>", "a\r\nb\x0bc\u2028d"]
ANYTHING = st.text(st.characters(codec=None), max_size=40) | st.sampled_from(NASTY)


@settings(max_examples=60, deadline=None)
@given(st.lists(ANYTHING, min_size=1, max_size=5), ANYTHING, st.sampled_from(["plain", "review", "redline"]))
def test_no_text_can_break_or_enter_the_markup(texts: list[str], title: str, kind: str) -> None:
    text = "\n".join(texts)
    blocks, at = [], 0
    roles = [Role.TITLE, Role.HEADING, Role.PARAGRAPH, Role.CAPTION, Role.BYLINE]
    for number, piece in enumerate(texts):
        blocks.append(Block(f"b{number}", roles[number], piece, (Span(0, at, at + len(piece)),)))
        at += len(piece) + 1
    issue = Issue((Source("x.txt", text),), "zh-Hans", Metadata(title=title or None, date=title), (Article("a1", tuple(blocks)),))
    document = docx.Document(BytesIO(edition(issue, **({} if kind == "plain" else {kind: True}))))
    tags = {element.tag for element in document.element.body.iter()}
    assert all(isinstance(tag, str) and tag.startswith(W) for tag in tags)


def test_characters_xml_cannot_hold_are_shown_and_reported() -> None:
    issue = issue_of("article\ntitle\t标题\nparagraph\t正\x01文\n")
    sink = BytesIO()
    from convert.writers.docx import DocxWriter

    notices = DocxWriter().write(issue, table.variant("cn"), styles.load(), sink)
    assert ("BodyText", "正\ufffd文") in paragraphs(sink.getvalue())
    assert len(notices) == 1 and "1 character" in notices[0]


@pytest.mark.parametrize("options", [{}, {"review": True}, {"redline": True}])
def test_the_same_bytes_in_every_time_zone_and_under_every_hash_seed(options: dict[str, bool], tmp_path: Path) -> None:
    script = (
        "import hashlib, sys; from tests.writers.docx_kit import edition, repaired\n"
        f"print(hashlib.sha256(edition(repaired(), **{options!r})).hexdigest())"
    )
    here = hashlib.sha256(edition(repaired(), **options)).hexdigest()
    env = {**os.environ, "TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7"}
    root = Path(__file__).resolve().parents[2]
    there = subprocess.run([sys.executable, "-c", script], env=env, cwd=root, capture_output=True, text=True, check=True)
    assert there.stdout.strip() == here


def test_source_date_epoch_is_the_date_of_the_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert b"2023-11-14T22:13:20Z" in zipfile.ZipFile(BytesIO(edition(sample()))).read("docProps/core.xml")


def test_review_and_redline_at_once_is_refused_with_a_sentence() -> None:
    with pytest.raises(UsageError, match="one at a time"):
        edition(sample(), review=True, redline=True)


def test_a_style_with_a_wrong_entry_is_refused_with_its_name() -> None:
    wrong = styles.Style(name="mine", tables={"docx": {"columns": "many"}})
    with pytest.raises(UsageError, match="mine"):
        theme(wrong, table.variant("cn"))
    with pytest.raises(UsageError, match="columns is 99"):
        theme(styles.Style(name="mine", tables={"docx": {"columns": 99}}), table.variant("cn"))


def test_a_page_of_the_usual_length_stays_small() -> None:
    sentence = "进博会开幕后引导全区党组织认真学习领会，谋划发展大局。"
    rows = "".join(f"paragraph\t第{n}段：{sentence * 9}\n" for n in range(33))
    issue = issue_of("article\ntitle\t标题\n" + rows)
    assert len(edition(issue)) <= 22_000


def test_a_line_of_millions_of_characters_is_no_text_node_too_long() -> None:
    from docx.oxml import parse_xml

    from convert.writers.docx import markup

    line = "今天天气很好，" * 600_000
    paragraph = parse_xml(f"<w:p {markup.NAMESPACES}>{markup.run(line)}</w:p>")
    assert "".join(node.text for node in paragraph.iter(f"{{{markup.MAIN}}}t")) == line
