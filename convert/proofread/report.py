"""The check report: ledger and queries as text, JSON, TSV, GitHub annotations or a page of HTML."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from html import escape

from convert.errors import UsageError
from convert.issue import Issue
from convert.ledger import Status
from convert.proofread.findings import Row, by_rule, counts, rows
from convert.style import folder

COLUMNS = (
    "kind", "id", "name", "page", "line", "column", "start", "end", "status", "rule", "confidence",
    "before", "after", "left", "right", "why", "choices",
)

COLOURS = ("\x1b[31;9m", "\x1b[32m", "\x1b[0m")
"""What is gone, what comes, and back: the only sequences for a terminal in a report."""


def render(issue: Issue, fmt: str, *, diff: bool = False, explain: bool = False) -> str:
    """The report in format `fmt`: text, json, tsv, github or html.

    `diff` shows each change within its line, coloured on a terminal; `explain` adds why blocks are what they are.
    Raises `UsageError` for another format.
    """
    if fmt not in FORMATS:
        raise UsageError(f"There is no report format called “{fmt}”. There are: {', '.join(FORMATS)}.")
    found = rows(issue, explain=explain)
    if fmt in ("text", "table"):
        return _text(issue, found, diff=diff, explain=explain, colour=_colour())
    return FORMATS[fmt](issue, found)


def shown(text: str) -> str:
    """`text` on one line, controls and line ends made visible: nothing from an issue may drive a terminal."""
    return "".join(_VISIBLE.get(c) or (c if _plain(c) else f"\\u{ord(c):04x}") for c in text)


_VISIBLE = {"\n": "⏎", "\r": "␍", "\t": "⇥", " ": "␣", "\u3000": "□"}


def _plain(character: str) -> bool:
    return character.isprintable() and unicodedata.category(character) not in ("Co", "Cf")


def _colour() -> bool:
    """On a terminal that can; NO_COLOR and FORCE_COLOR (for `| less -R`) say otherwise."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def _text(issue: Issue, found: Sequence[Row], *, diff: bool, explain: bool, colour: bool) -> str:
    numbers = counts(list(found))
    said = ", ".join(f"{number} {shown_words(status)}" for status, number in sorted(numbers.items())) or "nothing to say"
    lines = [f"{shown(issue.origin.name)}: {said}"]
    asked = [row for row in found if row.asked]
    done = [row for row in found if not row.asked and row.kind in ("edit", "query") and (diff or not row.layout)]
    decided = [row for row in done if row.status in (Status.ACCEPTED, Status.REJECTED)]
    changed = [row for row in done if row.status not in (Status.ACCEPTED, Status.REJECTED)]
    moved = [row for row in found if row.kind == "move"]
    parts = (("Asked of the editor", asked), ("Decided by the editor", decided), ("Changed", changed), ("Moved", moved))
    for title, part in parts:
        if part:
            lines += ["", title, *_table(part, diff, colour)]
    layout = [f"{shown_words(rule)} {number}" for rule, number in by_rule(list(found))]
    if layout and not diff:
        lines += ["", f"White space only: {', '.join(layout)}"]
    if explain:
        lines += ["", "Why", *_table([row for row in found if row.kind == "reason"], diff, colour)]
    return "\n".join(lines) + "\n"


def _table(part: Sequence[Row], diff: bool, colour: bool) -> Iterator[str]:
    cells = [tuple(map(shown_words, _cells(row))) for row in part]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)] if cells else []
    for row, cell in zip(part, cells, strict=True):
        head = "  ".join(text + " " * (width - _width(text)) for text, width in zip(cell, widths, strict=True))
        said = _change(row, diff, colour)
        why = f"  {shown_words(row.why)}" if row.why else ""
        choice = f"  [{' | '.join(map(shown_words, row.choices))}]" if row.choices else ""
        yield f"  {head}  {said}{why}{choice}".rstrip()


def shown_words(text: str) -> str:
    """A sentence of ours that may quote the issue: spaces stay, controls do not."""
    return " ".join("".join(c if _plain(c) else " " for c in text).split())


def _where(row: Row) -> str:
    return f"{row.page + ':' if row.page else ''}{row.line}:{row.column}"


def _cells(row: Row) -> tuple[str, str, str, str]:
    """Place, status, confidence (corrections only), rule."""
    return _where(row), row.status, f"{row.confidence:.3f}" if row.kind == "edit" else "", row.rule


def _change(row: Row, diff: bool, colour: bool) -> str:
    if row.kind != "edit":
        return shown(row.before[:20])
    old, new = shown(row.before), shown(row.after)
    if not diff:
        return f"{old} → {new or '∅'}" if old else f"∅ → {new}"
    red, green, plain = COLOURS
    gone = (f"{red}{old}{plain}" if colour else f"[-{old}-]") if old else ""
    come = (f"{green}{new}{plain}" if colour else f"{{+{new}+}}") if new else ""
    return f"{shown(row.left)}{gone}{come}{shown(row.right)}"


def _width(text: str) -> int:
    """Columns of a terminal: Chinese characters take two (UAX #11)."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _json(issue: Issue, found: Sequence[Row]) -> str:
    data = {
        "schema": "reissue-check/1",
        "name": issue.origin.name,
        "sources": [{"name": source.name, "sha256": source.sha256} for source in issue.origin.sources],
        "summary": counts(list(found)),
        "rows": [{**asdict(row), "asked": row.asked} for row in found],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "replace").decode() + "\n"


def _tsv(issue: Issue, found: Sequence[Row]) -> str:
    lines = ["\t".join(COLUMNS)]
    for row in found:
        values = {**asdict(row), "confidence": f"{row.confidence:g}", "choices": " | ".join(row.choices)}
        lines.append("\t".join(cell(str(values[name])) for name in COLUMNS))
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    r"""A TSV cell: `\t`, `\n`, `\r` and `\\` for tab, line ends and backslash, as sidecars are read."""
    for old, new in (("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r")):
        text = text.replace(old, new)
    return "".join(c if c.isprintable() or c == "\u3000" else "\ufffd" for c in text)


def _github(issue: Issue, found: Sequence[Row]) -> str:
    """Workflow commands: a warning for what is asked, a notice for what was changed."""
    lines = []
    for row in found:
        if row.layout or row.kind not in ("edit", "query"):
            continue
        level = "warning" if row.asked else "notice"
        said = f"{shown(row.before)} → {shown(row.after)}" if row.kind == "edit" else shown_words(row.why)
        where = f"file={_property(row.name)},line={row.line},col={row.column},title={_property(f'{row.rule} ({row.status})')}"
        lines.append(f"::{level} {where}::{_message(said if row.kind == 'query' or not row.why else f'{said} — {row.why}')}")
    return "".join(f"{line}\n" for line in lines)


def _message(text: str) -> str:
    return shown_words(text).replace("%", "%25")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _html(issue: Issue, found: Sequence[Row]) -> str:
    """One file with its own sheet, fetching and running nothing."""
    css = "\n" + (folder() / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    title = f"{shown_words(issue.origin.name)} · Reissue"
    numbers = "".join(
        f"<li><b>{number}</b> {escape(shown_words(status))}</li>" for status, number in sorted(counts(list(found)).items())
    )
    layout = "、".join(f"{shown_words(rule)} {number}" for rule, number in by_rule(list(found)))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'\">\n"
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
        f"<style>{css}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n<ul class=\"figures\">{numbers}</ul>\n"
        f"<p>White space only: {escape(layout or '0')}</p>\n{html_table([row for row in found if not row.layout])}</main>\n"
        "</body>\n</html>\n"
    )


def html_table(found: Sequence[Row]) -> str:
    """Rows as a table, every text escaped: that of `check --format html`, and of the report of a build."""
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Place", "Status", "Rule", "Confidence", "Text", "Why"))
    body = "".join(map(_html_row, found))
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n"


def _html_row(row: Row) -> str:
    where, status, sure, rule = (escape(shown_words(text)) for text in _cells(row))
    if row.kind == "edit":
        change = "".join(
            f"<{tag}>{escape(shown(text))}</{tag}>" for tag, text in (("del", row.before), ("ins", row.after)) if text
        )
    else:
        change = f"<mark>{escape(shown(row.before))}</mark>"
    why = escape(shown_words(row.why)) + (f" ({escape(' | '.join(map(shown_words, row.choices)))})" if row.choices else "")
    return (
        f'<tr class="{"asked" if row.asked else "done"}"><td>{where}</td><td>{status}</td><td>{rule}</td><td>{sure}</td>'
        f'<td lang="zh">{escape(shown(row.left))}{change}{escape(shown(row.right))}</td><td>{why}</td></tr>\n'
    )


def _as_text(issue: Issue, found: Sequence[Row]) -> str:
    return _text(issue, found, diff=False, explain=False, colour=False)


FORMATS: dict[str, Callable[[Issue, Sequence[Row]], str]] = {
    "text": _as_text, "table": _as_text, "json": _json, "tsv": _tsv, "github": _github, "html": _html,
}
