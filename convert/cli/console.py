"""Words to the user: sentences on stderr, results on stdout, a table that knows how wide 漢字 are, a progress line."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from convert.batch.task import Outcome


def write(stream: TextIO, text: str, colours: Sequence[str] = ()) -> None:
    """Print `text`, whatever the terminal's encoding; control characters and lone surrogates are shown as escapes.

    `colours` are the sequences for the terminal that stay: those of a text whose own controls are shown already.
    """
    if colours:
        import re

        pieces = re.split(f"({'|'.join(map(re.escape, colours))})", text)
        clean = "".join(piece if piece in colours else _clean(piece) for piece in pieces)
    else:
        clean = _clean(text)
    encoding = stream.encoding or "utf-8"
    stream.write(clean.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _clean(text: str) -> str:
    return "".join(c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") else ascii(c)[1:-1] for c in text)


def say(sentence: str) -> None:
    """A sentence on stderr."""
    write(sys.stderr, sentence)
    sys.stderr.flush()


def print_json(data: Any) -> None:
    """JSON on stdout, readable and stable."""
    write(sys.stdout, json.dumps(data, ensure_ascii=False, indent=2))


def width(text: str) -> int:
    """Columns a terminal gives to `text`."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def fit(text: str, columns: int) -> str:
    """`text` cut to so many columns."""
    if width(text) <= columns:
        return text
    out, used = "", 1
    for char in text:
        used += width(char)
        if used > columns:
            break
        out += char
    return out + "…"


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]], foot: Sequence[Any] | None = None) -> str:
    """Columns set apart by two spaces; numbers stand right."""
    def show(cell: Any) -> str:
        if isinstance(cell, int | float):
            return f"{cell:,}" if isinstance(cell, int) else f"{cell:.1f}"
        return fit(" ".join(str(cell).split()), 44)

    text = [[show(cell) for cell in line] for line in (heads, *rows, *([foot] if foot else []))]
    right = [bool(rows) and all(isinstance(row[i], int | float) for row in rows) for i in range(len(heads))]
    wide = [max(width(line[i]) for line in text) for i in range(len(heads))]

    def lay(line: list[str]) -> str:
        cells = []
        for i, cell in enumerate(line):
            gap = " " * (wide[i] - width(cell))
            cells.append(gap + cell if right[i] else cell + gap)
        return "  ".join(cells).rstrip()

    rule = "  ".join("─" * w for w in wide)
    out = [lay(text[0]), rule, *(lay(line) for line in text[1:1 + len(rows)])]
    if foot:
        out += [rule, lay(text[-1])]
    return "\n".join(out)


class Quiet:
    """Says only what failed."""

    def say(self, sentence: str) -> None:
        """A failure or a warning."""
        say(sentence)

    def begin(self, issues: int, stale: int, weight: int) -> None:
        """Nothing."""

    def done(self, outcome: Outcome, weight: int) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


class Plain(Quiet):
    """A line an issue: for logs and pipes."""

    def __init__(self) -> None:
        self.count = self.stale = 0

    def begin(self, issues: int, stale: int, weight: int) -> None:
        """How much there is to do."""
        self.stale = stale
        say(f"{issues} issues, {stale} to build" if stale else f"{issues} issues, all up to date")

    def done(self, outcome: Outcome, weight: int) -> None:
        """One more is done."""
        self.count += 1
        if outcome.error is None:
            say(f"[{self.count}/{self.stale}] {outcome.id}: {len(outcome.editions)} editions")


class Bar(Quiet):
    """A progress bar with rate and time left, drawn from the driver's own loop: no thread, so that forking stays safe."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.progress = Progress(
            TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(), console=Console(stderr=True), auto_refresh=False, transient=True,
        )
        self.running = False
        self.weight = 0

    def say(self, sentence: str) -> None:
        """A sentence above the bar."""
        if self.running:
            self.progress.console.print(sentence, markup=False, highlight=False)
        else:
            say(sentence)

    def begin(self, issues: int, stale: int, weight: int) -> None:
        """Draw the bar."""
        if stale:
            self.issue = self.progress.add_task("Building", total=stale, rate="")
            self.progress.start()
            self.running = True
            self.progress.refresh()

    def done(self, outcome: Outcome, weight: int) -> None:
        """Move it on."""
        self.progress.update(self.issue, advance=1, description=fit(outcome.id, 32), rate=self._rate())
        self.progress.refresh()

    def _rate(self) -> str:
        speed = self.progress.tasks[0].speed
        return f"{speed:.1f} issues/s" if speed else ""

    def end(self) -> None:
        """Clear it away."""
        if self.running:
            self.progress.stop()
            self.running = False


def listener(quiet: bool) -> Quiet:
    """The right one for where stderr goes."""
    if quiet:
        return Quiet()
    if sys.stderr.isatty() and os.environ.get("TERM") != "dumb":
        return Bar()
    return Plain()
