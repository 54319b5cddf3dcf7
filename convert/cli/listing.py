"""`formats`, `variants`, `styles`, `fonts`: what is installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from convert.cli.console import print_json, table


def _show(json: bool, heads: Sequence[str], rows: Sequence[Sequence[Any]], as_json: Any) -> int:
    if json:
        print_json(as_json)
    else:
        print(table(heads, rows))
    return 0


def formats(json: bool) -> int:
    """Readers, writers and correctors, with extension and default variants; a plug-in that does not load is named, not hidden."""
    rows: list[Sequence[Any]] = []
    found: dict[str, list[dict[str, Any]]] = {"readers": [], "writers": [], "correctors": []}
    for name, reader in _plugins("readers"):
        endings = [] if isinstance(reader, str) else list(reader.extensions)
        rows.append(("read", name, reader if isinstance(reader, str) else " ".join(endings), ""))
        found["readers"].append({"name": name, "extensions": endings})
    for name, writer in _plugins("writers"):
        if isinstance(writer, str):
            rows.append(("write", name, writer, ""))
            found["writers"].append({"name": name, "error": writer})
        else:
            rows.append(("write", name, f".{writer.extension}", ",".join(writer.variants)))
            found["writers"].append({
                "name": name, "extension": writer.extension, "media_type": writer.media_type, "variants": list(writer.variants),
            })
    for name, corrector in _plugins("correctors"):
        rows.append(("correct", name, corrector if isinstance(corrector, str) else "", ""))
        found["correctors"].append({"name": name, **({"error": corrector} if isinstance(corrector, str) else {})})
    return _show(json, ("", "format", "files", "default variants"), rows, found)


def _plugins(group: str) -> Iterator[tuple[str, Any]]:
    """Each plug-in of a group, or the sentence that says why it does not load."""
    from convert import plugins

    for name in plugins.names(group):
        try:
            yield name, {"readers": plugins.reader, "writers": plugins.writer, "correctors": plugins.corrector}[group](name)
        except Exception as error:
            yield name, f"cannot be loaded ({type(error).__name__}: {error})"


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
    """Faces by region and role in the order they are asked for a character, and why each is there."""
    from convert.typeset.fonts.library import font_set

    heads = ("region", "role", "face", "because", "file")
    rows = [
        (region, found.role, found.face.name, found.why, str(found.face.path))
        for region in ("CN", "TW", "HK") for found in font_set(region).found
    ]
    shown = [(*row[:4], row[4].replace("\\", "/").rsplit("/", 1)[-1]) for row in rows]
    return _show(json, heads, shown, [dict(zip(heads, row, strict=True)) for row in rows])
