"""Characters of a private use area: only the maker's own font knows what they are, so they stay and the editor is asked."""

from __future__ import annotations

import re

from convert.issue import Query
from convert.structure.state import State

MOST = 40
"""Different characters asked about; a text with more of them is in an encoding nobody here knows."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")


def ask(state: State) -> None:
    """One question for each such character, at its first place."""
    places: dict[str, tuple[int, int]] = {}
    counts: dict[str, int] = {}
    for number, source in enumerate(state.sources):
        for match in _PRIVATE.finditer(source.text):
            places.setdefault(match.group(), (number, match.start()))
            counts[match.group()] = counts.get(match.group(), 0) + 1
    for char, (number, at) in list(places.items())[:MOST]:
        times = "" if counts[char] == 1 else f", {counts[char]} times in this issue"
        message = f"U+{ord(char):04X} is a character of a private font{times}. It is kept as it is. What should stand here?"
        state.queries.append(Query("", number, at, at + 1, "private-use", message))
