"""Headlines set from top to bottom: a text layer gives them a character or two a line, between the lines of the text beside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from convert.source import Span
from convert.structure.features import words
from convert.structure.lexis import Lexis
from convert.structure.pieces import Piece

LEAST = 3
"""Lines of one character that make a vertical line."""
TEXT = 16
"""Columns of a terminal a line of text takes at least beside which a part of one may stand."""
WORD, SPANNED = 3.0, 0.2
"""Nats from which a word spans the seam of two parts, and the share of seams that words must span."""
PARTS = 4
"""Parts that make vertical lines beside text."""
GAP = 3
"""Lines of text at most between two parts."""
MOST = 4
"""Vertical lines side by side at most."""
CREDIT = 24
"""Characters a byline under a vertical headline holds at most."""
NAME = 7
"""Characters the name of a column holds at most."""
FAR = 600
"""Characters of a page between the parts of two headlines at least."""
BEAM = 40
SCALE = 2.0
"""Size of type such a line is taken to have, against the body's: nothing else is set like this."""
MARK = "upright"
"""How `Piece.region` of such a part begins; all parts of one line share the rest."""
_PART = re.compile("[㐀-鿿“”‘’「」『』《》·—]{1,3}")
CREDITS = frozenset(("摄", "攝", "图", "圖", "文", "摄影", "攝影"))
"""Last words of a credit, short as they are."""


def is_upright(piece: Piece) -> bool:
    """Whether the piece is part of a vertical line, which no other line runs on into."""
    return piece.region is not None and piece.region.startswith(MARK)


def gather(lines: Sequence[Piece]) -> Iterator[Piece]:
    """The lines, with every run of single characters marked as a vertical line, and the byline at its foot as another."""
    first = 0
    while first < len(lines):
        end = first
        while end < len(lines) and _single(lines[end]) and (end == first or lines[end].blanks == 0):
            end += 1
        if end - first >= LEAST and any(line.text.isalpha() for line in lines[first:end]):
            yield from _marked(lines[first:end])
            first = end
        else:
            yield lines[first]
            first += 1


def _single(line: Piece) -> bool:
    return (len(line.text) == 1 or line.text in ("——", "……")) and not is_upright(line)


def _marked(parts: Sequence[Piece]) -> Iterator[Piece]:
    """The parts of one vertical line; the column's name over it, the subtitle and the byline under it as lines of their own."""
    cuts = {0, _credit(parts), _name(parts), *(at for at, part in enumerate(parts) if part.text == "——" and at >= LEAST)}
    first = parts[0]
    for at, part in enumerate(parts):
        if at in cuts:
            first = part
        yield replace(part, region=f"{MARK}{first.span.start}", blanks=0 if part is not first else 1)


def _name(parts: Sequence[Piece]) -> int:
    """How many parts the name of a column takes with which the line begins (镇史拾遗); 0 where there is none."""
    column = words().patterns["column"]
    text = ""
    for at, part in enumerate(parts):
        text += part.text
        if len(text) > NAME or at + LEAST >= len(parts):
            return 0
        if len(text) >= LEAST and column.search(text):
            return at + 1
    return 0


def _credit(parts: Sequence[Piece]) -> int:
    """How many of the parts stand before the byline at the foot: all, where there is none."""
    byline = words().patterns["byline"]
    for at in range(max(2, len(parts) - CREDIT), len(parts) - 1):
        tail = "".join(part.text for part in parts[at:])
        if tail[0] in "本特学學实見见通记記文图圖摄攝" and byline.search(tail):
            return at
    return len(parts)


def lift(rows: Sequence[list[Piece]], lexis: Lexis, gap: int = GAP) -> tuple[list[list[Piece]], list[Piece]]:
    """The rows without the parts of vertical lines that stand among them, at most `gap` rows apart, and those lines, the
    rightmost first."""
    found = [_parts(row) for row in rows]
    lifted: list[Piece] = []
    taken: set[int] = set()
    for cluster in _clusters(found, gap):
        if not _stands_beside(cluster, rows, found):
            continue
        lines = _lines([found[at] for at in cluster], lexis)
        if not _makes_words(lines, lexis):
            continue
        for line in lines:
            lifted += _marked(line)
        taken.update(id(piece) for at in cluster for piece in found[at])
    left = [[piece for piece in row if id(piece) not in taken] for row in rows]
    return [row for row in left if row], lifted


def by_place(lifted: Sequence[Piece], columns: Mapping[Span, int]) -> Iterator[Piece]:
    """The parts of vertical lines dealt anew by the column of the terminal they begin in, where white space tells it."""
    clusters: list[list[Piece]] = []
    for part in sorted(lifted, key=lambda part: part.span.start):
        if not clusters or part.span.start - clusters[-1][-1].span.start > FAR:
            clusters.append([])
        clusters[-1].append(part)
    for cluster in clusters:
        lines: list[list[Piece]] = []
        for part in sorted(cluster, key=lambda part: columns[part.span]):
            if not lines or columns[part.span] - columns[lines[-1][-1].span] > 2:
                lines.append([])
            lines[-1].append(part)
        for line in reversed(lines):
            yield from _marked(sorted(line, key=lambda part: part.span.start))


def _parts(row: Sequence[Piece]) -> list[Piece]:
    """What may be parts of vertical lines on a row: all of it, or what stands beside a line of text."""
    short = [
        piece
        for at, piece in enumerate(row)
        if _PART.fullmatch(piece.text)
        and piece.text not in CREDITS
        and not (at and row[at - 1].text[-1] in "，。、；：！？”）」")
    ]
    text = [piece for piece in row if piece not in short]
    return short if not text or max(piece.width for piece in text) >= TEXT else []


def _makes_words(lines: Sequence[Sequence[Piece]], lexis: Lexis) -> bool:
    """Whether words run on from part to part as they do where a line was cut without regard to them."""
    seams = [lexis.seam(one.text, other.text) for line in lines for one, other in pairwise(line)]
    return sum(seam >= WORD for seam in seams) >= max(1.0, SPANNED * len(seams))


def _clusters(found: Sequence[list[Piece]], gap: int) -> Iterator[list[int]]:
    """Rows that hold parts, near each other and enough of them."""
    cluster: list[int] = []
    for at in [*(at for at, parts in enumerate(found) if parts), None]:
        if cluster and (at is None or at - cluster[-1] > gap + 1):
            if len(cluster) >= PARTS:
                yield cluster
            cluster = []
        if at is not None:
            cluster.append(at)


def _stands_beside(cluster: Sequence[int], rows: Sequence[list[Piece]], found: Sequence[list[Piece]]) -> bool:
    """Whether the parts stand beside text, or are single characters: a list of names or a table is neither."""
    beside = sum(len(rows[at]) > len(found[at]) for at in range(cluster[0], cluster[-1] + 1))
    single = sum(any(len(piece.text) == 1 for piece in found[at]) for at in cluster)
    several = any(len(found[at]) > 1 or len(rows[at]) > len(found[at]) for at in cluster)
    return several and max(len(found[at]) for at in cluster) <= MOST and (2 * beside >= len(cluster) or single >= PARTS)


@dataclass(frozen=True, slots=True)
class _State:
    """One way to have dealt the parts so far to vertical lines; `last` is the line the last single part went to."""

    cost: float
    lines: tuple[tuple[Piece, ...], ...]
    last: int


def _lines(rows: Sequence[list[Piece]], lexis: Lexis) -> list[list[Piece]]:
    """The parts dealt to vertical lines, left to right on each row, by the words they complete (beam search)."""
    count = max(map(len, rows))
    beam = [_State(0.0, ((),) * count, count - 1)]
    for row in rows:
        grown: list[_State] = []
        for state in beam:
            for places in combinations(range(count), len(row)):
                lines, cost = list(state.lines), state.cost
                for place, part in zip(places, row, strict=True):
                    above = "".join(piece.text for piece in lines[place][-3:])
                    cost += 0.3 - 0.5 * min(6.0, lexis.seam(above, part.text)) if above else 0.5
                    lines[place] = (*lines[place], part)
                if len(places) == 1 and places[0] != state.last:
                    cost += 0.6
                grown.append(_State(cost, tuple(lines), places[-1] if len(places) == 1 else state.last))
        grown.sort(key=lambda state: state.cost)
        beam = grown[:BEAM]
    return [list(line) for line in reversed(beam[0].lines) if line]
