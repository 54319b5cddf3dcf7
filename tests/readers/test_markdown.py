"""Markdown in: the words without the marks, headings and tables known; what our writer wrote comes back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from convert.errors import UnreadableInput
from convert.issue import Issue
from convert.writers.plain import visible
from tests.growth import superlinear
from tests.readers.helpers import lines_of, read_with
from tests.writers.exchange import ISSUES, full, visible_text, written

PAGE = """---
title: "柳湾报"
Number: 131
---
# 身边的*三个*做法

上午9:30，**便民工坊**刚刚
拉开卷帘门。\\
第二行 [链接](http://x) `码` ![图为工坊](a.jpg) &lt;b&gt; <i>斜</i>

2. 修鞋
3. 配钥匙

- 修伞

> 引文

| 周一 | 裁缝 |
| --- | --- |
| 周二 | 修伞 |

<table><tr><td>甲</td><td>乙</td></tr></table>

```
码
```
"""


def test_words_without_marks() -> None:
    source = read_with("markdown", PAGE)
    assert [text for text in lines_of(source) if text] == [
        "身边的三个做法", "上午9:30，便民工坊刚刚", "拉开卷帘门。", "第二行 链接 码 图为工坊 <b> 斜",
        "2. 修鞋", "3. 配钥匙", "修伞", "引文",
        "周一\t裁缝", "周二\t修伞", "甲\t乙", "码"]
    assert (source.lines[0].role, source.lines[0].level) == ("heading", 1)
    assert source.metadata == (("title", "柳湾报"), ("number", "131"))


def test_front_matter_only_at_the_head_and_closed() -> None:
    assert lines_of(read_with("markdown", "---\n正文没有键\n---\n")) == ["正文没有键"]
    assert lines_of(read_with("markdown", "---\na: b\n")) == ["a: b"]


def test_what_was_written_comes_back() -> None:
    source = read_with("markdown", written(full(), "markdown"))
    assert "身边的三个做法" in lines_of(source)
    assert visible_text(full()) in "".join(source.text.split())


@settings(max_examples=80, deadline=None)
@given(ISSUES)
def test_any_issue_comes_back(issue: Issue) -> None:
    source = read_with("markdown", written(issue, "markdown"))
    assert "".join(source.text.split()).endswith("".join(visible(visible_text(issue)).split()))


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab*_[]()`<>#-|\n !\\&;:~=+1.好", max_size=120))
def test_any_markdown(text: str) -> None:
    try:
        read_with("markdown", text)
    except UnreadableInput as error:
        assert str(error).endswith(".")


def test_time_is_linear() -> None:
    assert not superlinear(lambda count: read_with("markdown", "便民*工坊*刚刚拉开卷帘门。\n\n" * count), 500, 4000)
