"""Reading hints by line, as `[reading]` of NAME.toml gives them, made into decisions like those of an errata file.

    [reading]
    articles = [12, 40]        # an article begins at these lines (counted from 1, as editors do)
    continues = [57]           # what looks like a new article at this line belongs to the one before
    paragraphs = [23]          # a paragraph begins here: never joined to what stands before
    [reading.roles]
    12 = "title"               # kicker, title, subtitle, byline, heading1-3, paragraph[:kind], caption, colophon, drop
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from convert.errors import UsageError
from convert.issue import Role
from convert.options import Decision
from convert.source import Source

LINES = {
    "articles": ("article", "accept", ""), "continues": ("article", "accept", "continue"), "paragraphs": ("join", "reject", ""),
}
"""Hint to (kind, decision, right) of the decision it stands for."""
CONTEXT = 12


def decisions(hints: Mapping[str, Any], sources: Sequence[Source], name: str) -> Iterator[Decision]:
    """The decisions the hints stand for, in the first source.  Raises `UsageError` naming the file and the hint."""
    unknown = set(hints) - set(LINES) - {"roles", "encoding", "format"}
    if unknown:
        known = ", ".join(sorted([*LINES, "roles", "encoding", "format"]))
        raise UsageError(f"The sidecar of {name}: [reading] has no “{sorted(unknown)[0]}”. It knows {known}.")
    for key, (kind, decision, right) in LINES.items():
        for number in _numbers(hints.get(key, []), key, name):
            yield _at(sources[0], number, name, kind, decision, right)
    roles = hints.get("roles", {})
    if not isinstance(roles, Mapping):
        raise UsageError(f"The sidecar of {name}: [reading.roles] must be a table of line numbers and roles.")
    for line, role in roles.items():
        number, = _numbers([int(line) if line.isascii() and line.isdigit() else line], "roles", name)
        yield _at(sources[0], number, name, "role", "replace", _role(role, name))


def _numbers(value: Any, key: str, name: str) -> list[int]:
    if not isinstance(value, list) or not all(type(item) is int and item > 0 for item in value):
        raise UsageError(f"The sidecar of {name}: [reading] {key} must be line numbers, counted from 1.")
    return value


def _role(value: Any, name: str) -> str:
    base, known = str(value).partition(":")[0].rstrip("123"), [role.value for role in Role]
    if base not in known:
        raise UsageError(f"The sidecar of {name}: there is no role “{value}”. There are {', '.join(known)}.")
    return str(value)


def _at(source: Source, number: int, name: str, kind: str, decision: str, right: str) -> Decision:
    if number > len(source.lines):
        raise UsageError(f"The sidecar of {name} speaks of line {number}; there are {len(source.lines)}.")
    line = source.lines[number - 1]
    raw = source.text[line.start:line.end]
    text = raw.strip()
    if not text:
        raise UsageError(f"The sidecar of {name} speaks of line {number}, which is blank. Name the line the text stands on.")
    start = line.start + raw.index(text)
    end = start + len(text)
    return Decision(
        kind=kind, source=source.name, start=start, end=end, wrong=text, right=right, decision=decision,
        left=source.text[max(0, start - CONTEXT):start], right_context=source.text[end:end + CONTEXT], rule="hint",
    )
