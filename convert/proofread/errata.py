"""The editor's decisions put to work: `NAME.errata.tsv` as options say it, against the issue as it is found today.

A decision finds its place by offset and context (`anchors`), whatever a new OCR run did to line ends and order.  One
that finds none is asked about, never guessed.  `sidecars.errata` reads the files; `dumps` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace

from convert.issue import Issue, Query
from convert.laws import revise
from convert.ledger import Edit, Ledger, Status
from convert.options import Decision
from convert.proofread import restructure
from convert.proofread.anchors import Finder, Place
from convert.proofread.findings import Row, decision_kind
from convert.proofread.report import cell

COLUMNS = tuple(item.name for item in fields(Decision))
QUERY = "query:"
"""Rule of a decision that answers a question: `query:` and the question's kind."""
SERIES = ("issue", "batch")
SHORTEST_SERIES = 2
"""A single character is never replaced everywhere: only where a rule had found it."""


def dumps(decisions: Iterable[Decision]) -> str:
    """An errata file: one line a decision, columns named in the first."""
    lines = ["\t".join(COLUMNS)]
    for decision in decisions:
        values = (getattr(decision, name) for name in COLUMNS)
        lines.append("\t".join(cell(f"{value:g}" if isinstance(value, float) else str(value)) for value in values))
    return "\n".join(lines) + "\n"


def decided(row: Row, decision: str, right: str | None = None, *, scope: str = "here", by: str = "") -> Decision:
    """A decision about a row of the report, as the proof page writes it: accept, reject, or replace with `right`."""
    query = row.kind == "query"
    return Decision(
        kind=decision_kind(row), source=row.name, start=row.start, end=row.end, wrong=row.before,
        right=right if right is not None else "" if query else row.after, left=row.left, right_context=row.right,
        rule=QUERY + row.rule if query else row.rule, confidence=row.confidence, decision=decision, scope=scope, by=by,
    )


def apply(issue: Issue, decisions: Iterable[Decision]) -> Issue:
    """`issue` with every decision that finds its place made, and a query for every one that does not."""
    mine = [decision for decision in decisions if decision.kind != "variant" and _sources(issue, decision)]
    if not mine:
        return issue
    work = _Work(issue, [Finder(number, source) for number, source in enumerate(issue.sources)], list(issue.edits))
    here, series = ([d for d in reversed(mine) if (d.scope in SERIES) is wide] for wide in (False, True))
    for decision in (*here, *series):  # one place before its series, the last word first
        work.decide(decision)
    return work.finish()


def _sources(issue: Issue, decision: Decision) -> list[int]:
    """Sources the decision may speak of: those of its name, all where it has none or speaks of the batch."""
    if not decision.source or decision.scope == "batch":
        return list(range(len(issue.sources)))
    stem = _stem(decision.source)
    return [number for number, source in enumerate(issue.sources) if _stem(source.name) == stem]


def _stem(name: str) -> str:
    """`a.txt`, `a.hocr` and `pages/a.alto.xml` are the same issue, read in other ways."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].split(".")[0]


@dataclass
class _Work:
    """Decisions being made: rows as they stand, changes to propose, structure to alter, queries answered and asked."""

    issue: Issue
    finders: list[Finder]
    rows: list[Edit]
    wanted: dict[tuple[int, int, int], Edit] = field(default_factory=dict)
    structure: list[tuple[Decision, Place]] = field(default_factory=list)
    places: list[tuple[Decision, Place]] = field(default_factory=list)
    lost: list[Decision] = field(default_factory=list)
    taken: dict[tuple[str, Place], str] = field(default_factory=dict)
    refused: set[tuple[str, Place, str]] = field(default_factory=set)

    def decide(self, decision: Decision) -> None:
        """Find the place, or all places of a series, and enter what was decided."""
        place = self._find(decision)
        if decision.scope in SERIES:
            self._series(decision, place)
            return
        if place is None:
            if not self._fulfilled(decision):
                self.lost.append(decision)
            return
        if decision.wrong and place.start == place.end:  # white space that is no longer there
            if decision.right.strip():
                self.lost.append(decision)
            return
        self._enter(decision, place)

    def _find(self, decision: Decision) -> Place | None:
        for number in _sources(self.issue, decision):
            place = self.finders[number].find(decision)
            if place is not None:
                return place
        return None

    def _fulfilled(self, decision: Decision) -> bool:
        """Whether the page now reads what the editor wanted, so that nothing is left to do."""
        if decision.decision == "reject" or not decision.right.strip():
            return False
        return self._find(replace(decision, wrong=decision.right)) is not None

    def _series(self, decision: Decision, place: Place | None) -> None:
        """The same everywhere: rows that say the same; where no rule found it, every place that reads so."""
        same = [row for row in self.rows if row.before == decision.wrong and row.after == decision.right]
        for row in same:
            self._enter(decision, Place(row.source, row.start, row.end))
        if same:
            return
        if decision.decision != "reject" and len("".join(decision.wrong.split())) >= SHORTEST_SERIES:
            for number in _sources(self.issue, decision):
                for found in self.finders[number].every(decision.wrong):
                    self._enter(decision, found)
        elif place is not None:
            self._enter(decision, place)

    def _enter(self, decision: Decision, place: Place) -> None:
        where, refused = (decision.kind, place), (decision.kind, place, decision.right)
        if refused in self.refused or self.taken.get(where) == decision.right:
            return
        if decision.decision == "reject":
            self.refused.add(refused)
        elif where in self.taken:
            return
        else:
            self.taken[where] = decision.right
        self.places.append((decision, place))
        answer = decision.rule.startswith(QUERY) and decision.decision != "replace"
        if decision.kind in ("role", "article", "move") or (answer and decision.kind == "join"):
            if not answer or decision.decision == "reject":  # an accepted question leaves the parser's reading
                self.structure.append((decision, place))
            return
        if answer:
            return
        rows = list(self._rows_at(decision, place))
        if decision.decision == "reject":
            if decision.kind == "join" and rows:
                self.structure.append((decision, Place(place.source, rows[0].start, rows[0].end)))
            self._mark([row for row in rows if row.after == decision.right], Status.REJECTED)
            return
        first = rows[0] if rows else None
        start, end = (first.start, first.end) if first else (place.start, place.end)
        self._mark([row for row in rows if not row.effective], Status.REJECTED)
        like = next((row for row in rows if row.after == decision.right), None)
        made = Edit(
            "", place.source, start, end, self.issue.sources[place.source].text[start:end], decision.right,
            "editor" if decision.rule.startswith(QUERY) else decision.rule or "editor", decision.confidence, Status.ACCEPTED,
            why=like.why if like else "",
        )
        if like is not None:
            self.rows = [row for row in self.rows if row is not like and row.id != like.id]
            made = replace(made, rule=like.rule, confidence=like.confidence, block=like.block)
        self.wanted[place.source, start, end] = made

    def _rows_at(self, decision: Decision, place: Place) -> Iterator[Edit]:
        """Rows about the same characters as the decision: its own first."""
        core = "".join(decision.wrong.split())
        found = [
            row for row in self.rows
            if row.source == place.source and "".join(row.before.split()) == core
            and (row.start <= place.start and row.end >= place.end if core else row.start < place.end and row.end > place.start)
        ]
        if not found and place.start == place.end:
            found = [row for row in self.rows if (row.source, row.start, row.end) == (place.source, place.start, place.end)]
        return iter(sorted(found, key=lambda row: row.after != decision.right))

    def _mark(self, rows: Sequence[Edit], status: Status) -> None:
        names = {id(row) for row in rows}
        self.rows = [replace(row, status=status) if id(row) in names else row for row in self.rows]

    def finish(self) -> Issue:
        """The issue with rows, structure and queries as decided.  Both laws hold as before: rows go through the ledger."""
        issue = self.issue
        ledger = Ledger(issue.sources, self.rows)
        blocked: list[Decision] = []
        for (source, start, end), edit in self.wanted.items():
            block = restructure.block_at(issue, source, start, end)
            entered = block is not None and ledger.propose(
                source, start, end, edit.after, edit.rule, confidence=edit.confidence, status=Status.ACCEPTED,
                block=block.id, why=edit.why,
            )
            if not entered:
                blocked += [d for d, p in self.places if (p.source, p.start) == (source, start)][:1]
        issue = replace(issue, edits=ledger.edits())
        for decision, place in self.structure:
            altered = restructure.alter(issue, decision, place)
            if altered is None:
                blocked.append(decision)
            else:
                issue = altered
        return revise(issue, issue.edits, [*self._answered(issue.queries), *self._asked(len(issue.queries), blocked)])

    def _answered(self, queries: Sequence[Query]) -> Iterator[Query]:
        for query in queries:
            said = [d for d, place in self.places if query.state == "open" and self._answers(query, d, place)]
            state = Status.REJECTED if said and said[0].decision == "reject" else Status.ACCEPTED
            yield replace(query, state=state.value) if said else query

    def _answers(self, query: Query, decision: Decision, place: Place) -> bool:
        if place.source != query.source:
            return False
        if decision.rule.startswith(QUERY):
            return decision.rule == QUERY + query.kind and place.start <= query.start <= place.end
        return decision.decision != "reject" and place.start < query.end and place.end > query.start

    def _asked(self, count: int, blocked: Sequence[Decision]) -> Iterator[Query]:
        """A question for each decision that could not be made."""
        said = [(d, "decision-lost", "no longer finds its place: the text there has changed") for d in self.lost]
        cannot = "cannot be made: it would cut another change in two, or asks for what there is not"
        said += [(d, "decision-blocked", cannot) for d in blocked]
        for number, (decision, kind, why) in enumerate(said, count + 1):
            what = f"“{decision.wrong}” → “{decision.right}”" if decision.kind == "text" else decision.kind
            source = next(iter(_sources(self.issue, decision)), 0)
            at = min(max(decision.start, 0), len(self.issue.sources[source].text))
            message = f"The decision {what} {why}. Decide it again, or delete its row in the errata file."
            yield Query(f"q{number}", source, at, at, kind, " ".join(message.split()), ("keep", "delete"))
