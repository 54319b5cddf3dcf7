"""A plug-in for Reissue: reads `ROLE<TAB>TEXT` lines, writes a table of contents as CSV.

Nothing of Reissue is imported but the types it speaks in, the errors it shows and the helpers made for plug-ins.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import BinaryIO

from convert.errors import UnreadableInput
from convert.issue import Issue
from convert.labels import article_label
from convert.options import ReadOptions
from convert.readers.encodings import decode
from convert.readers.lines import Lines
from convert.source import Source
from convert.style import Style
from convert.variants.table import Variant


class RoleTsvReader:
    """Lines `role<TAB>text`: the role is the hint each line carries to the parser."""

    name = "roletsv"
    extensions = (".roles",)

    def sniff(self, head: bytes, name: str) -> float:
        return 0.9 if name.lower().endswith(self.extensions) else 0.0

    def read(self, data: bytes, name: str, options: ReadOptions) -> Source:
        decoded = decode(data, name, options.encoding)
        out = Lines()
        for number, line in enumerate(decoded.text.splitlines(), 1):
            role, tab, text = line.partition("\t")
            if line.strip() and not tab:
                raise UnreadableInput(f"Line {number} of {name} has no tab. Write ROLE, a tab, then the text.")
            out.region()
            out.line(text, role=role.strip() or None)
        return out.source(data, name, self.name, decoded.encoding)


class ContentsWriter:
    """A row for each article: its headline in the variant's own script, and how many characters it has."""

    name = "contents"
    extension = "contents.csv"
    media_type = "text/csv; charset=utf-8"
    variants: tuple[str, ...] = ("source",)

    def write(self, issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]:
        table = io.StringIO()
        rows = csv.writer(table, lineterminator="\n")
        rows.writerow(("language", "article", "characters"))
        for article in issue.articles:
            length = sum(len("".join(block.text.split())) for block in article.blocks)
            rows.writerow((variant.language, article_label(article, issue.language), length))
        sink.write(table.getvalue().encode("utf-8", "replace"))
        return ("The contents leave out what was dropped.",) if issue.dropped else ()
