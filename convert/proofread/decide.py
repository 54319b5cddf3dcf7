"""Decisions being made: each finds its place, or all places of its series, and becomes rows, structure and answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from convert.issue import Issue, Query
from convert.laws import revise
from convert.ledger import Edit, Ledger, Status
from convert.options import Decision
from convert.proofread import restructure
from convert.proofread.anchors import Finder, Place
from convert.proofread.ranges import Ranges

QUERY = "query:"
"""Rule of a decision that answers a question: `query:` and the question's kind."""
SERIES = ("issue", "batch")
SHORTEST_SERIES = 2
"""A single character is never replaced everywhere: only where a rule had found it."""
ABOUT_BLOCKS = frozenset({"role", "article", "move"})


def sources(issue: Issue, decision: Decision) -> list[int]:
    """Sources the decision may speak of: those of its name, all where it has none or speaks of the batch."""
    if not decision.source or decision.scope == "batch":
        return list(range(len(issue.sources)))
    stem = stem_of(decision.source)
    return [number for number, source in enumerate(issue.sources) if stem_of(source.name) == stem]


def stem_of(name: str) -> str:
    """`a.txt`, `a.hocr` and `pages/a.alto.xml` are the same issue, read in other ways."""
    return name.replace("\\", "/").rsplit("/", 1)[-1].split(".")[0]


class Work:
    """The rows as they stand, changes to propose, structure to alter, questions answered and asked."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self.finders = [Finder(number, source) for number, source in enumerate(issue.sources)]
        self.rows: list[Edit | None] = list(issue.edits)
        self._at = Ranges((edit.source, edit.start, edit.end, number) for number, edit in enumerate(issue.edits))
        self._same: dict[tuple[str, str], list[int]] = {}
        self._before: dict[str, list[int]] = {}
        for number, edit in enumerate(issue.edits):
            self._same.setdefault((edit.before, edit.after), []).append(number)
            self._before.setdefault(edit.before, []).append(number)
        self.wanted: dict[tuple[int, int, int], Edit] = {}
        self.structure: list[tuple[Decision, Place]] = []
        self.places: list[tuple[Decision, Place]] = []
        self.lost: list[Decision] = []
        self.disputed: dict[tuple[int, int], tuple[Decision, Decision]] = {}
        self._taken: dict[tuple[str, Place], Decision] = {}
        self._refused: dict[tuple[str, Place], dict[str, Decision]] = {}

    def decide(self, decision: Decision) -> None:
        """Find the place and enter what was decided: of a series, the place it was decided at."""
        place = self._find(decision)
        if place is None:
            if decision.scope not in SERIES and not self._idle(decision):
                self.lost.append(decision)
        elif decision.wrong and place.start == place.end:  # white space that is no longer there
            if decision.right.strip() and decision.scope not in SERIES:
                self.lost.append(decision)
        else:
            self._enter(decision, place)

    def spread(self, decision: Decision) -> None:
        """Enter a series at all its other places."""
        for place in self._series(decision):
            self._enter(decision, place)

    def _find(self, decision: Decision) -> Place | None:
        for number in sources(self.issue, decision):
            place = self.finders[number].find(decision)
            if place is not None:
                return place
        return None

    def _idle(self, decision: Decision) -> bool:
        """Whether a decision without a place needs none: the page reads right, or a question is no longer there."""
        if decision.rule.startswith(QUERY) and decision.decision != "replace":
            return decision.kind == "text" or decision.decision == "accept"
        if decision.decision == "reject" or decision.kind != "text" or not decision.right.strip():
            return False
        return self._find(replace(decision, wrong=decision.right)) is not None

    def _series(self, decision: Decision) -> Iterator[Place]:
        """Rows that say the same; for own words, or where no rule found it, every place that reads so."""
        same = self._same.get((decision.wrong, decision.right), [])
        own = decision.decision == "replace" and not same
        for number in self._before.get(decision.wrong, []) if own else same:
            row = self.issue.edits[number]
            yield Place(row.source, row.start, row.end)
        if same:
            return
        if decision.decision != "reject" and len("".join(decision.wrong.split())) >= SHORTEST_SERIES:
            for number in sources(self.issue, decision):
                yield from self.finders[number].every(decision.wrong)

    def _free(self, decision: Decision, where: tuple[str, Place]) -> bool:
        """Whether nothing was decided there before: the last word holds, one place goes before its series."""
        taken, refused = self._taken.get(where), self._refused.get(where, {})
        earlier = taken or next(iter(refused.values()), None)
        if earlier is None:
            return True
        if decision.scope in SERIES and earlier.scope not in SERIES:
            return False
        if decision.decision == "reject":
            contrary = taken is not None and taken.right == decision.right
        else:
            contrary = decision.right in refused or (taken is not None and taken.right != decision.right)
        if contrary and _file(decision) != _file(earlier):
            self.disputed[id(decision), id(earlier)] = (decision, earlier)
        return not contrary and (decision.right not in refused if decision.decision == "reject" else taken is None)

    def _enter(self, decision: Decision, place: Place) -> None:
        answer = decision.rule.startswith(QUERY) and decision.decision != "replace"
        where = (decision.rule if answer else decision.kind, place)
        if not self._free(decision, where):
            return
        if decision.decision == "reject":
            self._refused.setdefault(where, {})[decision.right] = decision
        else:
            self._taken[where] = decision
        self.places.append((decision, place))
        if decision.kind in ABOUT_BLOCKS or (decision.kind == "join" and (answer or decision.wrong.strip())):
            if not answer or decision.decision == "reject":  # an accepted question leaves the parser's reading
                self.structure.append((decision, place))
        elif not answer:
            self._rows(decision, place)

    def _rows(self, decision: Decision, place: Place) -> None:
        numbers = self._rows_at(decision, place)
        found = [row for row in map(self.rows.__getitem__, numbers) if row is not None]
        if decision.decision == "reject":
            if decision.kind == "join" and found:
                self.structure.append((decision, Place(place.source, found[0].start, found[0].end)))
            self._mark([n for n in numbers if (row := self.rows[n]) and row.after == decision.right], Status.REJECTED)
            return
        if decision.kind == "join" and not found and restructure.between(self.issue, place):
            self.structure.append((decision, place))
            return
        start, end = (found[0].start, found[0].end) if found else (place.start, place.end)
        self._mark([n for n in numbers if (row := self.rows[n]) and not row.effective], Status.REJECTED)
        like = next((n for n in numbers if (row := self.rows[n]) and row.after == decision.right), None)
        made = Edit(
            "", place.source, start, end, self.issue.sources[place.source].text[start:end], decision.right,
            "editor" if decision.rule.startswith(QUERY) else decision.rule or "editor", decision.confidence, Status.ACCEPTED,
        )
        if like is not None:
            row = self.issue.edits[like]
            self.rows[like] = None
            made = replace(made, rule=row.rule, confidence=row.confidence, block=row.block, why=row.why)
        self.wanted[place.source, start, end] = made

    def _rows_at(self, decision: Decision, place: Place) -> list[int]:
        """Rows about the same characters as the decision: its own first."""
        core = "".join(decision.wrong.split())
        near = [(n, row) for n in self._at.touching(place.source, place.start, place.end) if (row := self.rows[n]) is not None]
        found = [
            (n, row) for n, row in near if "".join(row.before.split()) == core
            and (row.start <= place.start and row.end >= place.end if core else row.start < place.end and row.end > place.start)
        ]
        if not found and place.start == place.end:
            found = [(n, row) for n, row in near if (row.start, row.end) == (place.start, place.end)]
        return [n for n, _ in sorted(found, key=lambda one: one[1].after != decision.right)]

    def _mark(self, numbers: Sequence[int], status: Status) -> None:
        for number in numbers:
            row = self.rows[number]
            self.rows[number] = replace(row, status=status) if row is not None else None

    def finish(self) -> Issue:
        """The issue with rows, structure and queries as decided.  Both laws hold as before: rows go through the ledger."""
        issue = self.issue
        ledger = Ledger(issue.sources, [row for row in self.rows if row is not None])
        spans = Ranges(
            (span.source, span.start, span.end, (span, block.id)) for block in issue.blocks() for span in block.spans
        )
        said = {(place.source, place.start): decision for decision, place in reversed(self.places)}
        blocked: list[Decision] = []
        for (source, start, end), edit in sorted(self.wanted.items(), key=lambda one: one[0][2] - one[0][1]):  # the wider amends
            near = spans.touching(source, start, end)
            home = next((name for span, name in near if span.start <= start and end <= span.end), "")
            entered = home and ledger.propose(
                source, start, end, edit.after, edit.rule, confidence=edit.confidence, status=Status.ACCEPTED,
                block=home, why=edit.why,
            )
            if not entered and (source, start) in said:
                blocked.append(said[source, start])
        issue = replace(issue, edits=ledger.edits())
        for decision, place in restructure.in_order(self.structure):
            altered = restructure.alter(issue, decision, place, self.finders)
            if altered is None:
                blocked.append(decision)
            else:
                issue = altered
        asked = list(self._asked(len(issue.queries), blocked))
        return revise(issue, issue.edits, list(self._answered([*issue.queries, *asked])))

    def _answered(self, queries: Iterable[Query]) -> Iterator[Query]:
        places = Ranges((place.source, place.start, place.end, (decision, place)) for decision, place in self.places)
        for query in queries:
            near = places.touching(query.source, query.start, query.end) if query.state == "open" else ()
            said = next((decision for decision, place in near if _answers(query, decision, place)), None)
            state = Status.REJECTED if said is not None and said.decision == "reject" else Status.ACCEPTED
            yield replace(query, state=state.value) if said is not None else query

    def _asked(self, count: int, blocked: Iterable[Decision]) -> Iterator[Query]:
        """A question for each decision that could not be made, and for two files that do not agree."""
        said = [(d, "decision-lost", lost_message(d)) for d in self.lost]
        said += [(d, "decision-blocked", blocked_message(d)) for d in blocked]
        said += [(d, "decision-conflict", conflict_message(d, other)) for d, other in self.disputed.values()]
        for number, (decision, kind, message) in enumerate(said, count + 1):
            source = next(iter(sources(self.issue, decision)), 0)
            at = min(max(decision.start, 0), len(self.issue.sources[source].text))
            choices = ("keep", "delete") if kind != "decision-conflict" else ()
            yield Query(f"q{number}", source, at, at, kind, message, choices)


def _file(decision: Decision) -> str:
    return decision.file.rpartition(", line ")[0]


def _answers(query: Query, decision: Decision, place: Place) -> bool:
    """Whether the decision settles the question: its answer, or a change made where it was asked."""
    if decision.rule.startswith(QUERY):
        return decision.rule == QUERY + query.kind and place.start <= query.start <= place.end
    if query.kind in ("decision-lost", "decision-blocked", "decision-conflict"):
        return False
    return decision.decision != "reject" and place.start < query.end and place.end > query.start


def what(decision: Decision) -> str:
    """The decision in words: what it changed into what, or what it did about a block."""
    where = f" ({decision.file})" if decision.file else ""
    if decision.kind == "text":
        return f"“{decision.wrong}” → “{decision.right}”{where}"
    return f"{decision.kind} {decision.right or decision.decision} at “{decision.wrong[:12]}”{where}"


def lost_message(decision: Decision) -> str:
    """Why a decision is asked about that has no place."""
    return _sentence(f"The decision {what(decision)} no longer finds its place: the text there has changed.")


CANNOT = "it would cut another change in two, or asks for what there is not"


def blocked_message(decision: Decision) -> str:
    """Why a decision is asked about that has a place and cannot be made."""
    return _sentence(f"The decision {what(decision)} cannot be made: {CANNOT}.")


def conflict_message(decision: Decision, other: Decision) -> str:
    """What two files say about one place.  `other` is followed: it was read later, the issue's own file last."""
    return " ".join(
        f"{decision.file or 'One file'} says {_said(decision)}, {other.file or 'another'} says {_said(other)}. "
        "The second is followed. Delete one of the rows.".split()
    )


def _said(decision: Decision) -> str:
    change = f"“{decision.wrong}” → “{decision.right}”"
    return f"not {change}" if decision.decision == "reject" else change


def _sentence(text: str) -> str:
    return " ".join(f"{text} Decide it again, or delete its row in the errata file.".split())
