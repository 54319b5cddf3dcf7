"""Line breaking and the placing of atoms: what must hold of every paragraph."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.typeset.atoms import Setter, setter
from convert.typeset.breaks import OVERFULL
from convert.typeset.compose import Paragraph
from convert.typeset.fonts import font_set
from convert.typeset.lines import set_line
from convert.typeset.rules import Kind
from convert.typeset.tokens import pieces
from tests.growth import superlinear

ALPHABET = (
    "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会"
    "，。、；：！？“”‘’（）《》·—…2019ABCxyz%$ "
)
MIXED = st.text(alphabet=st.sampled_from(list(ALPHABET)), min_size=1, max_size=160)


def hand(region: str = "CN", vertical: bool = False) -> Setter:
    return setter(font_set(region).chain("body"), region, vertical)


def texts(paragraph: Paragraph) -> list[str]:
    return ["".join(atom.text for atom in set_line(paragraph, line).atoms) for line in paragraph.lines()]


@settings(max_examples=120, deadline=None)
@given(MIXED, st.sampled_from([8, 12, 16, 21, 30]), st.sampled_from(["CN", "TW"]), st.booleans())
def test_lines_hold_all_atoms_once_and_in_order(text: str, em: int, region: str, vertical: bool) -> None:
    paragraph = Paragraph(hand(region, vertical), text, em * 1000, 2000)
    lines = paragraph.lines()
    assert [line.start for line in lines] == [0, *(line.end for line in lines[:-1])][: len(lines)]
    assert not paragraph.atoms or lines[-1].end == len(paragraph.atoms)
    drawn = "".join("".join(texts(paragraph)).split())
    assert drawn == "".join("".join(atom.text for atom in paragraph.atoms).split())


@settings(max_examples=120, deadline=None)
@given(MIXED, st.sampled_from([12, 16, 21, 30]))
def test_filled_lines_are_exactly_the_measure(text: str, em: int) -> None:
    paragraph = Paragraph(hand(), text, em * 1000, 2000)
    if not paragraph.atoms or min(cost for cost, _ in paragraph.by_count.values()) >= OVERFULL:
        return
    for line in paragraph.lines():
        placed = set_line(paragraph, line)
        letters = sum(atom.inner for atom in placed.atoms) * placed.inner
        assert sum(atom.body for atom in placed.atoms) + letters + sum(placed.gaps) == placed.width
        assert placed.width + line.indent <= em * 1000
        if not line.last and placed.gaps:
            assert placed.width + line.indent == em * 1000
        for gap, after in zip(placed.gaps, placed.atoms[1:], strict=True):
            # A word space is narrowed by the gap before it.
            assert gap >= (-hand().rules.space_shrink if after.kind is Kind.SPACE else 0)


@settings(max_examples=120, deadline=None)
@given(MIXED, st.sampled_from([12, 16, 21]))
def test_no_prohibited_start_or_end_where_a_legal_setting_exists(text: str, em: int) -> None:
    paragraph = Paragraph(hand(), text, em * 1000, 2000)
    if not paragraph.atoms or min(cost for cost, _ in paragraph.by_count.values()) >= OVERFULL:
        return
    for line in paragraph.lines()[:-1]:
        assert paragraph.gaps[line.end - 1].cut


@pytest.mark.parametrize("em", [10, 11, 12, 13, 14, 16, 18])
def test_the_last_line_never_holds_a_single_character(em: int) -> None:
    for length in range(2 * em - 6, 3 * em + 6):
        last = texts(Paragraph(hand(), "字" * length + "。", em * 1000, 2000))
        assert len(last) == 1 or len(last[-1].rstrip("。")) >= 2, (em, length, last)


def test_words_and_numbers_stay_whole() -> None:
    text = "会议在International中心举行，1234567.89元，产值增长12.5%，达到98765432万元，Chinese版本已出版。" * 4
    for em in (12, 14, 16, 21):
        lines = texts(Paragraph(hand(), text, em * 1000, 2000))
        for a, b in itertools.pairwise(lines):
            assert not (a[-1].isascii() and a[-1].isalnum() and b[0].isascii() and b[0].isalnum()), (a, b)


def test_addresses_break_after_their_own_marks() -> None:
    text = "详情见https://www.example.org/archive/2019/issue131/page?number=4&column=two，欢迎查阅。"
    lines = texts(Paragraph(hand(), text, 12000, 2000))
    inside = [(a, b) for a, b in itertools.pairwise(lines) if a[-1].isascii() and b[0].isascii()]
    assert inside and all(a[-1] in "/_=&?@#" or b[0] == "." for a, b in inside)
    assert "".join(lines).replace(" ", "") == text
    assert max(len(line) for line in lines) < 40


def test_a_run_without_any_place_to_break_is_cut_as_a_last_resort() -> None:
    paragraph = Paragraph(hand(), "A" * 5000, 21000, 2000)
    lines = texts(paragraph)
    assert "".join(lines) == "A" * 5000 and len(lines) > 100


def test_other_line_counts_are_offered_with_their_price() -> None:
    text = "奉贤区深入开展主题实践活动，进一步调动党员的党性自觉，发挥先锋模范作用，为经济社会发展作出贡献。" * 3
    counts = Paragraph(hand(), text, 21000, 2000).by_count
    best = min(counts, key=lambda n: counts[n][0])
    assert len(counts) > 1 and all(abs(n - best) <= 1 for n in counts)
    assert all(len(ends) == n for n, (_, ends) in counts.items())


def test_a_headline_space_is_half_an_em_and_a_latin_gap_is_no_atom() -> None:
    assert [atom.kind for atom in hand().atoms("打响 品牌")].count(Kind.SPACE) == 1
    assert next(atom for atom in hand().atoms("打响 品牌") if atom.kind is Kind.SPACE).body == 500
    assert not [atom for atom in hand().atoms("共 20 家") if atom.kind is Kind.SPACE]
    assert [atom.text for atom in hand().atoms("New York")] == ["New", " ", "York"]


def test_what_cannot_be_drawn_takes_no_room() -> None:
    assert [atom.text for atom in hand().atoms("甲\x00\x07\u200b\ufeff乙")] == ["甲", "乙"]


def test_a_character_no_face_has_becomes_one_atom_without_a_face() -> None:
    (atom,) = hand().atoms("\ue123")
    assert atom.face == -1 and atom.body == 1000 and atom.text == "\ue123"


def test_time_is_linear_in_the_text() -> None:
    def job(count: int) -> None:
        assert Paragraph(hand(), "测试文字，" * count, 21000, 2000).best

    assert not superlinear(job, 1000, 8000)


def test_an_address_breaks_before_a_hyphen_and_a_word_behind_its_own() -> None:
    assert pieces("https://www.my-library.example.org/a_b?x=1") == [
        "https://", "www", ".my", "-library", ".example", ".org/", "a_", "b?", "x=", "1",
    ]
    assert pieces("state-of-the-art") == ["state-", "of-", "the-", "art"]
    assert pieces("2019/10/01-2019/12/31") == ["2019/10/01-2019/12/31"]
    assert pieces("COVID-19-related") == ["COVID-19-related"]


def test_a_formula_breaks_at_its_signs_sooner_than_that_its_line_stands_wide() -> None:
    paragraph = Paragraph(hand(), "每桶用药量(g)=每亩用药量(g)×每桶水量(kg)÷每亩用水量(kg)", 16000, 2000)
    lines = texts(paragraph)
    assert lines[0].endswith("(g)") and lines[1].startswith("×")


def test_more_room_is_added_beside_marks_than_between_characters() -> None:
    paragraph = Paragraph(hand(), "春夏秋冬，东西南北。" * 9, 20500, 2000)
    (stretched,) = [
        (placed.gaps, paragraph.gaps[line.start:line.end - 1])
        for line in paragraph.lines()[1:2] for placed in [set_line(paragraph, line)]
    ]
    added = {row.any: gap - row.blank for gap, row in zip(*stretched, strict=True)}
    assert added[1] > 10 and abs(added[2] - 2 * added[1]) <= 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.总录", ["1.", "总", "录"]), ("增加12.册", ["增", "加", "12.", "册"]), ("约1.5倍", ["约", "1.5", "倍"]),
        ("3.14.", ["3.14", "."]), ("25℃的", ["25", "℃", "的"]), ("100℃", ["100℃"]), ("量(g)=", ["量", "(g)", "="]),
        ("共123.", ["共", "123", "."]), ("第1..2", ["第", "1..2"]),
    ],
)
def test_short_numbers_stand_upright_in_vertical_lines(text: str, expected: list[str]) -> None:
    atoms = hand(vertical=True).atoms(text)
    assert [atom.text for atom in atoms] == expected
    assert all((atom.mode == "t") == (atom.text in ("1.", "12.", "25", "(g)")) for atom in atoms)
    assert "".join(glyph for atom in atoms for _, glyph in atom.glyphs) == text
    assert not any(atom.text in ("1.", "12.") for atom in hand().atoms(text))
