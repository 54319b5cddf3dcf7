"""Markup from strangers: refused or read in linear time, never expanded, never fetched, never a traceback."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert import plugins
from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.pipeline import read
from tests.growth import superlinear
from tests.readers.helpers import read_with

BILLION = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9}">' for n in range(1, 9))
LAUGHS = f'<!DOCTYPE alto [<!ENTITY a0 "ha">{BILLION}]><alto>&a8;</alto>'
EXTERNAL = '<!DOCTYPE alto SYSTEM "http://example.invalid/x.dtd"><alto><Layout/></alto>'
FILE = '<!DOCTYPE alto [<!ENTITY x SYSTEM "file:///etc/hostname">]><alto>&x;</alto>'
PARAMETER = '<!DOCTYPE alto [<!ENTITY % x SYSTEM "http://example.invalid/x">%x;]><alto/>'
READERS = ("alto", "page", "hocr")


@pytest.mark.parametrize("text", [LAUGHS, FILE, PARAMETER])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("reader", READERS)
def test_entities_are_refused(reader: str, encoding: str, text: str) -> None:
    with pytest.raises(UnreadableInput):
        read_with(reader, text.encode(encoding))


def test_an_outside_dtd_is_not_fetched() -> None:
    assert read_with("alto", EXTERNAL).text == ""


@pytest.mark.parametrize("reader", READERS)
def test_depth_is_bounded(reader: str) -> None:
    data = (b"<div class='ocr_page'>" if reader == "hocr" else b"<alto>") + b"<a>" * 200_000
    try:
        read_with(reader, data)
    except UnreadableInput as error:
        assert str(error).endswith(".")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "data", [b"", b"<", b"\0", b"<a", b"<a/><b/>", b"<?xml version='1.0' encoding='klingon'?><a/>", b"\xff\xfe<\0a\0"]
)
def test_broken_files_get_a_sentence(reader: str, data: bytes) -> None:
    with pytest.raises(UnreadableInput) as caught:
        read_with(reader, data)
    assert str(caught.value).endswith(".") and "Traceback" not in str(caught.value)


def test_time_is_linear() -> None:
    place = "HPOS='1' VPOS='2' WIDTH='3' HEIGHT='4'"
    line = f"<TextLine {place}><String CONTENT='柳湾街道' {place}/></TextLine>"

    def job(count: int) -> None:
        read_with("alto", f"<alto><Layout><Page><TextBlock>{line * count}</TextBlock></Page></Layout></alto>".encode())

    assert not superlinear(job, 1000, 8000)


def test_unknown_xml_is_refused_by_name() -> None:
    with pytest.raises(UnreadableInput, match="XML of a kind Reissue does not know"):
        read('<?xml version="1.0"?><book>好</book>'.encode(), "book.xml")


def test_right_reader_is_chosen_by_content() -> None:
    for name, data in {
        "alto": b"<?xml version='1.0'?><alto xmlns='x'/>",
        "page": b"<?xml version='1.0'?><pc:PcGts xmlns:pc='x'/>",
        "hocr": b"<html><meta name='ocr-system' content='t'/></html>",
        "pdf": b"%PDF-1.7",
        "text": "好".encode(),
    }.items():
        best = max(plugins.names("readers"), key=lambda reader: plugins.reader(reader).sniff(data, "x.bin"))
        assert best == name


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(plugins.names("readers")), st.binary(max_size=300))
def test_any_bytes_give_a_source_or_a_sentence(reader: str, data: bytes) -> None:
    try:
        plugins.reader(reader).read(data, "page", ReadOptions())
    except UnreadableInput as error:
        assert str(error).endswith(".")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=8), st.sampled_from(READERS))
def test_spoilt_files_give_a_source_or_a_sentence(at: int, junk: bytes, reader: str) -> None:
    from tests.readers.test_alto import alto
    from tests.readers.test_hocr import PAGE as HOCR
    from tests.readers.test_page_xml import PAGE

    whole = {"alto": alto("3"), "hocr": HOCR, "page": PAGE}[reader].encode()
    try:
        read_with(reader, whole[:at] + junk + whole[at + len(junk):])
    except UnreadableInput as error:
        assert str(error).endswith(".")
