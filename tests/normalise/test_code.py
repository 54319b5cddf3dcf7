"""Lines of a program, paths and references keep every mark."""

from __future__ import annotations

import pytest

from convert.normalise.context import is_code
from tests.normalise.rebuilding import done


@pytest.mark.parametrize("line", [
    'print("你好"); x = [1, 2, 3]',
    "for (i = 0; i < 3; i++) { a(i); }",
    "def f(a, b): return a",
    'if (name == "小明") { say("好"); }',
])
def test_a_line_of_a_program_is_left_alone(line: str) -> None:
    assert is_code(line)
    assert done(line) == line


@pytest.mark.parametrize("text", [
    "用药量(g)=每亩(g)×水量(kg)÷总量(kg)", "他说:好;真的?", "Well, who's there? (Nobody.)",
    "速率约为2^((120-100)/10)=4倍;就这么多",
    "",
])
def test_formulas_and_sentences_are_no_program(text: str) -> None:
    assert not is_code(text)


@pytest.mark.parametrize(("text", "expected"), [
    ("见/home/u/a.py:12,好", "见/home/u/a.py:12，好"),
    ("参考文献[2,3],见[1-4]", "参考文献[2,3]，见[1-4]"),
    ("共3页,第1/2页", "共3页，第1/2页"),
])
def test_paths_and_references(text: str, expected: str) -> None:
    assert done(text) == expected
