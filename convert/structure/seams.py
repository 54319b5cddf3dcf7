"""What a seam costs: ending a block here, beginning one there, or running on from one unit into another (nats)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from convert.structure.features import words
from convert.structure.lexis import Lexis
from convert.structure.reading import balance, is_closed, length
from convert.structure.roles import STATES, model, weigh
from convert.structure.state import Unit

_MID = frozenset("，。、；：！？”’）》」』…%％—·～")
_HEADS = frozenset({"kicker", "title", "subtitle", "byline", "signature", "heading"})
_ASIDE = frozenset({"caption", "colophon", "drop"})
BESIDE = 2.0
"""Nats by which a line of a wrapped or placed page must look like furniture, or a caption, rather than text."""
_CLAUSE = re.compile("[，。；：！？、”’）》%％]")
OPENER = re.compile(
    "(?:[0-9]{1,4}[年月日]|目前|近日|日前|当前|此外|同时|首先|其次|最后|如今|今年|去年|明年|昨天|今天|前不久|随后|然而|但是|不过|因此"
    "|其实|当然|例如|比如|另外|后来|于是|对此|记者|未来|下午|上午|接下来|据|随着|为|在|自|截至|针对|通过|围绕|按照)"
)
_GREETING = re.compile("[您你](?:们|們)?好[！，。]")
_STARTS = (
    "numbered1",
    "numbered2",
    "numbered3",
    "serial",
    "question",
    "report",
    "entry",
    "salutation",
    "reply",
    "dash",
    "source_line",
    "byline",
    "book",
    "page_number",
)

OTHER_COLUMN = 5
"""Terminal columns by which two pieces of one paragraph may differ in measure: what may not end or begin a line is driven out
or in, and half-width characters."""


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
    full: bool
    """Its last line is known to reach the edge of the column."""
    scale: float
    """Size of type against the body's where it is larger, else 1."""
    heading: bool
    """A heading rather than a headline, as far as the line itself tells."""
    opener: bool
    """Begins as stories and paragraphs like to: with a date, a place, an office, a quotation."""
    whole: bool = False
    """Complete as it stands: verse, a row, an entry."""


def ends(unit: Unit, found: dict[str, float]) -> Ends:
    """Look at both ends of a unit; `found` are its features."""
    text, size = unit.text, length(unit.text)
    scores: dict[str, float] = dict(zip(STATES, weigh(found, model()), strict=True))
    unclosed, unopened = balance(text)
    closed = is_closed(text)
    tail = _tail(text, size, found)
    if closed and unclosed and not unopened:
        tail = 4.0
    if not closed and unclosed > unopened:
        tail += 4.0
    best = max(scores, key=lambda role: scores[role])
    starts = any(name in found for name in _STARTS)
    headline = best in _HEADS and not closed
    head = 0.0 if starts or (headline and size < 20) else _head(text)
    if unopened > unclosed:
        head += 4.0
    scale = 1.0
    place = unit.place_says
    if place is not None and place.scale is not None and (place.scale > 1.1 or place.vertical):
        scale, tail, head = place.scale, 0.0, 0.0
    elif place is not None and (place.scale is None or place.scale < 1.1) and not place.vertical and not place.centered:
        if place.scale is None:  # widths of lines are a weaker sign than places
            head += 2.5 if place.indented is False and best == "paragraph" else -2.0 if place.indented else 0.0
        elif place.indented is False and best == "paragraph":
            head += 5.0
        else:
            starts = starts or bool(place.indented and (place.full or size > 20))
        if not closed and place.full is False:
            tail = min(tail, 2.0)
        elif (
            not closed
            and place.full
            and place.indented is not False
            and text[-1:].isalnum()
            and size > 8
            and found.keys().isdisjoint(("byline", "names", "office_and_names", "org", "source_line", "date_only"))
        ):
            tail, headline = max(tail, 6.0), False
    return Ends(
        closed,
        size,
        tail,
        head,
        unclosed,
        unopened,
        starts or "names" in found or "office_and_names" in found or bool(_GREETING.match(text)),
        best in _ASIDE and (place is None or scores[best] - scores["paragraph"] > BESIDE),
        headline,
        place is not None and bool(place.full) and size > 14,
        scale,
        scores["heading"] >= max(scores["kicker"], scores["subtitle"], scores["byline"], scores["title"] - 2.0),
        "lead" in found or bool(words().patterns["fact"].match(text)) or text[:1] in "“《‘" or bool(OPENER.match(text)),
    )


def _head(text: str) -> float:
    """What it costs to begin a block here: little before a whole first clause, much before a torn one."""
    first = text[:1]
    if first in _MID and not text.startswith(("——", "……")):
        return 10.0
    clause = _CLAUSE.search(text)
    if clause is None or OPENER.match(text):
        return 0.0
    size, mark = clause.start(), clause.group()
    if (mark in "。；！？" and size <= 3) or (mark in "%％" and text[:size].replace(".", "").isdigit()):
        return 4.0 if size <= 2 else 2.5
    if mark in "，、”’）》：" and size <= 1:
        return 4.0
    if mark in "，、" and size == 2:
        return 1.5
    return 1.0 if len(text) <= 14 and text[-1] == "。" and "，" not in text else 0.0


def _tail(text: str, size: int, found: dict[str, float]) -> float:
    """What it costs to end a block here, by the last mark and by what the line is otherwise like."""
    if "closed" in found:
        return 0.0
    if text[-1:] == "）":  # what a list entry, a date or a name in brackets ends with
        return 1.5
    if "hanging" in found:
        return 1.5 if size <= 14 else 3.0 if text[-1] == "；" else 7.0
    if "colon" in found:
        return 0.5
    if "sentences" in found or size > 45:
        return 6.0
    if size > 30 or (size > 17 and "，" in text):
        return 5.0
    return 1.0 + (1.0 if "、" in text and "，" in text else 0.0) + (1.5 if text[-1:].isdigit() and size > 12 else 0.0)


def gain(one: Unit, other: Unit, a: Ends, b: Ends, lexis: Lexis) -> float:
    """How much better it is that `one` runs on into `other` than that a block ends and another begins, nearness aside."""
    if not 0.88 < a.scale / b.scale < 1.14:
        return -9.0
    if one.measure and other.measure and abs(one.measure - other.measure) > OTHER_COLUMN:
        return -9.0
    if a.closed and a.full and not b.starts and not b.headline and b.head >= 5:
        return b.head - 4.0 - (6.0 if b.aside or a.aside else 0.0)
    if a.closed and not (b.head >= 10 or (a.unclosed and b.unopened)):
        return -9.0
    if (a.aside and a.size < 60) or (a.headline and a.starts and b.head < 5):
        return -9.0
    value = a.tail + b.head - 3.0
    seam = lexis.seam(one.text, other.text)
    if one.text[-1:] == other.text[:1] and one.text[-1:].isalpha() and not lexis.is_word(other.text[:2]):  # read twice: a sign
        seam = max(seam, 1.0 + lexis.seam(one.text, other.text[1:]))
    if one.text[-1:].isdigit():
        if lexis.is_measure(other.text[:1]):
            seam = max(seam, 6.0)
        elif not other.text[:1].isdigit() and other.text[:1] not in "．.％%、，—":
            value -= 2.5
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
        value -= 2.0 if seam >= 4 or (b.size > 20 and "，" in other.text) else 5.0
    if a.headline and not b.closed and b.size < 25:
        value -= 4.0
    if b.aside:
        value -= 6.0
    if b.opener and seam < 4:
        value -= 1.0
    return value
