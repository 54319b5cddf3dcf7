"""PAGE XML: the stated reading order, polygons old and new, the best of several readings."""

from __future__ import annotations

from tests.readers.helpers import lines_of, read_with

NEW = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
PAGE = f"""<?xml version="1.0"?><PcGts xmlns="{NEW}"><Page imageFilename="p1.png" imageWidth="1000" imageHeight="2000">
<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="10" regionRef="r1"/>
 <OrderedGroupIndexed index="2" id="h"><RegionRefIndexed index="1" regionRef="r3"/><RegionRefIndexed index="0" regionRef="r2"/>
 <RegionRefIndexed index="7" regionRef="none"/></OrderedGroupIndexed></OrderedGroup></ReadingOrder>
<TextRegion id="r1" type="caption"><Coords points="0,0 10,0 10,10"/><TextLine id="l1"><Coords points="5,6 50,6 50,26 5,30"/>
 <Word id="w1"><Coords points="5,6 20,30"/><TextEquiv conf="0.5"><Unicode>图为</Unicode></TextEquiv></Word>
 <Word id="w2"><Coords points="21,6 50,30"/><TextEquiv index="1"><Unicode>次</Unicode></TextEquiv>
  <TextEquiv index="0" conf="0.9"><Unicode>工坊</Unicode></TextEquiv></Word>
 <TextEquiv><Unicode>图为工坊</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="r2" type="heading"><TextLine id="l2"><Coords><Point x="1" y="2"/><Point x="30" y="40"/></Coords>
 <TextEquiv conf="0.7"><Unicode>标题 一</Unicode></TextEquiv></TextLine></TextRegion>
<TextRegion id="r3"><TextEquiv><Unicode>第一行
第二行</Unicode></TextEquiv></TextRegion>
<TextRegion id="r4" type="page-number"><TextLine><TextEquiv><Unicode>3</Unicode></TextEquiv></TextLine></TextRegion>
</Page></PcGts>"""


def test_reading_order_text_and_roles() -> None:
    source = read_with("page", PAGE)
    assert lines_of(source) == ["标题 一", "", "第一行", "第二行", "", "图为工坊", "", "3"]
    assert [line.role for line in source.lines] == ["heading", None, None, None, None, "caption", None, "drop"]
    assert [line.region for line in source.lines] == ["r2", None, "r3", "r3", None, "r1", None, "r4"]


def test_polygons_and_confidences() -> None:
    source = read_with("page", PAGE)
    assert source.lines[0].box == (1, 2, 30, 40)
    assert (source.lines[5].box, source.lines[5].size) == ((5, 6, 50, 30), 24)
    assert [word.confidence for word in source.lines[5].words] == [0.5, 0.9]
    assert (source.pages[0].width, source.pages[0].height, source.pages[0].image) == (1000, 2000, "p1.png")


def test_a_line_corrected_without_its_words_is_believed() -> None:
    source = read_with("page", PAGE.replace("<Unicode>图为工坊</Unicode>", "<Unicode>图为工房</Unicode>"))
    assert lines_of(source)[5] == "图为工房"


def test_group_that_names_itself_ends() -> None:
    assert "标题 一" in read_with("page", PAGE.replace('regionRef="none"', 'regionRef="r2"')).text
