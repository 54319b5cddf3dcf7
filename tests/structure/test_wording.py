"""What the forest looks at besides the signs of a line."""

from __future__ import annotations

from convert.source import Span
from convert.structure import wording
from convert.structure.state import Unit


def seen(*texts: str) -> list[dict[str, float]]:
    units = [Unit([Span(0, 0, len(text))], text, 0) for text in texts]
    found: list[dict[str, float]] = [{} for _ in units]
    wording.mark(units, found)
    return found


BODY = "渔港的早市从三点开到六点，卖的都是当夜上岸的鱼，价钱写在木板上，谁来都一样。" * 2


def test_a_short_line_is_looked_at_closely() -> None:
    line = seen("第12期，2024年", BODY)[0]
    assert line["size"] == 10 and line["pauses"] == 1
    assert line["digits"] == 0.6
    assert {"has 年", "has 2", "has ，"} <= line.keys()
    assert "first 第" not in line


def test_a_long_one_only_measured_and_placed() -> None:
    assert seen("开会", BODY)[1].keys() == {"size", "from_start", "from_end", "short_lines"}


def test_where_a_line_stands() -> None:
    first, _, last = seen("社会", BODY, "（记者）")
    assert (first["from_start"], first["from_end"], last["from_end"]) == (0, 2, 0)
    assert "first 社" in first and "first （" in last
    assert first["short_lines"] == 2 / 3
