"""The bigram model: what it says, and that reading around a gap says the same as reading the whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.lexicon.bigrams import EDGE, LONGEST, UNKNOWN, Around, Bigrams, load
from tools import build_ngrams

HAN = st.text(st.sampled_from("中国人民政府和谐社会学习的了在诣\ue000𠮷"), max_size=6)


def test_company_is_likelier_than_chance() -> None:
    model = load()
    people = model.words["人民"]
    assert model.follows(model.words["中国"], people) > model.follows(EDGE, people) + 1
    assert model.score("构建和谐社会") > model.score("构建和诣社会") + 3


def test_what_it_does_not_know_is_unlikely_not_an_error() -> None:
    model = load()
    for strange in ("\0", "\ud800", "\ue000", ""):
        assert model.words[strange] == EDGE
    assert model.score("\ue000") == UNKNOWN
    assert model.score("") == 0.0


@settings(max_examples=60, deadline=None)
@given(HAN, st.sampled_from(["", "民", "谐", "\ue000", "人民", "学习"]), HAN)
def test_a_gap_filled_reads_no_better_than_the_whole(left: str, filling: str, right: str) -> None:
    model, text = load(), left + filling + right
    around = Around(model, left, right).score(filling)
    assert around <= model.score(text) + 1e-9
    if len(filling) < 2:
        assert around == pytest.approx(model.score(text))


def test_made_of_an_arpa_file(tmp_path: Path) -> None:
    arpa = tmp_path / "few.arpa"
    arpa.write_text(
        "\\data\\\nngram 1=4\n\n\\1-grams:\n-2\t<unk>\t0\n-1\t中国\t-0.3\n-2\t人民\t0\n-3\tABC\t0\n\n"
        "\\2-grams:\n-0.5\t中国 人民\n\n\\end\\\n", "utf-8")
    build_ngrams.main(arpa, tmp_path / "made")
    model = Bigrams(tmp_path / "made")
    first, second = model.words["中国"], model.words["人民"]
    assert (model.words["ABC"], model.words["<unk>"]) == (EDGE, EDGE)
    assert model.follows(first, second) == pytest.approx(-0.5 * build_ngrams.LN10, abs=0.05)
    assert model.follows(second, first) == pytest.approx(-1 * build_ngrams.LN10, abs=0.05)
    assert LONGEST == 4
