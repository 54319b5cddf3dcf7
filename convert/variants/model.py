"""What conversion works with: pieces of a text and doubts about them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from convert.issue import Query, VariantEdit


@dataclass(frozen=True, slots=True)
class Piece:
    """A range of the text and what becomes of it.  `final`: no later layer may change it."""

    start: int
    end: int
    out: str
    rule: str = "opencc"
    confidence: float = 1.0
    why: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """A reading that was not chosen.  `confidence` is the probability, 0..1, that it is the right one after all."""

    start: int
    end: int
    chosen: str
    alternative: str
    rule: str
    confidence: float
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to ask about a place of the text: a slug, a sentence and the answers to choose from."""

    start: int
    end: int
    kind: str
    message: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversion:
    """The outcome for one text: pieces that cover it without a gap, what was doubtful, what is to be asked."""

    pieces: tuple[Piece, ...]
    doubts: tuple[Doubt, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def text(self) -> str:
        """The converted text."""
        return "".join(piece.out for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Converted:
    """Plain text converted: offsets of changes and queries count in the text given."""

    text: str
    changes: tuple[VariantEdit, ...] = ()
    queries: tuple[Query, ...] = ()


def without_overlap(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces in order of place; of two that overlap the one given first stays."""
    taken: list[Piece] = []
    starts: list[int] = []
    for piece in pieces:
        at = bisect_left(starts, piece.start)
        if at < len(taken) and taken[at].start < piece.end:
            continue
        if at and taken[at - 1].end > piece.start:
            continue
        starts.insert(at, piece.start)
        taken.insert(at, piece)
    return taken


def occurrences(text: str, word: str) -> Iterator[int]:
    """Every place where `word` stands, without overlap."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))
