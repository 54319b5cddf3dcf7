"""The block JSON of document engines: MinerU (`middle.json`, `content_list.json`) and Docling (`DoclingDocument`).

Formats after opendatalab/MinerU docs/en/reference/output_files.md and docling-project's docling_document documentation.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from convert.errors import UnreadableInput
from convert.readers.encodings import decode
from convert.readers.html import flow
from convert.readers.lines import Lines
from convert.readers.xml import MAX_BYTES, parse_html
from convert.source import Box


def load(data: bytes, name: str, encoding: str | None) -> tuple[Any, str]:
    """The value the file holds, and its encoding.  Raises `UnreadableInput` with the place where it is broken."""
    if len(data) > MAX_BYTES:
        raise UnreadableInput(f"{name} is larger than {MAX_BYTES // 2**20} MB, too much for one file. Split it by page.")
    found = decode(data, name, encoding)
    try:
        return json.loads(found.text), found.encoding
    except RecursionError:
        raise UnreadableInput(f"{name} is nested deeper than any document. It cannot be read.") from None
    except ValueError as error:
        raise UnreadableInput(f"{name} is not valid JSON: {error}.") from None


def items(value: Any) -> list[Any]:
    """A list, or an empty one where the file has something else."""
    return value if isinstance(value, list) else []


def table(value: Any) -> dict[str, Any]:
    """An object, or an empty one where the file has something else."""
    return value if isinstance(value, dict) else {}


def string(value: Any) -> str:
    """A string without lone surrogates (JSON may escape them), or an empty one."""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if isinstance(value, str) else ""


def real(value: Any) -> float | None:
    """A finite number, or None."""
    number = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
    return float(value) if number else None


def box(value: Any) -> Box | None:
    """`[left, top, right, bottom]`."""
    sides = [real(side) for side in items(value)]
    if len(sides) != 4 or None in sides:
        return None
    left, top, right, bottom = (side or 0.0 for side in sides)
    return (min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def html_table(content: str, out: Lines) -> None:
    """The rows of a table given as HTML."""
    flow(parse_html(content.encode("utf-8", "replace"), "the table", "utf-8"), out)


def text_lines(value: Any) -> Iterator[str]:
    """Lines of a string, or of each string of a list."""
    for part in [value] if isinstance(value, str) else items(value):
        yield from string(part).splitlines()
