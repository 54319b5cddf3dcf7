"""One text through all layers, in their order.

decisions > glossary > quotation marks > rules for names and numerals > phrases (OpenCC's and the press list, word
borders decided by the resolver) > region > house style
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from convert.variants import quotes
from convert.variants.engine import Chain
from convert.variants.glossary import Glossary
from convert.variants.model import Conversion, Doubt, Finding, Piece, without_overlap


@dataclass(frozen=True)
class Layers:
    """How texts of one script become one variant.  `chain` None: the text stays, only marks and glossary act."""

    chain: Chain | None
    glossary: Glossary
    marks: tuple[str, str] | None = quotes.CORNER
    only_curly: bool = False

    def convert(self, text: str, forced: Iterable[Piece] = ()) -> Conversion:
        """Convert one whole block; `forced` are the editor's decisions."""
        fixed = list(forced)
        findings: list[Finding] = []
        doubts: list[Doubt] = []
        if self.glossary:
            fixed += self.glossary.find(text, lambda: self._borders(text))
        if self.marks and not (self.only_curly and not quotes.has_curly(text)):
            pieces, findings = quotes.convert(text, self.marks)
            fixed += pieces
        fixed = without_overlap(fixed)
        return Conversion(tuple(self._fill(text, fixed)), tuple(doubts), tuple(findings))

    def _borders(self, text: str) -> set[int]:
        if self.chain is None:
            return set(range(len(text) + 1))
        inside = {place for start, end, _ in self.chain.phrases(text) for place in range(start + 1, end)}
        return set(range(len(text) + 1)) - inside

    def _fill(self, text: str, fixed: Sequence[Piece]) -> list[Piece]:
        out: list[Piece] = []
        at = 0
        for piece in fixed:
            if piece.start > at:
                out += self._pieces(text[at:piece.start], at)
            out.append(piece)
            at = piece.end
        if at < len(text):
            out += self._pieces(text[at:], at)
        return out

    def _pieces(self, text: str, offset: int) -> list[Piece]:
        if self.chain is None:
            return [Piece(offset, offset + len(text), text)]
        return [Piece(offset + start, offset + end, out) for start, end, out in self.chain.pieces(text)]
