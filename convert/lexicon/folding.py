"""Traditional characters folded to the Simplified ones the lexicon is written in, for look-ups only."""

from __future__ import annotations

import re
from functools import cache

_PARTICLE = re.compile("(?<![名原编土显卓昭论专巨合遗译拙新])著(?![名作述书者称录有])")
"""著 where Simplified script writes 着: 看著, 著眼, not 名著 or 著作."""


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


def simplified_as_read(text: str) -> str:
    """`text` in Simplified characters, of the same length, the particle 著 as 着: for readers of words, not of signs alone."""
    return _PARTICLE.sub("着", simplified(text))
