"""Partition and balance hold on any text at all, in any cutting into sources."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from convert.laws import check_laws
from convert.options import ParseOptions
from convert.source import Line, Source, Word
from convert.structure import structure

LINES = st.one_of(
    st.text(max_size=40),
    st.text("中华人民一二三、（），。：“”「」0123456789abc >\u3000\u00a0\u200b\n\r\x0c\u2028\x00\ue000\ud800", max_size=60),
    st.sampled_from(
        ["一、怎样识别", "本报记者 王小明", "第12期 主办：某某中心", "，接着上文说。", "走到半路忽然想起还有一件事没有",
         "办，于是折回去。", "图为活动现场。某某 摄", "首页>>新闻", "——副题", "", "", ""]
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(LINES, max_size=12), min_size=1, max_size=3))
def test_laws_hold_on_anything(files: list[list[str]]) -> None:
    sources = tuple(Source(f"{n}.txt", "\n".join(lines)) for n, lines in enumerate(files))
    issue = structure(sources, ParseOptions())
    check_laws(issue)
    assert issue == structure(sources, ParseOptions())


ONE_LINE = LINES.filter(lambda text: bool(text) and len(text.splitlines()) == 1)
COORDINATE = st.one_of(st.floats(-50, 900, allow_nan=False), st.floats())


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(ONE_LINE, COORDINATE, COORDINATE, COORDINATE, COORDINATE),
        max_size=25,
    ),
    st.booleans(),
)
def test_laws_hold_wherever_the_boxes_are(rows: list, worded: bool) -> None:
    text, lines = "", []
    for number, (words, left, top, wide, high) in enumerate(rows, 1):
        start = len(text)
        box = (left, top, left + abs(wide), top + abs(high))
        parts = tuple(Word(start + at, start + at + 1, None, box) for at in range(len(words))) if worded else ()
        lines.append(Line(number, start, start + len(words), number % 2, box, abs(high) if number % 3 else None, parts))
        text += words + "\n"
    source = Source("p.hocr", text, lines=tuple(lines))
    check_laws(structure((source,), ParseOptions()))
