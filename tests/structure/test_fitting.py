"""The fit of the role model: sums over paths, the table a person reads, and what a short line is among the others of its page."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from convert.source import Span
from convert.structure import roles, surroundings
from convert.structure.features import features
from convert.structure.state import Unit

np = pytest.importorskip("numpy")


def unit(text: str) -> Unit:
    return Unit([Span(0, 0, len(text))], text, 0)


def test_marginals_are_those_of_all_paths() -> None:
    from tools import crf

    rng = np.random.default_rng(5)
    scores, step, start, end = rng.normal(size=(5, 3)), rng.normal(size=(3, 3)), rng.normal(size=3), rng.normal(size=3)
    found = crf.marginals(crf.Batch.of([[0, 1, 2], [3, 4]], [1.0, 1.0]), scores, step, start, end)
    log, state = 0.0, np.zeros((5, 3))
    for rows in ([0, 1, 2], [3, 4]):
        paths = list(itertools.product(range(3), repeat=len(rows)))
        weights = np.exp([
            start[path[0]] + end[path[-1]] + sum(scores[row, at] for row, at in zip(rows, path, strict=True))
            + sum(step[one, other] for one, other in itertools.pairwise(path))
            for path in paths
        ])  # fmt: skip
        log += np.log(weights.sum())
        for path, weight in zip(paths, weights / weights.sum(), strict=True):
            for row, at in zip(rows, path, strict=True):
                state[row, at] += weight
    assert found.log == pytest.approx(log)
    assert np.allclose(found.state, state)


def test_the_table_says_what_the_model_holds(tmp_path: Path) -> None:
    from tools import role_table

    path = tmp_path / "weights.toml"
    path.write_text("# What stands here stays.\n", "utf-8")
    model = replace(role_table.rounded(roles.model()), bias=tuple(0.5 for _ in roles.STATES))
    role_table.write(path, model)
    assert path.read_text("utf-8").startswith("# What stands here stays.\n")
    assert roles.load(path) == model


def test_a_line_between_paragraphs_is_single_and_two_are_a_pair() -> None:
    body = "渔港的早市从三点开到六点，卖的都是当夜上岸的鱼，价钱写在木板上，谁来都一样。" * 2
    units = [unit(text) for text in ("本区扩建渔港码头", "潮水来了，船有家了", body, "价钱写在板上", body)]
    seen = [features(one) for one in units]
    surroundings.mark(units, seen, [False, False, True, False, True])
    assert "fact_over" in seen[0] and "verdict_under" in seen[1]
    assert "single" in seen[3] and "single" not in seen[0]
    assert seen[3]["among_groups"] == 0.5


def test_a_box_before_a_name_shows_a_byline() -> None:
    assert {"boxed", "names"} <= features(unit("□ 江小鱼")).keys()


def test_trees_find_what_only_two_signs_together_show(tmp_path: Path) -> None:
    """One of two signs makes a 1, both or neither a 0: no sum of weights can say that."""
    from convert.structure import forest
    from tools import boosting

    seen = [[{"one": float(a), "other": float(b), "size": 9.0} for a in (0, 1) for b in (0, 1)] * 20]
    truth = np.array([a != b for a in (0, 1) for b in (0, 1)] * 20, dtype=float)
    asked = boosting.questions(seen, ["page"], least=1)
    assert (0, "one", 0.0) in asked and (1, "other", 0.0) in asked and (0, "size", 0.0) in asked

    def slope(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        odds = 1 / (1 + np.exp(scores[:, :1] - scores[:, 1:2]))
        gradient = np.hstack([(1 - truth[:, None]) - (1 - odds), truth[:, None] - odds])
        return gradient, np.hstack([odds * (1 - odds)] * 2)

    how = boosting.Growth(trees=12, depth=2, least=2, columns=1.0, rows=0.9, pull=0.1)
    trees = boosting.grow(boosting.answers(seen, asked), asked, np.zeros((80, 2)), slope, how)
    table = forest.amend([[0.0, 0.0] for _ in seen[0]], seen[0], trees)
    assert [row[1] > row[0] for row in table] == [bool(one) for one in truth]
    boosting.write(tmp_path / "forest.json", trees, "grown by a test")
    again = forest.amend([[0.0, 0.0]] * 80, seen[0], forest.load(tmp_path / "forest.json"))
    assert np.allclose(again, table)
