"""What a rule's confidence is worth: how often it was right on pages its weights were not fitted on, or on planted slips.

A fitted rule is surer of itself on the text it was fitted on than on any other.  Two numbers a rule, with and without an archive,
stretch and shift its log-odds (Platt 1999) so that of what it says with 0.7, seven in ten are right.  The numbers and the
table they give are in data/calibration.toml; tools/calibrate.py makes it.  Of rules that are not fitted the figures are steps
(data/precision.toml, tools/measure_rules.py).
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from convert.proofread.proposal import Proposal

ARCHIVE = "-archive"
"""What is added to the name of a rule for its numbers where an archive is at hand."""


@cache
def table() -> Mapping[str, tuple[float, float]]:
    """By rule the slope and the shift of its log-odds."""
    rows = tomllib.loads(files(__package__).joinpath("data/calibration.toml").read_text("utf-8"))
    return {rule: (float(row["slope"]), float(row["shift"])) for rule, row in rows.items()}


def calibrated(confidence: float, slope: float, shift: float) -> float:
    """The confidence with its log-odds stretched and shifted; 0 and 1 stay what they are."""
    if not 0.0 < confidence < 1.0:
        return confidence
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, slope * math.log(confidence / (1 - confidence)) + shift))))


@cache
def worths() -> Mapping[str, tuple[tuple[float, float], ...]]:
    """By rule upper ends of its own figure and what it is worth up to there."""
    rows = tomllib.loads(files(__package__).joinpath("data/precision.toml").read_text("utf-8"))
    return {rule: tuple((float(high), float(worth)) for high, worth in row["worth"]) for rule, row in rows.items()}


def calibrate(proposals: Iterable[Proposal], archive: bool) -> list[Proposal]:
    """The proposals with confidences that held on other pages; those of rules without numbers stay."""
    known, steps, out = table(), worths(), list[Proposal]()
    for proposal in proposals:
        rule = proposal.rule + ARCHIVE * archive
        numbers, step = known.get(rule), steps.get(rule)
        if step:
            worth = next((worth for high, worth in step if proposal.confidence <= high), proposal.confidence)
            proposal = replace(proposal, confidence=min(proposal.most, worth))
        elif numbers:
            proposal = replace(proposal, confidence=min(proposal.most, calibrated(proposal.confidence, *numbers)))
        out.append(proposal)
    return out
