"""A join is a row that takes the line end away: no block of running text may keep one."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert import parse, read

PAGES = Path(__file__).resolve().parents[2] / "seeds"


def test_a_paragraph_without_any_other_space_loses_its_line_ends(tmp_path: Path) -> None:
    page = tmp_path / "p.txt"
    cut = "居民区里的便民工坊去年一共收到订单三千多份，以百分之六十七的\n\n比例排在全区的首位，超过了买菜和理发。\n"
    page.write_text(cut, encoding="utf-8")
    issue = parse(read(page))
    (block,) = issue.blocks()
    assert "\n" not in block.text
    assert [edit.before for edit in issue.edits if edit.rule.startswith("join")] == ["\n\n"]


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.txt")), ids=lambda page: page.stem)
def test_no_block_of_a_sample_keeps_a_line_end(page: Path) -> None:
    assert [block.text for block in parse(read(page)).blocks() if "\n" in block.text] == []
