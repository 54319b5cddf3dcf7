"""Pages as a recogniser gives them: rules read as letters, rubbish in pictures, stories side by side; text laid out in spaces."""

from __future__ import annotations

from dataclasses import replace

from convert.laws import check_laws
from convert.options import ParseOptions
from convert.source import Line, Source, Word
from convert.structure import structure
from tests.structure.test_geometry import EM, FIRST, SECOND, THIRD, blocks, column, page

Row = tuple[str, float, float, float]


def recognised(*rows: Row, unsure: tuple[str, ...] = (), heights: float = 1.0) -> Source:
    """A page of `test_geometry` with a box and a confidence for every character; heights of lines off by a factor."""
    source = page(*rows)
    lines = []
    for line, (text, left, top, size) in zip(source.lines, rows, strict=True):
        high = size * heights if line.number % 2 else size
        sure = 0.2 if text in unsure else 0.95
        words = tuple(
            Word(line.start + at, line.start + at + 1, sure, (left + at * size, top, left + (at + 1) * size, top + high))
            for at in range(len(text))
        )
        lines.append(replace(line, box=(left, top, left + size * len(text), top + high), size=high * 1.4, words=words))
    return replace(source, lines=tuple(lines), format="hocr")


def texts(source: Source, role: str) -> list[str]:
    issue = structure((source,), ParseOptions())
    check_laws(issue)
    return [block.text for block in issue.blocks() if str(block.role) == role]


def test_heights_of_single_lines_do_not_tear_a_paragraph() -> None:
    rows = (("镇上的木匠铺", 20, 20, 24.0), *column(FIRST, 20, 60), *column(SECOND, 20, 108, indented=False))
    assert texts(recognised(*rows, heights=1.15), "paragraph") == ["".join(FIRST + SECOND)]


def test_what_is_read_in_a_picture_is_dropped_and_a_doubtful_line_of_text_is_not() -> None:
    text = (*column(FIRST, 20, 60), *column(SECOND, 20, 108, indented=False))
    rows = (("镇上的木匠铺", 20, 20, 24.0), *text, ("|和|", 60, 200, EM))
    source = recognised(*rows, unsure=("|和|", SECOND[0]))
    assert texts(source, "drop") == ["|和|"]
    assert texts(source, "paragraph") == ["".join(FIRST + SECOND)]


def test_a_rule_between_columns_read_as_a_letter_is_no_text() -> None:
    left, right = [FIRST[1]] * 4, [THIRD[1]] * 4
    rows = [*column(left, 20, 60, indented=False), *column(right, 200, 60, indented=False)]
    source = recognised(*rows[:3], *rows[4:7])
    start = len(source.text)
    text = FIRST[1] + "|" + THIRD[1]
    at = [20 + EM * n for n in range(16)] + [187.0] + [200 + EM * n for n in range(len(THIRD[1]))]
    words = tuple(Word(start + n, start + n + 1, 0.9, (x, 108.0, x + EM, 118.0)) for n, x in enumerate(at))
    line = Line(99, start, start + len(text), 0, (20.0, 108.0, at[-1] + EM, 118.0), EM, words)
    issue = structure((replace(source, text=source.text + text, lines=(*source.lines, line)),), ParseOptions())
    check_laws(issue)
    dropped = [block.text for block in issue.blocks() if str(block.role) == "drop"]
    assert dropped == ["|"]


def test_stories_side_by_side_keep_their_own_text() -> None:
    below = column([*FIRST, *SECOND], 20, 300), ("往下还有一篇", 120, 260, 24.0)
    source = page(
        ("镇上的木匠铺", 20, 20, 24.0), *column([*FIRST, *SECOND], 20, 60),
        ("板凳是怎样做的", 220, 20, 24.0), *column(THIRD, 220, 60),
        below[1], *below[0], *column(THIRD, 190, 300),
    )  # fmt: skip
    order = [text[:6] for role, text in blocks(source) if role in ("title", "paragraph")]
    assert order[:4] == ["镇上的木匠铺", FIRST[0][:6], "板凳是怎样做", THIRD[0][:6]]


def test_running_lines_stay_out_of_the_columns() -> None:
    source = page(
        ("第12期 木匠之家 2024年3月5日", 20, 5, 8.0), ("镇上的木匠铺", 100, 30, 24.0),
        *column(FIRST, 20, 70), *column(THIRD, 200, 70),
        ("编辑：季明 电话：5550100", 20, 160, 8.0),
    )  # fmt: skip
    found = texts(source, "colophon")
    assert found[0].startswith("第12期")
    assert found[-1].startswith("编辑")
    assert [text for _, text in blocks(source)] == ["镇上的木匠铺", "".join(FIRST), "".join(THIRD)]


LEFT = [
    "  镇东头的木匠铺没有招牌门口常年堆着刨花，老",
    "木匠姓季，今年七十三岁，手指粗得像树根，拿起墨",
    "斗来却一点也不抖，画线比尺子还直，来看的人都说",
    "这是一门快要失传的手艺，可季师傅自己并不着急他",
    "相信总有人来学。",
    "  去年冬天果然来了两个年轻人，一个学过雕塑一",
    "个在城里做过装修，都说想学真正的榫卯。",
]
RIGHT = [
    "  季师傅没有马上答应，让他们先扫了半个月的刨",
    "花，扫完了问他们看见了什么，一个说看见了木头的",
    "纹路，一个说看见了师傅下刀的先后，师傅点了点头",
    "说明天来磨刨刀吧，磨刀也是半个月，磨到能照见人",
    "影才算过关。",
    "  现在两个年轻人已经能独自做一条板凳了，铺子",
    "里又有了说笑的声音。",
]


def test_columns_laid_out_in_white_space_are_read_one_after_the_other() -> None:
    rows = [f"{one:<24}  {other}" for one, other in zip(LEFT, RIGHT, strict=True)]
    text = "\n".join([*rows, *[f"{one:<24}   {other}" for one, other in zip(LEFT, RIGHT, strict=True)]]) + "\n"
    source = Source("page.txt", text)
    issue = structure((source,), ParseOptions())
    check_laws(issue)
    assert issue == structure((source,), ParseOptions())
    whole = "".join(block.text for block in issue.blocks())
    assert "老木匠姓季" in whole
    assert "磨到能照见人影才算过关。" in whole


def test_one_row_of_two_full_lines_shows_that_columns_were_read_across() -> None:
    left, right = "".join(LEFT[:5]).strip(), "".join(RIGHT[:5]).strip()
    page = [LEFT[0].strip(), RIGHT[0].strip(), *(f"{one} {other}" for one, other in zip(LEFT[1:2], RIGHT[1:2], strict=True))]
    for one, other in zip(LEFT[2:5], RIGHT[2:5], strict=True):
        page += [one, other]
    issue = structure((Source("page.txt", "\n".join(page) + "\n"),), ParseOptions())
    check_laws(issue)
    assert [block.text for block in issue.blocks()] == [left, right]


def test_a_note_and_a_credit_are_not_parted() -> None:
    rows = [f"{one:<24} {other}" for one, other in zip(LEFT, RIGHT, strict=True)]
    page = "\n".join([*rows, "季师傅（左）在教徒弟（二年级 小满）磨刨刀。石磊 摄"]) + "\n"
    issue = structure((Source("page.txt", page),), ParseOptions())
    check_laws(issue)
    assert "季师傅（左）在教徒弟（二年级 小满）磨刨刀。石磊 摄" in [block.text for block in issue.blocks()]
