"""Runs of lines that are finer than the nine roles: series, lists, verse, contents, question and answer.

Each marker adds features to what `features` saw in the units alone; the role model weighs them, and `KINDS` names them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from convert.issue import Role
from convert.structure import crowds
from convert.structure.features import ordinal, words
from convert.structure.reading import is_closed, length
from convert.structure.state import State, Unit

Seen = Sequence[dict[str, float]]

PULLED = (10, 60)
"""Characters of a sentence that is pulled out of a story and set apart, at least and at most."""
LINE, VERSE = 4, 20
"""Characters a line of verse holds, at least where no mark ends the lines, and at most."""
STANZA = 4
"""Lines that stand close together and are a stanza though no mark ends any of them."""
APART = 3
"""Blocks that may stand inside a numbered series: the formula or table that belongs to an item."""
ENTRY, ENTRIES = 45, 30
"""Characters an entry of the contents holds at most, and entries there are at most."""
LEADERS, TAIL = 3, 8
"""Entries that are contents without a head over them, and characters of a line that can only be the end of an entry."""
WHOLE = ("verse", "contents", "bullet", "cells")
"""Features of units that are complete as they stand: nothing runs on from them or into them."""
NAMED = ("names", "office_and_names", "signed", "byline", "org")
"""What a line with somebody's name shows."""
KINDS = (
    ("cells", "table-row"),
    ("verse", "verse"),
    ("crowd", "verse"),
    ("contents", "contents"),
    ("question", "question"),
    ("reply", "answer"),
    ("salutation", "salutation"),
    ("leader", "contents"),
    ("bullet", "list-item"),
    ("in_series", "list-item"),
    ("patterned", "list-item"),
)
"""Feature of a paragraph, and the kind it makes it."""


def mark(units: Sequence[Unit], seen: Seen) -> None:
    """All runs of the page."""
    for unit, found in zip(units, seen, strict=True):
        if unit.cells:
            found["cells"] = 1.0
    _series(units, seen)
    _contents(units, seen)
    _stanzas(units, seen)
    _pointed_verse(units, seen)
    crowds.mark(units, seen)
    for found in seen:
        if "contents" in found:  # who is named there has written the story, not the line
            for name in NAMED:
                found.pop(name, None)
    _answers(seen)


def _series(units: Sequence[Unit], seen: Seen) -> None:
    """Neighbours numbered in turn; 5. goes on from 4. over what belongs to 4."""
    numbers = [ordinal(unit.text) for unit in units]
    for at, here in enumerate(numbers):
        if here is None:
            continue
        style, value = here
        before = at and numbers[at - 1] == (style, value - 1)
        after = at + 1 < len(units) and numbers[at + 1] == (style, value + 1)
        if before or after or ("numbered3" in seen[at] and _goes_on(numbers, seen, at)):
            seen[at]["in_series"] = 1.0
            seen[at].pop("numbered_bare", None)


def _goes_on(numbers: Sequence[tuple[str, int] | None], seen: Seen, at: int) -> bool:
    style, value = numbers[at] or ("", 0)
    for back in range(at - 2, max(-1, at - 2 - APART), -1):
        if numbers[back] == (style, value - 1):
            return "in_series" in seen[back]
    return False


def _contents(units: Sequence[Unit], seen: Seen) -> None:
    """The lines under 本期要目 or 目录, up to the last one that ends with a page number."""
    for at, unit in enumerate(units):
        if not words().patterns["contents_head"].search(unit.text):
            continue
        end = last = at + 1
        while end < len(units) and end - at <= ENTRIES and length(units[end].text) <= ENTRY and "closed" not in seen[end]:
            end += 1
            if "leader" in seen[end - 1]:
                last = end
        if last > at + 1:
            seen[at]["contents_head"] = 1.0
            for place in range(at + 1, last):
                seen[place]["contents"] = 1.0
    _entries(units, seen)


def _entries(units: Sequence[Unit], seen: Seen) -> None:
    """Three lines or more that end with page numbers, near each other: contents whose head stands elsewhere."""
    run: list[int] = []
    for at in [*(at for at, found in enumerate(seen) if "leader" in found and length(units[at].text) <= ENTRY), len(units) + 3]:
        if run and at - run[-1] > 2:
            if len(run) >= LEADERS:
                first = run[0] - (run[0] > 0 and length(units[run[0]].text) <= TAIL and "bare" in seen[run[0] - 1])
                for place in range(first, run[-1] + 1):
                    seen[place]["contents"] = 1.0
            run = []
        run.append(at)


def _stanzas(units: Sequence[Unit], seen: Seen) -> None:
    """Short lines close together, and stanzas under the first one: verse whether or not marks end the lines."""
    first, verse = 0, False
    for at in range(1, len(units) + 1):
        if at < len(units) and units[at].blanks == 0:
            continue
        run = range(first, at)
        verse = _is_stanza(units, seen, run, STANZA - 1 if verse else STANZA)
        if verse:
            for place in run:
                seen[place]["verse"] = 1.0
        first = at


_NO_VERSE = ("byline", "dash", "names", "office_and_names", "in_series", "contents", "cells", "source_line", "date_only", "photo")


def _is_stanza(units: Sequence[Unit], seen: Seen, run: range, least: int) -> bool:
    return len(run) >= least and all(
        LINE <= length(units[at].text) <= VERSE
        and len(units[at].spans) == 1
        and "|" not in units[at].text
        and not _furniture(seen[at])
        and seen[at].keys().isdisjoint(_NO_VERSE)
        for at in run
    )


def _pointed_verse(units: Sequence[Unit], seen: Seen) -> None:
    """Runs of short lines, half of them with a mark at the end, too long to be a headline group."""
    start = 0
    for at in range(len(units) + 1):
        if at < len(units) and length(units[at].text) <= VERSE and not _furniture(seen[at]):
            continue
        run = range(start, at)
        pointed = [place for place in run if "closed" in seen[place] or "hanging" in seen[place]]
        if len(run) >= 4 and pointed and 2 * len(pointed) >= pointed[-1] + 1 - pointed[0] >= 4:
            for place in range(pointed[0], pointed[-1] + 1):
                seen[place]["verse"] = 1.0
        start = at + 1


def _furniture(found: dict[str, float]) -> bool:
    other = ("question", "numbered1", "bullet", "contents", "cells", "in_series", "formula")
    return bool(found.get("colophon_hits") or found.get("drop_hits")) or not found.keys().isdisjoint(other)


def _answers(seen: Seen) -> None:
    """段国良：… under a question is the answer to it."""
    for above, here in pairwise(seen):
        if "question" in above and "answer" in here and "question" not in here:
            here["reply"] = 1.0


def settle(state: State) -> None:
    """The kinds that only the finished articles show: names of columns over a title, and sentences pulled out."""
    for unit in state.units:
        if unit.role is Role.KICKER and words().patterns["column"].search(unit.text):
            unit.kind = "column-name"
    _pull_quotes(state)


def _pull_quotes(state: State) -> None:
    """A sentence set apart between paragraphs of its story that says word for word what one of them says."""
    units = state.units
    first = 0
    for end in range(1, len(units) + 1):
        if end < len(units) and not units[end].article:
            continue
        bodies = [unit.text for unit in units[first:end] if unit.role is Role.PARAGRAPH and length(unit.text) > PULLED[0]]
        for at in range(first + 1, end - 1):
            unit, core = units[at], units[at].text.strip("“”‘’。！？… ")
            if (
                unit.role in (Role.PARAGRAPH, Role.HEADING)
                and unit.kind is None
                and PULLED[0] <= length(core) <= length(unit.text) <= PULLED[1]
                and (is_closed(unit.text) or unit.text[:1] == "“")
                and units[at - 1].role is Role.PARAGRAPH
                and units[at + 1].role is Role.PARAGRAPH
                and any(core in body and length(body) > 1.5 * length(core) for body in bodies)
            ):
                unit.role, unit.kind = Role.PARAGRAPH, "pull-quote"
                state.because(unit, "role", "pull quote: a paragraph of the story says it word for word.")
        first = end
