"""Pages whose lines have boxes: columns, indents, captions, headlines across columns and beside them."""

from __future__ import annotations

from convert.laws import check_laws
from convert.options import ParseOptions
from convert.source import Line, Page, Source, Word
from convert.structure import structure

EM = 10.0


def page(*rows: tuple[str, float, float, float]) -> Source:
    """A source from rows of text, left, top and size of type."""
    text, lines = "", []
    for number, (words, left, top, size) in enumerate(rows, 1):
        start = len(text)
        text += words + "\n"
        lines.append(Line(number, start, start + len(words), 0, (left, top, left + size * len(words), top + size), size))
    return Source("page.pdf", text, lines=tuple(lines), pages=(Page(0, "1", 600, 800),), format="pdf")


def column(lines: list[str], left: float, top: float, indented: bool = True) -> list[tuple[str, float, float, float]]:
    return [(line, left + (2 * EM if indented and not at else 0.0), top + 1.6 * EM * at, EM) for at, line in enumerate(lines)]


FIRST = ["镇东头的木匠铺没有招牌门口常", "年堆着刨花，老木匠姓季，今年七十", "三岁，手指粗得像树根，拿起墨斗来"]
SECOND = ["却一点也不抖，画线比尺子还直。"]
THIRD = ["他做板凳不用一根钉子，榫头削好", "了往卯眼里一送，听见笃的一声就算", "成了，徒弟都说这要听声音才知道。"]


def blocks(source: Source) -> list[tuple[str, str]]:
    issue = structure((source,), ParseOptions())
    check_laws(issue)
    return [(str(block.role), block.text) for article in issue.articles for block in article.blocks]


def test_a_paragraph_runs_from_one_column_into_the_next_under_a_headline_across_both() -> None:
    source = page(
        *column(SECOND, 200, 60, indented=False),
        *column(THIRD, 200, 76),
        *column(FIRST, 20, 60),
        ("镇上的木匠铺", 100, 20, 24.0),
    )
    assert blocks(source) == [("title", "镇上的木匠铺"), ("paragraph", "".join(FIRST + SECOND)), ("paragraph", "".join(THIRD))]


def test_small_type_between_text_is_a_caption() -> None:
    found = blocks(
        page(
            ("镇上的木匠铺", 20, 20, 24.0),
            *column(FIRST, 20, 60),
            ("季师傅在铺子里刨木料", 20, 130, 8.0),
            *column(THIRD, 20, 160),
        )
    )
    assert ("caption", "季师傅在铺子里刨木料") in found


def test_a_vertical_headline_beside_its_columns_comes_first() -> None:
    text, rows = "", []
    for words, box in (
        ("木匠铺的声音", (300, 60, 320, 180)),
        *((w, (x, y, x + s * len(w), y + s)) for w, x, y, s in column(FIRST, 20, 60)),
    ):
        rows.append(Line(len(rows) + 1, len(text), len(text) + len(words), 0, box, 20.0 if box[0] == 300 else EM))
        text += words + "\n"
    assert blocks(Source("p.pdf", text, lines=tuple(rows)))[0] == ("title", "木匠铺的声音")


def test_a_line_read_across_a_gutter_is_cut() -> None:
    rows = [*column(FIRST[1:] * 3, 20, 60, indented=False), *column(FIRST[1:] * 3, 200, 60, indented=False)]
    source = page(*rows[:2], *rows[3:8], *rows[9:])
    joined = FIRST[1] + FIRST[2]
    start = len(source.text)
    words = tuple(
        Word(
            start + at,
            start + at + 1,
            0.9,
            ((20 if at < 16 else 40) + EM * at, 92.0, (20 if at < 16 else 40) + EM * (at + 1), 102.0),
        )
        for at in range(32)
    )
    line = Line(99, start, start + 32, 0, (20.0, 92.0, 360.0, 102.0), EM, words)
    whole = Source("p.hocr", source.text + joined, lines=(*source.lines, line))
    issue = structure((whole,), ParseOptions())
    check_laws(issue)
    assert not any(span.start <= start and start + 32 <= span.end for block in issue.blocks() for span in block.spans)
