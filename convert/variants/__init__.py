"""Variants: from an issue to the issue in another script or region.

`convert_issue` converts every block whole, keeps a row for every change, and asks where it is in doubt.
`convert_text` does the same for plain text, line for line.
"""

from __future__ import annotations

from convert.variants.issues import convert_issue
from convert.variants.model import Converted
from convert.variants.texts import convert_text

__all__ = ["Converted", "convert_issue", "convert_text"]
