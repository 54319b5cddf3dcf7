"""Breaks are searched among the near-cheapest and shared by equal shapes: neither may show."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.typeset import shapes
from convert.typeset.atoms import Setter
from convert.typeset.breaks import Breaks
from convert.typeset.compose import Paragraph
from convert.typeset.fonts import font_set
from convert.typeset.lines import set_line
from tests.typeset.editions import SAMPLE
from tests.typeset.test_compose import MIXED, hand

TEXTS = [line.split("\t")[1] for line in SAMPLE.splitlines() if line.startswith("paragraph")]


def exhaustive(paragraph: Paragraph) -> float:
    """The cost of the cheapest setting, every legal line looked at."""
    given = paragraph.breaks
    whole = Breaks(given.shapes, given.gaps, given.measure, given.indent, given.hang, given.stretch)
    whole._hopeless, whole._loose = inf, 0.0
    return whole._ways[1][-1]


@pytest.mark.parametrize("em", [12, 14, 16, 18, 21, 24, 28, 30])
def test_the_search_finds_the_cheapest_setting_of_real_text(em: int) -> None:
    for text in TEXTS:
        paragraph = Paragraph(hand(), text, em * 1000, 2000)
        assert paragraph.breaks._ways[1][-1] == pytest.approx(exhaustive(paragraph)), text


@settings(max_examples=150, deadline=None)
@given(MIXED, st.sampled_from([12, 16, 21, 30]))
def test_the_search_is_never_far_from_the_cheapest_setting_of_any_text(text: str, em: int) -> None:
    paragraph = Paragraph(hand(), text, em * 1000, 2000)
    if paragraph.atoms:
        assert paragraph.breaks._ways[1][-1] <= exhaustive(paragraph) + 80


def test_equal_shapes_are_broken_once_and_drawn_each_with_its_own_characters() -> None:
    text = "東方美谷產業黨建工作，「兩新」組織覆蓋 100% 以上。" * 6
    paragraphs = [Paragraph(hand(region), text, 21000, 2000) for region in ("TW", "HK")]
    assert paragraphs[0].breaks is paragraphs[1].breaks
    other = Paragraph(hand("TW"), text.replace("東", "西"), 21000, 2000)
    assert other.breaks is paragraphs[0].breaks
    assert "".join(atom.text for line in other.lines() for atom in set_line(other, line).atoms).startswith("西方美谷")
    assert Paragraph(hand("CN"), text, 21000, 2000).breaks is not other.breaks


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "_MOST", 500)
    one = Setter(font_set("CN").chain("body"), "CN")
    for size in range(1, 80):
        assert Paragraph(one, "字，" * size, 21000, 2000).best
    kept = one.shapes._breaks
    assert sum(len(found.shapes) for found in kept.values()) == one.shapes._held <= 500
    assert 1 <= len(kept) < 10
