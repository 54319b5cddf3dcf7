"""The review edition: corrections of the proofreader as tracked changes with a comment, what is doubtful as comments only.

House style (width of marks, spaces, joins) is not shown here: it would bury the corrections; the redline edition has it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from convert.issue import Block, Issue, VariantEdit
from convert.ledger import Edit, Segment, Status
from convert.writers.docx import comments as say
from convert.writers.docx.comments import Comments
from convert.writers.docx.markup import run
from convert.writers.docx.origins import Origins
from convert.writers.docx.revisions import Revisions
from convert.writers.docx.words import words


def is_correction(edit: Edit) -> bool:
    """Whether the row is a matter for the editor: it changes words, or was not certain; white space never is."""
    before, after = "".join(edit.before.split()), "".join(edit.after.split())
    if before == after:
        return False
    return edit.confidence < 1 or edit.status is Status.ACCEPTED or _letters(before) != _letters(after)


def _letters(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to show at a range of a block's text: `note` as a comment; `before` (None: no change) as what was there."""

    start: int
    end: int
    note: str
    before: str | None = None


class Review:
    """Runs with tracked changes and comments, for `edition.edition`."""

    def __init__(self, issue: Issue, revisions: Revisions, comments: Comments) -> None:
        self._revisions = revisions
        self._comments = comments
        self._words = words(issue.language)
        self._given: dict[str, int] = {}
        self._marks = {name: _settled(marks) for name, marks in _collect(issue, self._words).items()}

    def __call__(self, block: Block, start: int, end: int) -> str:
        """Runs for `start`..`end` of the block's text; each mark is shown once, where its range begins."""
        marks = self._marks.get(block.id, [])
        first = self._given.get(block.id, 0)
        last = first
        while last < len(marks) and (marks[last].start < end or end == len(block.text) or marks[last].end <= end):
            last += 1
        self._given[block.id] = last
        return "".join(self._runs(block.text, start, end, marks[first:last]))

    def _runs(self, text: str, start: int, end: int, marks: Sequence[Mark]) -> Iterator[str]:
        ranges = [(min(max(mark.start, start), end), min(max(mark.end, start), end), mark) for mark in marks]
        borders = sorted({start, end, *(low for low, _, _ in ranges), *(high for _, high, _ in ranges)})
        opened: list[tuple[int, int]] = []
        changed = -1
        for at, until in zip(borders, [*borders[1:], end], strict=True):
            yield from (self._comments.end(number) for high, number in opened if high == at)
            opened = [(high, number) for high, number in opened if high != at]
            for low, high, mark in ranges:
                if low != at:
                    continue
                number = self._comments.add(mark.note)
                yield self._comments.start(number)
                if mark.before is not None:
                    yield self._revisions.deleted(mark.before)
                    changed = max(changed, high)
                if high == low:
                    yield self._comments.end(number)
                else:
                    opened.append((high, number))
            if at < until:
                yield self._revisions.inserted(text[at:until]) if at < changed else run(text[at:until])


def _settled(marks: list[Mark]) -> list[Mark]:
    """In order, and no change inside another: the second keeps its comment and loses its change."""
    marks.sort(key=lambda mark: (mark.start, mark.end, mark.before is None, mark.note))
    settled: list[Mark] = []
    free = 0
    for mark in marks:
        if mark.before is not None:
            if mark.start < free:
                mark = Mark(mark.start, mark.end, mark.note)
            else:
                free = max(mark.end, mark.start)
        settled.append(mark)
    return settled


def _collect(issue: Issue, language: Mapping[str, str]) -> dict[str, list[Mark]]:
    """All marks by block, in the block's own text."""
    places = _Places(issue)
    marks: dict[str, list[Mark]] = {block.id: [] for block in places.blocks}
    for block in places.blocks:
        for segment in places.origins.segments(block):
            if segment.edit is not None and is_correction(segment.edit):
                low, high, before = places.follow(block, segment.text_start, segment.text_end, segment.edit.before)
                marks[block.id].append(_trimmed(block.text, low, high, before, say.corrected(segment.edit, language)))
    for edit in issue.origin.edits:
        if edit.status is Status.SUGGESTED:
            places.note(marks, edit.source, edit.start, edit.end, say.suggested(edit, language))
    for query in issue.queries:
        if query.state == "open":
            places.note(marks, query.source, query.start, query.end, say.asked(query, language))
    printed = {block.id: block for block in places.blocks}
    for change in issue.changes:
        if change.status is Status.SUGGESTED and change.block in printed:
            low, high, _ = places.follow(printed[change.block], change.start, change.end, "", latest=True)
            marks[change.block].append(Mark(low, high, say.doubtful(change, language)))
    return marks


def _trimmed(text: str, low: int, high: int, before: str, note: str) -> Mark:
    """The change without what both sides share at their ends."""
    while low < high and before and text[low] == before[0]:
        low, before = low + 1, before[1:]
    while low < high and before and text[high - 1] == before[-1]:
        high, before = high - 1, before[:-1]
    return Mark(low, high, note, before)


class _Places:
    """From the source to the text an edition prints, through the ledger and the conversions."""

    def __init__(self, issue: Issue) -> None:
        self.blocks = [block for article in issue.articles for block in article.blocks] + list(issue.colophon)
        self.blocks = [block for block in self.blocks if block.text.strip()]
        self.origins = Origins(issue)
        chain = [issue]
        while chain[0].parent is not None:
            chain.insert(0, chain[0].parent)
        self._texts = [{block.id: block.text for block in step.blocks()} for step in chain]
        self._steps = self.origins.stages
        spans = sorted((span.source, span.start, span.end, number) for number, b in enumerate(self.blocks) for span in b.spans)
        self._spans = spans
        self._keys = [(source, start) for source, start, _, _ in spans]

    def follow(self, block: Block, low: int, high: int, before: str, latest: bool = False) -> tuple[int, int, str]:
        """A range of the text in the source's script as a range of the printed text.

        Where a conversion took in more than the range, the range grows, and `before` with it.  `latest` takes the range
        as one of the text the last conversion was made from.
        """
        steps = list(enumerate(self._steps))
        for number, changes in steps[-1:] if latest else steps:
            text = self._texts[number][block.id]
            rows = changes.get(block.id, ())
            wide_low, new_low = _moved(rows, low, at_end=False)
            wide_high, new_high = _moved(rows, high, at_end=True)
            if low == high:
                wide_high, new_high = max(wide_high, wide_low), max(new_high, new_low)
            before = text[wide_low:low] + before + text[high:wide_high]
            low, high = new_low, new_high
        return low, high, before

    def note(self, marks: dict[str, list[Mark]], source: int, start: int, end: int, note: str) -> None:
        """A comment at a place of the source, or at the next text that is printed where the place itself is not."""
        if not self.blocks:
            return
        at = bisect_right(self._keys, (source, start)) - 1
        if at < 0 or self._spans[at][0] != source or (self._spans[at][2] <= start and at + 1 < len(self._spans)):
            at += 1
        _, span_start, span_end, number = self._spans[min(at, len(self._spans) - 1)]
        block = self.blocks[number]
        segments = self.origins.segments(block)
        low = _text_place(segments, source, min(max(start, span_start), span_end), at_end=False)
        high = _text_place(segments, source, min(max(end, span_start), span_end), at_end=True)
        low, high, _ = self.follow(block, low, max(low, high), "")
        if low == high:
            low, high = (low, low + 1) if low < len(block.text) else (max(low - 1, 0), low)
        marks[block.id].append(Mark(low, high, note))


def _text_place(segments: Sequence[Segment], source: int, offset: int, at_end: bool) -> int:
    """Where a place of the source stands in the text made of `segments`; inside a change, at its start or its end."""
    place = 0
    for segment in segments:
        span = segment.span
        if span.source != source or not span.start <= offset <= span.end:
            continue
        if segment.edit is None:
            place = segment.text_start + offset - span.start
        elif offset == span.start:
            place = segment.text_start
        else:
            place = segment.text_end if at_end or offset == span.end else segment.text_start
        if at_end or offset < span.end:
            break
    return place


def _moved(changes: Sequence[VariantEdit], place: int, at_end: bool) -> tuple[int, int]:
    """`place` widened to the border of a change it lies inside, in the old text and in the new."""
    shift = 0
    for change in changes:
        if change.end <= place and (change.start < place or change.start == change.end):
            shift += len(change.after) - (change.end - change.start)
        elif change.start < place < change.end:
            if at_end:
                return change.end, change.start + shift + len(change.after)
            return change.start, change.start + shift
        elif change.start >= place:
            break
    return place, place + shift
