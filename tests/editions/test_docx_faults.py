"""Every fault the lint knows is planted and must be caught; a good edition has none."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from convert.issue import Issue, Metadata
from tests.editions.docx import RULES, lint
from tests.gold_issue import issue_of
from tests.writers.docx_kit import edition, repaired, traditional, with_part

SAMPLE = """\
article
title\t“两新”党组织，勇当进博会护航先锋
paragraph\t为圆满完成服务保障首届进博会这一重大任务，青浦区社会工作党委紧紧围绕区委护航进博会的相关精神和要求，强化“两新”党组织……
heading\t形成共识掀起服务热潮
paragraph\t进博会开幕后引导全区“两新”党组织认真学习领会，将组织党的建设放在经济社会发展的大局中谋划。
heading2\t在实践中锤炼护航能力
paragraph\t全区党组织按照策划部署、宣传动员、实践行动、总结提升的安排，做到月月有主题。
colophon\t热线：22898506
"""

Change = Callable[[str], str]


def sample() -> Issue:
    return issue_of(SAMPLE, metadata=Metadata(title="党建专刊", number="131", date="2018-11"))


def swap(old: str, new: str, count: int = 1) -> Change:
    def change(xml: str) -> str:
        assert old in xml, f"the fault cannot be planted: {old} is not there"
        return xml.replace(old, new, count)

    return change


def drop(pattern: str) -> Change:
    def change(xml: str) -> str:
        changed = re.sub(pattern, "", xml, count=1, flags=re.DOTALL)
        assert changed != xml, f"the fault cannot be planted: {pattern} is not there"
        return changed

    return change


PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="p"/></wp:inline></w:drawing></w:r></w:p>'
)
EMPTY = '</w:sdt><w:p><w:pPr><w:pStyle w:val="BodyText"/></w:pPr></w:p>'
HINT = '<w:rFonts w:hint="eastAsia"/>'
DOCUMENT, STYLES, SETTINGS, CORE = "word/document.xml", "word/styles.xml", "word/settings.xml", "docProps/core.xml"
FAULTS: dict[str, tuple[str, str, Change]] = {
    "wrong language": ("metadata", STYLES, swap('w:eastAsia="zh-CN"', 'w:eastAsia="ja-JP"')),
    "no language": ("metadata", STYLES, swap('w:eastAsia="zh-CN"', "")),
    "language of the properties": ("metadata", CORE, swap("zh-Hans", "en-US")),
    "no title": ("metadata", CORE, drop(r"<dc:title>[^<]+</dc:title>")),
    "Traditional text in zh-Hans": ("script", DOCUMENT, swap("为圆满完成服务保障首届进博会", "為圓滿完成服務保障首屆進博會")),
    "U+FFFD": ("characters", DOCUMENT, swap("圆满", "圆\ufffd")),
    "private use": ("characters", DOCUMENT, swap("圆满", "圆\ue123")),
    "noncharacter": ("characters", DOCUMENT, swap("圆满", "圆\U0001fffe")),
    "control character": ("characters", DOCUMENT, swap("圆满", "圆\u0085")),
    "empty paragraph": ("empty_paragraphs", DOCUMENT, swap("</w:sdt>", EMPTY)),
    "paragraph of spaces": ("empty_paragraphs", DOCUMENT, swap("</w:sdt>", "</w:sdt><w:p><w:r><w:t>\u3000</w:t></w:r></w:p>")),
    "undefined paragraph style": ("undefined_styles", DOCUMENT, swap('<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="Gone"/>')),
    "undefined next style": ("undefined_styles", STYLES, swap('<w:next w:val="BodyText"/>', '<w:next w:val="Gone"/>')),
    "field without end": ("fields", DOCUMENT, drop(r'<w:r><w:fldChar w:fldCharType="end"/></w:r>')),
    "field without begin": ("fields", DOCUMENT, drop(r'<w:r><w:fldChar w:fldCharType="begin"/></w:r>')),
    "field without end in the footer": ("fields", "word/footer1.xml", drop(r'<w:r><w:fldChar w:fldCharType="end"/></w:r>')),
    "dirty field": ("fields", DOCUMENT, swap('w:fldCharType="begin"', 'w:fldCharType="begin" w:dirty="true"')),
    "fields to update": ("fields", SETTINGS, swap("<w:zoom", '<w:updateFields w:val="true"/><w:zoom')),
    "bookmark without end": ("unpaired_ranges", DOCUMENT, drop(r'<w:bookmarkEnd w:id="1"/>')),
    "bookmark without start": ("unpaired_ranges", DOCUMENT, drop(r'<w:bookmarkStart w:id="1" [^>]+>')),
    "bookmark ids repeat": ("unpaired_ranges", DOCUMENT, swap('w:id="2"', 'w:id="1"', 9)),
    "bookmark names repeat": ("bookmarks", DOCUMENT, swap('w:name="_Toc10000002"', 'w:name="_Toc10000001"')),
    "link to no bookmark": ("bookmarks", DOCUMENT, swap('w:anchor="_Toc10000002"', 'w:anchor="_Toc19999999"')),
    "heading jump": ("heading_levels", DOCUMENT, swap('<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading4"/>')),
    "heading jump at the start": ("heading_levels", DOCUMENT, swap('w:val="Heading1"/>', 'w:val="Heading2"/>')),
    "font of the theme": ("fonts", STYLES, swap("<w:rFonts ", '<w:rFonts w:eastAsiaTheme="minorEastAsia" ')),
    "font named by a run": ("fonts", DOCUMENT, swap(HINT, '<w:rFonts w:eastAsia="SimSun" w:hint="eastAsia"/>')),
    "no hint": ("hints", DOCUMENT, swap(HINT, "", 99)),
    "compatibility mode": ("compatibility", SETTINGS, swap('w:val="15"', 'w:val="14"')),
    "picture without words": ("pictures", DOCUMENT, swap("</w:p>", PICTURE)),
    "space between characters": ("spaces", DOCUMENT, swap("圆满完成", "圆满 完成")),
}
TRACKED: dict[str, tuple[str, str, Change]] = {
    "comment range without end": ("unpaired_ranges", DOCUMENT, drop(r'<w:commentRangeEnd w:id="1"/>')),
    "comment range without start": ("unpaired_ranges", DOCUMENT, drop(r'<w:commentRangeStart w:id="1"/>')),
    "comment without reference": ("comments", DOCUMENT, drop(r'<w:commentReference w:id="1"/>')),
    "comment that is not there": ("comments", "word/comments.xml", drop(r'<w:comment w:id="1".*?</w:comment>')),
    "undefined comment style": ("undefined_styles", "word/comments.xml", swap('"CommentText"', '"Gone"')),
    "change ids repeat": ("revisions", DOCUMENT, swap('<w:ins w:id="2"', '<w:ins w:id="1"')),
    "deleted text in w:t": ("revisions", DOCUMENT, lambda xml: xml.replace("w:delText", "w:t")),
    "delText that is not deleted": ("revisions", DOCUMENT, lambda xml: re.sub(r"</?w:del( [^>]*)?>", "", xml)),
    "change without author": ("revisions", DOCUMENT, swap('w:author="Reissue" ', "")),
}


def planted(data: bytes, name: str, change: Change) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(name).decode("utf-8")
    return lint(with_part(data, name, change(xml)))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    rule, name, change = FAULTS[fault]
    found = planted(edition(sample()), name, change)
    assert any(finding.startswith(f"{rule}: ") for finding in found), found


@pytest.mark.parametrize("fault", TRACKED)
def test_a_fault_planted_in_tracked_changes_is_caught(fault: str) -> None:
    rule, name, change = TRACKED[fault]
    found = planted(edition(repaired(), review=True), name, change)
    assert any(finding.startswith(f"{rule}: ") for finding in found), found


def test_simplified_text_in_a_traditional_edition_is_caught() -> None:
    found = planted(edition(traditional(repaired()), "tw"), DOCUMENT, swap("參與", "参与组织发动党员热线务进极导"))
    assert any(finding.startswith("script: ") for finding in found), found


def test_entries_of_different_dates_are_caught() -> None:
    data = io.BytesIO(edition(sample()))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(zipfile.ZipInfo("word/extra.bin", (2020, 1, 1, 0, 0, 0)), b"x")
    assert any(finding.startswith("dates: ") for finding in lint(data.getvalue()))


def test_every_rule_has_a_planted_fault() -> None:
    covered = {rule for rule, _, _ in [*FAULTS.values(), *TRACKED.values()]} | {"dates", "script"}
    assert covered == {rule.__name__ for rule in RULES}


def test_good_editions_have_no_findings() -> None:
    assert lint(edition(sample())) == []
    assert lint(edition(repaired(), review=True)) == []
    assert lint(edition(repaired(), redline=True)) == []
