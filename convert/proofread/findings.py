"""What a run says about an issue, as rows in source order: corrections, questions, moves, and why.

The check report, the proof page and tests read these rows; none of them looks into the ledger for itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from convert.issue import Block, Issue, Query
from convert.ledger import Edit, Status
from convert.source import Source

CONTEXT = 12
"""Characters either side: enough to know a place again (DESIGN section 5)."""


@dataclass(frozen=True, slots=True)
class Row:
    """One finding.  `kind` is edit, query, move or reason; `asked` is whether the editor has to answer.

    `line` and `column` count from 1, `page` is the printed label.  `left` and `right` are source text around the place.
    """

    kind: str
    id: str
    source: int
    name: str
    start: int
    end: int
    line: int
    column: int
    page: str
    status: str
    rule: str
    confidence: float
    before: str
    after: str
    left: str
    right: str
    why: str
    choices: tuple[str, ...] = ()

    @property
    def asked(self) -> bool:
        """Whether this waits for the editor."""
        return self.status in ("suggested", "open")

    @property
    def layout(self) -> bool:
        """Whether only white space changes: line ends and stray spaces, which are many and rarely looked at."""
        return self.kind == "edit" and not self.before.strip() and not self.after.strip()


JOIN_MARKS = frozenset("\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029")
STRUCTURAL = {"join-uncertain": "join", "title-missing": "article"}
"""Questions whose second choice alters the structure; the first leaves it as the parser has it."""


def decision_kind(row: Row) -> str:
    """The kind of a decision about the row (DESIGN section 5): a line end that was closed is a join."""
    if row.kind == "query":
        return STRUCTURAL.get(row.rule, "text")
    if row.kind == "move":
        return "move"
    return "join" if row.layout and not JOIN_MARKS.isdisjoint(row.before) else "text"


def rows(issue: Issue, *, explain: bool = False) -> list[Row]:
    """All rows of the issue as it was found (a variant answers for its parent), in source order."""
    origin = issue.origin
    found = [_of_edit(origin, edit) for edit in origin.edits]
    found += [_of_query(origin, query) for query in origin.queries]
    blocks = {block.id: block for block in origin.blocks()}
    for move in origin.moves:
        if move.block in blocks:
            found.append(_of_block(origin, "move", blocks[move.block], move.rule, move.why))
    if explain:
        for reason in origin.reasons:
            if reason.block in blocks:
                found.append(_of_block(origin, "reason", blocks[reason.block], reason.what, reason.why))
    return _in_order(found)


def _in_order(found: list[Row]) -> list[Row]:
    return sorted(found, key=lambda row: (row.source, row.start, row.end, row.kind, row.id))


def telling(issue: Issue, most: int) -> tuple[list[Row], int]:
    """At most `most` rows worth reading in a report of many issues, in source order, and how many more there are.

    What is asked goes first, then changed words; marks, widths and line ends, which are many, are only counted there.
    """
    origin = issue.origin
    asked: list[Edit | Query] = [edit for edit in origin.edits if edit.status is Status.SUGGESTED]
    asked += [query for query in origin.queries if query.state == "open"]
    changed = [edit for edit in origin.edits if edit.effective and _letters(edit.before) != _letters(edit.after)]
    chosen = [*asked, *changed][:most]
    found = [_of_edit(origin, one) if isinstance(one, Edit) else _of_query(origin, one) for one in chosen]
    return _in_order(found), len(asked) + len(changed) - len(chosen)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))


def row_of(said: Mapping[str, Any]) -> Row:
    """A row from what was kept of one, perhaps by another version: what is missing is empty, what is unknown left out."""
    blank: dict[str, Any] = {item.name: "" for item in fields(Row)}
    blank |= {"source": 0, "start": 0, "end": 0, "line": 1, "column": 1, "confidence": 1.0, "choices": ()}
    return Row(**{name: said.get(name, value) for name, value in blank.items()})


def _of_edit(issue: Issue, edit: Edit) -> Row:
    return _row(
        issue, "edit", edit.id, edit.source, edit.start, edit.end, edit.status.value, edit.rule, edit.why,
        confidence=edit.confidence, after=edit.after,
    )


def _of_query(issue: Issue, query: Query) -> Row:
    return _row(
        issue, "query", query.id, query.source, query.start, query.end, query.state, query.kind, query.message,
        choices=query.choices,
    )


def _of_block(issue: Issue, kind: str, block: Block, rule: str, why: str) -> Row:
    span = block.spans[0]
    return _row(issue, kind, block.id, span.source, span.start, min(span.end, span.start + CONTEXT), "applied", rule, why)


def _row(
    issue: Issue, kind: str, name: str, source: int, start: int, end: int, status: str, rule: str, why: str, *,
    confidence: float = 1.0, after: str = "", choices: tuple[str, ...] = (),
) -> Row:
    where = issue.sources[source]
    line, column, page = place(where, start)
    return Row(
        kind, name, source, where.name, start, end, line, column, page, status, rule, confidence,
        where.text[start:end], after, where.text[max(0, start - CONTEXT):start], where.text[end:end + CONTEXT], why, choices,
    )


def place(source: Source, offset: int) -> tuple[int, int, str]:
    """Line and column from 1, and the label of the page, empty where the reader knew none."""
    line = source.line_at(offset)
    if line is None:
        return 1, offset + 1, ""
    page = next((page.label for page in source.pages if page.index == line.page), "") if line.page is not None else ""
    return line.number, offset - line.start + 1, page


def counts(found: list[Row]) -> dict[str, int]:
    """How many rows there are by what became of them: applied, suggested, open, accepted, rejected, …"""
    numbers: dict[str, int] = {}
    for row in found:
        if row.kind in ("edit", "query"):
            numbers[row.status] = numbers.get(row.status, 0) + 1
    return numbers


def by_rule(found: list[Row]) -> Iterator[tuple[str, int]]:
    """Rules of rows that only move white space, with their numbers, most first."""
    numbers: dict[str, int] = {}
    for row in found:
        if row.layout and row.status != Status.SUGGESTED:
            numbers[row.rule] = numbers.get(row.rule, 0) + 1
    return iter(sorted(numbers.items(), key=lambda item: (-item[1], item[0])))
