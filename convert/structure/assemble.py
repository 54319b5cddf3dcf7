"""From units to the issue: blocks with spans, the rows of the ledger, moves, queries and reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from convert.issue import Article, Block, Issue, Move, Query, Reason, Role
from convert.laws import revise
from convert.ledger import Edit, EditIndex, Segment, trace
from convert.normalise import Context, normalise
from convert.source import Source, Span
from convert.structure.crowds import keeps_spaces
from convert.structure.state import State

_DISPLAY = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.HEADING, Role.CAPTION, Role.DROP})
_STACKED = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.BYLINE, Role.COLOPHON, Role.DROP})
_LISTING = frozenset({Role.BYLINE, Role.COLOPHON, Role.DROP})
_LINES = frozenset({"wrap", "upright"})
"""Rules of the lines of one piece: what joined pieces goes before them."""
SHORT_LINE = 27
"""Characters up to which a space between Han characters in body text is taken for a separator (measured, see spacing)."""


def assemble(state: State) -> Issue:
    """The issue, its texts rendered from spans and rows by the ledger itself."""
    articles: list[list[Block]] = []
    colophon: list[Block] = []
    dropped: list[Block] = []
    names: dict[int, str] = {}
    rows: list[Edit] = []
    moves: list[Move] = []
    traditional = state.language.startswith("zh-Hant")
    last: str | None = None
    for number, unit in enumerate(state.units, 1):
        name = f"b{number}"
        names[id(unit)] = name
        spans = _close_gaps(state.sources, unit.spans)
        block = Block(
            name, unit.role, "", spans, unit.level if unit.role is Role.HEADING else None, unit.kind, reason=unit.reason
        )
        rows += edits(state.sources, block, unit.joins, len(unit.spans), traditional)
        if unit.role is Role.COLOPHON:
            colophon.append(block)
        elif unit.role is Role.DROP:
            dropped.append(replace(block, reason=unit.reason or "web page furniture"))
        else:
            if unit.article or not articles:
                articles.append([])
                last = None
            articles[-1].append(block)
            if unit.moved:
                moves.append(Move(name, last, *unit.moved))
            last = name
    rows.sort(key=lambda row: (row.source, row.start, row.end))
    issue = Issue(
        tuple(state.sources),
        state.language,
        state.metadata,
        tuple(Article(f"a{n}", tuple(blocks)) for n, blocks in enumerate(articles, 1)),
        tuple(colophon),
        tuple(dropped),
        moves=tuple(moves),
        queries=tuple(_numbered(state.queries)),
        reasons=tuple(Reason(names[id(unit)], what, why) for unit, what, why in state.reasons if id(unit) in names),
    )
    issue = revise(issue, [replace(row, id=f"e{n}") for n, row in enumerate(rows, 1)])
    return _with_cells(issue, {names[id(unit)]: unit.cells for unit in state.units if unit.cells})


def place(segments: Sequence[Segment], offset: int) -> int:
    """Where in the text of a block an offset of its source stands; behind a change that holds it."""
    at = 0
    for segment in segments:
        if offset <= segment.span.start:
            break
        inside = min(offset, segment.span.end) - segment.span.start
        at = segment.text_end if segment.edit is not None else segment.text_start + inside
    return at


def _with_cells(issue: Issue, cells: Mapping[str, Sequence[tuple[int, int]]]) -> Issue:
    """The issue with the cells of its table rows, which units know by their place in the source, as ranges of the text."""
    if not cells:
        return issue
    index = EditIndex(issue.edits)

    def ranges(block: Block) -> tuple[tuple[int, int], ...]:
        segments = trace(block.id, block.spans, index, issue.sources)
        return tuple((place(segments, start), place(segments, end)) for start, end in cells[block.id])

    return replace(
        issue,
        articles=tuple(
            replace(
                article,
                blocks=tuple(
                    replace(block, cells=ranges(block)) if block.id in cells else block for block in article.blocks
                ),
            )
            for article in issue.articles
        ),
    )


def _numbered(queries: Iterable[Query]) -> Iterable[Query]:
    return (replace(query, id=f"q{n}") for n, query in enumerate(queries, 1))


def _close_gaps(sources: Sequence[Source], spans: list[Span]) -> tuple[Span, ...]:
    """Spans of pieces that follow each other with only white space between become one; others take their line end in."""
    closed: list[Span] = []
    for at, span in enumerate(spans):
        if closed and closed[-1].source == span.source and closed[-1].end <= span.start:
            between = sources[span.source].text[closed[-1].end : span.start]
            if not between.strip():
                closed[-1] = replace(closed[-1], end=span.end)
                continue
        if at + 1 < len(spans):
            text, end = sources[span.source].text, span.end
            while end < len(text) and text[end] in " \t\r\u3000":
                end += 1
            if end < len(text) and text[end].isspace():
                end += 1
            following = spans[at + 1]
            if following.source != span.source or not span.end < following.start < end:
                span = replace(span, end=end)
        closed.append(span)
    return tuple(closed)


def edits(sources: Sequence[Source], block: Block, joins: list[str], pieces: int, traditional: bool) -> list[Edit]:
    """The rows of one block: white space at the seams of its pieces, then the text-level rules."""
    parts = [sources[span.source].text[span.start : span.end] for span in block.spans]
    raw = "".join(parts)
    context = Context(
        display=(block.role in _DISPLAY and "upright" not in joins) or (block.role is Role.PARAGRAPH and len(raw) <= SHORT_LINE),
        stacked=block.role in _STACKED,
        listing=block.role in _LISTING or block.kind == "table-row" or keeps_spaces(block.kind, raw),
        traditional=traditional,
    )
    rows: list[Edit] = []
    for change in normalise(raw, context):
        rows += _rows(sources, block, change.start, change.end, change.after, change.rule, joins)
    return rows


def _rows(
    sources: Sequence[Source],
    block: Block,
    start: int,
    end: int,
    after: str,
    rule: str,
    joins: list[str],
) -> Iterable[Edit]:
    """A change of the block's raw text as rows of the source: cut at the borders of spans, the first takes `after`."""
    at = 0
    for span in block.spans:
        size = span.end - span.start
        low, high = max(start, at), min(end, at + size)
        if low < high or (start == end and at <= start <= at + size):
            first, last = span.start + low - at, span.start + high - at
            if start == end:
                first = last = span.start + start - at
            before = sources[span.source].text[first:last]
            name = rule
            if before.isspace() and any(mark in before for mark in "\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029"):
                name = _join_rule(joins)
            if before != after or start == end:
                yield Edit("", span.source, first, last, before, after, name, block=block.id)
            after = ""
            if start == end:
                return
        at += size


def _join_rule(joins: list[str]) -> str:
    return next((rule for rule in joins if rule not in _LINES), joins[0]) if joins else "space"
