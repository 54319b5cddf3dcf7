"""Quotation marks by depth, there and back."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.variants import quotes
from tests.shared import shared


def turn(text: str, style: tuple[str, str] = quotes.CORNER) -> tuple[str, int]:
    pieces, findings = quotes.convert(text, style)
    out = list(text)
    for piece in pieces:
        out[piece.start] = piece.out
    return "".join(out), len(findings)


def test_the_cases() -> None:
    with shared("opencc", "cases_quotes.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert len(rows) == 16
    assert not [row for row in rows if turn(row["source"]) != (row["expected"], int(row["queries"]))]


@pytest.mark.parametrize(
    ("text", "want", "asked"),
    [
        ("“甲“乙”丙”", "「甲『乙』丙」", 0),
        ("“第一段引文，说‘好’。", "「第一段引文，說『好』。".replace("說", "说"), 1),
        ("the workers’ rights", "the workers’ rights", 0),
        ("‘90s", "‘90s", 0),
        ("”“", "」「", 2),
        ("", "", 0),
    ],
)
def test_more_cases(text: str, want: str, asked: int) -> None:
    assert turn(text) == (want, asked)


@given(st.recursive(st.just("字"), lambda inner: st.lists(inner, min_size=1, max_size=3).map(lambda x: "{" + "".join(x) + "}")))
def test_nested_pairs_go_there_and_back(shape: str) -> None:
    def mark(style: tuple[str, str]) -> str:
        out, depth = [], 0
        for character in shape:
            depth -= character == "}"
            out.append({"{": style[depth % 2][0], "}": style[depth % 2][1]}.get(character, character))
            depth += character == "{"
        return "".join(out)

    assert turn(mark(quotes.CURLY)) == (mark(quotes.CORNER), 0)
    assert turn(mark(quotes.CORNER), quotes.CURLY) == (mark(quotes.CURLY), 0)


@given(st.text("“”‘’「」『』字a0", max_size=40))
def test_only_marks_change_and_never_their_number(text: str) -> None:
    out, _ = turn(text)
    assert len(out) == len(text)
    assert all(a == b or b in "「」『』" for a, b in zip(text, out, strict=True))
