"""Issue JSON, the contract for tools (DESIGN section 4); `docs/issue.schema.json` is normative."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from convert.issue import Block, Issue, Metadata, Query, Role, VariantEdit
from convert.ledger import Edit
from convert.style import Style
from convert.variants.table import Variant

SCHEMA = "reissue-issue/1"


class JsonWriter:
    """The whole issue, every character of the source included: what was dropped, the ledger, moves and open queries.

    A variant also has `variant` and `changes`, the conversions counted in the text its source edition has.
    """

    name = "json"
    extension = "json"
    media_type = "application/json"
    variants: tuple[str, ...] = ("source",)

    def write(self, issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]:
        """Write one line per block, edit, move and query, so that versions compare line by line; no notices."""
        # A lone surrogate has no UTF-8; backslashreplace writes it as \ud800, which is how JSON escapes it.
        sink.write((_layout(document(issue)) + "\n").encode("utf-8", "backslashreplace"))
        return ()


def document(issue: Issue) -> dict[str, Any]:
    """The issue as plain data, keys in the order of the design."""
    origin = issue.origin
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "sources": [
            {"name": s.name, "sha256": s.sha256, "encoding": s.encoding, "characters": len(s.text)} for s in issue.sources
        ],
        "language": issue.language,
        "metadata": _metadata(issue.metadata),
        "articles": [{"id": a.id, "blocks": [_block(b) for b in a.blocks]} for a in issue.articles],
        "colophon": [_block(block) for block in issue.colophon],
        "dropped": [_block(block) for block in issue.dropped],
        "edits": [_edit(edit) for edit in origin.edits],
        "moves": [{"block": m.block, "after": m.after, "rule": m.rule, "why": m.why} for m in issue.moves],
        "queries": [_query(query) for query in issue.queries],
    }
    if issue.variant != "source":
        data["variant"] = issue.variant
        data["changes"] = [_change(change) for change in issue.changes]
    return data


def _metadata(known: Metadata) -> dict[str, Any]:
    names = ("title", "number", "date", "publisher", "section", "creator", "rights", "identifier", "description")
    data: dict[str, Any] = {name: getattr(known, name) for name in names}
    if known.extra:
        data["extra"] = [[key, value] for key, value in known.extra]
    return data


def _block(block: Block) -> dict[str, Any]:
    data: dict[str, Any] = {"id": block.id, "role": str(block.role)}
    if block.role is Role.HEADING:
        data["level"] = block.level or 1
    if block.role is Role.PARAGRAPH or block.kind is not None:
        data["kind"] = block.kind
    data["text"] = block.text
    if block.cells:
        data["cells"] = [list(cell) for cell in block.cells]
    if block.role is Role.DROP:
        data["reason"] = block.reason or "furniture"
    data["spans"] = [[span.source, span.start, span.end] for span in block.spans]
    return data


def _edit(edit: Edit) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": edit.id, "source": edit.source, "start": edit.start, "end": edit.end, "before": edit.before,
        "after": edit.after, "rule": edit.rule, "confidence": edit.confidence, "status": str(edit.status),
    }
    if edit.block is not None:
        data["block"] = edit.block
    if edit.why:
        data["why"] = edit.why
    return data


def _change(change: VariantEdit) -> dict[str, Any]:
    data: dict[str, Any] = {
        "block": change.block, "start": change.start, "end": change.end, "before": change.before,
        "after": change.after, "rule": change.rule, "confidence": change.confidence, "status": str(change.status),
    }
    if change.why:
        data["why"] = change.why
    return data


def _query(query: Query) -> dict[str, Any]:
    return {
        "id": query.id, "source": query.source, "start": query.start, "end": query.end, "kind": query.kind,
        "message": query.message, "choices": [{"label": label} for label in query.choices], "state": query.state,
    }


def _layout(data: dict[str, Any]) -> str:
    """JSON with one row a line: lists of objects are opened, everything smaller stays on its line."""
    return "{\n" + ",\n".join(f"{_dump(key)}: {_value(key, value)}" for key, value in data.items()) + "\n}"


def _value(key: str, value: Any) -> str:
    if key == "articles":
        return _rows(f'{{"id": {_dump(row["id"])}, "blocks": {_rows(map(_dump, row["blocks"]))}}}' for row in value)
    return _rows(map(_dump, value)) if isinstance(value, list) else _dump(value)


def _rows(rows: Iterable[str]) -> str:
    body = ",\n".join(rows)
    return f"[\n{body}\n]" if body else "[]"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
