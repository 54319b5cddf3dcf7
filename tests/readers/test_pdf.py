"""The text layer of PDFs: lines as set, in content order, wherever and however they stand on the page."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from convert.errors import UnreadableInput
from convert.readers.glyphs import Glyph, rows
from tests.readers.helpers import lines_of, read_with
from tests.shared import shared
from tests.tools import absent, require

FONT = "STSong-Light"


def canvas(**options: object) -> tuple[Canvas, io.BytesIO]:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    page = Canvas(out, pagesize=(400, 600), invariant=True, **options)
    page.setFont(FONT, 10)
    return page, out


def test_columns_sizes_and_paragraph_gaps() -> None:
    page, out = canvas()
    page.setFont(FONT, 24)
    page.drawString(40, 550, "身边的三个做法")
    page.setFont(FONT, 10)
    for column in (40, 220):
        for number in range(3):
            page.drawString(column, 500 - 16 * number, "便民工坊刚刚拉开卷帘门一二")
    page.drawString(220, 420, "责任编辑 陆一鸣")
    page.save()
    source = read_with("pdf", out.getvalue())
    body = ["便民工坊刚刚拉开卷帘门一二"] * 3
    assert lines_of(source) == ["身边的三个做法", "", *body, "", *body, "", "责任编辑 陆一鸣"]
    assert [line.size for line in source.lines if line.box] == pytest.approx([24, *[10] * 7])
    title = source.lines[0].box
    assert title is not None
    assert title[0] == pytest.approx(40, abs=1) and title[2] == pytest.approx(40 + 7 * 24, abs=1)
    assert 600 - 550 - 24 < title[1] < title[3] < 600 - 550 + 8
    assert [line.region for line in source.lines if line.region] == ["p1r1", *["p1r2"] * 3, *["p1r3"] * 3, "p1r4"]


def test_columns_on_one_baseline_written_row_by_row_are_parted() -> None:
    page, out = canvas()
    for number in range(3):
        for column in (40, 130):
            page.drawString(column, 500 - 16 * number, "左栏文字七个字")
    page.save()
    assert lines_of(read_with("pdf", out.getvalue())) == ["左栏文字七个字", "", "左栏文字七个字", "", "左栏文字七个字", "",
                                                          "左栏文字七个字", "", "左栏文字七个字", "", "左栏文字七个字"]


def test_spaces_come_from_the_file_or_from_the_white() -> None:
    page, out = canvas()
    page.drawString(40, 500, "本报记者")
    page.drawString(86, 500, "沈知微 摄 OCR engine")
    page.drawString(40, 460, "字距宽松的标题", charSpace=6)
    page.save()
    assert lines_of(read_with("pdf", out.getvalue())) == ["本报记者 沈知微 摄 OCR engine", "", "字距宽松的标题"]


def test_quarter_em_between_han_and_latin_is_no_space_where_the_page_has_it_everywhere() -> None:
    page, out = canvas()
    page.drawString(40, 500, "共有")
    page.drawString(62.5, 500, "62")
    page.drawString(75, 500, "处工坊")
    page.save()
    assert lines_of(read_with("pdf", out.getvalue())) == ["共有62处工坊"]
    page, out = canvas()
    for row in range(4):
        page.drawString(40, 500 - 16 * row, "共有62处工坊在2018年开门")
    page.drawString(40, 430, "热线60801147")
    page.drawString(102.5, 430, "信箱")
    page.save()
    assert lines_of(read_with("pdf", out.getvalue()))[-1] == "热线60801147 信箱"


def test_vertical_lines_are_put_together() -> None:
    page, out = canvas()
    for column, text in ((300, "老街的亭仔脚"), (280, "一把算盘")):
        for number, character in enumerate(text):
            page.drawString(column, 500 - 11 * number, character)
    page.drawString(40, 300, "正文从这里开始")
    page.save()
    source = read_with("pdf", out.getvalue())
    assert lines_of(source) == ["老街的亭仔脚", "一把算盘", "", "正文从这里开始"]
    box = source.lines[0].box
    assert box is not None and box[3] - box[1] > 4 * (box[2] - box[0])


def test_numbers_one_below_another_are_no_vertical_line() -> None:
    page, out = canvas()
    for number in range(4):
        page.drawString(40, 500 - 12 * number, str(number))
    page.save()
    assert lines_of(read_with("pdf", out.getvalue())) == ["0", "1", "2", "3"]


def test_rotated_page_and_crop_box() -> None:
    page, out = canvas()
    page.drawString(40, 500, "横排的页面")
    page.save()
    turned = io.BytesIO()
    with pikepdf.open(out) as document:
        document.pages[0].Rotate = 90
        document.pages[0].CropBox = [20, 100, 380, 580]
        document.save(turned)
    source = read_with("pdf", turned.getvalue())
    assert (source.pages[0].width, source.pages[0].height) == (480, 360)
    box = source.lines[0].box
    assert box is not None
    assert 395 < box[0] < box[2] < 415 and 18 < box[1] < box[3] < 75


def test_pages_labels_and_metadata() -> None:
    page, out = canvas()
    page.setTitle("柳湾报")
    for number in range(2):
        page.setFont(FONT, 10)
        page.drawString(40, 500, f"第{number}页")
        page.showPage()
    page.save()
    source = read_with("pdf", out.getvalue())
    assert [line.page for line in source.lines] == [0, 0, 1]
    assert [p.label for p in source.pages] == ["1", "2"]
    assert ("Title", "柳湾报") in source.metadata


def test_no_text_layer_broken_and_locked() -> None:
    page, out = canvas()
    page.rect(10, 10, 50, 50)
    page.save()
    with pytest.raises(UnreadableInput, match="no text layer"):
        read_with("pdf", out.getvalue())
    with pytest.raises(UnreadableInput, match="is not a PDF that can be opened"):
        read_with("pdf", b"%PDF-1.7\nrubbish")
    locked, out = canvas(encrypt="secret")
    locked.drawString(40, 500, "好")
    locked.save()
    with pytest.raises(UnreadableInput, match="locked with a password"):
        read_with("pdf", out.getvalue())


def test_scattered_characters_are_ordered_by_place() -> None:
    text = [(character, x, y) for y in range(5) for x, character in enumerate("一二三四五六七八九十")]
    scattered = sorted(text, key=lambda g: (g[1], g[2]))
    glyphs = [Glyph(c, (12.0 * x, 20.0 * y, 12.0 * x + 10, 20.0 * y + 10), 20.0 * y + 9, 10) for c, x, y in scattered[::7] + [
        g for n, g in enumerate(scattered) if n % 7]]
    assert [row.text for row in rows(glyphs)] == ["一二三四五六七八九十"] * 5


@pytest.mark.parametrize("page", ["01", "02", "03", "04", "05", "06"])
def test_bench_pages_lose_nothing_and_keep_their_spaces(page: str) -> None:
    source = read_with("pdf", shared("bench", "pages_dev", f"{page}.pdf").read_bytes())
    plain = shared("bench", "pages_dev", f"{page}.pdftext.txt").read_text(encoding="utf-8")
    assert sorted("".join(source.text.split())) == sorted("".join(plain.split()))
    gold = shared("bench", "pages_dev", f"{page}.gold.tsv").read_text(encoding="utf-8")
    meant = {m[0] for m in re.finditer(r"\S[ 　]+\S", gold.replace("\t", "\n"))}
    assert {m[0] for line in lines_of(source) for m in re.finditer(r"\S[ 　]+\S", line)} <= meant


def test_file_cut_or_spoilt_anywhere_gives_a_source_or_a_sentence() -> None:
    page, out = canvas()
    page.drawString(40, 500, "便民工坊")
    page.save()
    whole = out.getvalue()
    for at in range(0, len(whole), 61):
        for data in (whole[:at], whole[:at] + b"\xff<<>>" + whole[at + 6:]):
            try:
                read_with("pdf", data)
            except UnreadableInput as error:
                assert str(error).endswith((".", ")."))


def test_text_layer_of_a_scan() -> None:
    """As OCR engines write it: type stretched to the scan, a space behind every word, boxes that lap over."""
    page, out = canvas()
    draw = page.beginText()
    for row, text in enumerate(("便民工坊刚刚拉开卷帘门一", "口已经排起了小队有人拎着", "断了拉链的羽绒服有人抱着")):
        for column, character in enumerate(text):
            draw.setFont(FONT, 10)
            draw.setHorizScale(50 if column != 5 else 400)
            draw.setTextOrigin(40 + 11 * column, 500 - 16 * row)
            draw.textOut(character + " ")
    page.drawText(draw)
    page.save()
    assert lines_of(read_with("pdf", out.getvalue())) == [
        "便民工坊刚刚拉开卷帘门一", "口已经排起了小队有人拎着", "断了拉链的羽绒服有人抱着"]


def test_tesseract_pdf_of_a_piece_of_a_bench_page(tmp_path: Path) -> None:
    """The hidden layer Tesseract writes has the characters of its text output, in lines and not in splinters."""
    tesseract = require("tesseract", why="to write a scan with a text layer")
    with Image.open(shared("bench", "pages_dev", "01.scan.jpg")) as scan:
        scan.crop((60, 380, 1300, 1000)).save(tmp_path / "scan.png")
    command = [tesseract, str(tmp_path / "scan.png"), str(tmp_path / "scan"), "-l", "chi_sim", "pdf", "txt"]
    if subprocess.run(command, capture_output=True, check=False, timeout=100).returncode:
        absent("needs Tesseract's chi_sim")
    source = read_with("pdf", (tmp_path / "scan.pdf").read_bytes())
    plain = (tmp_path / "scan.txt").read_text(encoding="utf-8")
    mine = {"".join(line.split()) for line in lines_of(source)}
    theirs = {"".join(line.split()) for line in plain.splitlines()}
    assert Levenshtein.distance("".join(source.text.split()), "".join(plain.split())) <= 6
    assert len(mine & theirs) >= 0.85 * len(theirs)
