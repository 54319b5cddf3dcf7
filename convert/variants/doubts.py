"""What the editor is asked about a variant: the doubtful readings, ranked, few enough to read."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from convert.issue import Issue, VariantEdit
from convert.ledger import EditIndex, Status, trace
from convert.variants.places import place

PER_PAGE = 15
"""Doubtful readings shown at most for every `PAGE` characters: what an editor reads through without skipping."""

PAGE = 8000
CONTEXT = 8


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A place with two readings: `chosen` stands in the edition, `other` is right with probability `doubt`, 0..1.

    `source`, `start` and `end` say where it is in the sources; `left` and `right` are the edition's own words around it.
    """

    source: int
    start: int
    end: int
    before: str
    chosen: str
    other: str
    doubt: float
    left: str
    right: str
    why: str


def doubtful(issue: Issue) -> list[Doubtful]:
    """The open readings of a converted issue, the most doubtful first, at most `PER_PAGE` a page."""
    parent = issue.parent
    if parent is None:
        return []
    blocks = {block.id: block for block in parent.blocks()}
    rows: defaultdict[str, list[VariantEdit]] = defaultdict(list)
    for row in issue.changes:
        rows[row.block].append(row)
    asked = sorted((row for row in issue.changes if row.status is Status.SUGGESTED), key=lambda row: -row.confidence)
    size = sum(len(block.text) for block in blocks.values())
    index = EditIndex(parent.edits)
    found = []
    for row in asked[:math.ceil(size * PER_PAGE / PAGE)]:
        block = blocks[row.block]
        where = place(block, trace(block.id, block.spans, index, parent.sources), row.start, row.end)
        made = [change for change in rows[row.block] if change.effective]
        left, chosen, right = (
            _edition(block.text, made, max(0, low), high)
            for low, high in ((row.start - CONTEXT, row.start), (row.start, row.end), (row.end, row.end + CONTEXT))
        )
        found.append(Doubtful(*where, row.before, chosen, row.after, row.confidence, left, right, row.why))
    return found


def _edition(text: str, changes: list[VariantEdit], start: int, end: int) -> str:
    """What a range of the parent's text is in the edition; changes that cross its border stay out."""
    out, at = [], start
    for change in changes:
        if start <= change.start and change.end <= end and change.start >= at:
            out += [text[at:change.start], change.after]
            at = change.end
    return "".join([*out, text[at:end]])
