"""Profiles: how sure a rule must be before its change is applied, or asked about.

A confidence is calibrated, so a threshold is a promise: of the changes applied at 0.98, at most two in a hundred are wrong.
On an issue with few slips even a rare false alarm outnumbers them; `density` raises the bar there.
"""

from __future__ import annotations

from dataclasses import dataclass

from convert.errors import UsageError


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least confidence to apply and to ask; `apply` above 1 applies nothing, `suggest` above 1 asks nothing."""

    apply: float
    suggest: float


PROFILES = {
    "archive": Thresholds(apply=2.0, suggest=0.20),
    "library": Thresholds(apply=0.905, suggest=0.40),
    "reading": Thresholds(apply=0.90, suggest=0.60),
}
OFF = "off"


def thresholds(profile: str) -> Thresholds:
    """Those of the profile.  Raises `UsageError` naming the profiles there are."""
    if profile not in PROFILES:
        raise UsageError(f"There is no proofreading profile “{profile}”. There are: {OFF}, {', '.join(PROFILES)}.")
    return PROFILES[profile]
