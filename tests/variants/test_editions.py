"""Titles, contents, metadata, file metadata, running heads, alternative texts and languages follow the variant."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from convert.issue import Issue, Metadata
from convert.pipeline import to_variant, write
from convert.variants import dictionaries
from tests.gold_issue import issue_of

GOLD = """article
kicker	云岭县推进乡村旅游
title	后山的面馆热闹起来
byline	本报记者 余国强 通讯员 钟丽云
paragraph	“这里发展很快。”县长谷永丰说，“干部们参与，大家信服。”
caption	群众在台下听讲。余国强 摄
article
title	学生举办书画展览
paragraph	展览丰富多彩，后来者络绎不绝。
colophon	云岭报社出版 编辑：钟丽云
"""
METADATA = Metadata(title="云岭乡报", number="12", publisher="云岭报社", creator="钟丽云")
SAID = {"tw": "雲嶺鄉報", "hk": "雲嶺鄉報", "cn": "云岭乡报"}
LANGUAGE = {"tw": "zh-Hant-TW", "hk": "zh-Hant-HK", "cn": "zh-Hans"}
EAST_ASIA = {"tw": "zh-TW", "hk": "zh-HK", "cn": "zh-CN"}


def edition(variant: str, to: str) -> bytes:
    issue: Issue = issue_of(GOLD, metadata=METADATA)
    sink = io.BytesIO()
    write(to_variant(issue, variant), to, sink)
    return sink.getvalue()


def parts(variant: str, to: str) -> dict[str, str]:
    """The text files of a package; of a single file that file."""
    data = edition(variant, to)
    if to not in ("docx", "epub"):
        return {to: data.decode("utf-8")}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".xhtml", ".opf", ".ncx", ".css"))]
        return {name: package.read(name).decode("utf-8") for name in names}


def simplified() -> frozenset[str]:
    """Characters no Traditional edition of either region has."""
    tables = [dictionaries.table(name) for name in ("TWVariants", "HKVariants")]
    forms = {form for table in tables for form in table.values()}
    rows = dictionaries.candidates("STCharacters")
    return frozenset(key for key, value in rows.items() if key not in value.split(" ") and key not in forms)


@pytest.mark.parametrize("variant", ["tw", "hk"])
@pytest.mark.parametrize("to", ["docx", "epub", "html", "tei"])
def test_no_simplified_character_is_left_anywhere_in_the_files(variant: str, to: str) -> None:
    never = simplified()
    assert {"国", "这", "乡"} <= never
    for name, text in parts(variant, to).items():
        assert not sorted(set(text) & never), name


@pytest.mark.parametrize("variant", ["cn", "tw", "hk"])
def test_the_title_and_the_language_of_the_files(variant: str) -> None:
    title, language = SAID[variant], LANGUAGE[variant]
    docx, epub = parts(variant, "docx"), parts(variant, "epub")
    assert f"<dc:language>{language}<" in docx["docProps/core.xml"]
    assert title in docx["docProps/core.xml"]
    assert f'w:eastAsia="{EAST_ASIA[variant]}"' in docx["word/styles.xml"]
    heads = [text for name, text in docx.items() if re.match("word/header", name)]
    assert any(title in text for text in heads)
    opf = next(text for name, text in epub.items() if name.endswith(".opf"))
    assert f"<dc:language>{language}<" in opf
    assert title in opf
    pages = [text for name, text in epub.items() if name.endswith(".xhtml")]
    assert all(f'lang="{language}"' in text for text in pages)
    cover = next(text for name, text in epub.items() if name.endswith("cover.xhtml"))
    assert title in re.findall('alt="([^"]*)"', cover)[0]
    html = parts(variant, "html")["html"]
    assert f'<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}"' in html
    assert f'content="{title}' in html


@pytest.mark.parametrize("variant", ["cn", "tw", "hk"])
def test_the_metadata_of_the_pdf(variant: str) -> None:
    data = edition(variant, "pdf")
    packet = re.search(rb"<\?xpacket begin.*?<\?xpacket end", data, re.DOTALL)
    assert packet is not None
    said = packet.group().decode("utf-8")
    assert SAID[variant] in said
    assert f"<rdf:li>{LANGUAGE[variant]}</rdf:li>" in said
    assert f"/Lang ({LANGUAGE[variant]})".encode() in data


def test_names_in_all_parts_have_the_same_form() -> None:
    for to in ("docx", "epub", "html", "tei"):
        text = "".join(parts("tw", to).values())
        assert "余國強" in text
        assert "鍾麗雲" in text
        assert not re.search("餘國強|鐘麗雲|穀永豐", text)


@pytest.mark.parametrize("variant", ["cn", "tw", "hk"])
def test_the_styles_pick_fonts_by_the_script_the_files_say(variant: str) -> None:
    script = "zh-Hans" if variant == "cn" else "zh-Hant"
    epub, html = parts(variant, "epub"), parts(variant, "html")["html"]
    sheet = next(text for name, text in epub.items() if name.endswith("style.css"))
    for css in (sheet, html):
        assert {"zh-Hans", "zh-Hant"} == set(re.findall(r":lang\(([^)]*)\)", css))
    pages = {name: text for name, text in epub.items() if name.endswith((".xhtml", ".ncx"))}
    for name, text in {**pages, "html": html}.items():
        said = set(re.findall(r'\blang="([^"]*)"', text))
        assert said == {LANGUAGE[variant]}, name
        assert all(tag == script or tag.startswith(f"{script}-") for tag in said), name


@pytest.mark.parametrize(("variant", "title", "words"), [
    ("cn", "后山的面馆热闹起来", "群众在台下听讲。余国强 摄"),
    ("tw", "後山的麵館熱鬧起來", "群眾在臺下聽講。余國強 攝"),
    ("hk", "後山的麪館熱鬧起來", "羣眾在台下聽講。余國強 攝"),
])
def test_contents_captions_and_words_for_the_ear_follow_the_variant(variant: str, title: str, words: str) -> None:
    epub, html = parts(variant, "epub"), parts(variant, "html")["html"]
    for name in ("nav.xhtml", "toc.ncx"):
        assert title in next(text for path, text in epub.items() if path.endswith(name))
    assert any(words in text for text in epub.values())
    assert words in html
    never = simplified()
    for text in (*epub.values(), html):
        for tag in re.findall(r"<img\b[^>]*>", text):
            assert re.search(' alt="[^"]+"', tag), tag  # the cover is the only picture: captions stand for photographs
        said = "".join(re.findall(r'\b(?:alt|aria-label|title)="([^"]*)"', text))
        assert variant == "cn" or not set(said) & never
