"""One block's text as inline markup: upright figures in vertical lines, rare characters, page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from convert.writers.xml import attribute, clean, escape

_FIGURES = r"(?<![0-9A-Za-z.,:/%+\-=?&_#@])(?P<tcy>[0-9]{1,2})(?![0-9A-Za-z.,:/%+\-=?&_#@])"
_ADDRESS = re.compile(r"[!-~]{16,}")
_BREAKABLE = re.compile(r"(?<=[/.?=_@&])(?=[0-9A-Za-z])")
_QUOTES = {
    "Hans": str.maketrans("“”‘’", "『』「」"),
    "Hant": str.maketrans("“”‘’", "「」『』"),
}
"""Quotation marks of vertical lines by script: GB/T 15834-2011 (vertical setting) and the Traditional custom."""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Page `label` of the original begins before the character at `offset` of a block's text."""

    offset: int
    id: str
    label: str


@dataclass(frozen=True)
class Inline:
    """How the text of an edition is marked up.

    `vertical` is the script (Hans or Hant) of an edition set vertically, else empty: figures of one or two digits
    then stand upright (CLREQ, mixed text in vertical writing) and “ ” ‘ ’, which have no vertical form, are shown by
    the corner brackets of the script.  `rare` are characters set in the embedded font.  `epub` allows attributes only
    EPUB has.
    """

    vertical: str = ""
    rare: frozenset[str] = frozenset()
    epub: bool = True

    def __call__(self, text: str, breaks: Sequence[PageBreak] = ()) -> str:
        """`text` as XHTML, page breaks at their offsets."""
        if not breaks:
            return self._run(text)
        return "".join(self._with_breaks(text, breaks))

    def _with_breaks(self, text: str, breaks: Sequence[PageBreak]) -> Iterator[str]:
        at = 0
        for mark in breaks:
            yield self._run(text[at:mark.offset])
            yield page_break(mark, self.epub)
            at = mark.offset
        yield self._run(text[at:])

    def _run(self, text: str) -> str:
        if self.vertical:
            text = text.translate(_QUOTES[self.vertical])
        if not self.vertical and not self.rare:
            return breakable(text)
        parts: list[str] = []
        at = 0
        text = clean(text)
        for found in self._special().finditer(text):
            kind = "tcy" if found.lastgroup == "tcy" else "rare"
            parts += (breakable(text[at:found.start()]), f'<span class="{kind}">', escape(found[0]), "</span>")
            at = found.end()
        parts.append(breakable(text[at:]))
        return "".join(parts)

    def _special(self) -> re.Pattern[str]:
        rare = f"[{re.escape(''.join(sorted(self.rare)))}]+" if self.rare else None
        return re.compile("|".join(filter(None, (_FIGURES if self.vertical else None, rare))))


def breakable(text: str) -> str:
    """`text` as content; a long address may break behind its marks, else the line before it is driven wide apart."""
    parts: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        parts += (escape(text[at:found.start()]), "<wbr/>".join(map(escape, _BREAKABLE.split(found[0]))))
        at = found.end()
    parts.append(escape(text[at:]))
    return "".join(parts)


def page_break(mark: PageBreak, epub: bool) -> str:
    """An empty span that says which page begins here (EPUB Accessibility 1.1, page navigation)."""
    kind = ' epub:type="pagebreak"' if epub else ""
    return f'<span{kind} role="doc-pagebreak" id="{mark.id}" aria-label="{attribute(mark.label)}"></span>'
