"""The trees that amend the role model: what they are asked, what they add, and when they are not asked at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from convert.structure import forest
from convert.structure.forest import Split, amend, load, split, told, usual
from convert.structure.roles import STATES

NONE = (0.0,) * len(STATES)
TITLE = tuple(float(state == "title") for state in STATES)
LINE, BODY = {"bare": 1.0}, {"closed": 1.0, "size": 40.0}
OVER_TEXT = split(0, "bare", 0.0, NONE, split(1, "size", 30.0, NONE, TITLE))
"""A line without a mark, over one of more than thirty characters."""


def flat(rows: int) -> list[list[float]]:
    return [list(NONE) for _ in range(rows)]


def test_a_tree_asks_the_line_and_its_neighbours() -> None:
    title = STATES.index("title")
    assert [row[title] for row in amend(flat(4), [LINE, LINE, BODY, LINE], (OVER_TEXT,))] == [0.0, 1.0, 0.0, 0.0]


def test_trees_add_up() -> None:
    assert amend(flat(2), [LINE, BODY], (OVER_TEXT, OVER_TEXT))[0][STATES.index("title")] == 2.0


def test_the_ends_of_the_page_can_be_asked_for() -> None:
    first = split(-1, "none", 0.0, NONE, TITLE)
    assert [row == list(TITLE) for row in amend(flat(2), [LINE, LINE], (first,))] == [True, False]


@pytest.mark.parametrize("near", [-forest.REACH, forest.REACH])
def test_lines_as_far_as_the_reach_are_asked(near: int) -> None:
    seen = [{"mark": 1.0} if at == 5 + near else {} for at in range(11)]
    table = amend(flat(11), seen, (split(near, "mark", 0.0, NONE, TITLE),))
    assert [at for at, row in enumerate(table) if row == list(TITLE)] == [5]


def test_what_the_weights_are_sure_of_stays() -> None:
    row = [forest.SURE + 1, *NONE[1:]]
    assert amend([row, list(NONE)], [LINE, BODY], (OVER_TEXT,))[0] == row


def test_a_page_whose_reader_names_its_lines_is_left_to_the_weights() -> None:
    table = flat(2)
    assert amend(table, [{**LINE, "says_heading": 1.0}, BODY], (OVER_TEXT,)) == table


def test_a_line_that_makes_no_words_is_left_to_the_weights() -> None:
    assert amend(flat(2), [{**LINE, "illegible": 1.0}, BODY], (OVER_TEXT,)) == flat(2)


def test_what_is_told_adds_up_to_what_was_added() -> None:
    title = STATES.index("title")
    signs = told([LINE, BODY], 0, title, (OVER_TEXT,))
    assert set(signs) == {"bare", "below size"}
    assert sum(signs.values()) == pytest.approx(1.0 - usual(OVER_TEXT)[title])


def test_the_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "forest.json"
    leaf = [round(number * forest.SCALE) for number in TITLE]
    path.write_text(json.dumps({"about": "one tree", "trees": [[1, "size", 30, [0] * len(STATES), leaf]]}), "utf-8")
    assert load(path) == (split(1, "size", 30, NONE, TITLE),)


def test_the_shipped_trees_know_every_state_and_say_where_they_come_from() -> None:
    def leaves(tree: forest.Tree) -> list[forest.Leaf]:
        return leaves(tree.no) + leaves(tree.yes) if isinstance(tree, Split) else [tree]

    assert forest.forest()
    assert {len(leaf) for tree in forest.forest() for leaf in leaves(tree)} == {len(STATES)}
    about = json.loads(Path(forest.__file__).with_name("forest.json").read_text("utf-8"))["about"]
    assert "tools/fit_roles.py" in about and "pages" in about
