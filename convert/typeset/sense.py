"""Where display lines break by sense: words of a headline or a caption are not torn."""

from __future__ import annotations

from collections.abc import Sequence

from convert.typeset.atoms import Atom


def torn(atoms: Sequence[Atom], region: str) -> set[int]:
    """The places, as the number of atoms before them, where a break would tear a word."""
    from convert import lexicon
    from convert.lexicon.folding import simplified

    text = "".join([atom.text for atom in atoms])
    whole = {end for _, end in lexicon.load().segment(text if region == "CN" else simplified(text))}
    found: set[int] = set()
    at = 0
    for number, atom in enumerate(atoms, 1):
        at += len(atom.text)
        if at not in whole:
            found.add(number)
    return found
