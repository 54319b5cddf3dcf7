"""A variant's page: its text with every doubtful reading marked, beside the source; one item for each choice or question."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from convert.issue import Block, Issue, Query, VariantEdit
from convert.labels import article_label, labels
from convert.ledger import EditIndex, Segment, Status, trace
from convert.proofread.anchors import CONTEXT
from convert.proofread.findings import place
from convert.proofread.proof.panes import STRETCH, TAGS, Mark, escape
from convert.source import Span


@dataclass(frozen=True, slots=True)
class Choice:
    """A place with two readings: `start` and `end` of the parent block's text, `span` of the source.

    The words decided about have a neighbour on either side where they can, so that the same words elsewhere are the same case.
    """

    block: Block
    start: int
    end: int
    span: Span
    chosen: str
    other: str
    row: VariantEdit

    @property
    def before(self) -> str:
        """What stands in the edition of the issue's own script."""
        return self.block.text[self.start:self.end]


def choices(issue: Issue) -> list[Choice]:
    """The open readings of a converted issue, in reading order."""
    parent = issue.parent
    if parent is None:
        return []
    rows: dict[str, list[VariantEdit]] = {}
    for row in issue.changes:
        rows.setdefault(row.block, []).append(row)
    index, found = EditIndex(parent.edits), []
    for block in parent.blocks():
        mine = rows.get(block.id, ())
        open_ = sorted((row for row in mine if row.status is Status.SUGGESTED), key=lambda row: (row.start, -row.confidence))
        if not open_:
            continue
        made = sorted((row for row in mine if row.effective), key=lambda row: (row.start, row.end))
        segments = trace(block.id, block.spans, index, parent.sources)
        at = 0
        for number, row in enumerate(open_):
            start, end = _whole(row, made)
            if start < at:
                continue  # another reading of the same words
            following = next((_whole(other, made)[0] for other in open_[number + 1:] if other.start >= end), len(block.text))
            low, high = _widened(block.text, start, end, made, at, following)
            edges = edition(block.text, made, low, start), edition(block.text, made, end, high)
            chosen, span = edition(block.text, made, low, high), _span(block, segments, low, high)
            found.append(Choice(block, low, high, span, chosen, _other(row, made, start, end).join(edges), row))
            at = high
    return found


def _whole(row: VariantEdit, made: Sequence[VariantEdit]) -> tuple[int, int]:
    """The range of the row with the changes in force it cuts: a reading may lie inside a longer conversion."""
    inside = [change for change in made if change.start < row.end and change.end > row.start]
    return min([row.start, *(c.start for c in inside)]), max([row.end, *(c.end for c in inside)])


def _other(row: VariantEdit, made: Sequence[VariantEdit], start: int, end: int) -> str:
    """The other reading of the whole range; the row's own where the conversion keeps no character in its place."""
    inside = [change for change in made if start <= change.start and change.end <= end]
    if len(inside) != 1 or (inside[0].start, inside[0].end) != (start, end) or len(inside[0].after) != end - start:
        return row.after
    chosen = inside[0].after
    return chosen[:row.start - start] + row.after + chosen[row.end - start:]


def _widened(text: str, start: int, end: int, made: Sequence[VariantEdit], low: int, high: int) -> tuple[int, int]:
    if start - 1 >= low and text[start - 1].isalnum() and not _cuts(made, start - 1):
        start -= 1
    if end + 1 <= high and text[end].isalnum() and not _cuts(made, end + 1):
        end += 1
    return start, end


def _cuts(made: Sequence[VariantEdit], at: int) -> bool:
    number = bisect_left(made, at, key=lambda row: row.start) - 1
    return number >= 0 and made[number].end > at


def repeated(issue: Issue, found: Sequence[Choice]) -> Iterator[tuple[int, Choice]]:
    """The same words with the same reading elsewhere, which a series reaches: the number of the choice, and the place."""
    parent = issue.parent
    if parent is None or not found:
        return
    taken: dict[str, list[tuple[int, int]]] = {}
    for choice in found:
        taken.setdefault(choice.block.id, []).append((choice.start, choice.end))
    made: dict[str, list[VariantEdit]] = {}
    for row in sorted((row for row in issue.changes if row.effective), key=lambda row: (row.start, row.end)):
        made.setdefault(row.block, []).append(row)
    index = EditIndex(parent.edits)
    for block in parent.blocks():
        segments: list[Segment] | None = None
        for number, choice in enumerate(found):
            at = block.text.find(choice.before)
            while at >= 0:
                end, changes, mine = at + len(choice.before), made.get(block.id, []), taken.setdefault(block.id, [])
                free = not any(low < end and at < high for low, high in mine)
                if free and not _cuts(changes, at) and not _cuts(changes, end) and choice.chosen == (
                        edition(block.text, changes, at, end)):
                    segments = segments or trace(block.id, block.spans, index, parent.sources)
                    mine.append((at, end))
                    yield number, replace(choice, block=block, start=at, end=end, span=_span(block, segments, at, end))
                at = block.text.find(choice.before, end)


def edition(text: str, made: Iterable[VariantEdit], start: int, end: int) -> str:
    """What a range of the parent's text is in the variant; `made` are the changes in force, in order."""
    out, at = [], start
    for change in made:
        if start <= change.start and change.end <= end and change.start >= at:
            out += [text[at:change.start], change.after]
            at = change.end
    return "".join([*out, text[at:end]])


def _span(block: Block, segments: Iterable[Segment], start: int, end: int) -> Span:
    """Where a range of the block's text is in the source; the first source where it runs over two."""
    found: list[Span] = []
    for segment in segments:
        low, high = max(start, segment.text_start), min(end, segment.text_end)
        if low < high:
            span, moved = segment.span, segment.span.start - segment.text_start
            found.append(span if segment.edit is not None else Span(span.source, low + moved, high + moved))
    if not found:
        return Span(block.spans[0].source, block.spans[0].start, block.spans[0].start)
    return Span(found[0].source, found[0].start, max(span.end for span in found if span.source == found[0].source))


def questions(issue: Issue) -> list[Query]:
    """What the conversion itself asks."""
    known = {query.id for query in issue.origin.queries}
    return [query for query in issue.queries if query.id not in known]


def items(issue: Issue) -> list[dict[str, Any]]:
    """The rows of the page's script, the choices first."""
    here = choices(issue)
    also = Counter(number for number, _ in repeated(issue, here))
    found = [
        _item(issue, number, "variant", choice.row.rule, choice.span, choice.row.status.value, choice.row.why) | {
            "wrong": choice.before, "right": choice.chosen, "other": choice.other, "confidence": round(choice.row.confidence, 4),
            "choices": [choice.chosen, choice.other], "also": also[number] + 1,
            "left": choice.block.text[max(0, choice.start - CONTEXT):choice.start],
            "rightContext": choice.block.text[choice.end:choice.end + CONTEXT],
        } for number, choice in enumerate(here)
    ]
    for number, query in enumerate(questions(issue), len(found)):
        source = issue.sources[query.source]
        span = Span(query.source, query.start, query.end)
        found.append(_item(issue, number, "query", query.kind, span, query.state, query.message) | {
            "id": query.id, "choices": list(query.choices), "wrong": source.text[span.start:span.end],
            "left": source.text[max(0, span.start - CONTEXT):span.start],
            "rightContext": source.text[span.end:span.end + CONTEXT],
        })
    return found


def _item(issue: Issue, number: int, what: str, rule: str, span: Span, status: str, why: str) -> dict[str, Any]:
    line, _, page = place(issue.sources[span.source], span.start)
    return {
        "n": number, "kind": "variant", "what": what, "id": "", "source": span.source, "start": span.start, "end": span.end,
        "line": line, "page": page, "status": status, "rule": rule, "confidence": 1, "wrong": "", "right": "", "left": "",
        "rightContext": "", "why": why, "choices": [], "asked": status in ("suggested", "open"), "layout": False,
    }


def marks(issue: Issue) -> dict[int, list[Mark]]:
    """Places of the items in the sources."""
    found: dict[int, list[Mark]] = {}
    here = choices(issue)
    spans = [*(choice.span for choice in here), *(Span(q.source, q.start, q.end) for q in questions(issue))]
    for number, span in (*enumerate(spans), *((number, choice.span) for number, choice in repeated(issue, here))):
        found.setdefault(span.source, []).append((span.start, span.end, number))
    for rows in found.values():
        rows.sort()
    return found


def pane(issue: Issue) -> str:
    """The variant's blocks in reading order, the words to choose marked."""
    by_block: dict[str, list[tuple[int, Choice]]] = {}
    here = choices(issue)
    for number, choice in sorted((*enumerate(here), *repeated(issue, here)), key=lambda one: one[1].start):
        by_block.setdefault(choice.block.id, []).append((number, choice))
    own = {(choice.block.id, choice.start) for choice in here}
    made: dict[str, list[VariantEdit]] = {}
    for row in sorted((row for row in issue.changes if row.effective), key=lambda row: (row.start, row.end)):
        made.setdefault(row.block, []).append(row)
    parents = {block.id: block for block in issue.parent.blocks()} if issue.parent else {}

    def blocks(some: Iterable[Block]) -> Iterator[str]:
        for block in some:
            tag, kind = TAGS.get(block.role, "p"), f"{block.role.value} {block.kind or ''}".strip()
            inner = "".join(_inner(block, parents[block.id], made.get(block.id, []), by_block.get(block.id, []), own))
            first = block.spans[0]
            line = issue.sources[first.source].line_at(first.start)
            home = f' data-s="{first.source}"' if first.source else ""
            anchor = f'data-l="l{first.source}-{line.number if line else 1}"{home} data-a="{first.start}"'
            yield f'<{tag} class="b {escape(kind)}" {anchor}>{inner}</{tag}>\n'

    parts: list[str] = []
    for article in issue.articles:
        name = escape(article_label(article, issue.language))
        long = ' class="long"' if len(article.blocks) > STRETCH else ""
        parts += (f'<article aria-label="{name}"{long}>\n', *blocks(article.blocks), "</article>\n")
    if issue.colophon:
        name = escape(labels(issue.language)["colophon"])
        parts += (f"<section>\n<h2>{name}</h2>\n", *blocks(issue.colophon), "</section>\n")
    return "".join(parts)


def _inner(block: Block, parent: Block, made: Sequence[VariantEdit], here: Sequence[tuple[int, Choice]],
           own: Set[tuple[str, int]]) -> Iterator[str]:
    """The block's text with its marks; without them where a change runs over the border of one."""
    pieces: list[tuple[str, Choice | None, int]] = []
    at = 0
    for number, choice in here:
        pieces += ((edition(parent.text, made, at, choice.start), None, 0), (choice.chosen, choice, number))
        at = choice.end
    pieces.append((edition(parent.text, made, at, len(parent.text)), None, 0))
    if "".join(text for text, _, _ in pieces) != block.text:
        pieces = [(block.text, None, 0)]
    offset = block.spans[0].start
    for text, choice_, number in pieces:
        if choice_ is None:
            yield f'<span data-o="{offset}">{escape(text)}</span>' if text else ""
        else:
            offset = choice_.span.start
            also = "" if (block.id, choice_.start) in own else " data-also"
            yield f'<span class="m" data-n="{number}"{also} data-o="{offset}"><del>{escape(text)}</del><ins></ins></span>'
            offset = choice_.span.end
