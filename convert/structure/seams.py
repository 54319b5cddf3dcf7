"""What a seam costs: ending a block here, beginning one there, or running on from one unit into another (nats)."""

from __future__ import annotations

from dataclasses import dataclass

from convert.structure.features import features
from convert.structure.lexis import Lexis
from convert.structure.reading import balance, is_closed, length
from convert.structure.roles import ROLES, emissions
from convert.structure.state import Unit

_MID = frozenset("，。、；：！？”’）》」』…%％—·～")
_STARTS = ("numbered1", "numbered2", "numbered3", "serial", "question", "report", "entry", "salutation", "dash", "source_line",
           "byline", "book")


@dataclass(frozen=True, slots=True)
class Ends:
    """What the two ends of a unit look like."""

    closed: bool
    size: int
    tail: float
    """Cost of ending a block at its end."""
    head: float
    """Cost of beginning a block at its start."""
    unclosed: int
    unopened: int
    starts: bool
    """Begins as only a new block does: with a number, 问：, 本报讯, a book title alone."""
    aside: bool
    """Furniture or a caption, which text may run past."""
    headline: bool


def ends(unit: Unit) -> Ends:
    """Look at both ends of a unit."""
    text, size = unit.text, length(unit.text)
    found = features(unit)
    scores: dict[str, float] = dict(zip(map(str, ROLES), emissions(unit), strict=True))
    body = scores["paragraph"]
    unclosed, unopened = balance(text)
    closed = is_closed(text)
    marked = any(mark in text for mark in "，。；")
    if closed:
        tail = 4.0 if unclosed and not unopened else 0.0
    elif "hanging" in found:
        tail = 7.0 if size > 14 else 1.5
    elif "colon" in found:
        tail = 0.5
    elif "sentences" in found or size > 45:
        tail = 6.0
    elif size > 30:
        tail = 4.0
    else:
        tail = 1.0 + (1.0 if marked and "、" in text else 0.0) + (1.5 if text[-1:].isdigit() else 0.0)
    if not closed and unclosed > unopened:
        tail += 4.0
    head = 10.0 if text[:1] in _MID and not text.startswith("——") else 0.0
    if unopened > unclosed:
        head += 4.0
    return Ends(
        closed, size, tail, head, unclosed, unopened, any(name in found for name in _STARTS),
        max(scores["caption"], scores["colophon"], scores["drop"]) > body,
        max(scores["heading"], scores["title"], scores["kicker"], scores["subtitle"], scores["byline"]) > body and not closed,
    )


def gain(one: Unit, other: Unit, a: Ends, b: Ends, lexis: Lexis) -> float:
    """How much better it is that `one` runs on into `other` than that a block ends and another begins, nearness aside."""
    if a.closed and not (b.head >= 10 or (a.unclosed and b.unopened)):
        return -9.0
    if a.aside and a.size < 60:
        return -9.0
    value = a.tail + b.head - 3.0
    seam = lexis.seam(one.text, other.text)
    if one.text[-1:].isdigit() and lexis.is_measure(other.text[:1]):
        seam = max(seam, 4.0)
    value += min(seam, 8.0) * (0.6 if a.headline else 0.5)
    if not a.closed and seam < 0.5 and b.head == 0:
        value += lexis.begins_inside(other.text) - 0.5
    if b.starts:
        value -= 7.0
    if a.unclosed and b.unopened:
        value += 2.0
    elif a.unclosed and not b.unopened and b.closed:
        value -= 2.0
    if b.headline and b.head == 0:
        value -= 5.0 if seam < 4 else 2.0
    if a.headline and not b.closed and b.size < 25:
        value -= 4.0
    if b.aside:
        value -= 6.0
    return value
