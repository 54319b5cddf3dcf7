"""Headlines with no text under them, and headlines read a paragraph or two late: the change of subject tells their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from convert.issue import Role
from convert.structure.cohesion import Cohesion
from convert.structure.features import ordinal
from convert.structure.reading import length
from convert.structure.starts import opens_story
from convert.structure.state import Unit

LINES = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE})
PAGE = frozenset({Role.COLOPHON, Role.DROP})
SIGNED = ("signature", "date")
"""Kinds of the bylines that end an article."""
STRETCH = 16
"""Paragraphs either side of a headline that are compared."""
NEAR = 7
"""Paragraphs either side that are compared where a headline may only have slipped."""
BEHIND = 1.0
"""Gain in cohesion a story must show to be the one a bare headline stood over (see `Cohesion.cut`)."""
SLIPPED = 1.3
"""Gain in cohesion over the headline's present place from which it has slipped."""
FOREIGN = 0.5
"""What it takes more to say that the whole text under a headline is another one's."""
LATE = 2
"""Paragraphs of its story a headline slips behind at most where nothing but the subject tells."""
SUBSTANCE = 40
"""Characters of a paragraph whose subject can be told."""


@dataclass(frozen=True, slots=True)
class Head:
    """Units `start`..`end`-1: kicker, title, subtitle and the bylines under them."""

    start: int
    end: int


def heads(units: list[Unit]) -> Iterator[Head]:
    """The headline groups of the page; two titles that follow each other head two stories."""
    at = 0
    while at < len(units):
        if units[at].role not in LINES:
            at += 1
            continue
        end, titled, signed = at, False, False
        while end < len(units):
            unit = units[end]
            if unit.role is Role.BYLINE and end > at and titled:
                signed = True
            elif unit.role not in LINES or (titled and (unit.role in (Role.TITLE, Role.KICKER) or signed)):
                break
            titled = titled or unit.role is Role.TITLE
            end += 1
        yield Head(at, end)
        at = end


def is_bare(units: list[Unit], head: Head) -> bool:
    """Whether the next headline or the end of the text follows at once."""
    following = next((units[at] for at in range(head.end, len(units)) if units[at].role not in PAGE), None)
    return following is None or following.role in LINES


def story_of_bare(units: list[Unit], before: Head | None, head: Head) -> tuple[int, float] | None:
    """Where the story of a bare headline begins, between the headline `before` it and itself; and how sure that is."""
    low = before.end if before else 0
    body = _body(units, low, head.start)[-STRETCH:]
    if not body:
        return None
    after = _body(units, head.end, min(len(units), head.end + STRETCH))[:6]
    over = _words(units, before)
    words = _words(units, head)
    texts = [over, *(units[at].text for at in body), words]
    stretch = Cohesion(texts)
    echo = Cohesion([words, *(units[at].text for at in body), *(units[at].text for at in after)])
    echo_of_other = Cohesion([over, *(units[at].text for at in body), words])
    best: tuple[float, int] | None = None
    for cut in range(1, len(body) + 1):
        at = body[cut - 1]
        takes_all = before is not None and at == next(iter(_body(units, low, head.start)))
        if (length(units[at].text) < SUBSTANCE and not _opens_list(units[at]) and not opens_story(units[at])) or not (
            takes_all or _can_begin(units, at)
        ):
            continue
        score = stretch.cut(cut) + _opening(units, at)
        own = echo.likeness(0, range(cut, len(body) + 1))
        other = max(echo.likeness(0, range(1, cut)), echo.likeness(0, range(len(body) + 1, len(body) + 1 + len(after))))
        score += 2.0 * (own - other)
        if takes_all:  # the whole text under another headline: only where that one has no word of it
            score += 2.0 * (own - echo_of_other.likeness(0, range(1, len(body) + 1))) - FOREIGN
        if best is None or score > best[0]:
            best = (score, at)
    if best is None or best[0] < BEHIND:
        return None
    return best[1], best[0]


def slipped(units: list[Unit], before: Head | None, head: Head, after: Head | None) -> tuple[int, float] | None:
    """The paragraph, one or two above the headline, with which its story begins; and what that gains; or None."""
    body = _body(units, max(before.end if before else 0, head.start - 2 * STRETCH), head.start)[-NEAR:]
    story = _body(units, head.end, min(after.start if after else len(units), head.end + 2 * STRETCH))[:NEAR]
    if not _plain(units, story) or len(body) < (2 if before else 1):
        return None
    stretch = Cohesion([_words(units, before), *(units[at].text for at in body + story), _words(units, head)])
    here = len(body) + 1
    stay = stretch.cut(here)
    best: tuple[float, int] | None = None
    for cut in range(max(2 if before else 1, here - LATE), here):
        at = body[cut - 1]
        if not _can_begin(units, at) or not _plain(units, body[cut - 1 :]):
            continue
        if any(unit.role in PAGE | {Role.HEADING} or unit.kind in SIGNED for unit in units[at : head.start]):
            continue
        gain = stretch.cut(cut) + _opening(units, at) - stay
        if best is None or gain > best[0]:
            best = (gain, at)
    return (best[1], best[0]) if best is not None and best[0] >= SLIPPED else None


def _body(units: list[Unit], start: int, end: int) -> list[int]:
    return [at for at in range(start, end) if units[at].role is Role.PARAGRAPH]


def _plain(units: list[Unit], body: list[int]) -> bool:
    """Whether these are paragraphs whose subject can be compared: no verse, no list, no dialogue."""
    return bool(body) and all(units[at].kind in (None, "salutation") and length(units[at].text) >= SUBSTANCE for at in body[:2])


def _words(units: list[Unit], head: Head | None) -> str:
    return "".join(unit.text for unit in units[head.start : head.end] if unit.role in LINES) if head else ""


def _can_begin(units: list[Unit], at: int) -> bool:
    """A story does not begin under a heading, nor inside a list."""
    before = units[at - 1] if at else None
    if before is not None and before.role in LINES | {Role.HEADING}:
        return False
    return units[at].kind not in ("answer", "verse") and (units[at].kind != "list-item" or _opens_list(units[at]))


def _opens_list(unit: Unit) -> bool:
    number = ordinal(unit.text)
    return unit.kind == "list-item" and number is not None and number[1] == 1


def _opening(units: list[Unit], at: int) -> float:
    """What else than the subject says that a story begins here."""
    before = units[at - 1] if at else None
    score = 1.0 if opens_story(units[at]) else 0.0
    if before is not None and before.kind in SIGNED:
        score += 1.0
    if before is None or before.role in PAGE:
        score += 1.0
    return score
