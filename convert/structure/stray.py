"""A title that came out behind the imprint: the story whose words it has gets it back."""

from __future__ import annotations

from itertools import pairwise

from convert.issue import Role
from convert.structure import behind
from convert.structure.behind import LINES, PAGE, Head
from convert.structure.cohesion import Cohesion
from convert.structure.features import features
from convert.structure.reading import length
from convert.structure.state import Unit

COLUMN_NAME = 7
"""Characters a column name has at most; it may stand over a story that lost its title."""
LIKE, CLEAR = 0.06, 1.6
"""Likeness a title must have to its story, and how many times that of any other story."""
PAGE_SIZE = 80
"""Paragraphs of a page at most: in longer sources nothing is looked for."""


def home(units: list[Unit], at: int) -> tuple[int, Unit | None] | None:
    """Where the last line of the page goes, and the column name that was taken for the title there; None: nowhere.

    Looked for only where it stands behind the imprint.
    """
    if at <= 0 or not _is_title(units[at]) or units[at - 1].role not in PAGE:
        return None
    groups = [Head(0, 0), *(head for head in behind.heads(units) if head.start < at), Head(at, at)]
    stories = [(head, _body(units, head.end, following.start)) for head, following in pairwise(groups)]
    stories = [(head, body) for head, body in stories if body]
    every = [one for _, body in stories for one in body]
    if not every or len(every) > PAGE_SIZE:
        return None
    page = Cohesion([*(units[one].text for one in every), units[at].text])
    rank = {one: number for number, one in enumerate(every)}
    likes = [page.likeness(len(every), [rank[one] for one in body]) for _, body in stories]
    best = max(range(len(stories)), key=lambda number: likes[number])
    rivals = [like for number, like in enumerate(likes) if number != best]
    if likes[best] < LIKE or any(likes[best] < CLEAR * rival for rival in rivals):
        return None
    head, body = stories[best]
    return _place(units, at, head, body)


def _is_title(unit: Unit) -> bool:
    """A line without a word of an imprint."""
    if unit.role in PAGE:
        found = features(unit)
        return bool(found.get("bare") or found.get("asks")) and not found.get("colophon_hits") and not found.get("drop_hits")
    return unit.role in LINES | {Role.HEADING}


def is_headline(units: list[Unit], at: int) -> bool:
    """Whether the last line of the page, behind the imprint, reads as a headline and as nothing else."""
    if at <= 0 or not _is_title(units[at]) or units[at - 1].role not in PAGE:
        return False
    found = features(units[at])
    other = ("names", "office_and_names", "org", "byline", "listing", "figures", "separator", "photo", "date_only", "column")
    return 8 <= length(units[at].text) <= 36 and found.keys().isdisjoint(other)


def _place(units: list[Unit], at: int, head: Head, body: list[int]) -> tuple[int, Unit | None] | None:
    lines = [unit for unit in units[head.start : head.end] if unit.role in LINES]
    titles = [unit for unit in lines if unit.role is Role.TITLE]
    if not lines:
        return body[0], None
    if not titles:
        return head.start + sum(unit.role is Role.KICKER for unit in lines), None
    if len(titles) == len(lines) == 1 and length(titles[0].text) <= min(COLUMN_NAME, length(units[at].text) - 1):
        return head.start + 1, titles[0]
    trial = [*units[: body[-1] + 1], units[at]]
    found = behind.story_of_bare(trial, head, Head(len(trial) - 1, len(trial)))
    return (found[0], None) if found is not None and found[0] != body[0] else None


def _body(units: list[Unit], start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if units[at].role is Role.PARAGRAPH]
