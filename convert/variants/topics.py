"""One-to-many characters that stand alone and are read by what the passage is about: 面 among dough and pots is 麵.

Every topic is a row of `data/press/topics.tsv`.  A character is decided only where no word covers it; words the row
calls misleading (面有, 面的: a matter of chance beside a bowl of noodles) do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from convert.variants import press
from convert.variants.engine import Chain
from convert.variants.model import Piece

LONGEST = 4
"""Characters of the longest word that may cover the place."""


@dataclass(frozen=True)
class Topic:
    """`character` becomes `target` where at least `needed` matches of `cue` lie within `reach` characters of it."""

    character: str
    target: str
    reach: int
    needed: int
    cue: str
    misleading: frozenset[str]


@cache
def topics() -> tuple[Topic, ...]:
    """The topics, read when first needed."""
    return tuple(
        Topic(character, press.standard(target), int(reach), int(needed), cue, frozenset(words.split()))
        for character, target, reach, needed, cue, words in press.rows("press/topics.tsv")
    )


@cache
def _compiled(cue: str) -> re.Pattern[str]:
    return re.compile(cue)


def find(text: str, chain: Chain, known: Callable[[str], bool]) -> Iterator[Piece]:
    """Pieces for the characters a topic decides."""
    for topic in topics():
        if topic.character not in text:
            continue
        cues = [match.start() for match in _compiled(topic.cue).finditer(text)]
        if len(cues) < topic.needed:
            continue
        out, why = chain.regional(topic.target), f"the passage is about {topic.target}"
        at = text.find(topic.character)
        while at >= 0:
            near = bisect_right(cues, at + topic.reach) - bisect_left(cues, at - topic.reach)
            if near >= topic.needed and not any(known(word) and word not in topic.misleading for word in _covering(text, at)):
                yield Piece(at, at + 1, out, "topic", 0.9, why)
            at = text.find(topic.character, at + 1)


def _covering(text: str, at: int) -> Iterator[str]:
    for start in range(max(0, at - LONGEST + 1), at + 1):
        for end in range(max(at + 1, start + 2), min(len(text), start + LONGEST) + 1):
            yield text[start:end]
