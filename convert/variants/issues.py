"""An issue to a variant: every block whole, every change a row, everything else that is text along with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from functools import partial
from itertools import zip_longest

from convert.issue import Block, Issue, Metadata, Query, VariantEdit
from convert.ledger import EditIndex, Segment, trace
from convert.options import VariantOptions
from convert.variants import align, quotes, script
from convert.variants.decisions import Decisions, Place, find
from convert.variants.glossary import unused
from convert.variants.model import Doubt, Finding
from convert.variants.places import place
from convert.variants.plan import Plan
from convert.variants.table import Variant

_QUOTED = re.compile("“([^”]*)”")


def convert_issue(issue: Issue, variant: Variant, options: VariantOptions) -> Issue:
    """The issue in another script or region.  Each character of it leads back to the source through `changes`.

    Block ids, spans, edits and moves are the parent's.  Metadata, queries and the language follow the variant.
    """
    plan = Plan(variant, issue.language, options, [block.text for block in issue.blocks()])
    work = _Work(issue, plan)
    articles = tuple(replace(article, blocks=work.blocks(article.blocks)) for article in issue.articles)
    colophon, dropped = work.blocks(issue.colophon), work.blocks(issue.dropped)
    for row in unused([row for row in options.glossary if row.level == "issue"], issue):
        if not row.variants or variant.name in row.variants:
            message = f"The issue's glossary has “{row.source}”, which is nowhere in the text. Correct the row or remove it."
            work.ask(0, 0, 0, Finding(0, 0, "glossary-unused", message))
    for decision in work.decisions.lost():
        message = (
            f"The decision “{decision.wrong}” → “{decision.right}” at {decision.start} no longer finds its place. "
            "Look whether it still holds, and set it again."
        )
        work.ask(0, 0, 0, Finding(0, 0, "decision-lost", message))
    return replace(
        issue,
        articles=articles,
        colophon=colophon,
        dropped=dropped,
        metadata=_metadata(issue.metadata, work.plain),
        queries=(*(_query(query, work.plain) for query in issue.queries), *work.queries),
        variant=variant.name,
        language=variant.language,
        parent=issue,
        changes=tuple(work.changes),
    )


class _Work:
    """The issue on its way: rows and queries gather here."""

    def __init__(self, issue: Issue, plan: Plan) -> None:
        self.issue, self.plan = issue, plan
        self.changes: list[VariantEdit] = []
        self.queries: list[Query] = []
        self.decisions = Decisions.of(plan.options.decisions, plan.variant, plan.source)
        self._here = [(n, row) for n, row in enumerate(self.decisions.rows) if row.scope == "here"]
        self._index: EditIndex | None = None
        self._asked: set[tuple[str, str]] = set()

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        row = list(blocks)
        return tuple(self.block(block, after) for block, after in zip_longest(row, row[1:]))

    def block(self, block: Block, after: Block | None) -> Block:
        source = self._script(block)
        done = self.decisions.convert(self.plan.layers(source), block.text, self._decided(block))
        self.changes += align.changes(block.id, block.text, done.pieces, filter(partial(self._new, block.text), done.doubts))
        for finding in done.findings:
            if finding.start == 0 and after is not None and quotes.opens(after.text):
                continue  # a quotation over several paragraphs opens each of them and is closed in the last
            self.ask(*self._place(block, finding.start, finding.end), finding)
        return replace(block, text=done.text, cells=align.moved(block.cells, done.pieces) if block.cells else ())

    def _new(self, text: str, doubt: Doubt) -> bool:
        """Whether the issue has not been asked the same thing: the same reading with the same neighbours."""
        key = text[max(0, doubt.start - 1):doubt.end + 1], doubt.alternative
        if key in self._asked:
            return False
        self._asked.add(key)
        return True

    def plain(self, text: str) -> str:
        """Text that belongs to no block: metadata, words quoted in queries."""
        return self.plan.layers(self.plan.source).convert(text).text

    def ask(self, source: int, start: int, end: int, finding: Finding) -> None:
        number = f"v{len(self.queries) + 1}"
        state = self.decisions.state(finding.kind, self.issue.sources[source].name, start)
        self.queries.append(Query(number, source, start, end, finding.kind, finding.message, finding.choices, state))

    def _script(self, block: Block) -> str:
        """The script the block is converted from: the issue's, unless the block is clearly in another."""
        expected = self.plan.source
        found = script.detect(block.text)
        if found in (expected, script.UNKNOWN):
            return expected
        names = {script.HANS: "Simplified", script.HANT: "Traditional"}
        message = (
            f"This block is in {names[found]} characters, the issue is in {names[expected]}. It was converted as such."
            if found != script.MIXED
            else f"This block mixes Simplified and Traditional characters. It was converted as {names[expected]}."
        )
        self.ask(*self._place(block, 0, len(block.text)), Finding(0, 0, "script-mixed", message))
        return expected if found == script.MIXED else found

    def _decided(self, block: Block) -> Iterator[Place]:
        """The rows for one place that fall into the block."""
        for number, row in self._here:
            for span in block.spans:
                source = self.issue.sources[span.source]
                if row.source in ("", source.name) and span.start <= row.start < max(span.end, span.start + 1):
                    expected = self._offset(block, span.source, row.start)
                    at = find(row, block.text, expected, source.text, row.start)
                    if at is not None:
                        yield at, number
                    break

    def _segments(self, block: Block) -> list[Segment]:
        if self._index is None:
            self._index = EditIndex(self.issue.edits)
        return trace(block.id, block.spans, self._index, self.issue.sources)

    def _offset(self, block: Block, source: int, place: int) -> int | None:
        """Where a place of the source is in the block's text; None where an edit took it away."""
        for segment in self._segments(block):
            span = segment.span
            if span.source == source and span.start <= place < span.end:
                inside = place - span.start
                return segment.text_start + (inside if segment.edit is None else 0)
        return None

    def _place(self, block: Block, start: int, end: int) -> tuple[int, int, int]:
        return place(block, self._segments(block), start, end)


def _metadata(metadata: Metadata, plain: Callable[[str], str]) -> Metadata:
    """Every field but the identifier in the variant."""
    values = {
        field.name: plain(value)
        for field in fields(metadata)
        if field.name not in ("identifier", "extra") and (value := getattr(metadata, field.name))
    }
    return replace(metadata, **values, extra=tuple((key, plain(value)) for key, value in metadata.extra))


def _query(query: Query, plain: Callable[[str], str]) -> Query:
    """A question with the words it quotes in the variant; the marks around them are the message's own."""
    message = _QUOTED.sub(lambda match: f"“{plain(match.group(1))}”", query.message)
    return replace(query, message=message, choices=tuple(map(plain, query.choices)))
