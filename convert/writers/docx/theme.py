"""The `[docx]` table of a style, checked once and turned into the units of the format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from convert import style as styles
from convert.errors import UsageError
from convert.style import Style
from convert.variants.table import Variant

TWIPS_PER_MM = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class Face:
    """A pair of fonts: one for Latin letters and digits, one for Chinese."""

    latin: str
    chinese: str


@dataclass(frozen=True)
class Theme:
    """Looks of one edition.  Sizes in points; page, margins, gap and pitch in twips (1/20 point)."""

    language: str
    faces: Mapping[str, Face]
    font_names: Mapping[str, str]
    sizes: Mapping[str, float]
    page: tuple[int, int]
    margins: tuple[int, int, int, int]
    columns: int
    column_gap: int
    column_rule: bool
    line_pitch: int
    indent: int
    contents_depth: int
    vertical: bool

    @property
    def measure(self) -> int:
        """Length of a line of the full page in twips: its height where lines are vertical."""
        top, right, bottom, left = self.margins
        return self.page[1] - top - bottom if self.vertical else self.page[0] - right - left


LANGUAGES = {"CN": "zh-CN", "TW": "zh-TW", "HK": "zh-HK"}
"""What Word calls the languages: it knows regions, not scripts."""


def theme(style: Style, variant: Variant) -> Theme:
    """The theme for one edition; what a style leaves out is as in the default style.

    Raises `UsageError` naming the entry of `[docx]` that is not what it should be.
    """
    table = _merge(styles.load().table("docx"), style.table("docx"))
    region = variant.region or "CN"
    try:
        fonts = table["fonts"][region]
        return Theme(
            language=LANGUAGES[region],
            faces={name: Face(str(pair[0]), str(pair[1])) for name, pair in fonts.items()},
            font_names={str(key): str(value) for key, value in table["font_names"].items()},
            sizes={key: _within(key, value, 4, 120) for key, value in table["sizes"].items()},
            page=_pair(table["page_mm"]),
            margins=_four(table["margins_mm"]),
            columns=int(_within("columns", table["columns"], 1, 8)),
            column_gap=round(_within("column_gap", table["column_gap"], 0, 200) * 20),
            column_rule=bool(table["column_rule"]),
            line_pitch=round(_within("line_pitch", table["line_pitch"], 6, 100) * 20),
            indent=int(_within("indent", table["indent"], 0, 8)),
            contents_depth=int(_within("contents_depth", table["contents_depth"], 0, 3)),
            vertical=bool(table["vertical"]),
        )
    except (KeyError, TypeError, IndexError, ValueError, AttributeError) as error:
        raise UsageError(f"The table [docx] of the style “{style.name}” is not right: {error}.") from error


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = _merge(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
    return merged


def _within(name: str, value: Any, low: float, high: float) -> float:
    number = float(value)
    if not low <= number <= high:
        raise ValueError(f"{name} is {value}, and may be {low} to {high}")
    return number


def _pair(values: Any) -> tuple[int, int]:
    width, height = (round(_within("page_mm", value, 50, 550) * TWIPS_PER_MM) for value in values)
    return width, height


def _four(values: Any) -> tuple[int, int, int, int]:
    top, right, bottom, left = (round(_within("margins_mm", value, 0, 120) * TWIPS_PER_MM) for value in values)
    return top, right, bottom, left
