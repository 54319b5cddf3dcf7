"""How worn a place is: what stands elsewhere in the passage, and on the page."""

from __future__ import annotations

from convert.proofread.evidence import DOUBTED
from tests.proofread.pages import page_of

CLEAN = "居民区党总支牵头成立议事会，大大小小的事情都摆到桌面上谈。" * 3
WORN = "居民区谠总叉牵头戍立议亊会，大大小小的亊情都摆到桌靣上谈。" * 3


def test_a_worn_passage_is_odder_than_a_clean_one_beside_it() -> None:
    both = page_of(f"{CLEAN}\n{WORN}\n")
    clean, worn = (both.wear.near(passage, 40) for passage in both.passages)
    assert worn[0] > clean[0] + 0.5
    assert worn[1] == clean[1], "one page, one rate"
    assert (only := page_of(CLEAN)).wear.near(only.passages[0], 40)[1] < clean[1]


def test_what_stands_close_by_is_left_out() -> None:
    """A slip makes its neighbours odd: they are no witnesses."""
    alone = page_of(CLEAN[:40] + "谠叉" + CLEAN[40:])
    passage = alone.passages[0]
    assert alone.wear.near(passage, 40)[0] < alone.wear.near(passage, 10)[0]


def test_doubts_elsewhere_count_and_those_close_by_do_not() -> None:
    doubted = page_of(f"{CLEAN}\n{CLEAN}\n")
    first, second = doubted.passages
    first.doubts = dict.fromkeys((4, 5, 50, 60, 70), DOUBTED + 1.0)
    assert doubted.wear.doubts(first, 20)[0] > doubted.wear.doubts(second, 20)[0]
    assert doubted.wear.doubts(first, 5)[0] < doubted.wear.doubts(first, 20)[0]


def test_an_empty_page_and_hostile_text_have_a_rate() -> None:
    for text in ("\U0010fffd", "a", "\0一", "，，，"):
        made = page_of(text)
        for passage in made.passages:
            assert all(rate < 0 for rate in (*made.wear.near(passage, 0), *made.wear.doubts(passage, 0)))
