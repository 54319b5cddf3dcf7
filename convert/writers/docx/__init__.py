"""DOCX: editions an editor can go on working in, with real styles; and the review and redline editions.

python-docx holds the package; the markup is ours, because its paragraph API costs 50 times as much and knows neither
East Asian fonts nor tracked changes.  `edition.py` writes the pages, `review.py` and `redline.py` the tracked changes,
`styles.py` and `parts.py` the lean template, `template.py` opens it or a user's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from convert.issue import Issue
from convert.style import Style
from convert.variants.table import Variant


class DocxWriter:
    """Office Open XML (ECMA-376, transitional), what Word, WPS and LibreOffice read.

    Options of the run: `review` (corrections as tracked changes with comments), `redline` (the OCR lines with every
    repair tracked), `toc_pages` (page numbers in the contents list, laid out by LibreOffice).
    """

    name = "docx"
    extension = "docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    variants = ("cn", "tw", "hk")

    def write(self, issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]:
        """Write one edition.  Raises `UsageError` for a template that is no .docx or for options that exclude each other."""
        from convert.writers.docx.build import build

        data, notices = build(issue, variant, style)
        sink.write(data)
        return notices
