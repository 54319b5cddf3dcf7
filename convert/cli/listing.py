"""`formats`, `variants`, `styles`, `fonts`: what is installed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from convert.cli.console import print_json, table


def _show(json: bool, heads: Sequence[str], rows: Sequence[Sequence[Any]], as_json: Any) -> int:
    if json:
        print_json(as_json)
    else:
        print(table(heads, rows))
    return 0


def formats(json: bool) -> int:
    """Readers and writers, with extension and default variants."""
    from convert import plugins

    readers = [plugins.reader(name) for name in plugins.names("readers")]
    writers = [plugins.writer(name) for name in plugins.names("writers")]
    rows: list[Sequence[Any]] = [("read", r.name, " ".join(r.extensions), "") for r in readers]
    rows += [("write", w.name, f".{w.extension}", ",".join(w.variants)) for w in writers]
    return _show(json, ("", "format", "files", "variants"), rows, {
        "readers": [{"name": r.name, "extensions": list(r.extensions)} for r in readers],
        "writers": [
            {"name": w.name, "extension": w.extension, "media_type": w.media_type, "variants": list(w.variants)} for w in writers
        ],
    })


def variants(json: bool) -> int:
    """Names, language tags and labels."""
    from convert.variants.table import ALL, DEFAULT, VARIANTS

    def note(name: str) -> str:
        return "default" if name in DEFAULT else "all" if name in ALL else ""

    rows = [(v.name, v.language, v.label, note(v.name)) for v in VARIANTS.values()]
    return _show(json, ("variant", "language", "what it is", "in"), rows, [
        {"name": v.name, "language": v.language or None, "label": v.label} for v in VARIANTS.values()
    ])


def styles(json: bool) -> int:
    """Names and the sentence each style says of itself."""
    from convert import style as themes

    rows = [(name, str(themes.load(name).tables.get("description", ""))) for name in themes.available()]
    return _show(json, ("style", "what it is"), rows, [{"name": name, "description": text} for name, text in rows])


def fonts(json: bool) -> int:
    """Faces, and where they come from."""
    from convert.typeset import fonts as faces

    heads = ("face", "regions", "glyphs", "from")
    rows = [tuple(str(cell) for cell in row) for row in faces.listing()]
    return _show(json, heads, rows, [dict(zip(heads, row, strict=False)) for row in rows])
