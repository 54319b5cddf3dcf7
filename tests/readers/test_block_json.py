"""MinerU and Docling: blocks in their order, pages, boxes and roles; nothing lost, nothing trusted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.readers import choose
from tests.readers.helpers import lines_of, read_with

MIDDLE = {"pdf_info": [{"page_size": [600, 800], "page_idx": 0, "para_blocks": [
    {"type": "title", "level": 1, "bbox": [1, 2, 3, 4], "lines": [{"bbox": [10, 10, 200, 40], "spans": [
        {"type": "text", "content": "身边的三个做法", "bbox": [10, 10, 200, 40], "score": 0.98}]}]},
    {"type": "image", "blocks": [{"type": "image_body", "lines": []}, {"type": "image_caption", "lines": [
        {"bbox": [10, 50, 200, 60], "spans": [{"type": "text", "content": "图为工坊"}]}]}]},
    {"type": "table", "blocks": [{"type": "table_body", "lines": [{"spans": [
        {"type": "table", "html": "<table><tr><td>甲</td><td>乙</td></tr></table>"}]}]}]},
    {"type": "text", "lines": [{"spans": [{"content": "第一行"}]}, {"spans": [{"content": "第二行"}]}]}],
    "discarded_blocks": [{"type": "discarded", "lines": [{"spans": [{"content": "第3版"}]}]}]}], "_backend": "pipeline"}
CONTENT: list[dict[str, Any]] = [
    {"type": "text", "text": "身边的三个做法", "text_level": 1, "page_idx": 0, "bbox": [10, 20, 500, 60]},
    {"type": "text", "text": "正文。", "page_idx": 0},
    {"type": "image", "img_path": "images/a.jpg", "image_caption": ["图为工坊"], "image_footnote": [], "page_idx": 1},
    {"type": "list", "list_items": ["一、修鞋", "二、配钥匙"], "page_idx": 1},
    {"type": "table", "table_caption": ["表一"], "table_body": "<table><tr><td>甲</td></tr></table>",
     "table_footnote": ["注"], "page_idx": 1},
    {"type": "page_number", "text": "3", "page_idx": 1},
]


def bbox(left: float, top: float, right: float, bottom: float) -> dict[str, Any]:
    return {"l": left, "t": top, "r": right, "b": bottom, "coord_origin": "BOTTOMLEFT"}


DOCLING: dict[str, Any] = {
    "schema_name": "DoclingDocument", "version": "1.3.0", "name": "p",
    "pages": {"2": {"page_no": 2, "size": {"width": 600, "height": 800}},
              "1": {"page_no": 1, "size": {"width": 500, "height": 700}}},
    "furniture": {"children": [{"$ref": "#/texts/5"}]},
    "body": {"children": [{"$ref": "#/texts/1"}, {"$ref": "#/groups/0"}, {"$ref": "#/pictures/0"}, {"$ref": "#/tables/0"},
                          {"$ref": "#/texts/99"}, {"$ref": "http://x"}]},
    "groups": [{"children": [{"$ref": "#/texts/2"}, {"$ref": "#/groups/0"}]}],
    "pictures": [{"label": "picture", "captions": [{"$ref": "#/texts/3"}], "children": [{"$ref": "#/texts/3"}]}],
    "tables": [{"label": "table", "prov": [{"page_no": 2}], "data": {"table_cells": [
        {"start_row_offset_idx": 0, "start_col_offset_idx": 1, "text": "乙"},
        {"start_row_offset_idx": 0, "start_col_offset_idx": 0, "text": "甲"}]}}],
    "texts": [
        {"label": "text", "text": "没人提到", "prov": []},
        {"label": "section_header", "level": 2, "text": "小标题", "prov": [{"page_no": 1, "bbox": bbox(10, 690, 200, 660)}],
         "self_ref": "#/texts/1"},
        {"label": "list_item", "enumerated": True, "marker": "1.", "text": "修鞋", "prov": [{"page_no": 2}]},
        {"label": "caption", "text": "图为工坊", "prov": [{"page_no": 2}]},
        {"label": "text", "text": "也没人提到", "prov": []},
        {"label": "page_header", "content_layer": "furniture", "text": "柳湾报", "prov": [{"page_no": 1}]},
    ],
}


def summary(reader: str, value: Any) -> list[tuple[str, str | None, int | None]]:
    source = read_with(reader, json.dumps(value))
    return [(text, line.role, line.page) for text, line in zip(lines_of(source), source.lines, strict=True) if text]


def test_middle_json() -> None:
    assert summary("mineru", MIDDLE) == [
        ("身边的三个做法", "heading", 0), ("图为工坊", "caption", 0), ("甲\t乙", None, 0), ("第一行", None, 0),
        ("第二行", None, 0),
        ("第3版", "drop", 0)]
    first = read_with("mineru", json.dumps(MIDDLE)).lines[0]
    assert (first.box, first.size, first.words[0].confidence) == ((10, 10, 200, 40), 30, 0.98)


def test_content_list() -> None:
    assert summary("mineru", CONTENT) == [
        ("身边的三个做法", "heading", 0), ("正文。", None, 0), ("图为工坊", "caption", 1), ("一、修鞋", None, 1),
        ("二、配钥匙", None, 1),
        ("表一", "caption", 1), ("甲", None, 1), ("注", None, 1), ("3", "drop", 1)]
    source = read_with("mineru", json.dumps(CONTENT))
    assert source.pages[0].width == 1000 and source.lines[0].box == (10, 20, 500, 60)


@pytest.mark.parametrize("value", [MIDDLE, CONTENT])
def test_every_block_is_a_region_of_its_own(value: Any) -> None:
    source = read_with("mineru", json.dumps(value))
    apart = [line.region for line in source.lines if line.region]
    runs = [name for at, name in enumerate(apart) if not at or apart[at - 1] != name]
    assert len(runs) == len(set(runs)) > 1


def test_docling() -> None:
    assert summary("docling", DOCLING) == [
        ("小标题", "heading", 0), ("1. 修鞋", None, 1), ("图为工坊", "caption", 1), ("甲\t乙", None, 1), ("柳湾报", "drop", 0),
        ("没人提到", None, None), ("也没人提到", None, None)]
    source = read_with("docling", json.dumps(DOCLING))
    assert source.lines[0].box == (10, 10, 200, 40)
    assert [(page.label, page.width) for page in source.pages] == [("1", 500), ("2", 600)]


@pytest.mark.parametrize(("value", "name"), [(MIDDLE, "mineru"), (CONTENT, "mineru"), (DOCLING, "docling")])
def test_are_known_by_their_keys(value: Any, name: str) -> None:
    assert choose(json.dumps(value).encode(), "page.json", ReadOptions()).name == name


@pytest.mark.parametrize("reader", ["mineru", "docling"])
@pytest.mark.parametrize(
    "data", ["", "[", "{}", "[1]", "null", '"x"', "[" * 5000, '{"pdf_info": 3}', "NaN", '[{"type": 1, "page_idx": 1e99}]']
)
def test_other_json_gets_a_sentence(reader: str, data: str) -> None:
    try:
        assert read_with(reader, data).text == ""
    except UnreadableInput as error:
        assert str(error).endswith(".")


def test_json_of_another_kind_is_not_read_as_text() -> None:
    with pytest.raises(UnreadableInput, match="JSON of a kind"):
        choose(b'{"schema": "reissue-issue/1"}', "page.json", ReadOptions())


KEYS = (
    "type", "text", "page_idx", "bbox", "lines", "spans", "content", "blocks", "para_blocks", "page_size", "html", "children",
    "$ref", "prov", "page_no", "label", "data",
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**7) | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4), max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_any_value_in_place_of_any_other(value: Any) -> None:
    for reader, data in (
        ("mineru", {"pdf_info": [value, {"para_blocks": [value], "page_size": value}]}),
        ("mineru", [{"type": "text", "text": value, "page_idx": 0}, {"type": value}]),
        ("docling", {**DOCLING, "texts": [value], "pages": value}),
        ("docling", {**DOCLING, "body": value, "furniture": value, "tables": [value]}),
    ):
        try:
            read_with(reader, json.dumps(data))
        except UnreadableInput as error:
            assert str(error).endswith(".")
