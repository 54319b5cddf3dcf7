"""Borders of stories, and headlines weighed against all their places, on pages of our own writing."""

from __future__ import annotations

import pytest

from convert.issue import Role
from convert.options import ParseOptions
from convert.source import Span
from convert.structure import dealing, placing
from convert.structure.borders import Borders, grams
from convert.structure.lexis import Lexis
from convert.structure.state import State, Unit
from tests.structure.test_headlines import PAGES, stories

NAMES = [path.name.split(".")[0] for path in PAGES]


def units(rows: list[tuple[str, str]]) -> list[Unit]:
    return [Unit([Span(0, at, at + 1)], words, at, 1, Role(role)) for at, (role, words) in enumerate(rows)]


@pytest.mark.parametrize("page", NAMES)
def test_stories_part_where_their_subjects_do(page: str) -> None:
    _, articles = stories(page)
    bodies = [[row for row in rows if row[0] == "paragraph"] for rows in articles]
    found = Borders(units([row for rows in bodies for row in rows]))
    firsts = {sum(len(rows) for rows in bodies[:number]) for number in range(1, len(bodies))}
    inside = [found.odds(at) for at in range(1, len(found.body)) if at not in firsts]
    borders = [found.odds(at) for at in firsts]
    assert sum(borders) / len(borders) > sum(inside) / len(inside) + 1.0


@pytest.mark.parametrize("page", NAMES)
def test_headlines_that_stand_right_are_left_alone(page: str) -> None:
    imprint, articles = stories(page)
    rows = units(imprint + [row for rows in articles for row in rows])
    state = State((), ParseOptions(), "zh-Hans", Lexis([], False), list(rows))
    dealing.deal(state)
    assert state.units == rows
    assert not state.reasons


def test_staying_is_one_of_the_places_and_the_first() -> None:
    imprint, articles = stories(NAMES[0])
    page = placing.Page(units(imprint + [row for rows in articles for row in rows]))
    for number, head in enumerate(page.heads):
        first, *others = placing.places(page, number)
        assert first.at == head.start
        assert not first.found
        assert all(place.at != head.start for place in others)


@pytest.mark.parametrize(
    ("found", "backed"),
    [
        ({"tail": 1.0, "echo": 0.0}, False),
        ({"far": 1.0, "echo": 0.2}, True),
        ({"first": 1.0, "echo": 0.0, "echo_there": 0.6}, False),
        ({"far": 1.0, "echo": 0.2, "empty": 1.0}, False),
        ({"slip": 1.0, "echo": 0.0}, True),
        ({"join": 1.0, "join_echo": 0.3}, True),
    ],
)
def test_a_move_needs_the_words_of_the_headline_unless_structure_shows_it(found: dict[str, float], backed: bool) -> None:
    assert dealing._is_backed(found) is backed


def test_what_a_rule_would_move_and_the_model_sees_no_chance_for_is_asked() -> None:
    imprint, articles = stories("forest")
    state = State((), ParseOptions(), "zh-Hans", Lexis([], False), units(imprint + [row for rows in articles for row in rows]))
    page = placing.Page(state.units)
    head = page.heads[2]
    inside = page.body[page.rank(page.heads[1].end) + 1]  # the middle of the story before it
    before = list(state.units)
    assert not dealing.allows(state, head.start, head.end, inside)
    assert state.units == before
    assert [query.kind for query in state.queries] == ["headline-place"]


def test_pairs_of_characters_are_told_without_function_characters() -> None:
    assert grams("渔港的早市，2024年abc开门") == {"渔港", "早市", "开门"}
