"""The issue as detectors see it: passages of edited text, cut into words once, with the counts of the whole issue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from convert.issue import Block, Issue, Role
from convert.lexicon import Lexicon
from convert.lexicon.folding import simplified_as_read
from convert.proofread.context import Threes
from convert.proofread.evidence import doubts
from convert.proofread.glyphs import Glyphs
from convert.proofread.index import index
from convert.proofread.model import Model
from convert.proofread.wear import Wear

HAN_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")


def is_han(character: str) -> bool:
    """Whether it is a Han character of the first plane; `""` is none."""
    return "\u3400" <= character <= "\u9fff"


@dataclass(eq=False)
class Passage:
    """One block: its text as edited so far, and, where the reader knew it, how much the OCR doubted each character.

    `text` is what detectors read, in Simplified script; `original` is the block's own, of the same length.
    """

    number: int
    block: Block
    text: str
    original: str
    lexicon: Lexicon
    doubts: Mapping[int, float] = field(default_factory=dict)

    @cached_property
    def words(self) -> list[tuple[int, int]]:
        """The text cut into words."""
        return self.lexicon.segment(self.text)

    @cached_property
    def word_at(self) -> list[int]:
        """For each character, the index of its word in `words`."""
        return [number for number, (start, end) in enumerate(self.words) for _ in range(start, end)]

    @cached_property
    def fours(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """For each two neighbouring characters the words of four that begin with them, and those that end in them."""
        heads, tails, find, text = index().heads, index().tails, self.lexicon.find, self.text
        pairs = (text[at:at + 2] for at in range(len(text) - 1))
        return [(heads[pair] if find(pair) is not None else (), tails[pair]) for pair in pairs]

    @cached_property
    def protected(self) -> bytearray:
        """1 for each character that a keep list covers."""
        return bytearray(len(self.text))


@dataclass(eq=False)
class Page:
    """Everything a detector may look at.  `model` counts the user's other issues, where there are any."""

    passages: tuple[Passage, ...]
    lexicon: Lexicon
    glyphs: Glyphs
    model: Model
    language: str

    @cached_property
    def grams(self) -> Counter[str]:
        """How often each two and three neighbouring Han characters occur in the issue."""
        counts: Counter[str] = Counter()
        for passage in self.passages:
            for run in HAN_RUN.findall(passage.text):
                counts.update(map("".join, pairwise(run)))
                counts.update(map("".join, zip(run, run[1:], run[2:], strict=False)))
        return counts

    @cached_property
    def characters(self) -> int:
        """How long the issue is."""
        return sum(len(passage.text) for passage in self.passages)

    @cached_property
    def threes(self) -> Threes:
        """The threes of characters the issue writes, to be found by two of them."""
        return Threes(self.grams)

    @cached_property
    def wear(self) -> Wear:
        """How worn its passages are."""
        return Wear(self)

    def seen(self, gram: str) -> int:
        """Occurrences of two or three characters in the issue."""
        return self.grams.get(gram, 0)

    def attested(self, gram: str) -> float:
        """Occurrences of two or three characters in the issue and the archive."""
        return self.grams.get(gram, 0) + self.model.count(gram)


READ_ROLES = frozenset(Role) - {Role.DROP}
"""Roles that are proofread: what was dropped is no text of the edition."""


def passages(issue: Issue, lexicon: Lexicon) -> Iterator[Passage]:
    """The blocks worth reading, in order."""
    traditional = issue.language.startswith("zh-Hant")
    known = doubts(issue)
    number = 0
    for block in issue.blocks():
        if block.role in READ_ROLES and block.text.strip():
            text = simplified_as_read(block.text) if traditional else block.text
            yield Passage(number, block, text, block.text, lexicon, known.get(block.id, {}))
            number += 1
