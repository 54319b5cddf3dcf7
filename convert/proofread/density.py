"""How many slips an issue has, estimated from the proposals, and what that does to the threshold for applying.

Precision falls with the density of errors: a rule that is wrong once in 100,000 characters is right 99 times in 100 where
one character in 1,000 is a slip, and wrong more often than that in clean text.  So the expected number of slips (the
sum of the confidences) decides whether scored rules may apply anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from convert.proofread.proposal import Proposal

SCORED = frozenset({"look-alike", "doubled", "doubled-word"})
"""Rules whose confidence rests on frequencies, and so on how many slips there are."""
ASSUMED, ASSUMED_ON = 0.6, 2000
"""Prior: 0.3 slips per thousand characters, worth as much as 2,000 characters of evidence."""
LEAST = 1.0
"""Slips per thousand characters below which scored rules only ask."""
SPAN, SPANS = (0.4, 5.0), {"look-alike": (0.1, 10.0)}
"""How far the density may move the odds of a rule, down and up."""
FITTED = 0.6
"""What the sum comes to where the weights were fitted: one slip in a thousand characters, of which six in ten are candidates."""


def density(proposals: Iterable[Proposal], characters: int) -> float:
    """Expected slips per thousand characters."""
    expected = sum(p.confidence for p in proposals if p.rule in SCORED)
    return 1000 * (expected + ASSUMED) / (characters + ASSUMED_ON)


def hold_back(proposals: Sequence[Proposal], characters: int, bar: float) -> list[Proposal]:
    """The proposals, those of scored rules unsafe to apply where all *other* evidence says the text has few slips."""
    total = density(proposals, characters) * (characters + ASSUMED_ON) / 1000
    least = LEAST * (characters + ASSUMED_ON) / 1000
    return [
        replace(p, safe=False) if p.confidence >= bar and total - _share(p) < least and _rests_on_frequencies(p) else p
        for p in proposals
    ]


def _rests_on_frequencies(proposal: Proposal) -> bool:
    """A corrector of the user's is held back like a scored rule, but is no witness of how many slips there are."""
    return proposal.rule in SCORED or proposal.rule.startswith("corrector:")


def _share(proposal: Proposal) -> float:
    """What the proposal itself adds to the number of slips expected."""
    return proposal.confidence if proposal.rule in SCORED else 0.0


def factor(rule: str, expected: float, characters: int) -> float:
    """How much denser slips are than where the weights of a rule assume, where so many are expected in so many characters."""
    low, high = SPANS.get(rule, SPAN)
    return min(high, max(low, 1000 * (expected + ASSUMED) / (characters + ASSUMED_ON) / FITTED))


def recalibrate(proposals: Sequence[Proposal], characters: int) -> list[Proposal]:
    """The proposals with the odds of scored rules multiplied by how much denser slips are here than where they were fitted.

    The density is found with them (expectation and maximisation, a few rounds): a page with many sure slips makes the
    doubtful ones likelier, a clean page makes them less so.
    """
    adjusted = list(proposals)
    for _ in range(8):
        expected = sum(p.confidence for p in adjusted if p.rule in SCORED)
        factors = {rule: factor(rule, expected, characters) for rule in SCORED}
        adjusted = [_denser(p, factors[p.rule]) if p.rule in SCORED else p for p in proposals]
    return adjusted


def _denser(proposal: Proposal, times: float) -> Proposal:
    """The proposal with its odds multiplied."""
    odds = proposal.confidence * times
    return replace(proposal, confidence=min(proposal.most, odds / (1 - proposal.confidence + odds)))
