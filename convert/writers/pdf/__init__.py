"""PDF: Chinese pages set by `convert.typeset`, tagged, PDF/A-2u, the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from convert.issue import Issue
from convert.style import Style
from convert.variants.table import Variant


class PdfWriter:
    """Sets an issue in the faces, forms and rules of its region."""

    name = "pdf"
    extension = "pdf"
    media_type = "application/pdf"
    variants: tuple[str, ...] = ("cn", "tw", "hk")

    def write(self, issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]:
        """Write the edition.  Notices name fonts that were not found and characters no font has."""
        from convert.typeset.fonts import font_set
        from convert.typeset.pages import lay_out, theme
        from convert.writers.pdf.edition import edition

        look = theme(style)
        fonts = font_set(variant.region, look.fonts, style.option("font"))
        pages = lay_out(issue, look, fonts)
        data, missing = edition(issue, variant, style, look, pages)
        sink.write(data)
        notices = list(fonts.notices)
        if missing:
            shown = "、".join(
                f"{text} (U+{ord(text[0]):04X})" if text.isprintable() else f"U+{ord(text[0]):04X}" for text in missing[:12]
            )
            more = f" and {len(missing) - 12} more" if len(missing) > 12 else ""
            notices.append(f"No font here has {shown}{more}; 〓 is printed. Name a font that has them with --font.")
        return notices
