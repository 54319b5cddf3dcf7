"""Where a decision belongs: by offset, else by what it changed and the characters either side, never by guessing.

White space is not compared: line ends move when a page is read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from convert.options import Decision
from convert.source import Source

CONTEXT = 12
"""Characters of context a decision carries on either side."""
LEAST = 4
"""Characters of context that are enough, on one side, where the other has changed."""
ENOUGH = 8
"""Characters a decision speaks of that are known again without context, if they stand on the page once: a headline's."""


@dataclass(frozen=True)
class Place:
    """A range of a source."""

    source: int
    start: int
    end: int


class Finder:
    """Finds places in one source; the text without white space is made once, on first need."""

    def __init__(self, number: int, source: Source) -> None:
        self.number, self.text = number, source.text

    @cached_property
    def _squeezed(self) -> tuple[str, list[int]]:
        offsets = [at for at, character in enumerate(self.text) if not character.isspace()]
        return "".join([self.text[at] for at in offsets]), offsets

    def find(self, decision: Decision) -> Place | None:
        """The place, or None where there is none or more than one that fits as well."""
        wrong, left, right = decision.wrong, decision.left, decision.right_context
        start, end = decision.start, decision.end
        if self.text[start:end] == wrong and _fits(self.text, start, end, left, right):
            return Place(self.number, start, end)
        left, core, right = squeeze(left), squeeze(wrong), squeeze(right)
        for before, after in _weaker(left, right):
            alone = not before and not after and len(core) >= ENOUGH
            if not alone and ((not core and not (before and after)) or len(before) + len(after) < LEAST):
                continue
            found = self._all(before + core + after, limit=50)
            if len(found) == 1:
                return self._place(found[0] + len(before), len(core))
            if found:
                near = [at for at in found if self._place(at + len(before), len(core)).start == start]
                return self._place(near[0] + len(before), len(core)) if len(near) == 1 else None
        return None

    def every(self, wrong: str) -> list[Place]:
        """Every place that reads `wrong`, white space apart."""
        core = squeeze(wrong)
        return [self._place(at, len(core)) for at in self._all(core)] if core else []

    def _all(self, needle: str, limit: int | None = None) -> list[int]:
        text = self._squeezed[0]
        found: list[int] = []
        at = text.find(needle)
        while at >= 0 and (limit is None or len(found) <= limit):
            found.append(at)
            at = text.find(needle, at + 1)
        return found

    def _place(self, at: int, length: int) -> Place:
        offsets = self._squeezed[1]
        if length:
            return Place(self.number, offsets[at], offsets[at + length - 1] + 1)
        low = offsets[at - 1] + 1 if at else 0
        return Place(self.number, low, offsets[at] if at < len(offsets) else len(self.text))


def _weaker(left: str, right: str) -> Iterator[tuple[str, str]]:
    """Contexts to look for, the fullest first: a misread neighbour spoils one side, a new order the far end of both."""
    yield left, right
    for size in (len(right), CONTEXT // 2, LEAST):
        yield left[-LEAST:], right[:size]
        yield left[-size:] if size else "", right[:LEAST]
    for size in (CONTEXT, CONTEXT // 2, LEAST):
        yield "", right[:size]
        yield left[-size:], ""
    yield "", ""


def squeeze(text: str) -> str:
    """`text` without its white space, which is never compared."""
    return "".join(text.split())


def _fits(text: str, start: int, end: int, left: str, right: str) -> bool:
    """Whether the context agrees on at least one side; offsets alone may point at another page's words."""
    before, after = text[max(0, start - len(left)):start], text[end:end + len(right)]
    if not left and not right:
        return True
    return (bool(left) and squeeze(before).endswith(squeeze(left)[-LEAST:])) or (
        bool(right) and squeeze(after).startswith(squeeze(right)[:LEAST]))
