"""The issue: the hub between readers and writers, as the AST is in pandoc.  Frozen; stages return new ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from convert.ledger import EFFECTIVE, Edit, Status
from convert.source import Source, Span


class Role(StrEnum):
    """The nine roles.  What is finer is a `Block.kind`, so that a tool that knows the nine still sees all text."""

    KICKER = "kicker"
    TITLE = "title"
    SUBTITLE = "subtitle"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    CAPTION = "caption"
    COLOPHON = "colophon"
    DROP = "drop"


KINDS = (
    "list-item", "verse", "quotation", "question", "answer", "table-row", "note", "editorial",
    "contents", "salutation", "signature", "date", "credit", "pull-quote", "column-name",
)
"""The kinds Reissue itself gives; a plug-in may add its own."""


@dataclass(frozen=True, slots=True)
class Block:
    """A role, the source spans it is made of in order, and its text (law 2 says what that must be).

    `level` is 1-3 for headings.  `cells` are ranges of `text`, for table rows.  `reason` says why a block was dropped.
    """

    id: str
    role: Role
    text: str
    spans: tuple[Span, ...]
    level: int | None = None
    kind: str | None = None
    cells: tuple[tuple[int, int], ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """Blocks in reading order.  An article whose headline is missing has no title block; writers print a stand-in."""

    id: str
    blocks: tuple[Block, ...]

    def first(self, role: Role) -> Block | None:
        """The first block of that role, or None."""
        return next((block for block in self.blocks if block.role is role), None)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of the issue.  `title` is the periodical's name, `section` the page or supplement."""

    title: str | None = None
    number: str | None = None
    date: str | None = None
    publisher: str | None = None
    section: str | None = None
    creator: str | None = None
    rights: str | None = None
    identifier: str | None = None
    description: str | None = None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """Block `block` was put behind block `after` (None: first of its article) though the source has it elsewhere."""

    block: str
    after: str | None
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question to the editor.  `choices` are labels; `kind` is a slug such as `title-missing`."""

    id: str
    source: int
    start: int
    end: int
    kind: str
    message: str
    choices: tuple[str, ...] = ()
    state: str = "open"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision about `block` was made, in words, for `reissue check --explain`.  `what`: join, split,
    move, role, article."""

    block: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class VariantEdit:
    """One conversion of a variant: a range of the *parent's* text of `block`, before and after.

    `status` suggested means a doubtful reading the editor may want to choose; it does not change the text.
    """

    block: str
    start: int
    end: int
    before: str
    after: str
    rule: str
    confidence: float = 1.0
    status: Status = Status.APPLIED
    why: str = ""

    @property
    def effective(self) -> bool:
        """Whether the row changes the text of its block."""
        return self.status in EFFECTIVE


@dataclass(frozen=True)
class Issue:
    """One issue as Reissue understands it.  `variant` is `source` until `to_variant` made another of it."""

    sources: tuple[Source, ...]
    language: str
    metadata: Metadata = field(default_factory=Metadata)
    articles: tuple[Article, ...] = ()
    colophon: tuple[Block, ...] = ()
    dropped: tuple[Block, ...] = ()
    edits: tuple[Edit, ...] = ()
    moves: tuple[Move, ...] = ()
    queries: tuple[Query, ...] = ()
    reasons: tuple[Reason, ...] = ()
    variant: str = "source"
    parent: Issue | None = None
    changes: tuple[VariantEdit, ...] = ()

    @property
    def name(self) -> str:
        """Name of the first source: what the editions are called after."""
        return self.sources[0].name if self.sources else ""

    @property
    def origin(self) -> Issue:
        """The issue in the script it was found in."""
        return self if self.parent is None else self.parent.origin

    def blocks(self) -> Iterator[Block]:
        """Every block: articles in order, then the colophon, then what was dropped."""
        for article in self.articles:
            yield from article.blocks
        yield from self.colophon
        yield from self.dropped
