"""Plain text, in whatever encoding it comes: decoded, never altered; form feeds become pages."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.readers.encodings import decode
from convert.readers.lines import MAX_CHARACTERS
from convert.source import Line, Page, Source, split_lines


class TextReader:
    """The reader of last resort: takes what no other wants, and refuses what is not text."""

    name = "text"
    extensions = (".txt", ".text")

    def sniff(self, head: bytes, name: str) -> float:
        """A little sure of anything, surer of its own extensions."""
        return 0.5 if name.lower().endswith(self.extensions) else 0.05

    def read(self, data: bytes, name: str, options: ReadOptions) -> Source:
        """Decode `data`.  The notice says which encoding was told from the contents, so that it can be contradicted."""
        decoded = decode(data, name, options.encoding)
        if len(decoded.text) > MAX_CHARACTERS:
            raise UnreadableInput(
                f"{name} holds {len(decoded.text):,} characters; an issue may hold {MAX_CHARACTERS:,}. Split it into issues."
            )
        notices: tuple[str, ...] = ()
        if decoded.guessed:
            notices = (f"{name} was read as {decoded.encoding.upper()}, told from its contents; --encoding overrules that.",)
        lines, pages = paged(decoded.text)
        return Source(
            name, decoded.text, decoded.encoding, hashlib.sha256(data).hexdigest(), lines, pages, self.name, notices
        )


def paged(text: str) -> tuple[tuple[Line, ...], tuple[Page, ...]]:
    """The lines of `text`, and its pages where form feeds part them (as pdftotext writes); no pages without one.

    A form feed at the very end closes the last page and opens none.  Pages of plain text have no size (0 x 0).
    """
    lines = tuple(split_lines(text))
    if "\f" not in text:
        return lines, ()
    page = 0
    numbered: list[Line] = []
    for line in lines:
        numbered.append(replace(line, page=page))
        page += text.count("\f", line.end, _next_start(lines, line, text))
    return tuple(numbered), tuple(Page(n, str(n + 1), 0, 0) for n in range(numbered[-1].page + 1 if numbered[-1].page else 1))


def _next_start(lines: tuple[Line, ...], line: Line, text: str) -> int:
    return lines[line.number].start if line.number < len(lines) else len(text)
