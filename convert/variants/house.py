"""House styles: the forms a region's papers print where OpenCC follows a standard (台 for 臺, 了解 for 瞭解).

One file a style under `data/house`; applied to the outcome of all other layers but the glossary and the editor.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from convert.errors import UsageError
from convert.variants import press
from convert.variants.align import differences, substitute
from convert.variants.engine import Matcher
from convert.variants.model import Piece


def available() -> tuple[str, ...]:
    """Names of the house styles there are; each begins with the region it is for."""
    return tuple(sorted(path.stem for path in (press.FOLDER / "house").glob("*.tsv")))


@cache
def _matcher(name: str) -> Matcher:
    return Matcher({source: source if target == "=" else target for source, target in press.rows(f"house/{name}.tsv")})


def load(name: str | None, region: str) -> Matcher | None:
    """The forms of a house style for a region: None where none is chosen or it is another region's.

    `press` means the region's own press style.  Raises `UsageError` naming the styles there are.
    """
    if not name:
        return None
    full = f"{region.lower()}-press" if name == "press" else name
    if full not in available():
        if name == "press":
            return None
        raise UsageError(f"There is no house style called “{name}”. There are: press, {', '.join(available())}.")
    return _matcher(full) if full.startswith(region.lower() + "-") else None


def apply(pieces: Sequence[Piece], forms: Matcher) -> list[Piece]:
    """The pieces with the house's forms."""
    text = "".join(piece.out for piece in pieces)
    matches = [  # one by one: a mark or a protected word that must stay holds nothing else back
        (start + low, start + high, after)
        for start, end, out in forms.pieces(text)
        for low, high, after in differences(text[start:end], out)
    ]
    return substitute(pieces, matches, "house")
