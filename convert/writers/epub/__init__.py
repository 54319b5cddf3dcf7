"""EPUB 3.3: one document per article, contents, landmarks, page list, NCX, a drawn cover; nothing executed.

Checked by EPUBCheck with `-u`, DAISY Ace and our own lint.  Themes choose style sheets in their `[epub]` table.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from convert.issue import Issue
from convert.style import Style
from convert.variants.table import Variant


class EpubWriter:
    """Writes one EPUB.  Options: `cover` (False, or a path), `embed_fonts`, `certified_by`."""

    name = "epub"
    extension = "epub"
    media_type = "application/epub+zip"
    variants = ("cn", "tw", "hk")

    def write(self, issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]:
        """Write the edition; notices name what a reader may miss."""
        from convert.writers.epub.edition import build

        return build(issue, variant, style, sink)
