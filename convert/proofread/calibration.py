"""What a rule's confidence is worth: how often it was right on pages its weights were not fitted on.

A fitted rule is surer of itself on the text it was fitted on than on any other.  Two numbers a rule, with and without an archive,
stretch and shift its log-odds (Platt 1999) so that of what it says with 0.7, seven in ten are right.  The numbers and the
table they give are in data/calibration.toml; tools/calibrate.py makes it.
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


def calibrate(proposals: Iterable[Proposal], archive: bool) -> list[Proposal]:
    """The proposals with confidences that held on other pages; those of rules without numbers stay."""
    known, out = table(), list[Proposal]()
    for proposal in proposals:
        numbers = known.get(proposal.rule + ARCHIVE * archive)
        if numbers:
            proposal = replace(proposal, confidence=min(proposal.most, calibrated(proposal.confidence, *numbers)))
        out.append(proposal)
    return out
