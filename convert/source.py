"""The source: decoded text that is never changed, and where each of its lines stood.

Offsets everywhere in Reissue are half-open code-point ranges of `Source.text`.  The byte-order mark is gone, line
ends are kept.  Readers of XML and PDF join the lines they extract with a line feed.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from convert.errors import UnreadableInput

MAX_CHARACTERS = 20_000_000
"""Longest text of one source, some thousand pages; more is refused before lines are made, so that memory stays bounded."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in the page's own unit (pixels or points), the origin at the top left."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points of one source of the issue."""

    source: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span runs from {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word or character the OCR engine reported, with its confidence (0..1) where it gave one."""

    start: int
    end: int
    confidence: float | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source without its line end; page, box and size only where the reader knew them.

    `size` is the height of the type in the page's unit.  `role` is a role the input format itself states
    (a Markdown heading, an HTML figcaption), a hint to the parser and nothing more.
    """

    number: int
    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    size: float | None = None
    words: tuple[Word, ...] = ()
    role: str | None = None
    level: int | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the original: its index from 0, printed label, size in its unit, and image if one lies beside it."""

    index: int
    label: str
    width: float
    height: float
    image: str | None = None


@dataclass(frozen=True)
class Source:
    """One input file as decoded.  `sha256` is of the bytes as read, so that the file itself can be proved."""

    name: str
    text: str
    encoding: str = "utf-8"
    sha256: str = ""
    lines: tuple[Line, ...] = ()
    pages: tuple[Page, ...] = ()
    format: str = "text"
    notices: tuple[str, ...] = ()
    metadata: tuple[tuple[str, str], ...] = field(default=())

    def __post_init__(self) -> None:
        if len(self.text) > MAX_CHARACTERS:
            raise UnreadableInput(
                f"{self.name} holds {len(self.text):,} characters; {MAX_CHARACTERS:,} is the most. Split it into issues first."
            )
        if not self.lines and self.text:
            object.__setattr__(self, "lines", tuple(split_lines(self.text)))
        if not self.sha256:
            digest = hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            object.__setattr__(self, "sha256", digest)

    @cached_property
    def line_starts(self) -> list[int]:
        """Start offset of each line, for look-ups by offset."""
        return [line.start for line in self.lines]

    def line_at(self, offset: int) -> Line | None:
        """The line that holds `offset` (a line end belongs to the line it ends)."""
        index = bisect_right(self.line_starts, offset) - 1
        return self.lines[index] if index >= 0 else None


def split_lines(text: str) -> Iterator[Line]:
    """Cut `text` at every line boundary Unicode knows (CR LF, form feed and U+2028 among them)."""
    start = 0
    for number, raw in enumerate(text.splitlines(keepends=True), 1):
        body = len(raw)
        while body and raw[body - 1] in _LINE_ENDS:
            body -= 1
        yield Line(number, start, start + body)
        start += len(raw)


_LINE_ENDS = frozenset("\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029")
