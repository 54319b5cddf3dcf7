"""The PDF edition as a file: valid, tagged, archival, searchable, the same every time."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from convert.issue import Article, Block, Issue, Metadata, Role
from convert.source import Source, Span
from convert.variants import table
from convert.writers.pdf import PdfWriter
from tests.gold_issue import issue_of
from tests.tools import require, require_module
from tests.typeset.editions import look, pdf, sample

KNOWN = Metadata(
    title="临江周报", number="47", date="2021年3月26日", publisher="临江区融媒体中心", creator="沈知微", rights="© 2021"
)


def saved(data: bytes, folder: Path) -> str:
    path = folder / "edition.pdf"
    path.write_bytes(data)
    return str(path)


def told(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")


def known(times: int = 1) -> Issue:
    from dataclasses import replace

    return replace(sample(times), metadata=KNOWN)


@pytest.mark.parametrize("theme", ["newspaper", "book", "large-print", "vertical"])
@pytest.mark.parametrize("variant", ["cn", "tw", "hk", "source"])
def test_the_file_is_sound_and_holds_every_character(theme: str, variant: str, tmp_path: Path) -> None:
    from convert import pipeline

    issue = known(2)
    path = saved(pdf(issue, theme, variant), tmp_path)
    require("qpdf"), require("pdftotext")
    assert "No syntax or stream encoding errors" in told(["qpdf", "--check", path])
    converted = issue if variant in ("cn", "source") else pipeline.to_variant(issue, variant)
    wanted = Counter(c for block in converted.blocks() for c in block.text if not c.isspace())
    found = Counter(told(["pdftotext", path, "-"]))
    assert not {c: n - found[c] for c, n in wanted.items() if found[c] < n}


def test_text_comes_out_in_reading_order_in_one_two_and_three_columns(tmp_path: Path) -> None:
    from benchmarks.clreq import common_subsequence

    require("pdftotext")
    issue = sample(4)
    wanted = "".join("".join(block.text.split()) for article in issue.articles for block in article.blocks)
    for style in (
        look(columns=1, measure=30), look(),
        look(columns=3, measure=14, size=10, leading=14.3, heading=[10.4, 10, 10]),
    ):
        found = "".join(told(["pdftotext", saved(pdf(issue, style), tmp_path), "-"]).split())
        assert common_subsequence(wanted, found) == len(wanted)


def test_leading_and_gutter_stay_where_extractors_can_read_columns() -> None:
    from convert import style
    from convert.typeset.pages import theme

    for name in style.available():
        look_of = theme(style.load(name))
        if look_of.columns > 1 and not look_of.vertical:
            assert look_of.leading / look_of.size <= 1.5 and look_of.gutter >= 2.5
            assert look_of.heading[0] <= look_of.size * 1.05


@pytest.mark.parametrize("theme", ["newspaper", "vertical"])
def test_all_fonts_are_embedded_with_their_text(theme: str, tmp_path: Path) -> None:
    require("pdffonts")
    rows = told(["pdffonts", saved(pdf(known(), theme, "tw"), tmp_path)]).splitlines()[2:]
    assert rows and all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows), rows
    names = [row.split()[0].split("+")[1] for row in rows]
    assert not [name for name in names if "SC" in name]


@pytest.mark.parametrize("theme", ["newspaper", "vertical"])
def test_the_structure_tree_gives_whole_paragraphs_in_order(theme: str, tmp_path: Path) -> None:
    require("pdfinfo")
    issue = known(4)
    text = told(["pdfinfo", "-struct-text", saved(pdf(issue, theme), tmp_path)])
    flat = "".join(re.findall(r'"(.*?)"\n', text, re.S)).replace("\n", "").replace(" ", "")
    at = 0
    for article in issue.articles:
        for block in article.blocks:
            piece = "".join(block.text.split()).replace('"', "")
            at = flat.find(piece, at)
            assert at >= 0, block.text
    tree = told(["pdfinfo", "-struct", saved(pdf(issue, theme), tmp_path)])
    kinds = Counter(line.split()[0] for line in tree.splitlines() if line.strip())
    assert kinds["Document"] == 1 and kinds["Art"] == 3 and kinds["H1"] == 3 and kinds["H2"] == 1 and kinds["H3"] == 1
    assert kinds["TOC"] == 1 and kinds["TOCI"] == 3 and kinds["Lbl"] == 3 and kinds["Caption"] >= 1


def test_items_are_a_list_facts_are_told_apart_and_vertical_pages_turn_to_the_left(tmp_path: Path) -> None:
    require("pdfinfo")
    rows = "paragraph:list-item\t一、甲。\nparagraph:list-item\t二、乙。\nparagraph\t其间。\nparagraph:list-item\t三、丙。"
    issue = issue_of(f"article\ntitle\t题\n{rows}", metadata=Metadata(title="青溪报", number="5", date="2024-04-18"))
    data = pdf(issue, "vertical")
    tree = told(["pdfinfo", "-struct-text", saved(data, tmp_path)])
    kinds = Counter(line.split()[0] for line in tree.splitlines() if line.strip())
    assert (kinds["L"], kinds["LI"], kinds["LBody"]) == (2, 3, 3)
    said = re.findall(r'"(.*?)"\n', tree, re.S)
    assert [text.replace("\n", "") for text in said[:3]] == ["青溪报", "第5期", "2024-04-18"]
    assert b"/Direction /R2L" in data and b"/Direction" not in pdf(issue)


@pytest.mark.parametrize("theme", ["newspaper", "book", "large-print"])
@pytest.mark.parametrize("variant", ["cn", "tw", "hk"])
def test_pdf_a_2b_has_no_violation_and_every_font_has_tounicode(theme: str, variant: str, tmp_path: Path) -> None:
    require_module("fontTools")
    pikepdf = pytest.importorskip("pikepdf")
    from pikepdf import pdfa

    data = pdf(known(2), theme, variant)
    assert b"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>" in data
    # The validator knows level b; u is b and ToUnicode, which is asked for below.
    path = saved(data.replace(b"conformance>U<", b"conformance>B<"), tmp_path)
    report = pdfa.validate_written(path, "2b")
    assert report.passed, [str(finding)[:200] for finding in report.findings]
    with pikepdf.open(path) as file:
        fonts = [item for item in file.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]
        tops = [font for font in fonts if font.get("/Subtype") in ("/Type0", "/Type3")]
        assert tops and all("/ToUnicode" in font for font in tops)


def test_the_source_travels_inside_on_request(tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    from pikepdf import pdfa

    require_module("fontTools")
    issue = known()
    data = pdf(issue, attach_source=True)
    with pikepdf.open(io.BytesIO(data)) as file:
        assert str(file.Root.AF[0].AFRelationship) == "/Source"
        assert bytes(file.Root.AF[0].EF.F.read_bytes()).decode() == issue.sources[0].text
    path = saved(data.replace(b"conformance>U<", b"conformance>B<"), tmp_path)
    report = pdfa.validate_written(path, "3b")
    assert report.passed, [str(finding)[:200] for finding in report.findings]


def test_outline_labels_links_language_and_metadata() -> None:
    pikepdf = pytest.importorskip("pikepdf")
    issue = known(3)
    with pikepdf.open(io.BytesIO(pdf(issue, variant="tw"))) as file:
        root = file.Root
        assert str(root.Lang) == "zh-Hant-TW" and bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(file.docinfo["/Title"]).endswith("第47期")
        with file.open_outline() as outline:
            assert len(outline.root) == 3
            assert next(str(item.title) for item in outline.root[0].children).startswith("「邊角料」")
        links = [note for page in file.pages for note in page.obj.get("/Annots", [])]
        assert len(links) == 3 and all(int(note.F) == 4 and "/Dest" in note for note in links)
        assert root.PageLabels.Nums[1].S == "/D"
        meta = file.open_metadata()
        assert meta["dc:title"] == str(file.docinfo["/Title"]) and meta["dc:language"] == {"zh-Hant-TW"}


def test_contents_page_numbers_are_where_the_articles_are(tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    require("pdftotext")
    data = pdf(known(8))
    path = saved(data, tmp_path)
    first = told(["pdftotext", "-l", "1", "-layout", path, "-"])
    with pikepdf.open(io.BytesIO(data)) as file:
        where = [1 + file.pages.index(pikepdf.Page(note.Dest[0])) for note in file.pages[0].obj.Annots]
    for title, page in zip(("家门口的小修小补", "把支部建在居民身边", "夜间公交开通"), where, strict=True):
        assert title in told(["pdftotext", "-f", str(page), "-l", str(page), path, "-"])
        assert re.search(rf"{title}.*?{page}\b", first, re.S)


def test_a_contents_list_of_many_articles_runs_over_pages(tmp_path: Path) -> None:
    require("pdftotext")
    count = 260
    issue = issue_of("".join(f"article\ntitle\t第{n}篇文章的标题\nparagraph\t正文{n}。\n" for n in range(1, count + 1)))
    path = saved(pdf(issue), tmp_path)
    text = "".join(told(["pdftotext", path, "-"]).split())
    # Once in the list, once over the article, and again where a running head names it.
    assert all(text.count(f"第{n}篇文章的标题") in (2, 3) for n in range(2, count + 1))
    pikepdf = pytest.importorskip("pikepdf")
    with pikepdf.open(path) as file:
        assert sum(len(page.obj.get("/Annots", [])) for page in file.pages) == count


def test_two_articles_have_no_contents_list() -> None:
    issue = issue_of("article\ntitle\t甲\nparagraph\t正文。\narticle\ntitle\t乙\nparagraph\t正文。")
    assert b"/S /TOC " not in pdf(issue)


RUN = """
import hashlib, sys
from tests.typeset.editions import pdf, sample
for theme in ("newspaper", "vertical"):
    for variant in ("cn", "tw"):
        print(hashlib.sha256(pdf(sample(2), theme, variant)).hexdigest())
"""


def test_the_same_bytes_whatever_the_hash_seed_and_the_time_zone() -> None:
    results = set()
    for seed, zone in (("0", "UTC"), ("12345", "Asia/Shanghai")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        run = subprocess.run([sys.executable, "-c", RUN], env=environment, capture_output=True, text=True, check=True)
        results.add(run.stdout)
    assert len(results) == 1


def test_what_was_set_before_leaves_no_trace() -> None:
    issue = sample(2)
    first = hashlib.sha256(pdf(issue)).hexdigest()
    pdf(issue_of("article\ntitle\t别的\nparagraph\t⼈民豈有此理，人民。"), "vertical", "tw")
    assert hashlib.sha256(pdf(issue)).hexdigest() == first


HOSTILE = [
    "正常。\x00控制\x07符\x1b和\u200b零宽\ufeff。", "\ud800孤立\udfff代理", "私用\ue000\uf8ff区\U000f0000", "龘𠮷𪚥𰻝𡃁爲",
    "<script>&\"'/..\\(){}[]%%EOF endstream endobj", "( unbalanced \\", "emoji😀👩‍👩‍👧é̂ combining e\u0301", "العربية עברית",
    "⼈人⽂文 豈豈更更", "A" * 300, "，，，。。。！！！？？？", "（（（（（（（", "——————…………", "字", "\u3000", "·",
    "①②③■★→×±℃㎡Ⅰ",
]


def issue_from(title: str, texts: list[str], metadata: Metadata | None = None) -> Issue:
    blocks = [Block("t", Role.TITLE, title, (Span(0, 0, len(title)),))]
    at = len(title) + 1
    for number, text in enumerate(texts):
        blocks.append(Block(f"b{number}", Role.PARAGRAPH, text, (Span(0, at, at + len(text)),)))
        at += len(text) + 1
    source = Source("x.txt", "\n".join([title, *texts]))
    return Issue((source,), "zh-Hans", metadata or Metadata(), (Article("a", tuple(blocks)),))


@pytest.mark.parametrize("theme", ["newspaper", "vertical"])
def test_hostile_text_neither_breaks_the_file_nor_gets_lost(theme: str, tmp_path: Path) -> None:
    require("qpdf"), require("pdftotext")
    odd = Metadata(
        title="\x00\ud800<&>" * 30, number="x" * 300, date="\udfff", publisher="&" * 400, creator="<a>&\x01", rights="]]>"
    )
    path = saved(pdf(issue_from("<&\"'/..\x00标题" * 40, HOSTILE, odd), theme), tmp_path)
    assert "No syntax or stream encoding errors" in told(["qpdf", "--check", path])
    found = Counter(told(["pdftotext", path, "-"]))
    for character in "龘𠮷𪚥𰻝𡃁爲⼈人⽂文😀\ue000\U000f0000①②③":
        assert found[character], character


@pytest.mark.parametrize("text", HOSTILE)
def test_each_alone(text: str, tmp_path: Path) -> None:
    require("qpdf")
    assert "No syntax" in told(["qpdf", "--check", saved(pdf(issue_from(text[:200], [text])), tmp_path)])


def test_missing_characters_are_named_once_and_printable(tmp_path: Path) -> None:
    sink = io.BytesIO()
    notices = PdfWriter().write(issue_from("标题", ["\ud800𠮷𠮷" * 3]), table.variant("cn"), look(), sink)
    (notice,) = notices
    assert notice.count("U+20BB7") == 1 and "U+D800" in notice
    notice.encode("utf-8")


def test_an_issue_without_anything_is_one_page() -> None:
    pikepdf = pytest.importorskip("pikepdf")
    for issue in (Issue((Source("x", "x"),), "zh-Hans"), issue_from("", [""])):
        with pikepdf.open(io.BytesIO(pdf(issue))) as file:
            assert len(file.pages) == 1


def test_a_wrong_theme_is_refused_with_the_key() -> None:
    from convert.errors import UsageError

    faults: list[tuple[dict[str, Any], str]] = [
        ({"colums": 2}, "colums"), ({"columns": 9}, "columns"), ({"size": "big"}, "size"), ({"measure": 50}, "columns"),
    ]
    for wrong, name in faults:
        with pytest.raises(UsageError, match=name):
            pdf(sample(), look(**wrong))


def test_the_file_is_small_and_its_size_does_not_grow_from_run_to_run() -> None:
    issue = sample(4)
    sizes = {len(pdf(issue)) for _ in range(3)}
    assert len(sizes) == 1 and sizes.pop() < 330_000


def test_kinds_are_set_as_an_editor_would(tmp_path: Path) -> None:
    require("pdftotext")
    issue = issue_of(
        "article\ntitle\t夏夜\nparagraph:verse\t天窗先亮了，\nparagraph:verse\t像谁轻轻揭开一页纸。\nparagraph:signature\t许念\n"
        "paragraph:list-item\t一、不要私拉乱接。\nparagraph:quotation\t古人说得好。\nparagraph:note\t注：见上期。\nparagraph:salutation\t编辑同志："
    )
    boxes: dict[str, float] = {}
    page = told(["pdftotext", "-bbox-layout", saved(pdf(issue, look(columns=1, measure=30)), tmp_path), "-"])
    for match in re.finditer(r'<word xMin="([\d.]+)"[^>]*>([^<]+)</word>', page):
        boxes[match[2]] = float(match[1])
    left = boxes["编辑同志："]
    assert boxes["天窗先亮了，"] == pytest.approx(left + 21, abs=1)
    assert boxes["许念"] > left + 200
    assert boxes["古人说得好。"] == pytest.approx(left + 42, abs=1)


def test_rows_of_a_table_are_a_table(tmp_path: Path) -> None:
    require("pdftotext"), require("pdfinfo")
    rows = ["品名\t产地\t价格", "脆瓜\t柳湾\t每斤三元五角，批发另议，量大从优，送货上门", "青菜\t桐桥\t两元"]
    text = "\n".join(["行情", *rows])
    blocks = [Block("t", Role.TITLE, "行情", (Span(0, 0, 2),))]
    at = 3
    for number, row in enumerate(rows):
        cells, start = [], 0
        for cell in row.split("\t"):
            cells.append((start, start + len(cell)))
            start += len(cell) + 1
        span = Span(0, at, at + len(row))
        blocks.append(Block(f"r{number}", Role.PARAGRAPH, row, (span,), kind="table-row", cells=tuple(cells)))
        at += len(row) + 1
    issue = Issue((Source("x.txt", text),), "zh-Hans", Metadata(), (Article("a", tuple(blocks)),))
    path = saved(pdf(issue), tmp_path)
    kinds = Counter(line.split()[0] for line in told(["pdfinfo", "-struct", path]).splitlines() if line.strip())
    assert (kinds["Table"], kinds["TR"], kinds["TD"]) == (1, 3, 9)
    found = "".join(told(["pdftotext", path, "-"]).split())
    assert all(Counter(found)[c] >= n for c, n in Counter("".join(rows).replace("\t", "")).items())


def test_objects_of_any_kind_are_written() -> None:
    from convert.writers.pdf.objects import number, text

    values: list[Any] = [(0.0, "0"), (-0.001, "0"), (1.5, "1.5"), (2.0, "2"), (595.276, "595.28")]
    assert [number(value) for value, _ in values] == [wanted for _, wanted in values]
    assert text("a(\\)") == "<FEFF00610028005C0029>"
