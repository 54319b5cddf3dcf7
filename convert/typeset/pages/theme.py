"""The `[pdf]` table of a style as a checked object.  Lengths are points unless the comment says em or rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from convert.errors import UsageError
from convert.style import Style


@dataclass(frozen=True)
class Theme:
    """What pages look like; the defaults are the newspaper's."""

    page: tuple[float, float] = (595.28, 841.89)
    """Width and height of the page."""
    vertical: bool = False
    columns: int = 2
    measure: int = 21
    """Em of body type on a column's line."""
    gutter: float = 2.5
    """Em of body type between columns.  Under 2.5 layout-based extractors read across three columns."""
    size: float = 10.5
    leading: float = 15.0
    """Baseline to baseline.  Above about 1.5 times the size layout-based extractors read across columns."""
    rows: int = 48
    """Rows of the baseline grid on a page."""
    column_rule: bool = True
    title: float = 26.0
    title_min: float = 17.0
    kicker: float = 12.0
    subtitle: float = 13.0
    byline: float = 10.0
    heading: tuple[float, float, float] = (11.0, 10.5, 10.5)
    """Sizes of headings of level 1 to 3."""
    heading_gap: tuple[int, int, int] = (1, 0, 0)
    """Rows left above a heading of level 1 to 3, except at the top of a column."""
    caption: float = 9.0
    colophon: float = 9.0
    masthead: float = 40.0
    contents: int = 3
    """A contents list is printed for this many articles or more; 0 never."""
    running_head: float = 9.0
    folio: float = 10.0
    tracking: int = 40
    """Thousandths of an em added between the characters of headlines."""
    accent: tuple[float, float, float] | None = None
    """Colour (RGB 0..1) of the masthead and the rule under it."""
    fonts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """Length of a column's line."""
        return self.measure * self.size

    @property
    def step(self) -> float:
        """From the start of one column to the start of the next."""
        return (self.measure + self.gutter) * self.size

    @property
    def span(self) -> float:
        """Length along the line of all columns."""
        return self.columns * self.width + (self.columns - 1) * self.gutter * self.size

    @property
    def depth(self) -> float:
        """Length across the lines of a full page."""
        return self.rows * self.leading

    @property
    def origin(self) -> tuple[float, float]:
        """Left and top (right and top, vertically) corner of the grid, counted from the page's own left and top."""
        wide, high = self.page
        if self.vertical:
            return wide - (wide - self.depth) / 2, (high - self.span) / 2 + self.size * 0.5
        return (wide - self.span) / 2, (high - self.depth) / 2 + self.size * 0.4


_LISTS = {"page": 2, "heading": 3, "heading_gap": 3, "accent": 3}


def theme(style: Style) -> Theme:
    """The theme of a style.  Raises `UsageError` naming the key that is wrong."""
    table = style.table("pdf")
    values: dict[str, Any] = {}
    known = {item.name: item for item in fields(Theme)}
    for key, value in table.items():
        if key not in known:
            raise UsageError(f"The style {style.name} has an unknown key “{key}” in [pdf]. Known: {', '.join(known)}.")
        if key in _LISTS:
            if not isinstance(value, list) or len(value) != _LISTS[key] or not all(_is_number(v) for v in value):
                raise UsageError(f"In [pdf] of the style {style.name}, {key} must be {_LISTS[key]} numbers.")
            values[key] = tuple(value)
        elif key == "fonts":
            values[key] = dict(value)
        elif key in ("vertical", "column_rule"):
            values[key] = bool(value)
        elif not _is_number(value):
            raise UsageError(f"In [pdf] of the style {style.name}, {key} must be a number.")
        else:
            values[key] = value
    found = Theme(**values)
    whole = all(isinstance(value, int) for value in (found.columns, found.measure, found.rows))
    if not whole or not (1 <= found.columns <= 4 and 6 <= found.measure <= 60 and found.rows >= 8):
        raise UsageError(f"In [pdf] of the style {style.name}, columns must be 1-4, measure 6-60 em and rows 8 or more.")
    across, along = (found.page[1], found.page[0]) if found.vertical else (found.page[0], found.page[1])
    if found.span > across or found.depth > along:
        raise UsageError(f"The style {style.name} asks for more columns or rows than its page holds; lower measure or rows.")
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
