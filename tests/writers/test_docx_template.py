"""A user's own .docx as the template: its styles used by name, missing ones added, its text gone."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from convert import style as styles
from convert.errors import UsageError
from convert.style import Style
from tests.editions.docx import lint
from tests.gold_issue import issue_of
from tests.writers.docx_kit import W, edition, paragraphs, part, repaired, traditional, with_part

SAMPLE = "article\ntitle\t“新泾彩”党建联盟\nkicker\t肩题\nparagraph\t在大虹桥辐射的背景下。\nheading\t小标题\nparagraph\t正文。\n"


def template(folder: Path, name: str = "house.docx") -> Path:
    """A house template as Word in Chinese makes it: numeric style ids, own header, one and a half styles of ours."""
    document = docx.Document()
    sheet = document.styles
    sheet["Heading 1"].font.size = Pt(33)
    sheet["Heading 1"].element.set(qn("w:styleId"), "10")
    for reference in sheet.element.iter(qn("w:basedOn"), qn("w:link"), qn("w:next")):
        if reference.get(qn("w:val")) == "Heading1":
            reference.set(qn("w:val"), "10")
    sheet.add_style("Kicker", 1).font.size = Pt(7)
    stolen = sheet.add_style("Something Else", 1)
    stolen.element.set(qn("w:styleId"), "Byline")
    document.add_paragraph("text of the template")
    document.add_comment(document.paragraphs[0].runs[0], "a comment of the template")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(184), Mm(260)
    section.header.paragraphs[0].text = "本报"
    section._sectPr.find(qn("w:cols")).set(qn("w:num"), "3")
    document.settings.element.insert(0, parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>'))
    path = folder / name
    document.save(str(path))
    return path


@pytest.fixture
def house(tmp_path: Path) -> Style:
    return styles.load(str(template(tmp_path)))


def test_its_styles_are_used_by_name_and_missing_ones_added(house: Style) -> None:
    data = edition(issue_of(SAMPLE), style=house)
    sheet = {s.get(f"{W}styleId"): s for s in part(data, "word/styles.xml").iter(f"{W}style")}
    by_text = {text: sheet[style].find(f"{W}name").get(f"{W}val") for style, text in paragraphs(data) if style}
    assert by_text["“新泾彩”党建联盟"].lower() == "heading 1"
    assert by_text["肩题"] == "Kicker"
    assert by_text["小标题"].lower() == "heading 2"
    assert sheet["10"].find(f".//{W}sz").get(f"{W}val") == "66"
    assert sheet["Kicker"].find(f".//{W}sz").get(f"{W}val") == "14"
    assert sheet["Byline"].find(f"{W}name").get(f"{W}val") == "Something Else"
    assert sheet["Byline2"].find(f"{W}name").get(f"{W}val") == "Byline"
    assert "text of the template" not in "".join(text for _, text in paragraphs(data))


def test_a_style_with_a_chinese_name_is_found_by_it(tmp_path: Path) -> None:
    path = template(tmp_path)
    document = docx.Document(str(path))
    document.styles["Kicker"].element.find(qn("w:name")).set(qn("w:val"), "肩题")
    document.save(str(path))
    rows = paragraphs(edition(issue_of(SAMPLE), style=styles.load(str(path))))
    assert ("Kicker", "肩题") in rows
    ours = part(edition(issue_of(SAMPLE)), "word/styles.xml")
    theirs = part(edition(traditional(issue_of(SAMPLE)), "tw"), "word/styles.xml")
    aliases = [sheet.find(f".//{W}style[@{W}styleId='Kicker']/{W}aliases") for sheet in (ours, theirs)]
    assert [alias.get(f"{W}val") for alias in aliases] == ["引题", "引題"]


def test_its_page_columns_and_header_are_kept_and_nothing_prompts(house: Style) -> None:
    data = edition(issue_of(SAMPLE), style=house)
    document = docx.Document(BytesIO(data))
    first = document.sections[0]
    assert (round(first.page_width.mm), round(first.page_height.mm)) == (184, 260)
    assert first.header.paragraphs[0].text == "本报"
    assert [c.get(f"{W}num", "1") for c in part(data).iter(f"{W}cols")] == ["1", "3", "1"]
    assert next(part(data, "word/settings.xml").iter(f"{W}updateFields"), None) is None
    names = ZipFile(BytesIO(data)).namelist()
    assert not any("thumbnail" in name for name in names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("options", [{}, {"review": True}, {"redline": True}])
def test_an_edition_in_a_users_template_is_sound(house: Style, options: dict[str, bool]) -> None:
    findings = lint(edition(repaired(), style=house, **options))
    theirs = ("fonts:", "compatibility:", "empty_paragraphs: an empty paragraph in word/footer")
    assert [finding for finding in findings if not finding.startswith(theirs)] == []


def test_the_text_is_tagged_with_the_language_of_the_edition(house: Style) -> None:
    sheet = part(edition(traditional(repaired()), "tw", style=house), "word/styles.xml")
    assert {e.get(f"{W}eastAsia") for e in sheet.iter(f"{W}lang")} == {"zh-TW"}


def test_the_same_bytes_every_time(house: Style) -> None:
    assert edition(repaired(), style=house) == edition(repaired(), style=house)


def test_a_file_that_is_no_word_document_is_refused_with_a_sentence(tmp_path: Path) -> None:
    good = template(tmp_path).read_bytes()
    bad = {
        "text.docx": b"not a zip file", "empty.docx": b"", "cut.docx": good[: len(good) // 2],
        "no-content-types.docx": with_part(good, "[Content_Types].xml", b""),
        "no-document.docx": with_part(good, "word/document.xml", b""),
        "broken.docx": with_part(good, "word/document.xml", b"<w:document"),
        "another.docx": with_part(good, "word/document.xml", b"<a/>"),
    }
    for name, data in bad.items():
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(UsageError, match="template"):
            edition(repaired(), style=styles.load(str(path)))


def test_a_template_without_its_usual_parts_is_completed(tmp_path: Path) -> None:
    path = template(tmp_path)
    data = path.read_bytes()
    bare = f'<w:styles {nsdecls("w")}/>'
    document = f'<w:document {nsdecls("w")}><w:body><w:p/></w:body></w:document>'
    path.write_bytes(with_part(with_part(data, "word/styles.xml", bare), "word/document.xml", document))
    findings = lint(edition(repaired(), style=styles.load(str(path))))
    assert [finding for finding in findings if not finding.startswith(("fonts:", "compatibility:"))] == []
