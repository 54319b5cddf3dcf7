"""What an editor may decide about structure: paragraphs parted or joined, roles, articles begun or ended, blocks moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from convert.issue import Article, Block, Issue, Role
from convert.ledger import Edit, Status
from convert.options import Decision
from convert.proofread import rejoin
from convert.proofread.anchors import Finder, Place
from convert.source import Span

ORDER = {"part": 0, "role": 1, "join": 2, "move": 2, "article": 3, "out": 4}
"""What is decided first: a paragraph is cut out before it is given a role, moved before a story begins with it, and
leaves the articles (`out`: for the colophon, or dropped) last of all, so that others may be told their place by it."""


def in_order(decided: Iterable[tuple[Decision, Place]]) -> list[tuple[Decision, Place]]:
    """Structural decisions as they are made: by `ORDER`, else as the file has them (they come last first).

    What is joined to another block has no role and begins no story.
    """
    found = [*decided][::-1]
    joined = {place.start for decision, place in found if _what(decision) == "join"}
    kept = [one for one in found if _what(one[0]) not in ("role", "article") or one[1].start not in joined]
    return sorted(kept, key=lambda one: ORDER["out" if _leaves(one[0]) else _what(one[0])])


def _leaves(decision: Decision) -> bool:
    return decision.kind == "role" and decision.right.partition(":")[0] in ("colophon", "drop")


def _what(decision: Decision) -> str:
    return "part" if decision.kind == "join" and decision.decision == "reject" else decision.kind


def between(issue: Issue, place: Place) -> bool:
    """Whether the place is white space no block holds."""
    blank = not issue.sources[place.source].text[place.start:place.end].strip()
    return blank and not any(
        span.source == place.source and span.start <= place.start and place.end <= span.end
        for block in issue.blocks() for span in block.spans
    )


def alter(issue: Issue, decision: Decision, place: Place, finders: Sequence[Finder] = ()) -> Issue | None:
    """`issue` with one structural decision made, texts not yet rendered; None where it does not fit.

    A decision about a block that now begins inside another one cuts it out first.
    """
    what = _what(decision)
    if what == "part":
        return part(issue, place)
    if decision.decision == "reject" and what == "role":
        return issue
    start = rejoin.first_letter(issue, place)
    if what == "join":
        return _join(issue, decision, place, start, finders)
    within = rejoin.inside(issue, place.source, start)
    cut = part(issue, Place(place.source, start, place.end)) if within else issue
    block = rejoin.beginning(cut, place.source, start) if cut is not None else None
    if cut is None or block is None:
        return None
    if what == "role":
        return _role(cut, block, decision)
    if what == "article":
        if block.id not in {other.id for article in cut.articles for other in article.blocks}:
            return None
        begin = (decision.right != "continue") == (decision.decision != "reject")
        return _begin(cut, block) if begin else _continue(cut, block)
    return _unmove(cut, block) if decision.decision == "reject" else rejoin.move(cut, block, decision.right, finders)


def _join(issue: Issue, decision: Decision, place: Place, start: int, finders: Sequence[Finder]) -> Issue | None:
    """The block at `start` as the end of the one the decision names, or of the one before the white space it closes."""
    block = rejoin.holding(issue, place.source, start)
    if block is None:
        return None
    if decision.wrong.strip():
        head = rejoin.head_of(issue, block, decision.right, finders)
    else:
        last = len(issue.sources[place.source].text[:start].rstrip())
        head = rejoin.holding(issue, place.source, last - 1) if last else None
    if head is None:
        return None
    if head.id == block.id:
        return issue
    return None if rejoin.inside(issue, place.source, start) else rejoin.join(issue, head, block)


def part(issue: Issue, place: Place) -> Issue | None:
    """The paragraph cut in two where the white space of a refused join stands, or that before a refused start."""
    text = issue.sources[place.source].text
    if text[place.start:place.end].strip():
        start = place.start
        while start and text[start - 1].isspace():
            start -= 1
        place = Place(place.source, start, place.start)
    if any(edit.effective and _crosses(edit, place) for edit in issue.edits):
        return None
    for block in issue.blocks():
        for at, span in enumerate(block.spans):
            if span.source != place.source:
                continue
            if span.start <= place.start and place.end <= span.end:
                head = [*block.spans[:at], *_span(span.source, span.start, place.start)]
                return _parted(issue, block, head, [*_span(span.source, place.end, span.end), *block.spans[at + 1:]], place)
            if span.start == place.end:
                return _parted(issue, block, block.spans[:at], block.spans[at:], place)
    return None


def _crosses(edit: Edit, place: Place) -> bool:
    """Whether a change runs over the place and further: the paragraph cannot be cut in the middle of it."""
    return edit.source == place.source and edit.start < place.end and edit.end > place.start and not _inside(edit, place)


def _parted(issue: Issue, block: Block, head: Sequence[Span], tail: Sequence[Span], place: Place) -> Issue:
    if not head or not tail:
        return issue
    taken = {other.id for other in issue.blocks()}
    name = next(f"{block.id}.{n}" for n in range(2, len(taken) + 3) if f"{block.id}.{n}" not in taken)
    parts = (replace(block, spans=tuple(head), cells=()), replace(block, id=name, spans=tuple(tail), cells=()))
    edits = tuple(
        replace(edit, status=Status.REJECTED, block=None) if _inside(edit, place) and not _holds(head, edit)
        else _renamed(edit, block.id, name, tail) for edit in issue.edits
    )
    return rejoin.exchanged(replace(issue, edits=edits), {block.id: parts})


def _holds(spans: Sequence[Span], edit: Edit) -> bool:
    return any(span.source == edit.source and span.start <= edit.start and edit.end <= span.end for span in spans)


def _span(source: int, start: int, end: int) -> Iterator[Span]:
    if end > start:
        yield Span(source, start, end)


def _inside(edit: Edit, place: Place) -> bool:
    """Rows about the white space that now parts two blocks: white space between blocks needs none that is in force."""
    return edit.source == place.source and place.start <= edit.start and edit.end <= place.end and edit.start < edit.end


def _renamed(edit: Edit, old: str, new: str, tail: Sequence[Span]) -> Edit:
    return replace(edit, block=new) if edit.block == old and _holds(tail, edit) else edit


def _role(issue: Issue, block: Block, decision: Decision) -> Issue | None:
    """`right` names the role: `title`, `heading2`, `paragraph:verse`, `colophon`, `drop`."""
    name, _, kind = decision.right.partition(":")
    level = int(name[7:] or 1) if name.startswith("heading") and (name[7:] or "1") in "123" else None
    try:
        role = Role("heading" if level else name)
    except ValueError:
        return None
    reason = "the editor's decision" if role is Role.DROP else None
    made = replace(block, role=role, level=level, kind=kind or None, reason=reason)
    home = {Role.COLOPHON: "colophon", Role.DROP: "dropped"}
    now = "colophon" if block in issue.colophon else "dropped" if block in issue.dropped else "articles"
    if home.get(role, "articles") == now:
        return rejoin.exchanged(issue, {block.id: (made,)})
    without = rejoin.tidy(rejoin.exchanged(issue, {block.id: ()}))
    if role is Role.COLOPHON:
        return replace(without, colophon=(*without.colophon, made))
    if role is Role.DROP:
        return replace(without, dropped=(*without.dropped, made))
    return _insert(without, made)


def _insert(issue: Issue, block: Block) -> Issue:
    """A block that comes back among the articles stands where the source has it."""
    before = None
    for article in issue.articles:
        for other in article.blocks:
            if other.spans and other.spans[0] < block.spans[0] and (before is None or before.spans[0] < other.spans[0]):
                before = other
    if before is not None:
        return rejoin.exchanged(issue, {before.id: (before, block)})
    if issue.articles:
        first = issue.articles[0]
        return replace(issue, articles=(replace(first, blocks=(block, *first.blocks)), *issue.articles[1:]))
    return replace(issue, articles=(Article("a1", (block,)),))


def _begin(issue: Issue, block: Block) -> Issue:
    made: list[Article] = []
    for article in issue.articles:
        at = next((n for n, other in enumerate(article.blocks) if other.id == block.id), 0)
        made += [Article("", article.blocks[:at]), Article("", article.blocks[at:])] if at else [article]
    return rejoin.tidy(replace(issue, articles=tuple(made)))


def _continue(issue: Issue, block: Block) -> Issue:
    """The article the block opens made part of the one before; captions may stand before its opening."""
    made: list[Article] = []
    for article in issue.articles:
        opening = next((other for other in article.blocks if other.id == block.id or other.role is not Role.CAPTION), None)
        if made and opening is not None and opening.id == block.id:
            made[-1] = replace(made[-1], blocks=(*made[-1].blocks, *article.blocks))
        else:
            made.append(article)
    return rejoin.tidy(replace(issue, articles=tuple(made)))


def _unmove(issue: Issue, block: Block) -> Issue:
    """The block back where the source has it, and the row of its move gone."""
    moves = tuple(move for move in issue.moves if move.block != block.id)
    if len(moves) == len(issue.moves):
        return issue
    return _insert(replace(rejoin.tidy(rejoin.exchanged(issue, {block.id: ()})), moves=moves), block)
