"""Proofreading: from an issue to an issue with more edits and queries."""

from __future__ import annotations

from convert.issue import Issue
from convert.options import ParseOptions


def proofread(issue: Issue, options: ParseOptions) -> Issue:
    """Run the detectors of the profile, then the editor's decisions."""
    return issue
