"""The one moment an edition knows: never the clock, so that the same issue gives the same bytes."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime

from convert.issue import Issue

_DATE = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?:[-./年](\d{1,2})(?:[-./月](\d{1,2}))?)?(?!\d)")
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
"""When neither the environment nor the issue names a date; also the first moment a zip entry can carry."""


def moment(issue: Issue) -> datetime:
    """SOURCE_DATE_EPOCH (seconds, UTC), else the date the issue carries, else 1980-01-01."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isascii() and epoch.isdigit() and len(epoch) < 12:
        return datetime.fromtimestamp(int(epoch), UTC)
    found = _DATE.search(issue.metadata.date or "")
    if found:
        year, month, day = (int(part) if part else 1 for part in found.groups())
        try:
            return datetime(year, month, day, tzinfo=UTC)
        except ValueError:
            return EARLIEST
    return EARLIEST


def stamp(when: datetime) -> str:
    """The W3CDTF form that `w:date` and `dcterms:created` take."""
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
