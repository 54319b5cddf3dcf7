"""Traditional characters folded to the Simplified ones the lexicon is written in, for look-ups only."""

from __future__ import annotations

from functools import cache


@cache
def _table() -> dict[int, str]:
    """One character for one, the first of the forms OpenCC's TSCharacters (Apache-2.0) gives."""
    from importlib.resources import files

    table: dict[int, str] = {}
    for line in files("opencc").joinpath("dictionary", "TSCharacters.txt").read_text("utf-8").splitlines():
        source, _, forms = line.partition("\t")
        if len(source) == 1 and forms:
            table[ord(source)] = forms.split(" ")[0][0]
    return table


def simplified(text: str) -> str:
    """`text` in Simplified characters, of the same length."""
    return text.translate(_table())
