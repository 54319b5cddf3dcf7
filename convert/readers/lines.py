"""Lines with a place: what the readers of hOCR, ALTO, PAGE XML, PDF and block JSON build their `Source` from.

Lines are joined by a line feed, a blank line stands between regions and between pages, so that the text alone can be read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from convert.errors import UnreadableInput
from convert.source import Box, Line, Page, Source, Word

MAX_CHARACTERS = 30_000_000
"""A thousand newspaper issues; more is a corpus and would only fill the memory."""
GAP_HAN = 0.55
GAP_EXCESS = 0.2
"""Line heights between two words above which the setter meant a space, and how far above the line's own median gap, for
justified lines are loose all over.  On the six dev pages of the bench this finds 17 of 44 spaces at 36 false ones in 5770."""
GAP_LATIN = 0.12
"""Line heights between two Latin words or numbers above which they are two words."""

_BREAKS = re.compile(r"[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_NARROW = re.compile(r"[0-9A-Za-z\u00c0-\u024f]")
_CLINGS = frozenset(",.:;!?)]}'\"([{，。、：；！？）》〉」』】〕”’（《〈「『【〔“‘·…—～")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as an engine reports it; `confidence` is 0..1; `spaced` whether the file says a space stands before it."""

    text: str
    box: Box | None = None
    confidence: float | None = None
    spaced: bool | None = None


class Lines:
    """Collects pages, regions and lines in reading order and makes the `Source` of them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._lines: list[Line] = []
        self._pages: list[Page] = []
        self._page: int | None = None
        self._region: str | None = None
        self._fresh = True

    def page(self, label: str | None = None, width: float = 0, height: float = 0, image: str | None = None) -> None:
        """Begin a page.  `label` is the printed number where the file has one; else pages count from 1."""
        index = len(self._pages)
        name = image.replace("\\", "/").rsplit("/", 1)[-1] if image else None
        self._pages.append(Page(index, label or str(index + 1), max(0.0, width), max(0.0, height), name or None))
        self.turn(index)

    def turn(self, index: int) -> None:
        """Go on with a page already begun; one that was not is none."""
        page = index if 0 <= index < len(self._pages) else None
        if page != self._page:
            self._begin(None)
        self._page = page

    def region(self, name: str | None = None) -> None:
        """Begin a region (a block of the page, a paragraph): a blank line parts it from the one before."""
        self._begin(name)

    def line(
        self,
        content: str | Sequence[Token],
        box: Box | None = None,
        size: float | None = None,
        role: str | None = None,
        level: int | None = None,
    ) -> None:
        """Add a line; one without visible characters is left out."""
        tokens = [Token(content)] if isinstance(content, str) else content
        before = ("\n\n" if self._fresh else "\n") if self._lines else ""
        start = self._length + len(before)
        text, words = joined(tokens, start, box[3] - box[1] if box else None)
        if not text.strip():
            return
        if before == "\n\n":
            self._lines.append(Line(len(self._lines) + 1, start - 1, start - 1, self._lines[-1].page))
        self._put(before)
        self._fresh = False
        self._put(text)
        self._lines.append(Line(
            len(self._lines) + 1, start, self._length, self._page, box, size,
            () if isinstance(content, str) else words, role, level, self._region,
        ))

    def source(
        self,
        data: bytes,
        name: str,
        form: str,
        encoding: str = "utf-8",
        notices: Iterable[str] = (),
        metadata: Iterable[tuple[str, str]] = (),
    ) -> Source:
        """The finished source.  Raises `UnreadableInput` where it is longer than any issue."""
        if self._length > MAX_CHARACTERS:
            raise UnreadableInput(
                f"{name} holds {self._length:,} characters; an issue may hold {MAX_CHARACTERS:,}. Split it into issues."
            )
        return Source(
            name, "".join(self._parts), encoding, hashlib.sha256(data).hexdigest(), tuple(self._lines),
            tuple(self._pages), form, tuple(notices), tuple(metadata),
        )

    def _begin(self, name: str | None) -> None:
        self._fresh = True
        self._region = name

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def joined(tokens: Sequence[Token], start: int, height: float | None) -> tuple[str, tuple[Word, ...]]:
    """The text of a line of that height from its words, and where each stands, counted from `start`."""
    parts: list[str] = []
    words: list[Word] = []
    at = start
    kept = [(token, text) for token in tokens if (text := _flat(token.text))]
    wide = _wide_gap([token for token, _ in kept], height)
    before: tuple[Token, str] | None = None
    for token, text in kept:
        if before is not None and _spaced(before, (token, text), wide, height):
            parts.append(" ")
            at += 1
        parts.append(text)
        words.append(Word(at, at + len(text), _share(token.confidence), token.box))
        at += len(text)
        before = (token, text)
    return "".join(parts), tuple(words)


def median(values: Iterable[float]) -> float:
    """The middle value, 0.0 of none.  (`statistics` would cost every start of the program 10 ms.)"""
    ordered = sorted(values)
    if not ordered:
        return 0.0
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def union(boxes: Iterable[Box | None]) -> Box | None:
    """The box around all boxes given; None where none is known."""
    known = [box for box in boxes if box is not None]
    if not known:
        return None
    left, top, right, bottom = zip(*known, strict=True)
    return (min(left), min(top), max(right), max(bottom))


def _wide_gap(tokens: Sequence[Token], height: float | None) -> float | None:
    """The gap above which a space was meant in this line; None where nothing is known of gaps."""
    if not height:
        return None
    gaps = [right.box[0] - left.box[2] for left, right in pairwise(tokens) if left.box and right.box]
    usual = median(gap for gap in gaps if gap > 0)
    return max(GAP_HAN * height, usual + GAP_EXCESS * height)


def _spaced(left: tuple[Token, str], right: tuple[Token, str], wide: float | None, height: float | None) -> bool:
    """Whether a space stands between two words: any gap parts Latin ones, only a wide one Han, none a mark."""
    if right[0].spaced is not None:
        return right[0].spaced
    end, begin = left[1][-1], right[1][0]
    latin = _NARROW.match(end) is not None and _NARROW.match(begin) is not None
    if left[0].box is None or right[0].box is None or wide is None or not height:
        return latin
    gap = right[0].box[0] - left[0].box[2]
    if latin:
        return gap > GAP_LATIN * height
    return gap > wide and end not in _CLINGS and begin not in _CLINGS


def _flat(text: str) -> str:
    return _BREAKS.sub(" ", text).strip(" \t")


def _share(confidence: float | None) -> float | None:
    return None if confidence is None else min(1.0, max(0.0, confidence))
