"""The style sheet of an edition: files of `styles/` named by the theme, and what the theme adds."""

from __future__ import annotations

from functools import cache

from convert.errors import UsageError
from convert.style import Style, folder


def is_vertical(style: Style) -> bool:
    """Whether the theme sets lines from top to bottom, columns from right to left."""
    return style.table("epub").get("writing") == "vertical"


def sheet(style: Style) -> str:
    """The whole sheet as text.  Raises `UsageError` for a sheet that is not there."""
    table = style.table("epub")
    names = table.get("stylesheets", ["epub.css"])
    extra = str(table.get("css", "")).strip()
    return "\n".join([*(shipped(str(name)) for name in names), *([extra + "\n"] if extra else [])])


@cache
def shipped(name: str) -> str:
    """A sheet of `styles/` by file name."""
    path = folder() / name
    if path.parent != folder() or not path.is_file():
        raise UsageError(f"There is no style sheet called “{name}” among the shipped styles.")
    return path.read_text(encoding="utf-8")
