"""A text with the replacements of the rules made."""

from __future__ import annotations

from collections.abc import Iterable

from convert.normalise import Context, normalise


def rebuilt(original: str, changes: Iterable[tuple[int, int, str, str]]) -> str:
    """`original` with `changes` made, which must be in order and apart."""
    parts, cursor = [], 0
    for start, end, after, _ in changes:
        assert start >= cursor and end >= start
        parts += [original[cursor:start], after]
        cursor = end
    return "".join([*parts, original[cursor:]])


def done(text: str, context: Context | None = None) -> str:
    """What all rules make of `text`, running text unless `context` says otherwise."""
    context = context or Context()
    return rebuilt(text, normalise(text, context))
