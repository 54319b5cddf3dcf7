"""HTML: what a browser shows, nothing it hides; hints from elements; encodings as declared where that is true."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.readers import choose
from tests.growth import superlinear
from tests.readers.helpers import lines_of, read_with

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>柳湾
报</title><meta name="author" content="沈知微"><style>p{}</style></head><body>
<nav><a href="/">首页</a> &gt; 新闻</nav>
<article><h1>身边的<br>三个做法</h1><p class="byline">本报记者</p>
<p>上午<b>九点</b>，便民工坊
刚刚开门。OCR
text&nbsp;&lt;b&gt;<script>alert(1)</script><span style="display: none">暗</span></p>
<h3>小标题</h3><figure><img alt="x"><figcaption>图为工坊。</figcaption></figure>
<ul><li>修鞋</li><li>配钥匙</li></ul>
<table><tr><th>周一</th><td>裁缝</td></tr><tr><td>周二</td><td>修伞</td></tr></table>
<pre>甲
乙</pre><div hidden>藏</div>尾</article><!-- 注 --></body></html>"""


def test_blocks_roles_and_text() -> None:
    source = read_with("html", PAGE)
    assert [(text, line.role, line.level) for text, line in zip(lines_of(source), source.lines, strict=True) if text] == [
        ("首页 > 新闻", "drop", None), ("身边的", "heading", 1), ("三个做法", "heading", 1), ("本报记者", "byline", None),
        ("上午九点，便民工坊刚刚开门。OCR text\xa0<b>", None, None), ("小标题", "heading", 3), ("图为工坊。", "caption", None),
        ("修鞋", None, None), ("配钥匙", None, None), ("周一\t裁缝", None, None), ("周二\t修伞", None, None),
        ("甲", None, None), ("乙", None, None), ("尾", None, None),
    ]
    assert source.metadata == (("title", "柳湾 报"), ("author", "沈知微"))


@pytest.mark.parametrize(("declared", "really", "noticed"), [
    ("gb2312", "gb18030", False), ("utf-8", "gb18030", True), ("klingon", "gb18030", False), ("utf-16", "utf-8", False),
])
def test_declared_encoding_where_it_is_true(declared: str, really: str, noticed: bool) -> None:
    data = f"<html><meta charset={declared}><p>便民工坊刚刚拉开卷帘门，门口已经排起了小队。</p></html>".encode(really)
    source = read_with("html", data)
    assert lines_of(source) == ["便民工坊刚刚拉开卷帘门，门口已经排起了小队。"]
    assert (source.encoding, bool(source.notices)) == (really, noticed)


def test_forced_encoding_wins() -> None:
    data = "<html><meta charset=utf-8><p>門</p></html>".encode("big5")
    assert lines_of(read_with("html", data, options=ReadOptions(encoding="big5"))) == ["門"]


@pytest.mark.parametrize("data", [b"<!doctype html><p>x", b"\xef\xbb\xbf <HTML>", b"<?xml version='1.0'?>\n<html xmlns='x'/>"])
def test_is_known_by_its_head(data: bytes) -> None:
    assert choose(data, "clip", ReadOptions()).name == "html"


def test_depth_and_width_are_linear() -> None:
    def job(count: int) -> None:
        read_with("html", "<p>" + "<b> 好</b> " * count + "</p>" + "<div>" * 200 + " " * count)

    assert not superlinear(job, 5000, 40_000)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    try:
        read_with("html", ("<p>" + text).encode("utf-8", "surrogatepass"))
    except UnreadableInput as error:
        assert str(error).endswith(".")
