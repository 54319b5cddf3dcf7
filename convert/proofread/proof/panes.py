"""The two sides of the page as markup: the edition with its changes marked, the source line for line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape as _escape

from convert.issue import Block, Issue, Role
from convert.labels import article_label, labels
from convert.ledger import EFFECTIVE, EditIndex, Segment, trace
from convert.proofread.findings import rows
from convert.source import Span

TAGS = {Role.TITLE: "h2", Role.HEADING: "h3"}
STRETCH = 50
"""Lines, or blocks, that a browser lays out together and leaves alone while they are out of sight."""
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
        long = ' class="long"' if len(article.blocks) > STRETCH else ""
        yield f'<article aria-label="{name}" id="a{number}"{long}>\n'
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
    tag = TAGS.get(block.role, "p")
    kind = f"{block.role.value} {block.kind or ''}".strip()
    segments = trace(block.id, block.spans, index, issue.sources)
    home = block.spans[0].source if block.spans else 0
    inner = "".join(_Run(issue, span, segments, marks, home).markup() for span in block.spans)
    why = f' title="{escape(block.reason)}"' if block.reason else ""
    return f'<{tag} class="b {escape(kind)}"{_anchor(issue, block)}{why}>{inner}</{tag}>\n'


def _anchor(issue: Issue, block: Block) -> str:
    """Where the block stands in the source: `data-l` its line, `data-a` its first letter, `data-z` behind its last."""
    if not block.spans:
        return ""
    first, last = block.spans[0], block.spans[-1]
    text, end = issue.sources[first.source].text[first.start:first.end], issue.sources[last.source].text[last.start:last.end]
    start = first.start + len(text) - len(text.lstrip())
    line = issue.sources[first.source].line_at(start)
    here = f' data-s="{first.source}"' if first.source else ""
    there = f' data-y="{last.source}"' if last.source != first.source else ""
    role = f"heading{block.level or 1}" if block.role is Role.HEADING else block.role.value
    role = f"{role}:{block.kind}" if block.kind else role
    return (f' data-l="l{first.source}-{line.number if line else 1}"{here} data-a="{start}"{there} '
            f'data-z="{last.start + len(end.rstrip())}" data-r="{escape(role)}"')


class _Run:
    """One span of a block as markup: unchanged runs, changes in force, and round them suggestions and questions.

    A suggestion may cover changes in force (a misreading across a line end): they stand inside its `del`.  One that
    lies inside a change, or cuts it, shares the change's mark, after the change's own number.
    """

    def __init__(self, issue: Issue, span: Span, segments: Sequence[Segment], marks: _Marks, home: int) -> None:
        self.text, self.span = issue.sources[span.source].text, span
        self.said = "" if span.source == home else f' data-s="{span.source}"'
        inside = (s for s in segments if s.span.source == span.source)
        self.segments = [s for s in inside if span.start <= s.span.start and s.span.end <= span.end]
        self.numbers = marks.effective
        self.shared: dict[tuple[int, int], list[int]] = {}
        self.around: list[Mark] = []
        self.printed: set[int] = set()
        edits = [(s.span.start, s.span.end) for s in self.segments if s.edit is not None and s.span.start < s.span.end]
        starts = [start for start, _ in edits]
        for mark in sorted(_within(marks.idle(span.source), span.start, span.end), key=lambda m: (m[0], -m[1], m[2])):
            cut = self._cuts(mark, edits, starts)
            if cut is not None:
                self.shared.setdefault(cut, []).append(mark[2])
            elif not self.around or mark[0] >= self.around[-1][1]:
                self.around.append(mark)

    @staticmethod
    def _cuts(mark: Mark, edits: Sequence[tuple[int, int]], starts: Sequence[int]) -> tuple[int, int] | None:
        """The change the mark lies in or cuts, if any."""
        low, high, _ = mark
        for at in range(max(bisect_right(starts, low) - 1, 0), len(edits)):
            start, end = edits[at]
            if start >= high and not low <= start < high:
                break
            inside = start <= low and high <= end and low < end
            if inside or start < low < end or start < high < end:
                return edits[at]
        return None

    def markup(self) -> str:
        """The whole span."""
        parts: list[str] = []
        at = self.span.start
        for start, end, number in self.around:
            parts += (self._pieces(at, start), _mark([number], start, self._pieces(start, end), "", self.said))
            at = end
        parts.append(self._pieces(at, self.span.end))
        return "".join(parts)

    def _pieces(self, low: int, high: int) -> str:
        parts: list[str] = []
        for number, segment in enumerate(self.segments):
            start, end = segment.span.start, segment.span.end
            if start > high or end < low:
                continue
            if segment.edit is None:
                parts.append(_run(self.text, max(low, start), min(high, end), self.said))
            elif number not in self.printed and (low <= start < high or (start == end == high == self.span.end)):
                self.printed.add(number)
                numbers = [*self.numbers(segment.span.source, start, end), *self.shared.get((start, end), ())]
                parts.append(_mark(numbers, start, escape(self.text[start:end]), escape(segment.edit.after), self.said))
        return "".join(parts)


def _run(text: str, start: int, end: int, said: str = "") -> str:
    return f'<span data-o="{start}"{said}>{escape(text[start:end])}</span>' if end > start else ""


def _mark(numbers: Sequence[int], start: int, before: str, after: str, said: str = "") -> str:
    """`before` and `after` are markup; the first number is that of the change itself."""
    named = " ".join(map(str, numbers))
    return f'<span class="m" data-n="{named}" data-o="{start}"{said}><del>{before}</del><ins>{after}</ins></span>'


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
        self._effective: dict[tuple[int, int, int], list[int]] = {}
        for number, row in enumerate(rows(issue)):
            if row.kind in ("edit", "query"):
                mark = (row.start, row.end, number)
                self._all.setdefault(row.source, []).append(mark)
                if row.kind == "query" or row.status not in EFFECTIVE:
                    self._idle.setdefault(row.source, []).append(mark)
                else:
                    self._effective.setdefault((row.source, row.start, row.end), []).append(number)
        for marks in (*self._all.values(), *self._idle.values()):
            marks.sort()

    def all(self) -> Mapping[int, Sequence[Mark]]:
        """Every mark by source, by start."""
        return self._all

    def effective(self, source: int, start: int, end: int) -> list[int]:
        """Numbers of the changes in force at exactly that range."""
        return self._effective.get((source, start, end), [])

    def idle(self, source: int) -> list[Mark]:
        """Suggestions, refusals and questions, by start."""
        return self._idle.get(source, [])


def source(issue: Issue, marks: Mapping[int, Sequence[Mark]] | None = None) -> str:
    """Every line of every source as found, with its number; `data-o` its offset.  `marks` by source, else all rows'."""
    return "".join(_source(issue, _Marks(issue).all() if marks is None else marks))


def _source(issue: Issue, marks: Mapping[int, Sequence[Mark]]) -> Iterator[str]:
    for number, each in enumerate(issue.sources):
        if len(issue.sources) > 1:
            yield f"<h3>{escape(each.name)}</h3>\n"
        page: int | None = None
        labels = {p.index: p.label for p in each.pages}
        for at, line in enumerate(each.lines):
            if at % STRETCH == 0:
                yield '</div>\n<div class="stretch">\n' if at else '<div class="stretch">\n'
            if line.page is not None and line.page != page:
                page = line.page
                yield f'<p class="page">{escape(labels.get(page, str(page + 1)))}</p>\n'
            inner = _source_line(each.text, line.start, line.end, marks.get(number, ()))
            said = f'id="l{number}-{line.number}" data-s="{number}" data-a="{line.start}" data-line="{line.number}"'
            yield f'<p class="l" {said}>{inner}</p>\n'
        yield "</div>\n" if each.lines else ""


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
