"""The rules of a region, pair by pair."""

from __future__ import annotations

import pytest

from convert.typeset.atoms import Setter, setter
from convert.typeset.fonts import font_set
from convert.typeset.rules import Gap, Kind, rules


def hand(region: str, vertical: bool = False) -> Setter:
    return setter(font_set(region).chain("body"), region, vertical)


def gap(region: str, left: str, right: str) -> Gap:
    one = hand(region)
    (a,), (b,) = one.atoms(left), one.atoms(right)
    return one.shapes.between(a.shape, b.shape)


@pytest.mark.parametrize("region", ["CN", "TW", "HK"])
@pytest.mark.parametrize("mark", list("，。、；：！？”’）》」』】"))
def test_no_line_begins_with_a_closing_mark(region: str, mark: str) -> None:
    assert gap(region, "字", mark).cut == 0


@pytest.mark.parametrize("region", ["CN", "TW", "HK"])
@pytest.mark.parametrize("mark", list("“‘（《「『【"))
def test_no_line_ends_with_an_opening_mark(region: str, mark: str) -> None:
    assert gap(region, mark, "字").cut == 0


@pytest.mark.parametrize("sign", ["$", "¥", "￥", "№"])
def test_no_line_ends_with_a_currency_sign(sign: str) -> None:
    assert gap("CN", sign, "字").cut == 0


@pytest.mark.parametrize("region", ["CN", "TW", "HK"])
@pytest.mark.parametrize("pair", ["”，", "。”", "》（", "），", "：“", "、“", "”“"])
def test_two_marks_side_by_side_take_an_em_and_a_half(region: str, pair: str) -> None:
    one = hand(region)
    a, b = one.atoms(pair)
    between = one.shapes.between(a.shape, b.shape)
    inner = a.tail + b.lead
    assert between.blank == max(0, inner - 500)
    if region == "CN":
        assert a.lead + a.body + between.blank + b.body + b.tail == 1500


def test_marks_are_on_the_left_in_the_mainland_and_centred_in_taiwan_and_hong_kong() -> None:
    assert (hand("CN").atoms("，")[0].lead, hand("CN").atoms("，")[0].tail) == (0, 500)
    for region in ("TW", "HK"):
        assert (hand(region).atoms("，")[0].lead, hand(region).atoms("，")[0].tail) == (250, 250)


def test_a_quarter_em_between_han_and_latin_or_digits() -> None:
    for left, right in (("字", "A"), ("A", "字"), ("年", "2019"), ("100%", "的")):
        found = gap("CN", left, right)
        assert (found.blank, found.gentle, found.soft) == (250, 125, 1)


@pytest.mark.parametrize("sign", ["+", "-", "/", "=", "~"])
def test_no_gap_beside_signs_that_join(sign: str) -> None:
    assert gap("CN", "字", sign).blank == 0


def test_no_room_beside_connectors_and_interpuncts() -> None:
    for left, right in (("字", "·"), ("·", "字"), ("字", "～"), ("／", "字")):
        assert gap("CN", left, right).any == 0


def test_the_interpunct_takes_half_an_em_in_the_mainland_and_a_whole_one_in_taiwan() -> None:
    for region, width in (("CN", 500), ("TW", 1000)):
        between = gap(region, "字", "·")
        assert hand(region).atoms("·")[0].body + 2 * between.blank == width


def test_a_mark_loses_little_before_much() -> None:
    found = gap("CN", "，", "字")
    assert found.blank == 500 and found.gentle < 200 and found.gentle + found.firm == 500


def test_dashes_and_ellipses_are_one_atom() -> None:
    for text in ("——", "……"):
        atoms = hand("CN").atoms(text)
        assert [atom.text for atom in atoms] == [text]
        assert atoms[0].kind is Kind.DASH and atoms[0].body == 2000


def test_every_region_has_all_rules() -> None:
    for region in ("CN", "TW", "HK"):
        assert rules(region).indent == 2000 and "，" in rules(region).pause
