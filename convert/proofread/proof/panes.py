"""The two sides of the page as markup: the edition with its changes marked, the source line for line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from html import escape as _escape

from convert.issue import Block, Issue, Role
from convert.labels import article_label, labels
from convert.ledger import EFFECTIVE, EditIndex, Segment, trace
from convert.proofread.findings import rows
from convert.source import Source

_TAGS = {Role.TITLE: "h2", Role.HEADING: "h3"}
Mark = tuple[int, int, int]
"""Start, end and number of an item."""


def escape(text: str) -> str:
    """Text as text; what no document may hold becomes U+FFFD."""
    return _escape("".join(c if c >= " " or c in "\n\t" else "\ufffd" for c in text).translate(_SURROGATES))


class _Surrogates(dict[int, str]):
    def __missing__(self, code: int) -> str:
        if 0xD800 <= code <= 0xDFFF or 0x7F <= code < 0xA0 or code & 0xFFFE == 0xFFFE:
            return "\ufffd"
        raise LookupError(code)


_SURROGATES = _Surrogates()


def edition(issue: Issue) -> str:
    """The blocks in reading order.  `data-o` is the source offset of a run, `data-n` an item's number."""
    return "".join(_edition(issue))


def _edition(issue: Issue) -> Iterator[str]:
    marks, index = _Marks(issue), EditIndex(issue.edits)
    for number, article in enumerate(issue.articles, 1):
        name = escape(article_label(article, issue.language))
        yield f'<article aria-label="{name}" id="a{number}">\n'
        for block in article.blocks:
            yield _block(issue, block, index, marks)
        yield "</article>\n"
    for title, blocks in ((labels(issue.language)["colophon"], issue.colophon), ("—", issue.dropped)):
        if blocks:
            drop = ' class="dropped"' if blocks is issue.dropped else ""
            yield f"<section{drop}>\n<h2>{escape(title)}</h2>\n" if not drop else f"<section{drop}>\n"
            yield from (_block(issue, block, index, marks) for block in blocks)
            yield "</section>\n"


def _block(issue: Issue, block: Block, index: EditIndex, marks: _Marks) -> str:
    tag = _TAGS.get(block.role, "p")
    kind = f"{block.role.value} {block.kind or ''}".strip()
    span = block.spans[0] if block.spans else None
    line = _line_id(issue.sources, span.source, span.start) if span else ""
    segments = trace(block.id, block.spans, index, issue.sources)
    inner = "".join(_segment(issue, segment, marks) for segment in segments)
    why = f' title="{escape(block.reason)}"' if block.reason else ""
    return f'<{tag} class="b {escape(kind)}" data-l="{line}"{why}>{inner}</{tag}>\n'


def _line_id(sources: Sequence[Source], source: int, offset: int) -> str:
    line = sources[source].line_at(offset)
    return f"l{source}-{line.number if line else 1}"


def _segment(issue: Issue, segment: Segment, marks: _Marks) -> str:
    """A run of source with its suggestions, or an applied change: `del` is the source, `ins` what stands for it."""
    span = segment.span
    text = issue.sources[span.source].text
    if segment.edit is not None:
        inside = _within(marks.all(span.source), span.start, span.end)
        numbers = [n for start, end, n in inside if start < end or span.start == span.end]
        return _mark(numbers, span.start, text[span.start:span.end], segment.edit.after)
    parts: list[str] = []
    at = span.start
    for start, end, number in _within(marks.idle(span.source), span.start, span.end):
        if start < at:
            continue
        parts += (_run(text, at, start), _mark([number], start, text[start:end], None))
        at = end
    parts.append(_run(text, at, span.end))
    return "".join(parts)


def _run(text: str, start: int, end: int) -> str:
    return f'<span data-o="{start}">{escape(text[start:end])}</span>' if end > start else ""


def _mark(numbers: Sequence[int], start: int, before: str, after: str | None) -> str:
    names = " ".join(map(str, numbers))
    new = "" if after is None else escape(after)
    return f'<span class="m" data-n="{names}" data-o="{start}"><del>{escape(before)}</del><ins>{new}</ins></span>'


def _within(marks: Sequence[Mark], start: int, end: int) -> Iterable[Mark]:
    """Marks that begin and end in the range."""
    low = bisect_left(marks, (start, -1, -1))
    high = bisect_right(marks, (end, end, 1 << 60))
    return (mark for mark in marks[low:high] if mark[1] <= end)


class _Marks:
    """Places of items by source: all of them, and those that do not change the text of their block."""

    def __init__(self, issue: Issue) -> None:
        self._all: dict[int, list[Mark]] = {}
        self._idle: dict[int, list[Mark]] = {}
        for number, row in enumerate(rows(issue)):
            if row.kind in ("edit", "query"):
                mark = (row.start, row.end, number)
                self._all.setdefault(row.source, []).append(mark)
                if row.kind == "query" or row.status not in EFFECTIVE:
                    self._idle.setdefault(row.source, []).append(mark)
        for marks in (*self._all.values(), *self._idle.values()):
            marks.sort()

    def all(self, source: int) -> list[Mark]:
        """Every mark, by start."""
        return self._all.get(source, [])

    def idle(self, source: int) -> list[Mark]:
        """Suggestions, refusals and questions, by start."""
        return self._idle.get(source, [])


def source(issue: Issue) -> str:
    """Every line of every source as found, with its number; `data-o` its offset."""
    return "".join(_source(issue))


def _source(issue: Issue) -> Iterator[str]:
    marks = _Marks(issue)
    for number, each in enumerate(issue.sources):
        if len(issue.sources) > 1:
            yield f"<h3>{escape(each.name)}</h3>\n"
        page: int | None = None
        labels = {p.index: p.label for p in each.pages}
        for line in each.lines:
            if line.page is not None and line.page != page:
                page = line.page
                yield f'<p class="page">{escape(labels.get(page, str(page + 1)))}</p>\n'
            inner = _source_line(each.text, line.start, line.end, marks.all(number))
            yield f'<p class="l" id="l{number}-{line.number}" data-s="{number}" data-line="{line.number}">{inner}</p>\n'


def _source_line(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """A line with its marks; one that runs over the line's end, as a join does, is cut there."""
    parts: list[str] = []
    at = start
    for low, high, number in marks[bisect_left(marks, (start, -1, -1)):bisect_right(marks, (end, 1 << 60, 0))]:
        if low < at:
            continue
        high = min(high, end)
        parts += (_run(text, at, low), f'<mark data-n="{number}" data-o="{low}">{escape(text[low:high])}</mark>')
        at = high
    parts.append(_run(text, at, end))
    return "".join(parts)
