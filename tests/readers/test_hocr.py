"""hOCR: places, sizes and confidences as the engine gave them, text as it would print it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.errors import UnreadableInput
from convert.readers.hocr import properties
from tests.readers.helpers import lines_of, read_with
from tests.shared import shared

PAGE = """<html xmlns="http://www.w3.org/1999/xhtml"><head><meta name='ocr-system' content='engine 1'/></head><body>
<div class='ocr_page' title='image "scans/a; b.png"; bbox 0 0 1000 800; ppageno 0; lpageno "B3"'>
 <div class='ocr_carea' id='a1'><p class='ocr_par' id='p1'>
  <span class='ocr_line' title='bbox 10 10 200 40; x_size 36.5'>
   <span class='ocrx_word' title='bbox 10 10 40 40; x_wconf 93'>上午</span>
   <span class='ocrx_word' title='bbox 44 10 74 40; x_wconf 150'>九点</span>
   <span class='ocrx_word' title='bbox 110 10 200 40'>开门</span></span>
  <span class='ocr_line' title='bbox 10 50 200 80'><span class='ocrx_word' title='bbox 10 50 60 80'>OCR</span>
   <span class='ocrx_word' title='bbox 70 50 120 80'>engine</span>
   <span class='ocrx_word' title='bbox 124 50 150 80'>好</span></span>
 </p><p class='ocr_par' id='p2'><span class='ocr_caption' title='bbox 10 90 200 120'>图为工坊</span></p></div>
</div>
<div class='ocr_page' title='bbox 0 0 500 400'><span class='ocr_line' title='bbox 1 1 2 2'>  第二页
 一行  </span><span class='ocr_line'><span class='ocrx_word'> </span></span></div></body></html>"""


def test_text_regions_and_pages() -> None:
    source = read_with("hocr", PAGE)
    assert lines_of(source) == ["上午九点 开门", "OCR engine好", "", "图为工坊", "", "第二页 一行"]
    assert [line.region for line in source.lines] == ["p1", "p1", None, "p2", None, None]
    assert [line.page for line in source.lines] == [0, 0, 0, 0, 0, 1]
    assert [(p.label, p.width, p.height, p.image) for p in source.pages] == [("B3", 1000, 800, "a; b.png"), ("2", 500, 400, None)]
    assert source.lines[3].role == "caption"
    assert source.metadata == (("ocr-system", "engine 1"),)


def test_tesseract_is_not_believed_about_captions() -> None:
    source = read_with("hocr", PAGE.replace("engine 1", "tesseract 5.3.0"))
    assert [line.role for line in source.lines] == [None] * 6
    assert lines_of(source)[3] == "图为工坊"


def test_places_sizes_and_confidences() -> None:
    first = read_with("hocr", PAGE).lines[0]
    assert (first.box, first.size) == ((10, 10, 200, 40), 36.5)
    assert [(w.start, w.end, w.confidence) for w in first.words] == [(0, 2, 0.93), (2, 4, 1.0), (5, 7, None)]


@pytest.mark.parametrize("page", ["01", "02", "03", "04", "05", "06"])
def test_bench_pages_say_what_the_text_output_of_the_same_run_says(page: str) -> None:
    source = read_with("hocr", shared("bench", "pages_dev", f"{page}.hocr").read_bytes())
    plain = shared("bench", "pages_dev", f"{page}.tess.txt").read_text(encoding="utf-8")
    assert "".join(source.text.split()) == "".join(plain.split())
    assert all(line.box and line.size and line.words for line in source.lines if line.end > line.start)


def test_html_that_is_not_well_formed() -> None:
    assert lines_of(read_with("hocr", "<p><div class=ocr_page><span class=ocr_line>甲&nbsp;乙<br>丙")) == ["甲 乙丙"]


def test_entities_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="entities"):
        read_with("hocr", '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><div class="ocr_page">&a;</div>')


def test_no_page_is_no_hocr() -> None:
    with pytest.raises(UnreadableInput, match="no element of class ocr_page"):
        read_with("hocr", "<html><body>好</body></html>")


def test_properties() -> None:
    assert properties("""image "a;b 'c'.png"; bbox 1 2 3 4;x_wconf 9; odd " """) == {
        "image": "\"a;b 'c'.png\"", "bbox": "1 2 3 4", "x_wconf": "9", "odd": '"'}
    assert properties(None) == {}


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.text(max_size=40))
def test_any_title_and_text(title: str, text: str) -> None:
    data = "".join(f"<span class='ocr_line' title='{title}'><i class='ocrx_word' title='{title}'>{text}</i></span>" for _ in "ab")
    page = f"<div class='ocr_page' title='{title}'>{data}</div>"
    try:
        read_with("hocr", page.encode("utf-8", "surrogatepass"))
    except UnreadableInput as error:
        assert str(error).endswith(".")
