"""Particles, prepositions and the like twice: 群众的的利益, 在在北京, 已已经.  Where two words meet they stay: 目的|的, 在|在校.

Such characters are the most frequent there are, so that frequencies of words alone (`doubled`) say nothing of them.  Which
follow themselves is known: none.  What stands there as two words the cut shows, and the bigram model how well both read.
"""

from __future__ import annotations

from collections.abc import Iterator

from convert.proofread.page import Page, Passage, is_han
from convert.proofread.proposal import Proposal
from convert.proofread.repeats import gain
from convert.proofread.terms import GRAMMAR

RULE = "doubled"
PARTICLES = GRAMMAR - frozenset("着过")
"""Words of grammar that follow themselves in no sentence; 最最, 人人, 天天, 多多, 时时 and 看看 are Chinese."""
TWICE = PARTICLES | frozenset("到来中后得着过各曾均仅共约")
"""Those and what is as frequent and follows itself as seldom: 没想到|到北京, 其中|中国 are two words."""
OPENING = frozenset("已但还也没可就又我你他她它其如而因才这那很更不并们各曾均仅共")
"""Those no word can follow that begins so (已|已经): 在|在校, 对|对手 and 把|把手 are a preposition and its object."""
CLOSING = frozenset("了的们是于而以及与也都从被把又或所之地到来中后得着过")
"""Those that are asked about behind a word that ends so (为了|了): 反对|对, 主要|要, 现在|在 and 自由|由 are two words."""
ALONE, BESIDE_LEFT, BESIDE_RIGHT = 5.0, 6.5, 6.5
"""How much likelier (natural logarithm, bigram model) the text must be with one copy: where both stand alone, behind a word
that ends so (为了|了), and before one that begins so."""
CONFIDENCE = 0.98
"""As often it was right of planted ones (`particle` in data/precision.toml)."""


def doubled_particles(page: Page) -> Iterator[Proposal]:
    """The second of two particles, where neither cut nor grammar explains it.  Asked about, never applied.

    One character is taken out, as where an engine doubted one (`misread`): a decision about either answers both.
    """
    for passage in page.passages:
        text = passage.text
        for at, character in enumerate(text[1:]):
            if character == text[at] and character in TWICE and _slip(passage, at):
                why = f"{character} does not follow itself, and the copies are no parts of two words."
                yield Proposal(passage.number, at + 1, at + 2, "", RULE, CONFIDENCE, why, safe=False, most=CONFIDENCE)


def _slip(passage: Passage, at: int) -> bool:
    text, character = passage.text, passage.text[at]
    before, after = text[max(0, at - 2):at], text[at + 2:at + 4]
    if character in (before[-1:], after[:1]) or (len(after) == 2 and after[0] == after[1]) or (
        len(before) == 2 and before[0] == before[1]
    ):
        return False  # 对对对, and pairs of pairs: 是是非非, 暖暖和和
    if not (is_han(before[-1:]) or is_han(after[:1])):
        return False  # an exclamation or a name of its own: “来来”
    left, right = (passage.words[passage.word_at[place]] for place in (at, at + 1))
    if left == right:
        return False
    long_left, long_right = left[1] - left[0] > 1, right[1] - right[0] > 1
    if (long_left and (long_right or character not in CLOSING)) or (long_right and character not in OPENING):
        return False
    least = BESIDE_LEFT if long_left else BESIDE_RIGHT if long_right else ALONE
    return gain(text, at) >= least

