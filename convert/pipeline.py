"""The way of the data, one function a step: read, parse, to_variant, write; and `convert` for all of it.

bytes -> readers -> Source -> normalise, structure -> proofread -> Issue -> variants -> Issue -> writers -> editions
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import BinaryIO

from convert import naming, plugins
from convert import style as styles
from convert.errors import UnreadableInput
from convert.issue import Issue, Metadata
from convert.laws import check_laws
from convert.options import ParseOptions, ReadOptions, VariantOptions
from convert.source import Source
from convert.style import Style
from convert.variants import table


def read(
    data: bytes | str | Path, name: str | None = None, options: ReadOptions | None = None
) -> Source:
    """Decode one input: a path, or bytes with a `name`.  Raises `UnreadableInput` with a sentence, never mojibake."""
    from convert.readers import choose, load

    options = options or ReadOptions()
    if not isinstance(data, bytes):
        path = Path(data)
        data, name = load(path, options), name or path.name
    name = name or "issue.txt"
    return choose(data, name, options).read(data, name, options)


def parse(sources: Source | Sequence[Source], options: ParseOptions | None = None) -> Issue:
    """Find what the issue is: blocks, articles, roles, corrections.  The two laws are proved before it returns."""
    from convert.proofread import proofread
    from convert.structure import structure

    options = options or ParseOptions()
    given = (sources,) if isinstance(sources, Source) else tuple(sources)
    if not any(source.text.strip() for source in given):
        raise UnreadableInput(f"{given[0].name if given else 'The input'} holds no text.")
    issue = structure(given, options)
    issue = _stated(proofread(issue, options), options.metadata)
    check_laws(issue)
    return issue


def _stated(issue: Issue, metadata: Metadata | None) -> Issue:
    """What the caller states of the issue goes before what was found in it, field by field."""
    if metadata is None:
        return issue
    given = {field.name: value for field in fields(metadata) if (value := getattr(metadata, field.name))}
    return replace(issue, metadata=replace(issue.metadata, **given))


def to_variant(issue: Issue, variant: str, options: VariantOptions | None = None) -> Issue:
    """The issue in another script or region, each change in a ledger of its own; laws proved against the parent."""
    from convert.variants import convert_issue

    chosen = table.for_issue(table.variant(variant), issue.language)
    if chosen.name == "source":
        return issue
    converted = convert_issue(issue, chosen, options or VariantOptions())
    check_laws(converted)
    return converted


def in_house(options: VariantOptions | None, style: Style, variant: str) -> VariantOptions:
    """The options with the house style that the theme's `[house]` table names for the variant, or for its region.

    What the run itself says (`--house`, `[edition] house`) goes before; an empty name there means none.
    """
    options = options or VariantOptions()
    if options.house is not None:
        return options
    houses = style.table("house")
    name = houses.get(variant, houses.get(table.variant(variant).region.lower()))
    return replace(options, house=str(name)) if name else options


def write(issue: Issue, to: str, sink: BinaryIO, style: Style | None = None) -> Sequence[str]:
    """Write `issue`, as it is, in format `to`.  Returns notices for the user."""
    variant = table.for_issue(table.variant(issue.variant), issue.language)
    return plugins.writer(to).write(issue, variant, style or styles.load(), sink)


def editions(
    issue: Issue,
    to: Iterable[str],
    variants: Iterable[str] | None = None,
    style: Style | None = None,
    options: VariantOptions | None = None,
) -> Iterable[tuple[str, bytes, Sequence[str]]]:
    """File name, bytes and notices of every edition asked for; each variant is made once."""
    style = style or styles.load()
    writers = [plugins.writer(name) for name in to]
    wanted = {w.name: tuple(variants) if variants is not None else w.variants for w in writers}
    order = list(dict.fromkeys(name for names in wanted.values() for name in names))
    for name in order:
        converted = to_variant(issue, name, in_house(options, style, name))
        chosen = table.for_issue(table.variant(name), issue.language)
        for w in writers:
            if name in wanted[w.name]:
                sink = io.BytesIO()
                notices = w.write(converted, chosen, style, sink)
                yield naming.edition_name(issue.name, chosen, style, w.extension), sink.getvalue(), notices


def convert(
    source: str | Path,
    folder: str | Path,
    to: Iterable[str] = ("docx", "pdf", "epub"),
    variants: Iterable[str] | None = None,
    *,
    style: str = styles.DEFAULT,
    options: ParseOptions | None = None,
) -> list[Path]:
    """One file to editions in `folder`, written atomically.  The library's counterpart of `reissue convert`."""
    from convert.batch.files import write_atomic

    issue = parse(read(source), options)
    paths: list[Path] = []
    for name, data, _ in editions(issue, to, variants, styles.load(style)):
        path = Path(folder) / name
        write_atomic(path, data)
        paths.append(path)
    return paths
