"""Names of persons in newspaper lines, and ordinary lines with the same characters as words (`data/persons.txt`, `ordinary.txt`).

The weights were fitted on the odd lines (`tools/fit_persons.py`); the even ones were not seen by the fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from convert.variants import convert_text, names, plan, press

FOLDER = Path(__file__).parent / "data"
_BRACKETS = re.compile(r"\[([^\]]*)\]")


def lines(name: str) -> list[str]:
    return [line for line in (FOLDER / name).read_text("utf-8").splitlines() if not line.startswith("#")]


def missed(some: list[str]) -> Iterator[tuple[str, str]]:
    """Names in brackets whose surname does not have its own form in the edition, and their lines."""
    surnames = names.names().surnames
    for line in some:
        text = _BRACKETS.sub(r"\1", line)
        out = convert_text(text, "tw", language="zh-Hans").text
        shift = 0
        for match in _BRACKETS.finditer(line):
            at = match.start() - shift
            shift += 2
            if text[at] in surnames and out[at] != surnames[text[at]]:
                yield match.group(1), line


def test_names_are_found_on_lines_the_weights_were_not_fitted_on() -> None:
    some = lines("persons.txt")
    size = sum(len(_BRACKETS.findall(line)) for line in some[1::2])
    assert size > 110
    assert len(list(missed(some[1::2]))) <= 0.1 * size
    assert len(list(missed(some))) <= 0.1 * 2 * size


def test_no_ordinary_line_has_a_name() -> None:
    known, chain = plan.resolver_for("s2tw", "press").knows, press.chain("s2tw", "press")
    some = lines("ordinary.txt")
    assert len(some) > 350
    taken = []
    for line in some:
        without = chain.convert(line)
        for piece in names.find(line, chain, known):
            if piece.out != without[piece.start:piece.end]:
                taken.append((line[piece.start:piece.end], line))
    assert not taken


def test_a_name_holds_in_the_whole_text_once_one_place_shows_it() -> None:
    text = "县长余克勤通报了情况。\n后来群众去找，正逢余克勤不在，门关着。"
    assert convert_text(text, "tw", language="zh-Hans").text.count("余克勤") == 2


def test_a_learnt_name_is_not_seen_across_a_word() -> None:
    text = "村民于海说，他不走。\n学校位于海边，由于海风大，窗子紧闭。于海笑了。"
    want = "村民于海說，他不走。\n學校位於海邊，由於海風大，窗子緊閉。于海笑了。"
    assert convert_text(text, "tw", language="zh-Hans").text == want
