"""Profiles: how sure a rule must be before its change is applied, or asked about.

Confidences are measured on pages nothing was fitted on, or on planted slips (`calibration`), so that of what is asked at 0.5
about half are right; how far that was shown, docs/proofreading.md says.  `library` applies above 0.90, the most a corrector
that was not measured may claim; `reading` applies a quarter more, as often right, and asks less.  On an issue with few slips
even a rare false alarm outnumbers them; `density` raises the bar.
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
    "library": Thresholds(apply=0.905, suggest=0.44),
    "reading": Thresholds(apply=0.80, suggest=0.60),
}
OFF = "off"


def thresholds(profile: str) -> Thresholds:
    """Those of the profile.  Raises `UsageError` naming the profiles there are."""
    if profile not in PROFILES:
        raise UsageError(f"There is no proofreading profile “{profile}”. There are: {OFF}, {', '.join(PROFILES)}.")
    return PROFILES[profile]
