"""Blocks joined to, or moved behind, what an editor names: `after:` and the last words of that block, `before:` and its first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from convert.issue import Article, Block, Issue, Move
from convert.ledger import Edit, Status
from convert.proofread.anchors import Finder, Place, squeeze
from convert.source import Span

REFERENCE = 24
"""Characters, white space not counted, by which another block is named."""
LEAST = 8
"""What is left of them where a neighbour was misread, and still enough if it stands only once."""


def first_letter(issue: Issue, place: Place) -> int:
    """The first character at or behind the place that is no white space."""
    text, at = issue.sources[place.source].text, place.start
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def holding(issue: Issue, source: int, at: int) -> Block | None:
    """The block one of whose spans holds the character."""
    for block in issue.blocks():
        if any(span.source == source and span.start <= at < span.end for span in block.spans):
            return block
    return None


def beginning(issue: Issue, source: int, at: int) -> Block | None:
    """The block whose first character is the one at `at`, or which holds it and nothing before it."""
    block = holding(issue, source, at)
    return block if block is not None and not _letters_before(issue, block, source, at) else None


def inside(issue: Issue, source: int, at: int) -> bool:
    """Whether a block holds the character and others before it."""
    block = holding(issue, source, at)
    return block is not None and _letters_before(issue, block, source, at)


def _letters_before(issue: Issue, block: Block, source: int, at: int) -> bool:
    for span in block.spans:
        text = issue.sources[span.source].text
        if span.source == source and span.start <= at < span.end:
            return bool(text[span.start:at].strip())
        if text[span.start:span.end].strip():
            return True
    return False


def named(issue: Issue, reference: str, finders: Sequence[Finder]) -> tuple[Block, bool] | None:
    """The block a reference names and whether it is behind it that something stands; None where none or several fit."""
    side, _, words = reference.partition(":")
    core = squeeze(words)
    if side not in ("after", "before") or not core:
        return None
    for size in dict.fromkeys((len(core), REFERENCE // 2, LEAST)):
        part = core if size >= len(core) else core[-size:] if side == "after" else core[:size]
        found = [place for finder in finders for place in finder.every(part)]
        if len(found) > 1 and size == len(core):
            found = [place for place in found if _at_border(issue, place, side)]
        if len(found) == 1:
            place = found[0]
            block = holding(issue, place.source, place.end - 1 if side == "after" else place.start)
            return (block, side == "after") if block is not None else None
        if found:
            return None
    return None


def _at_border(issue: Issue, place: Place, side: str) -> bool:
    """Whether the words end, or begin, their block."""
    block = holding(issue, place.source, place.start)
    if block is None:
        return False
    if side == "before":
        return not _letters_before(issue, block, place.source, place.start)
    last = next((s for s in reversed(block.spans) if issue.sources[s.source].text[s.start:s.end].strip()), None)
    return last is not None and last.source == place.source and last.start <= place.end <= last.end and (
        not issue.sources[place.source].text[place.end:last.end].strip())


def head_of(issue: Issue, block: Block, reference: str, finders: Sequence[Finder]) -> Block | None:
    """The block another runs on from: the one the reference names, without one that before it in reading order."""
    if reference.strip():
        found = named(issue, reference, finders)
        return found[0] if found and found[1] else None
    order = [other for article in issue.articles for other in article.blocks]
    at = next((n for n, other in enumerate(order) if other.id == block.id), 0)
    return order[at - 1] if at else None


def join(issue: Issue, head: Block, block: Block) -> Issue:
    """`block` made the end of `head`."""
    spans, row = _run_on(issue, head, block)
    made = replace(head, spans=spans, cells=())
    edits = [replace(edit, block=head.id) if edit.block == block.id else edit for edit in issue.edits]
    moves = (replace(move, after=head.id) if move.after == block.id else move for move in issue.moves if move.block != block.id)
    reasons = tuple(reason for reason in issue.reasons if reason.block != block.id)
    issue = replace(issue, moves=tuple(move for move in moves if move.after != move.block), reasons=reasons)
    return tidy(exchanged(replace(issue, edits=_entered(edits, row)), {block.id: (), head.id: (made,)}))


def _run_on(issue: Issue, head: Block, tail: Block) -> tuple[tuple[Span, ...], Edit | None]:
    """The spans of both, and the row for the white space between them, where the source has or needs some."""
    last, first = head.spans[-1], tail.spans[0]
    text = issue.sources[last.source].text
    before = text[:last.end].rstrip()[-1:]
    after = issue.sources[first.source].text[first.start:first.end].lstrip()[:1]
    space = " " if _latin(before) and _latin(after) else ""
    start = last.start + len(text[last.start:last.end].rstrip())
    if first.source == last.source and last.end <= first.start and not text[last.end:first.start].strip():
        end = first.start + len(text[first.start:first.end]) - len(text[first.start:first.end].lstrip())
        row = Edit("", last.source, start, end, text[start:end], space, "editor", 1.0, Status.ACCEPTED, head.id)
        return (*head.spans[:-1], Span(last.source, last.start, first.end), *tail.spans[1:]), row if start < end else None
    row = Edit("", last.source, start, last.end, text[start:last.end], space, "editor", 1.0, Status.ACCEPTED, head.id)
    return (*head.spans, *tail.spans), row if row.before != row.after else None


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _entered(edits: Iterable[Edit], row: Edit | None) -> tuple[Edit, ...]:
    """The rows with the new one in its place; what it covers gives way, and ids are anew."""
    kept = [edit for edit in edits if row is None or not _covers(row, edit)]
    if row is not None:
        kept.insert(bisect_left([(e.source, e.start, e.end) for e in kept], (row.source, row.start, row.end)), row)
    return tuple(replace(edit, id=f"e{n}") for n, edit in enumerate(kept, 1))


def _covers(row: Edit, edit: Edit) -> bool:
    return edit.source == row.source and row.start <= edit.start and edit.end <= row.end and edit.start < edit.end


def move(issue: Issue, block: Block, reference: str, finders: Sequence[Finder]) -> Issue | None:
    """`block` behind, or before, the one the reference names, with the row that says so."""
    found = named(issue, reference, finders)
    if found is None:
        return None
    other, behind = found
    homes = {b.id: article for article in issue.articles for b in article.blocks}
    if other.id == block.id:
        return issue
    if other.id not in homes or block.id not in homes:
        return None
    pair = (other, block) if behind else (block, other)
    made = exchanged(exchanged(issue, {block.id: ()}), {other.id: pair})
    order = next(article.blocks for article in made.articles if any(b.id == block.id for b in article.blocks))
    at = next(n for n, b in enumerate(order) if b.id == block.id)
    row = Move(block.id, order[at - 1].id if at else None, "editor", "the editor's decision")
    return tidy(replace(made, moves=(*(m for m in issue.moves if m.block != block.id), row)))


def exchanged(issue: Issue, parts: dict[str, tuple[Block, ...]]) -> Issue:
    """`issue` with each block that is named put as the blocks given for it."""
    def redo(blocks: tuple[Block, ...]) -> Iterator[Block]:
        for block in blocks:
            yield from parts.get(block.id, (block,))

    return replace(
        issue, articles=tuple(replace(article, blocks=tuple(redo(article.blocks))) for article in issue.articles),
        colophon=tuple(redo(issue.colophon)), dropped=tuple(redo(issue.dropped)),
    )


def tidy(issue: Issue) -> Issue:
    """Articles numbered anew, without empty ones."""
    left: list[Article] = [article for article in issue.articles if article.blocks]
    return replace(issue, articles=tuple(replace(article, id=f"a{n}") for n, article in enumerate(left, 1)))
