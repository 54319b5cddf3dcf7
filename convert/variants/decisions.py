"""The editor's decisions about conversion: errata rows of kind `variant` (DESIGN section 5).

A row's `wrong` is the text of the edition in the issue's own script, `right` what stands in the variant.
accept and replace: `right` stands there.  reject: `right` does not; where the program would have written it the text
stays as in the source, where it only suggested it the suggestion is dropped.
Scope here means one place, found by offset and context; issue and batch mean every place where `wrong` stands.
A rule that begins with names of variants (`tw:`, `tw,twp:resolver`) holds for these; another row holds for every variant
in the other script than the issue's.  `query:KIND` behind the names answers a question of the conversion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from convert.options import Decision
from convert.variants.align import outcome
from convert.variants.layers import Layers
from convert.variants.model import Conversion, Doubt, Piece, occurrences
from convert.variants.table import VARIANTS, Variant

Place = tuple[int, int]
"""A block offset and the number of the row that decides there."""


@dataclass
class Decisions:
    """The rows of a run.  Which of them found their place is remembered for the report."""

    rows: Sequence[Decision]
    answers: Sequence[Decision] = ()
    used: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, rows: Iterable[Decision], variant: Variant, source: str) -> Decisions:
        """The rows of kind `variant` that speak of this one, where the issue is in the script `source`."""
        mine = [row for row in rows if row.kind == "variant" and _speaks(row, variant, source)]
        return cls([row for row in mine if row.wrong and not _answer(row)], [row for row in mine if _answer(row)])

    def state(self, kind: str, source: str, start: int) -> str:
        """What became of a question: `open` until a row says otherwise."""
        said = [row for row in self.answers if row.source in ("", source) and row.start == start and _answer(row) == kind]
        return "open" if not said else "rejected" if said[-1].decision == "reject" else "accepted"

    def convert(self, layers: Layers, text: str, here: Iterable[Place] = ()) -> Conversion:
        """`text` through the layers, with what was decided about it."""
        places = [*here, *self._everywhere(text)]
        if not places:
            return layers.convert(text)
        self.used.update(number for _, number in places)
        forced = [_piece(self.rows[n], at, self.rows[n].right) for at, n in places if self.rows[n].decision != "reject"]
        done = layers.convert(text, forced)
        refused = [(at, self.rows[n]) for at, n in places if self.rows[n].decision == "reject"]
        undone = [
            _piece(row, at, row.wrong) for at, row in refused if outcome(done.pieces, at, at + len(row.wrong)) == row.right
        ]
        if undone:
            done = layers.convert(text, [*forced, *undone])
        spots = [(at, at + len(self.rows[n].wrong)) for at, n in places]
        return replace(done, doubts=tuple(doubt for doubt in done.doubts if not _settled(doubt, spots)))

    def _everywhere(self, text: str) -> Iterator[Place]:
        for number, row in enumerate(self.rows):
            if row.scope != "here":
                yield from ((at, number) for at in occurrences(text, row.wrong))

    def lost(self) -> Iterator[Decision]:
        """Rows for one place that no longer find it."""
        return (row for number, row in enumerate(self.rows) if row.scope == "here" and number not in self.used)


def _speaks(row: Decision, variant: Variant, source: str) -> bool:
    names, colon, _ = row.rule.partition(":")
    if colon and set(names.split(",")) <= VARIANTS.keys():
        return variant.name in names.split(",")
    return variant.script != source


def _answer(row: Decision) -> str:
    """The kind of question the row answers, if any."""
    return row.rule.partition("query:")[2]


def find(row: Decision, text: str, expected: int | None, around: str = "", offset: int = 0) -> int | None:
    """Where the row's place is in a block's text, or None.

    At `expected` if the words are there and their context is, in the block or in the source text `around` at `offset`;
    else at the one place whose context fits.  Where more than one fits nothing is guessed.
    """
    there = expected is not None and text.startswith(row.wrong, expected)
    if expected is not None and there and (_fits(row, text, expected) or _fits(row, around, offset)):
        return expected
    fitting = [at for at in occurrences(text, row.wrong) if _fits(row, text, at)]
    return fitting[0] if len(fitting) == 1 and (row.left or row.right_context) else None


def _fits(row: Decision, text: str, at: int) -> bool:
    left, right = text[:at], text[at + len(row.wrong):]
    mine = row.left[-len(left):] if left else ""
    return left.endswith(mine) and right.startswith(row.right_context[:len(right)])


def _piece(row: Decision, at: int, out: str) -> Piece:
    why = f"decided by {row.by}" if row.by else "decided by the editor"
    return Piece(at, at + len(row.wrong), out, "decision", why=why, final=True)


def _settled(doubt: Doubt, spots: Sequence[tuple[int, int]]) -> bool:
    return any(start < doubt.end and doubt.start < end for start, end in spots)
