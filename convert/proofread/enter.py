"""From proposals about edited text to rows of the ledger about the source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from convert.issue import Block, Issue, Query
from convert.laws import revise
from convert.ledger import EditIndex, Ledger, Segment, Status, trace
from convert.proofread.page import Passage
from convert.proofread.profile import Thresholds
from convert.proofread.proposal import Proposal, Question
from convert.source import Span

PARTED = "\u3000"
"""A space of a whole character parts two items of a line (城关镇　城关镇北门社区): what runs over one is asked about."""


class Anchors:
    """Where the text of a block comes from, traced once a block and only where something is proposed."""

    def __init__(self, issue: Issue) -> None:
        self._issue = issue
        self._index = EditIndex(issue.edits)
        self._traced: dict[str, list[Segment]] = {}

    def segments(self, block: Block) -> list[Segment]:
        """How the block's text is made."""
        if block.id not in self._traced:
            self._traced[block.id] = trace(block.id, block.spans, self._index, self._issue.sources)
        return self._traced[block.id]

    def source(self, span: Span) -> str:
        """What is printed there."""
        return self._issue.sources[span.source].text[span.start:span.end]

    def locate(self, block: Block, start: int, end: int) -> tuple[Span, int, int] | None:
        """The source range of text `start`..`end`, widened to whole earlier edits, and the text range it then covers.

        None where the range runs over a gap between two spans of the block: no single row can say that.
        """
        touched = [
            s for s in self.segments(block)
            if (s.text_start < end and s.text_end > start) or (s.text_start == s.text_end and start < s.text_start < end)
        ]
        if not touched:
            return None
        first, last = touched[0], touched[-1]
        if not any(span.source == first.span.source == last.span.source and span.start <= first.span.start
                   and first.span.start <= last.span.end <= span.end for span in block.spans):
            return None
        low, text_low, high, text_high = first.span.start, first.text_start, last.span.end, last.text_end
        if first.edit is None:
            low, text_low = low + start - text_low, start
        if last.edit is None:
            high, text_high = high - (text_high - end), end
        return Span(first.span.source, low, high), text_low, text_high


def shrink(text: str, proposal: Proposal) -> Proposal:
    """The proposal without what its both ends leave unchanged, but never empty."""
    start, end, after = proposal.start, proposal.end, proposal.after
    while end - start > 1 and len(after) > 1 and text[end - 1] == after[-1]:
        end, after = end - 1, after[:-1]
    while end - start > 1 and len(after) > 1 and text[start] == after[0]:
        start, after = start + 1, after[1:]
    return replace(proposal, start=start, end=end, after=after)


def _change(text: str, proposal: Proposal) -> tuple[int, int, str]:
    """What is changed, without what stays."""
    short = shrink(text, proposal)
    return short.start, short.end, short.after


def enter(
    issue: Issue, passages: Sequence[Passage], found: Iterable[Proposal | Question], thresholds: Thresholds
) -> Issue:
    """`issue` with a row for each proposal sure enough, and a query for each question.

    Where two proposals overlap, the surer one stands; where two rules propose the same change, one that may be applied before one
    that may only ask.
    """
    ledger, anchors = Ledger(issue.sources, issue.edits), Anchors(issue)
    proposals = [p for p in found if isinstance(p, Proposal)]
    questions = [q for q in found if isinstance(q, Question)]
    taken: dict[int, bytearray] = {}
    told = {id(p): (p.passage, *_change(passages[p.passage].original, p)) for p in proposals}
    surest: dict[tuple[int, int, int, str], float] = {}
    for p in proposals:
        surest[told[id(p)]] = max(p.confidence, surest.get(told[id(p)], 0.0))

    def rank(p: Proposal) -> tuple[float, bool, float, int, int, int, str]:
        applied = p.safe and p.confidence >= thresholds.apply
        return -surest[told[id(p)]], not applied, -p.confidence, p.passage, p.start, p.end, p.rule

    for proposal in sorted(proposals, key=rank):
        passage = passages[proposal.passage]
        if proposal.confidence < thresholds.suggest or any(passage.protected[proposal.start:proposal.end]):
            continue
        used = taken.setdefault(proposal.passage, bytearray(len(passage.text)))
        if any(used[proposal.start:proposal.end]):
            continue
        status = Status.APPLIED if proposal.safe and proposal.confidence >= thresholds.apply else Status.SUGGESTED
        if _row(ledger, anchors, passage, proposal, status):
            used[proposal.start:proposal.end] = b"\1" * (proposal.end - proposal.start)
    queries = list(issue.queries)
    for question in questions:
        block = passages[question.passage].block
        place = anchors.locate(block, question.start, question.end)
        if place:
            span = place[0]
            number = f"q{len(queries) + 1}"
            queries.append(Query(number, span.source, span.start, span.end, question.kind, question.message, question.choices))
    return revise(issue, ledger.edits(), queries)


def _row(ledger: Ledger, anchors: Anchors, passage: Passage, proposal: Proposal, status: Status) -> bool:
    for form in (proposal, shrink(passage.original, proposal)):
        place = anchors.locate(passage.block, form.start, form.end)
        if place is None:
            continue
        span, low, high = place
        if PARTED in anchors.source(span):
            status = Status.SUGGESTED
        after = passage.original[low:form.start] + form.after + passage.original[form.end:high]
        if ledger.propose(span.source, span.start, span.end, after, form.rule, confidence=round(form.confidence, 4),
                          status=status, block=passage.block.id, why=form.why):
            return True
    return False
