"""Traditional text is read in a simplified shadow, character for character, and proposals are written back in its own script.

The shadow is `lexicon.folding`'s; the way back are the single characters of OpenCC (Apache-2.0) as
opencc-python-reimplemented, a dependency, ships them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from convert.proofread.proposal import Proposal, Question

NEAR = 12
"""Characters either side of a proposal that its reason may quote."""


@cache
def traditional() -> Mapping[str, list[str]]:
    """Each simplified character with the Traditional ones it may stand for."""
    rows = files("opencc").joinpath("dictionary/STCharacters.txt").read_text("utf-8").splitlines()
    made = {key: values.split() for key, _, values in (row.partition("\t") for row in rows) if len(key) == 1 and values}
    return {**made, "着": ["着", "著"]}


def restore(proposal: Proposal, original: str, shadow: str, counts: Counter[str]) -> Proposal:
    """The proposal with its unchanged characters as the original has them, the new ones in Traditional script.

    Of several Traditional characters the one the issue writes most often is taken, else the first.  Its reason quotes the
    issue in the issue's own script.
    """
    old, after = shadow[proposal.start:proposal.end], proposal.after
    head = 0
    while head < min(len(old), len(after)) and old[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(after)) - head and old[-1 - tail] == after[-1 - tail]:
        tail += 1
    middle = "".join(_best(c, counts) for c in after[head:len(after) - tail])
    kept = original[proposal.start:proposal.end]
    made = kept[:head] + middle + kept[len(kept) - tail:]
    near = slice(max(0, proposal.start - NEAR), proposal.end + NEAR)
    script = {**dict(zip(shadow[near], original[near], strict=False)), **dict(zip(after, made, strict=False))}
    return replace(proposal, after=made, why="".join(script.get(c, c) for c in proposal.why))


def quote(question: Question, original: str, shadow: str) -> Question:
    """The question with what it quotes as the issue has it."""
    near = slice(question.start, question.end)
    script = dict(zip(shadow[near], original[near], strict=False))
    return replace(question, message="".join(script.get(c, c) for c in question.message))


def _best(character: str, counts: Counter[str]) -> str:
    options = traditional().get(character, [character])
    return max(options, key=lambda option: counts[option])
