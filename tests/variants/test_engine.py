"""The engine against OpenCC's own cases and its semantics one by one."""

from __future__ import annotations

import json
import re

import pytest

from convert.variants import engine
from tests.shared import shared


def _cases() -> list[tuple[str, str, str]]:
    text = shared("opencc", "testcases.json").read_text("utf-8")
    cases = json.loads(re.sub(r",(\s*[\]}])", r"\1", text))["cases"]  # the file has trailing commas
    return [(name, case["input"], want) for case in cases for name, want in case["expected"].items() if "jp" not in name]


def test_all_upstream_cases() -> None:
    cases = _cases()
    wrong = [(name, text, want) for name, text, want in cases if engine.chain(name).convert(text) != want]
    assert len(cases) == 535
    assert not wrong


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("几周之后", "幾週之後"),  # leftmost first: not the longest anywhere
        ("低级别", "低級別"),  # a later stage never sees across a segment border
        ("豈", "豈"),  # compatibility ideographs are unified first
        ("", ""),
        ("\x00<&\"'\ud800\ue000", "\x00<&\"'\ud800\ue000"),
    ],
)
def test_semantics(text: str, want: str) -> None:
    assert engine.chain("s2twp").convert(text) == want


def test_pieces_cover_the_text_and_join_to_the_conversion() -> None:
    text = "理发店的老板说：“干净的面条，一只手也能吃。”" * 3
    for name in engine.CONFIGURATIONS:
        chain = engine.chain(name)
        pieces = chain.pieces(text)
        assert [start for start, _, _ in pieces] == [0, *(end for _, end, _ in pieces[:-1])]
        assert pieces[-1][1] == len(text)
        assert "".join(out for _, _, out in pieces) == chain.convert(text)
