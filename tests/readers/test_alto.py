"""ALTO 1 to 4: places in the page's unit, confidences of words and characters, hints of tags."""

from __future__ import annotations

import pytest

from convert.errors import UnreadableInput
from tests.readers.helpers import lines_of, read_with
from tests.shared import shared

BODY = """<Description><MeasurementUnit>{unit}</MeasurementUnit><sourceImageInformation><fileName>/scans/../x/p1.tif</fileName>
</sourceImageInformation><OCRProcessing ID="o"><ocrProcessingStep><processingSoftware><softwareName>engine</softwareName>
</processingSoftware></ocrProcessingStep></OCRProcessing></Description>
<Styles><TextStyle ID="t1" FONTSIZE="10"/></Styles>
<Tags><StructureTag ID="s1" LABEL="Caption"/></Tags>
<Layout><Page ID="p" WIDTH="2000" HEIGHT="3000" PRINTED_IMG_NR="12"><PrintSpace>
 <ComposedBlock ID="c"><TextBlock ID="b1" STYLEREFS="t1">
  <TextLine HPOS="10" VPOS="20" WIDTH="300" HEIGHT="40">
   <String CONTENT="柳湾" HPOS="10" VPOS="20" WIDTH="80" HEIGHT="40" WC="0.5"/>
   <SP WIDTH="2"/><String CONTENT="街道" HPOS="92" VPOS="20" WIDTH="80" HEIGHT="40" CC="0 9"/></TextLine>
  <TextLine><String CONTENT="co"/><HYP CONTENT="-"/></TextLine></TextBlock></ComposedBlock>
 <TextBlock ID="b2" TAGREFS="s1"><TextLine><String CONTENT="图"/></TextLine><TextLine/></TextBlock>
</PrintSpace></Page></Layout>"""


def alto(version: str, unit: str = "mm10") -> str:
    space = "" if version == "1" else f' xmlns="http://www.loc.gov/standards/alto/ns-v{version}#"'
    return f'<?xml version="1.0" encoding="UTF-8"?><alto{space}>{BODY.format(unit=unit)}</alto>'


@pytest.mark.parametrize("version", ["1", "2", "3", "4"])
def test_every_version(version: str) -> None:
    source = read_with("alto", alto(version))
    assert lines_of(source) == ["柳湾街道", "co-", "", "图"]
    assert [line.region for line in source.lines] == ["b1", "b1", None, "b2"]
    assert [word.confidence for word in source.lines[0].words] == [0.5, 0.5]
    assert source.lines[0].box == (10, 20, 310, 60)
    assert source.lines[3].role == "caption"
    assert (source.pages[0].label, source.pages[0].width, source.pages[0].image) == ("12", 2000, "p1.tif")
    assert source.metadata == (("ocr-system", "engine"),)


def test_type_size_in_the_pages_unit() -> None:
    assert read_with("alto", alto("3")).lines[0].size == pytest.approx(10 / 72 * 254)
    assert read_with("alto", alto("3", "inch1200")).lines[0].size == pytest.approx(10 / 72 * 1200)
    assert read_with("alto", alto("3", "pixel")).lines[0].size == 40


@pytest.mark.parametrize("page", ["01", "02", "03", "04", "05", "06"])
def test_bench_pages_equal_the_hocr_of_the_same_run(page: str) -> None:
    mine = read_with("alto", shared("bench", "pages_dev", f"{page}.alto.xml").read_bytes())
    hocr = read_with("hocr", shared("bench", "pages_dev", f"{page}.hocr").read_bytes())
    assert mine.text == hocr.text
    assert [line.box for line in mine.lines] == [line.box for line in hocr.lines]
    words, theirs = ([w for line in source.lines for w in line.words] for source in (mine, hocr))
    assert [w.confidence for w in words] == [w.confidence for w in theirs]


def test_other_xml_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="root element is book"):
        read_with("alto", "<book/>")


def test_per_cent_of_tesseract() -> None:
    wrong = alto("3").replace("<softwareName>engine", "<softwareName>tesseract 5.3.0").replace('WC="0.5"', 'WC="0.8"')
    assert read_with("alto", wrong).lines[0].words[0].confidence == 0.08


def test_space_elements_are_believed_where_they_are_not_everywhere() -> None:
    strings = [f'<String CONTENT="{c}"/>' for c in "本报记者沈知微"]
    line = "".join(strings[:4]) + "<SP/>" + "".join(strings[4:])
    page = "<alto><Layout><Page><TextBlock><TextLine>{}</TextLine></TextBlock></Page></Layout></alto>"
    assert lines_of(read_with("alto", page.format(line))) == ["本报记者 沈知微"]
    assert lines_of(read_with("alto", page.format("<SP/>".join(strings)))) == ["本报记者沈知微"]
