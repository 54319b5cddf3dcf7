"""Reading order of a page: of all ways to cut it, the one whose blocks read on."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from convert.source import Span
from convert.structure import geometry
from convert.structure.pieces import Piece

EM = 10.0
LINE = 1.6 * EM
TEXT = "镇东头的木匠铺没有招牌门口常年堆着刨花"


class Sheet:
    """A page being set: lines of ten ems, one em apart where columns are."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []

    def line(self, text: str, left: float, top: float, size: float = EM) -> None:
        at = 100 * len(self.pieces)
        box = (left, top, left + size * len(text), top + size)
        self.pieces.append(Piece(Span(0, at, at + len(text)), text, 0, 2 * len(text), 0, size, box=box))

    def column(self, left: float, top: float, lines: int, opens: bool = True, ends: bool = True) -> None:
        """Full lines of ten characters, the first one indented or not, the last one ending a paragraph or not."""
        for at in range(lines):
            begin = 2 if opens and not at else 0
            text = TEXT[at % 9 :][: 10 - begin]
            if ends and at == lines - 1:
                text = text[:5] + "。"
            self.line(text, left + begin * EM, top + at * LINE)

    def read(self) -> list[tuple[float, float]]:
        """Left and top of what begins each paragraph, in reading order."""
        boxes = [paragraph.pieces[0].box for paragraph in geometry.paragraphs(self.pieces)]
        return [(box[0], box[1]) for box in boxes if box is not None]


def test_stories_in_rows_are_read_row_by_row() -> None:
    sheet = Sheet()
    for row in range(3):
        for story in range(2):
            left, top = 20 + 230 * story, 20 + 200 * row
            sheet.line("木匠铺重开", left, top, 20.0)
            sheet.column(left, top + 40, 6, ends=False)
            sheet.column(left + 110, top + 40, 6, opens=False)
    heads = [place for place in sheet.read() if place[1] in (20, 220, 420)]
    assert heads == [(20, 20), (250, 20), (20, 220), (250, 220), (20, 420), (250, 420)]


def test_stories_one_under_another_in_columns_are_read_column_by_column() -> None:
    sheet = Sheet()
    sheet.column(20, 20, 8)
    sheet.line("木匠铺重开", 20, 170, 20.0)
    sheet.column(20, 200, 10, ends=False)
    sheet.column(130, 20, 14, opens=False)
    sheet.line("铺子里的灯", 130, 266, 20.0)
    sheet.column(130, 296, 4)
    assert sheet.read() == [(40, 20), (20, 170), (40, 200), (130, 20), (130, 266), (150, 296)]


def test_a_headline_and_a_byline_in_the_middle_over_three_columns_come_first() -> None:
    sheet = Sheet()
    sheet.line("木匠铺", 160, 20, 20.0)
    sheet.line("记者季青", 165, 46)
    sheet.column(20, 66, 8, ends=False)
    sheet.column(130, 66, 8, opens=False, ends=False)
    sheet.column(240, 66, 8, opens=False)
    assert sheet.read() == [(160, 20), (165, 46), (40, 66), (130, 66), (240, 66)]


def test_columns_beside_a_picture_without_a_caption_go_on_below_it() -> None:
    sheet = Sheet()
    sheet.column(20, 20, 8)
    sheet.column(20, 230, 8)
    sheet.column(130, 20, 21)
    assert sheet.read() == [(40, 20), (40, 230), (150, 20)]


def test_a_short_story_beside_does_not_part_text_at_a_picture() -> None:
    sheet = Sheet()
    sheet.column(20, 20, 8)
    sheet.line("木匠在刨木料", 20, 200, 8.0)
    sheet.column(20, 225, 8)
    sheet.line("铺子的灯", 150, 20, 20.0)
    sheet.column(150, 60, 6)
    assert sheet.read() == [(40, 20), (20, 200), (40, 225), (150, 20), (170, 60)]


def test_upright_lines_beside_columns_are_read_from_the_right_and_first() -> None:
    sheet = Sheet()
    for text, left, size in (("对话", 70.0, 12.0), ("想让一张纸活一千年", 45.0, 20.0), ("本报记者余音", 25.0, 10.0)):
        at = 100 * len(sheet.pieces)
        box = (left, 60.0, left + size, 60.0 + size * len(text))
        sheet.pieces.append(Piece(Span(0, at, at + len(text)), text, 0, 2 * len(text), 0, size, box=box))
    sheet.column(100, 40, 12, ends=False)
    sheet.column(210, 40, 12, opens=False)
    assert [place[0] for place in sheet.read()] == [70, 45, 25, 120, 210]


def test_verse_in_a_column_is_read_line_by_line() -> None:
    sheet = Sheet()
    sheet.column(20, 20, 6)
    for at, text in enumerate(("桡声起", "残月一", "隔水渔", "人不见", "有梦还")):
        sheet.line(text, 40, 140 + at * LINE)
    assert len(sheet.read()) == 6


def test_two_headlines_on_one_baseline_over_different_columns_stay_apart() -> None:
    sheet = Sheet()
    for left in (20, 130):
        sheet.line("木匠铺重", left, 20, 24.0)
        sheet.column(left, 60, 8)
    assert sheet.read() == [(20, 20), (40, 60), (130, 20), (150, 60)]


SIDES = st.tuples(st.floats(0, 800), st.floats(0, 1200), st.floats(1, 400), st.floats(1, 60))


@settings(max_examples=60, deadline=None)
@given(st.lists(SIDES, max_size=40))
def test_every_line_is_read_once_wherever_it_stands(boxes: list[tuple[float, float, float, float]]) -> None:
    pieces = [
        Piece(Span(0, 10 * at, 10 * at + 4), "木匠铺子", 0, 8, 0, 10.0, box=(left, top, left + wide, top + high))
        for at, (left, top, wide, high) in enumerate(boxes)
    ]
    read = [piece.span for paragraph in geometry.paragraphs(pieces) for piece in paragraph.pieces]
    assert sorted(span.start for span in read) == [piece.span.start for piece in pieces]


def test_a_page_of_a_thousand_scattered_lines_is_read_in_seconds() -> None:
    sheet = Sheet()
    for at in range(1000):
        sheet.line("木匠铺子里", (at * 379) % 1900, (at * 811) % 2700, (10.0, 10.0, 14.0, 22.0)[at % 4])
    begun = time.process_time()
    assert sum(len(paragraph.pieces) for paragraph in geometry.paragraphs(sheet.pieces)) == 1000
    assert time.process_time() - begun < 10
