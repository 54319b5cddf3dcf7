"""A title that came out behind the imprint: the story whose words it has gets it back."""

from __future__ import annotations

from itertools import pairwise

from convert.issue import Role
from convert.structure import behind
from convert.structure.behind import LINES, PAGE, Head
from convert.structure.cohesion import Cohesion
from convert.structure.features import features, words
from convert.structure.reading import length
from convert.structure.starts import opens_story
from convert.structure.state import Unit

SHORTEST = 3
"""Characters a title has more than, where nothing but the lack of one says whose it is."""
COLUMN_NAME = 7
"""Characters a column name (诗歌角, 身边的科学) has at most; it may stand over a story that lost its title."""
LIKE, CLEAR = 0.06, 1.6
"""Likeness a title must have to its story, and how many times that of any other story."""
_SIGNED = ("names", "signed", "office_and_names", "byline", "date_only", "source_line")
TAIL = 3
"""Titles behind the imprint at most; more of them are a gathering."""
LONGEST = 36
"""Characters of a headline at most."""
PAGE_SIZE = 80
"""Paragraphs of a page at most: in longer sources nothing is looked for."""


Home = tuple[int, tuple[tuple[Unit, Role], ...]]
"""Where a title goes, and the roles of the lines there once it is among them."""


def home(units: list[Unit], at: int) -> Home | None:
    """Where a line right behind the imprint, at the end of the page, goes as a title; None: nowhere."""
    if at <= 0 or not _is_title(units[at]) or units[at - 1].role not in PAGE:
        return None
    groups = [Head(0, 0), *(head for head in behind.heads(units) if head.start < at), Head(at, at)]
    stories = [(head, _body(units, head.end, following.start)) for head, following in pairwise(groups)]
    stories = [(head, body) for head, body in stories if body and units[body[0]].kind != "contents"]
    every = [one for _, body in stories for one in body]
    if not every or len(every) > PAGE_SIZE:
        return None
    page = Cohesion([*(units[one].text for one in every), units[at].text])
    rank = {one: number for number, one in enumerate(every)}
    likes = [page.likeness(len(every), [rank[one] for one in body]) for _, body in stories]
    best = max(range(len(stories)), key=lambda number: likes[number])
    rivals = [like for number, like in enumerate(likes) if number != best]
    if likes[best] < LIKE or any(likes[best] < CLEAR * rival for rival in rivals):
        return _only_one(units, at, stories) if likes[best] < LIKE else None
    head, body = stories[best]
    return _place(units, at, head, body)


def tail(units: list[Unit]) -> range:
    """The lines at the end of the page, a few at most, behind the imprint, that may be titles."""
    first = len(units) - 1
    while first > 0 and units[first - 1].role not in PAGE and _is_title(units[first - 1]):
        first -= 1
    return range(first, len(units)) if first > 0 and len(units) - first <= TAIL and units[first - 1].role in PAGE else range(0)


def _is_title(unit: Unit) -> bool:
    """A line that can be read, without a word of an imprint."""
    if unit.reason is not None or is_credit(unit):
        return False
    if unit.role in PAGE:
        found = features(unit)
        return bool(found.get("bare") or found.get("asks")) and not found.get("colophon_hits") and not found.get("drop_hits")
    if unit.role is Role.PARAGRAPH:
        found = features(unit)
        return unit.kind is None and bool(found.get("bare") or found.get("asks")) and length(unit.text) <= LONGEST
    return unit.role in LINES | {Role.HEADING}


def is_credit(unit: Unit) -> bool:
    """Whether a line is somebody's name, whatever role it was given."""
    return not features(unit).keys().isdisjoint(_SIGNED)


def is_headline(units: list[Unit], at: int) -> bool:
    """Whether the last line of the page, behind the imprint, reads as a headline and as nothing else."""
    if at <= 0 or not _is_title(units[at]) or units[at - 1].role not in PAGE:
        return False
    found = features(units[at])
    other = ("names", "office_and_names", "org", "byline", "listing", "figures", "separator", "photo", "date_only", "column")
    return 8 <= length(units[at].text) <= LONGEST and found.keys().isdisjoint(other)


def _only_one(units: list[Unit], at: int, stories: list[tuple[Head, list[int]]]) -> Home | None:
    """A title without a word of any story goes to the one story that has a column name or a byline, and no title."""
    open_heads = [
        (head, body)
        for head, body in stories
        if head.end > head.start
        and not any(map(_is_real, units[head.start : head.end]))
    ]
    if len(open_heads) != 1 or length(units[at].text) <= SHORTEST:
        return None
    return _place(units, at, *open_heads[0])


def _is_real(unit: Unit) -> bool:
    """Whether it is a headline, and no column's name."""
    return unit.role is Role.TITLE and not words().patterns["column"].search(unit.text)


def _place(units: list[Unit], at: int, head: Head, body: list[int]) -> Home | None:
    """Over a story, among what stands over it already."""
    lines = [unit for unit in units[head.start : head.end] if unit.role in LINES]
    titles = [unit for unit in lines if unit.role is Role.TITLE]
    if not lines:
        return body[0], ()
    if not titles:
        return head.start + sum(unit.role is Role.KICKER for unit in lines), ()
    size, first, title = length(units[at].text), lines[0], titles[0]
    if titles == lines[:1] and all(length(line.text) <= COLUMN_NAME for line in lines) and length(title.text) < size:
        return head.start + 1, ((title, Role.KICKER),)
    dashed = any("dash" in features(line) for line in lines)
    if lines[:2] == [first, title] and not dashed and first.role is Role.KICKER and length(title.text) <= COLUMN_NAME < size:
        if length(first.text) <= COLUMN_NAME:  # 动手又动脑 / 方糖老师: the column and the writer
            return head.start + 1, ((title, Role.BYLINE),)
        return head.start + 2, ((first, Role.TITLE), (title, Role.KICKER))  # a headline of another story, and the column
    trial = [*units[: body[-1] + 1], units[at]]
    found = behind.story_of_bare(trial, head, Head(len(trial) - 1, len(trial)))
    if found is not None and found[0] != body[0]:
        return found[0], ()
    own, other = features(units[at]), features(title)
    reports = ("fact" in other and "fact" not in own) or ("verdict" in own and "verdict" not in other)
    if lines == [title] and reports and not opens_story(units[body[0]]):  # 青石区推进改造 / 老街又回来了
        return head.start + 1, ((title, Role.KICKER),)
    return None


def _body(units: list[Unit], start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if units[at].role is Role.PARAGRAPH]
