"""Proofreading: from an issue to an issue with more edits and queries.

Detectors look at the edited text and propose; a profile's thresholds decide what is applied, what is asked and what is let
be; the editor's decisions come last and always win.  With the profile `off` nothing is imported and nothing is done.
"""

from __future__ import annotations

from convert.issue import Issue
from convert.options import ParseOptions


def proofread(issue: Issue, options: ParseOptions) -> Issue:
    """Run the detectors of the profile, then the editor's decisions.

    Raises `UsageError` for an unknown profile and `UnreadableInput` for a model file that is none.
    """
    if options.profile != "off":
        from convert.proofread.run import examine

        issue = examine(issue, options)
    if options.decisions:
        from convert.proofread.errata import apply

        issue = apply(issue, options.decisions)
    return issue
