"""Hard-wrapped text: the width of the column is learned from the lines around, and full lines run on.

Plain text has lost the indent of a first line, but not its mark: such a line is two characters short of the column.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from convert.source import Span
from convert.structure import upright
from convert.structure.features import ordinal, words
from convert.structure.pieces import Piece
from convert.structure.reading import balance, is_closed
from convert.structure.state import Place

REACH = 8
"""Lines either side from which the width of a column is learned."""
SLACK = 4
"""Columns by which a full line may fall short: a character that may not begin or end a line (CLREQ 3.1.2), half-width ones."""
INDENT = 4
"""Columns of a first-line indent."""
WIDEST, NARROWEST = 110, 16
"""Columns beyond which a line is a paragraph, and below which no column is set."""
VERSE = 44
"""Columns a line of verse takes at most."""
STANZA = (4, 12)
"""Lines a stanza has, at least and at most."""
SHOWN = 0.25
"""What the lines around must say at least for a column."""
_SIGNED = re.compile("（[㐀-鿿]{1,4}(?:）$|$)")
_WORD = re.compile("[!-~]{6,}")
_CLOSING = frozenset("，。、；：！？”’）》」』】")
_STARTS = ("question", "reply", "report", "numbered1", "numbered2", "book", "dash", "byline", "source_line", "date_only", "entry")
_ENDS = ("byline", "photo")
"""What a line that ends a block shows: a credit."""


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that run on, and what their widths say about the ends."""

    lines: tuple[Piece, ...]
    place: Place | None
    rule: str = "wrap"
    """Rule of the rows that take its line ends away."""


def runs(lines: Sequence[Piece]) -> Iterator[Run]:
    """Lines grouped into what the wrapping, and nothing else, has torn apart."""
    if not is_wrapped(lines):
        yield from (Run((line,), None) for line in lines)
        return
    lines = _printed(list(upright.gather(lines)))
    columns = [column(lines, at) for at in range(len(lines))]
    verse = _stanzas(lines)
    first = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and lines[at].blanks == 0 and at not in verse and _runs_on(lines, columns, first, at - 1):
            continue
        rule = "upright" if upright.is_upright(lines[first]) else "wrap"
        yield Run(tuple(lines[first:at]), _place(lines, columns, first, at), rule)
        first = at


def is_wrapped(lines: Sequence[Piece]) -> bool:
    """Whether lines end where the column ends: most that another follows at once stop short of any mark at all."""
    if len(lines) < 2:
        return False
    followed = [line for line, after in itertools.pairwise(lines) if after.blanks == 0]
    bare = sum(line.width <= WIDEST and line.text[-1].isalnum() for line in followed)
    return len(followed) > 0.3 * len(lines) and bare > 0.3 * len(followed)


def column(lines: Sequence[Piece], at: int) -> int | None:
    """Width of the column line `at` stands in: the width most lines around share, near ones first, or None."""
    here = lines[at].width
    wide = _common(lines, at, here - 2) if here >= NARROWEST else None
    return wide if wide is not None and here >= wide - INDENT - SLACK else None


def _common(lines: Sequence[Piece], at: int, least: int) -> int | None:
    """The width, at least so wide, that the lines above or those below show, near ones first.

    Only lines that break off show one, not those that end: an ending or a headline is as long as its words.  Lines wider
    than the column tell against it, but only on their own side: a column may begin or end here.
    """
    above = _witnesses(lines, range(at - 1, max(-1, at - 1 - REACH), -1))
    below = _witnesses(lines, range(at + 1, min(len(lines), at + 1 + REACH)))
    best: tuple[float, int] | None = None
    for wide in {width for width, _ in (*above, *below) if width >= max(least, NARROWEST)}:
        shown = max(_shown(above, wide), _shown(below, wide))
        if shown > SHOWN and (best is None or (shown, wide) > best):
            best = (shown, wide)
    return best[1] if best is not None else None


def _witnesses(lines: Sequence[Piece], places: range) -> list[tuple[int, float]]:
    """Widths of the lines there that break off, and what each counts: less the farther it stands."""
    return [
        (lines[place].width, 1.0 / (1.0 + far))
        for far, place in enumerate(places)
        if lines[place].width <= WIDEST and not is_closed(lines[place].text) and not upright.is_upright(lines[place])
    ]


def _shown(witnesses: Sequence[tuple[int, float]], wide: int) -> float:
    """How well the witnesses of one side show a column of that width; first lines count half."""
    total = 0.0
    for width, weight in witnesses:
        if width > wide + 2:
            total -= weight
        elif width >= wide - 3:
            total += weight
        elif wide - INDENT - SLACK < width <= wide - INDENT + 1:
            total += 0.5 * weight
    return total


def _printed(lines: Sequence[Piece]) -> list[Piece]:
    """Printed lines: a text layer often breaks one at its punctuation, and no line begins with a closing mark."""
    merged: list[Piece] = []
    for at, line in enumerate(lines):
        before = merged[-1] if merged else None
        if before is not None and line.blanks == 0 and _beside(before, line) and not upright.is_upright(before):
            together = before.width + line.width
            wide = _common(lines, at, NARROWEST) or 0
            apart = line.text[0] in _CLOSING or (
                not is_closed(before.text)
                and not _credited(before)
                and ordinal(line.text) is None
                and (line.text[0] in "“‘（《「" or before.text[-1] in "，、：；")
                and before.width < wide - INDENT - SLACK
                and wide - INDENT - SLACK <= together <= wide + 2
            )
            if apart:
                merged[-1] = replace(
                    before,
                    span=Span(line.span.source, before.span.start, line.span.end),
                    text=before.text + line.text,
                    width=together,
                )
                continue
        merged.append(line)
    return merged


def _beside(before: Piece, line: Piece) -> bool:
    """Whether only a line end stands between two pieces; more would be another column's text."""
    return before.span.source == line.span.source and 0 <= line.span.start - before.span.end <= 2


def _full(line: Piece, wide: int | None, opening: bool) -> bool:
    return wide is not None and line.width >= wide - SLACK - (INDENT if opening else 0)


def _runs_on(lines: Sequence[Piece], columns: Sequence[int | None], first: int, at: int) -> bool:
    line, following = lines[at], lines[at + 1]
    if _SIGNED.match(following.text):  # （宋致）: who wrote the report, at its end
        return is_closed(line.text) and len(line.text) > 2
    if line.width <= SLACK + 2 and balance(line.text)[0] and balance(following.text)[1]:
        return True
    if upright.is_upright(line) or upright.is_upright(following):
        return line.region == following.region
    if len(following.text) == 1 and following.text.isalpha() and line.text[-1].isalpha() and line.width >= NARROWEST:
        return True  # the last character of a headline: no line has but one
    wide = columns[at] or (columns[at - 1] if at > first else None)
    if wide is None or not (_full(line, columns[at], at == first) or _short_of_word(line, following, wide)):
        return False
    if following.width > wide + 2 * INDENT or _starts(lines[first], line, following) or _credited(line):
        return False
    if not line.text[-1].isalnum() and _pointed(lines, at, wide):
        return False
    if not is_closed(line.text):
        return True
    if at == first and line.width < wide - INDENT - 1:  # a sentence that ends so early is the whole paragraph
        return False
    if following.width >= wide - 2:
        return not _credited(following)
    return following.width < wide - INDENT - SLACK and is_closed(following.text) and at > first


def _short_of_word(line: Piece, following: Piece, wide: int) -> bool:
    """Whether a line ends early because the address or Latin word behind it may not be broken (CLREQ 3.1.2)."""
    word = _WORD.match(following.text)
    return word is not None and not is_closed(line.text) and line.width + len(word.group()) > wide


def _stanzas(lines: Sequence[Piece]) -> set[int]:
    """Lines that blank lines part from the rest, without a mark anywhere, some in the midst shorter: verse, line by line."""
    found: set[int] = set()
    first = 0
    for at in range(1, len(lines) + 1):
        if at < len(lines) and lines[at].blanks == 0:
            continue
        group = lines[first:at]
        if STANZA[0] <= len(group) <= STANZA[1] and not any(mark in line.text for line in group for mark in "，。：；|"):
            widest = max(line.width for line in group)
            if widest <= VERSE and min(line.width for line in group[1:-1]) < widest - INDENT - SLACK:
                found.update(range(first, at))
        first = at
    return found


def _credited(line: Piece) -> bool:
    """Whether a line ends a block: with a credit, or with the page number of an entry of contents."""
    patterns = words().patterns
    if any(patterns[name].search(line.text) for name in _ENDS):
        return True
    return bool(patterns["leader"].search(line.text)) and not any(mark in line.text for mark in "，。；")


def _pointed(lines: Sequence[Piece], at: int, wide: int) -> bool:
    """Whether lines around end with a mark so often that it must be verse or a list, not chance: no verse is so wide."""
    around = lines[max(0, at - 4) : at + 5]
    return wide <= VERSE and len(around) > 4 and sum(not line.text[-1].isalnum() for line in around) >= 0.65 * len(around)


def _starts(opening: Piece, line: Piece, following: Piece) -> bool:
    """Whether the next line begins as only a new block does; `opening` is the first line of the block so far."""
    patterns = words().patterns
    if any(patterns[name].search(following.text) for name in _STARTS):
        return True
    if sum(bool(hit.search(line.text)) for hit in words().colophon) > 1 and not any(mark in line.text for mark in "，。"):
        return True
    chrome = words().drop
    if any(hit.search(line.text) or hit.search(following.text) for hit in chrome):
        return True
    other = ordinal(following.text)
    return other is not None and any(one == (other[0], other[1] - 1) for one in (ordinal(line.text), ordinal(opening.text)))


def _place(lines: Sequence[Piece], columns: Sequence[int | None], first: int, end: int) -> Place | None:
    """Whether the run begins with an indent that was lost, and whether it ends with a full line."""
    if upright.is_upright(lines[first]):
        credit = words().patterns["byline"].search("".join(line.text for line in lines[first:end]))
        return None if credit else Place(None, None, upright.SCALE, False, True, False)
    known = [wide for wide in columns[first:end] if wide is not None]
    if not known:
        return None
    wide = max(known)
    opening, last = lines[first], lines[end - 1]
    if end - first == 1:
        if opening.width >= wide - 1:
            return Place(False, True, None, False, False, False)
        return Place(None, wide - INDENT - 1 <= opening.width <= wide - INDENT + 1 or None, None, False, False, False)
    indented = False if opening.width >= wide - 1 else True if wide - INDENT - SLACK <= opening.width <= wide - 3 else None
    return Place(indented, _full(last, wide, False), None, False, False, False)
