"""The page while the passes work on it: fragments in reading order, and what is known about them so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from convert.issue import Metadata, Query, Reason, Role
from convert.options import ParseOptions
from convert.source import Source, Span
from convert.structure.lexis import Lexis


@dataclass(frozen=True, slots=True)
class Place:
    """What the place on the page says.

    `scale`: size of type against the body's, None in plain text; `full`: the last line is a full one; `above`: ems of white
    over it up to the next text, None where there is none.
    """

    indented: bool | None
    full: bool | None
    scale: float | None
    centered: bool
    vertical: bool
    aside: bool
    above: float | None = None


@dataclass(slots=True, eq=False)
class Unit:
    """One block in the making.  `text` is a reading copy (joined, full-width marks) that features are taken from.

    `blanks` counts blank lines before it in the source, -1 where that says nothing.  `place` is its rank in the source.
    `opens`: an unreadable headline stands before it, so a story begins here.
    `measure`: the width of its column in terminal columns, where it has lines enough to show it.
    `glued`: no blank line parts it from the unit before it, where blank lines part blocks; `parted`: one does.
    `scanned`: it may be a recogniser's, whose lines are those of the page.
    """

    spans: list[Span]
    text: str
    place: int
    blanks: int = 0
    role: Role = Role.PARAGRAPH
    level: int | None = None
    kind: str | None = None
    reason: str | None = None
    article: bool = False
    opens: bool = False
    joins: list[str] = field(default_factory=list)
    hint: Role | None = None
    page: int | None = None
    interrupts: bool = False
    moved: tuple[str, str] | None = None
    place_says: Place | None = None
    cells: tuple[tuple[int, int], ...] = ()
    measure: int | None = None
    scanned: bool = False
    glued: bool = False
    parted: bool = False

    def __post_init__(self) -> None:
        self.text = self.text.strip()

    @property
    def span(self) -> Span:
        """Its first span: where queries about it point."""
        return self.spans[0]


@dataclass(slots=True)
class State:
    """What a pass reads and writes.  Passes are functions `(State) -> None`, run in the order of `passes.PASSES`.

    `placed`: the order is that of the places on the page, so that nothing has moved that could be put back.
    """

    sources: Sequence[Source]
    options: ParseOptions
    language: str
    lexis: Lexis
    units: list[Unit] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)
    reasons: list[tuple[Unit, str, str]] = field(default_factory=list)
    metadata: Metadata = field(default_factory=Metadata)
    placed: bool = False

    def because(self, unit: Unit, what: str, why: str) -> None:
        """Note for `reissue check --explain` why a join, move, role or article was decided."""
        self.reasons.append((unit, what, why))

    def ask(self, unit: Unit, kind: str, message: str, choices: tuple[str, ...] = ()) -> None:
        """A question to the editor about the beginning of a unit."""
        span = unit.span
        self.queries.append(Query("", span.source, span.start, min(span.end, span.start + 40), kind, message, choices))


__all__ = ["Reason", "State", "Unit"]
