"""What speaks for a headline standing where it stands, and for every other place it could have come from.

The stories of a page are stretches of text, each under the headline before it.  Moving a headline changes up to three of
them: how likely they begin and end where they then do (`borders`), whether the words of their headlines come back in them,
whether one is left without text.  One small model (`placing.toml`, fitted by `tools/fit_starts.py`) weighs all that and
the kind of the move; staying is one of the choices.
"""

from __future__ import annotations

import math
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from convert.issue import Role
from convert.structure import company, stray
from convert.structure.behind import LINES, PAGE, SIGNED, Head, heads
from convert.structure.borders import Borders, grams
from convert.structure.features import features, words
from convert.structure.reading import is_closed, length
from convert.structure.state import Unit

LEAST = -1.5
"""Log-odds of a border from which a paragraph is looked at as the beginning of a story."""
SURE = 0.6
"""Probability of a place from which a headline is moved there."""
REACH = 10
"""Units either way among which the place of a headline is looked for."""
PAGE_SIZE = 160
"""Units of a page at most whose every place is one for what stands behind the imprint."""
LEAD = 6
"""Paragraphs of a story in which the words of its headline come back."""
CAP = 3.0
"""Nats a border counts at most: what looks less like one may be no headline, wherever it stands."""
SLIP = 2
"""Paragraphs a headline slips behind."""
SCRAP = 50
"""Characters of text a story hardly has."""
DISTANCES = ((1, "past1"), (2, "past2"), (4, "past4"), (8, "past8"))
"""Paragraphs a headline is moved past, by classes; more are `past_many`."""
BEGINNINGS = frozenset({None, "salutation", "question", "answer", "list-item"})
"""Kinds of paragraphs a story can begin with."""

Found = dict[str, float]
Stretch = tuple[Head | None, int, int]
"""A headline, and the units `low`..`high`-1 that are its text (and those of headlines among them)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place for the lines `head` of a headline: before unit `at`; `joins`: among the lines of the headline there."""

    head: Head
    at: int
    found: Found
    joins: bool = False


@cache
def weights() -> dict[str, float]:
    """Read `placing.toml`, once a process."""
    table = tomllib.loads(Path(__file__).with_name("placing.toml").read_text("utf-8"))
    return {str(name): float(value) for name, value in table["weights"].items()}


def score(found: Found) -> float:
    """Nats by which a place is likelier than staying."""
    known = weights()
    return sum(value * known.get(name, 0.0) for name, value in found.items())


class Page:
    """The page as headlines and stretches of text.  What stands behind the imprint may be a headline whatever its role."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = list(units)
        late = stray.tail(self.units)
        self.end = late.start if late else len(self.units)
        own = [head for head in heads(self.units) if head.start < self.end]
        self.heads = own + [Head(at, at + 1) for at in late]
        self.body = [at for at, unit in enumerate(self.units[: self.end]) if unit.role is Role.PARAGRAPH]
        self.borders = Borders([self.units[at] for at in self.body])
        self.stretches: list[Stretch] = [(None, 0, own[0].start if own else self.end)]
        for head, after in zip(own, [*(head.start for head in own), self.end][1:], strict=True):
            self.stretches.append((head, head.end, after))
        self.starts = [low for _, low, _ in self.stretches]
        self.kind = _kind(self.units)
        self._where: dict[str, list[int]] = {}
        self._words: dict[tuple[int, int], dict[str, float]] = {}

    def rank(self, at: int) -> int:
        """The number of the first paragraph at or behind unit `at`."""
        return bisect_left(self.body, at)

    def words(self, head: Head) -> dict[str, float]:
        """The telling pairs of characters of a headline."""
        known = self._words.get((head.start, head.end))
        if known is None:
            text = "，".join(unit.text for unit in self.units[head.start : head.end] if unit.role is not Role.BYLINE)
            known = self._words[head.start, head.end] = {gram: math.sqrt(self.borders.value(gram)) for gram in grams(text)}
        return known

    def echo(self, head: Head, low: int, high: int) -> float:
        """Share, 0..1, of the telling words of a headline that come back in units `low`..`high`-1."""
        known = self.words(head)
        hits = 0.0
        for gram, value in known.items():
            where = self._where.get(gram)
            if where is None:
                where = [at for at, found in zip(self.body, self.borders.grams, strict=True) if gram in found]
                self._where[gram] = where
            if (at := bisect_left(where, low)) < len(where) and where[at] < high:
                hits += value
        return hits / (2.0 + sum(known.values()))


def _kind(units: Sequence[Unit]) -> str:
    """How the source stands to the page: places known, lines of the page, or blocks a program made of them."""
    if any(unit.place_says is not None for unit in units):
        return "placed"
    return "lines" if any("wrap" in unit.joins for unit in units) else "blocks"


def places(page: Page, number: int) -> Iterator[Place]:
    """Staying, as the first, and every place headline `number`, or its first lines, could go to, with what that changes."""
    whole = page.heads[number]
    yield Place(whole, whole.start, {})
    late = whole.start >= page.end
    low, high = whole.start - REACH, whole.end + REACH
    if late and len(page.units) <= PAGE_SIZE:
        low = 0
    parts = [(part, _shape(page, part, whole)) for part in _parts(page, whole)]
    old = page.rank(whole.end)
    for rank in range(page.rank(max(0, low)), page.rank(min(high, page.end))):
        at = page.body[rank]
        if (late or rank != old) and _may_begin(page, at) and page.borders.odds(rank) >= LEAST:
            for part, shape in parts:
                if part is whole or at < whole.start:
                    yield Place(part, at, _change(page, number, part, at) | shape)
    if late:
        for other, start, after in page.stretches[1:]:
            if other is not None and page.rank(start) < page.rank(after) and not _is_titled(page, other):
                found = {"join": 1.0, "join_echo": page.echo(whole, start, after), "join_over": page.echo(other, start, after)}
                found[f"join_{page.kind}"] = 1.0
                if any(unit.role is Role.TITLE for unit in page.units[other.start : other.end]):
                    found["join_column"] = 1.0
                yield Place(whole, other.start, found | parts[0][1], True)


def place(page: Page, number: int, part: Head, at: int) -> Place:
    """The place of headline `number`, or of the lines `part` of it, before unit `at`, which is a paragraph."""
    return Place(part, at, _change(page, number, part, at) | _shape(page, part, page.heads[number]))


def _is_titled(page: Page, head: Head) -> bool:
    """Whether a headline has a title that is no column's name."""
    lines = page.units[head.start : head.end]
    return any(unit.role is Role.TITLE and length(unit.text) > stray.COLUMN_NAME for unit in lines)


def _parts(page: Page, head: Head) -> list[Head]:
    """A headline, and its first lines alone: the last ones may be those of the story under them."""
    lines = [at for at in range(head.start, head.end) if page.units[at].role in LINES]
    return [head, *(Head(head.start, at) for at in lines[1:])]


def _may_begin(page: Page, at: int) -> bool:
    """Whether a headline could stand over a paragraph: there is none, and no heading, and it is no line of a poem."""
    before = page.units[at - 1] if at else None
    if page.units[at].kind not in BEGINNINGS:
        return False
    return before is None or before.role not in LINES | {Role.HEADING}


def _change(page: Page, number: int, part: Head, to: int) -> Found:
    """What moving a headline, or its first lines, changes in the stories it leaves, splits and takes."""
    head = page.heads[number]
    late = head.start >= page.end
    old = page.stretches
    new: dict[int, Stretch] = {}
    if part.end < head.end:
        new[number + 1] = (Head(part.end, head.end), *old[number + 1][1:])
    elif not late:  # its text falls to the headline before it
        new[number] = (*old[number][:2], old[number + 1][2])
        new[number + 1] = (None, old[number + 1][2], old[number + 1][2])
    target = bisect_right(page.starts, to) - 1
    if target == number + 1 and part.end == head.end and not late:
        target = number
    above, low, high = new.get(target, old[target])
    new[target] = (above, low, to)
    taken: Stretch = (part, to, high)
    found: Found = {}
    for at in new:
        _add(found, -1.0, _story(page, old[at]))
    for stretch in [*new.values(), taken]:
        _add(found, 1.0, _story(page, stretch))
    kind = "tail" if late else _way(found, to > head.start, abs(page.rank(to) - page.rank(head.end)))
    odds = page.borders.odds
    found["border"] = max(-CAP, min(CAP, odds(page.rank(to))))
    if not late and part.end == head.end and not _is_border(page, number):
        found["border_left"] = max(-CAP, min(CAP, -odds(page.rank(head.end))))
        found["both"] = max(0.0, min(found["border"], found["border_left"]))
    there = page.echo(part, to, _lead_end(page, to, high))
    found["echo_there"] = there
    if not there:
        found["silent"] = 1.0
    for name in ("border", "border_left", "both", "echo", "echo_lead", "echo_there", "silent"):
        if name in found:
            found[f"{name}_{kind}"] = found[name]
    if late or to < head.start:
        _add(found, 1.0, _taken(page, to, min(high, head.start)))
    _add(found, 1.0, _before(page, to))
    if not late:
        _add(found, 1.0, {f"was_{name}": value for name, value in _before(page, head.start).items()})
    found[kind] = found[f"{kind}_{page.kind}"] = 1.0
    if not late:
        passed = abs(page.rank(to) - page.rank(head.end))
        found[next((name for limit, name in DISTANCES if passed <= limit), "past_many")] = 1.0
    return found


def _taken(page: Page, low: int, high: int) -> Found:
    """What the text says that a headline is moved over: an imprint, scraps, text that breaks off."""
    body = page.borders.body[page.rank(low) : page.rank(high)]
    if not body:
        return {}
    first, size = body[0], sum(length(unit.text) for unit in body)
    hits = sum(bool(hit.search(first.text[:120])) for hit in words().colophon)
    ends = is_closed(body[-1].text) or body[-1].text[-1:] == "："
    found = {"imprint_first": hits > 0, "imprint_sure": hits > 1, "scrap": size < SCRAP, "breaks_off": not ends}
    return {name: 1.0 for name, value in found.items() if value}


def _way(found: Found, forth: bool, passed: int) -> str:
    """The kind of a move: forward; over the first text of the page; from where no text is; a paragraph or two; or farther."""
    if forth:
        return "forth"
    if found.get("headless", 0.0) < 0:
        return "first"
    if found.get("empty", 0.0) < 0:
        return "bare"
    return "slip" if passed <= SLIP else "far"


def _lead_end(page: Page, low: int, high: int) -> int:
    """The end of the first paragraphs of a stretch."""
    first, last = page.rank(low), page.rank(high)
    return page.body[min(first + LEAD, last) - 1] + 1 if first < last else low


def _is_border(page: Page, number: int) -> bool:
    """Whether another headline stands where this one does, so that a story begins there without it."""
    head = page.heads[number]
    ranks = [page.rank(other.end) for other in page.heads[max(0, number - 1) : number + 2] if other is not head]
    return page.rank(head.end) in ranks or page.rank(head.end) >= len(page.body)


def _add(found: Found, sign: float, more: Found) -> None:
    for name, value in more.items():
        found[name] = found.get(name, 0.0) + sign * value


def _story(page: Page, stretch: Stretch) -> Found:
    """What a headline and its text say of each other."""
    head, low, high = stretch
    first, last = page.rank(low), page.rank(high)
    if head is None:
        return {"headless": 1.0} if first < last else {}
    if first >= last:
        return {"empty": 1.0}
    body = page.body
    found = {
        "echo": page.echo(head, low, _lead_end(page, low, high)),
        "echo_lead": page.echo(head, low, body[_spoken(page, first, last)] + 1),
    }
    if any(unit.role is Role.HEADING for unit in page.units[low : body[first]]):
        found["heading_first"] = 1.0
    return found


def _spoken(page: Page, first: int, last: int) -> int:
    """The first paragraph of a stretch that says something: behind a salutation (各位读者：)."""
    while first + 1 < last and page.borders.body[first].text[-1:] == "：":
        first += 1
    return first


def _before(page: Page, at: int) -> Found:
    """What stands before a place, the bylines of the text there left out."""
    units = page.units
    at -= 1
    while at >= 0 and units[at].role is Role.BYLINE and units[at].kind not in SIGNED:
        at -= 1
    above = units[at] if at >= 0 else None
    if above is None or above.role in PAGE:
        return {"behind_page": 1.0}
    if above.kind in SIGNED:
        return {"behind_signed": 1.0}
    name = {Role.CAPTION: "behind_caption", Role.HEADING: "behind_heading"}.get(above.role)
    return {name: 1.0} if name else {"behind_line": 1.0} if above.role in LINES else {}


def _shape(page: Page, head: Head, whole: Head) -> Found:
    """What the lines themselves say of being a displaced headline; `whole` is the headline they are of."""
    lines = [unit for unit in page.units[head.start : head.end] if unit.role is not Role.BYLINE]
    seen = [features(unit) for unit in lines]
    found = {
        "no_title": not any(unit.role is Role.TITLE for unit in lines),
        "column_only": all(length(unit.text) <= company.COLUMN_NAME for unit in lines),
        "several": len(lines) > 1,
        "imprint_words": any(one.get("colophon_hits") or one.get("drop_hits") for one in seen),
        "no_headline": any("hanging" in one or ("closed" in one and "asks" not in one) for one in seen),
        "split": head != whole,
    }
    return {name: 1.0 for name, value in found.items() if value}
