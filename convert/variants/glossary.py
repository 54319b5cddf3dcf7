"""Glossaries: what the editor wants always converted so, or never (`=`), by project and by issue.

A glossary is a TSV file: source, target, variants (names separated by commas or spaces, empty or `*` for all), note.
A bar at either end of a source (`|干部|`) asks for a word border there.  Lines that begin with `#` and a header that
begins with `source` are skipped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from convert.errors import UsageError
from convert.issue import Issue
from convert.options import GlossaryRow
from convert.variants.model import Piece
from convert.variants.table import VARIANTS, Variant

KEEP = "="


def load_glossary(path: Path, level: str = "project") -> tuple[GlossaryRow, ...]:
    """The rows of a glossary file; `level` is project or issue.  Raises `UsageError` naming the line that is wrong."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise UsageError(f"The glossary {path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"The glossary {path} is not UTF-8: save it as UTF-8 text.") from error
    return tuple(_rows(text, path.name, level))


def _rows(text: str, name: str, level: str) -> Iterator[GlossaryRow]:
    seen: dict[tuple[str, str], str] = {}
    for number, line in enumerate(re.split(r"\r\n?|\n", text), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or line.startswith("#") or cells[0] == "source":
            continue
        where = f"Line {number} of {name}"
        source, target, variants, note = [*cells, "", "", "", ""][:4]
        if not source.strip("|") or not target:
            raise UsageError(f"{where} needs a source and a target, separated by a tab (target `=`: never convert).")
        names = tuple(v for v in re.split(r"[,\s]+", variants) if v and v != "*")
        for variant in names:
            if variant not in VARIANTS:
                raise UsageError(f"{where}: there is no variant called “{variant}”. There are: {', '.join(VARIANTS)}.")
        for variant in names or ("*",):
            if seen.setdefault((source, variant), target) != target:
                raise UsageError(f"{where}: “{source}” already has another target. Keep one of the two.")
        yield GlossaryRow(source, target, names, note, level)


class Glossary:
    """The rows that hold for one variant, ready to search; longest match first, the issue's rows before the project's."""

    def __init__(self, rows: Iterable[GlossaryRow], variant: Variant) -> None:
        chosen: dict[str, GlossaryRow] = {}
        for row in sorted(rows, key=lambda row: (row.level == "issue", bool(row.variants))):
            if not row.variants or variant.name in row.variants:
                chosen[row.source] = row
        self._rows: dict[str, list[GlossaryRow]] = {}
        for row in sorted(chosen.values(), key=lambda row: (-len(row.source), row.source)):
            self._rows.setdefault(row.source.strip("|"), []).append(row)
        self._by_first: dict[str, list[str]] = {}
        for word in sorted(self._rows, key=lambda word: (-len(word), word)):
            self._by_first.setdefault(word[0], []).append(word)
        self._first = re.compile("[" + re.escape("".join(self._by_first)) + "]") if self._rows else None

    def __bool__(self) -> bool:
        return self._first is not None

    def find(self, text: str, borders: Callable[[], set[int]]) -> Iterator[Piece]:
        """Final pieces at every match; `borders` gives the places where words end, asked only if a row needs it."""
        if self._first is None:
            return
        at = 0
        while match := self._first.search(text, at):
            start = match.start()
            row = None
            for word in self._by_first[match.group()]:
                if text.startswith(word, start) and (row := self._fitting(word, start, borders)):
                    out = word if row.target == KEEP else row.target
                    at = start + len(word)
                    yield Piece(start, at, out, "glossary", why=row.note or f"{row.level} glossary", final=True)
                    break
            if row is None:
                at = start + 1

    def _fitting(self, word: str, start: int, borders: Callable[[], set[int]]) -> GlossaryRow | None:
        end = start + len(word)
        for row in self._rows[word]:
            left = not row.source.startswith("|") or start in borders()
            if left and (not row.source.endswith("|") or end in borders()):
                return row
        return None


def unused(rows: Sequence[GlossaryRow], issue: Issue) -> list[GlossaryRow]:
    """The rows whose source is nowhere in the issue as it was found."""
    texts = [block.text for block in issue.origin.blocks()]
    return [row for row in rows if not any(row.source.strip("|") in text for text in texts)]
