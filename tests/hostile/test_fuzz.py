"""A short walk of the fuzzer, arbitrary bytes by hypothesis, and every case that ever failed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.sidecars import unescape
from tests.hostile import fuzz

PAST = Path(__file__).with_name("past_failures.jsonl")
"""One JSON a line: seed of a case that failed once, and what it showed."""


@pytest.mark.parametrize(("first", "count"), [(0, 100), pytest.param(100, 2000, marks=pytest.mark.long)])
def test_cases_of_the_fuzzer(first: int, count: int) -> None:
    for seed in range(first, first + count):
        assert fuzz.replay(seed) in ("read", "refused"), f"seed {seed}"


@pytest.mark.parametrize("seed", [json.loads(line)["seed"] for line in PAST.read_text(encoding="utf-8").splitlines()])
def test_past_failures_stay_past(seed: int) -> None:
    assert fuzz.replay(seed) in ("read", "refused")


def test_an_aside_that_runs_on_inside_a_paragraph_that_runs_on() -> None:
    """Both are whole again, or neither: a piece that another one waits for is not taken along alone."""
    page = (
        "先人拎着断了拉链的羽绒服,有人抱着不\n有一位老先人拎着断了拉链的羽绒服,有人抱着不\n"
        "主编松年电话：60801147信箱：linjiang@example.com\n还有一位老先人拎着断了拉链的羽绒服,有人抱着不\n便\n转。"
    )
    assert fuzz.case("page.txt", page.encode(), "tw", ["tsv"], "off") == "read"


@pytest.mark.parametrize("title", ["\u200d\u200d", "\u0301\u0301\u0301", "\u200b", "\ufe0f\ufe0f", "\u2060\u2060"])
def test_headlines_without_any_width(title: str) -> None:
    page = f"{title}\n\n　　本报讯，社区里来了新图书馆，街坊们都说好。\n\n{title}\n\n　　第二天又来了许多人，大家都很高兴。\n"
    assert fuzz.case("page.txt", page.encode(), "tw", ["pdf", "epub", "docx"], "off") == "read"


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.hocr", "a.alto.xml", "a.page.xml", "a.html", "a.md", "a.pdf", "a"]))
def test_any_bytes_under_any_name(data: bytes, name: str) -> None:
    assert fuzz.case(name, data, "tw", ["tsv", "epub"], "off") in ("read", "refused")


@settings(max_examples=60)
@given(st.text(max_size=300), st.sampled_from(fuzz.VARIANTS), st.sampled_from(fuzz.WRITERS))
def test_any_text_to_any_edition(text: str, variant: str, writer: str) -> None:
    assert fuzz.case("a.txt", text.encode("utf-8", "surrogatepass"), variant, [writer], "library") in ("read", "refused")


@given(st.text())
def test_cells_are_read_as_they_are_written(text: str) -> None:
    from convert.proofread.report import cell

    plain = "".join(c for c in text if c.isprintable() or c in "\t\n\r\u3000")
    assert unescape(cell(plain)) == plain
