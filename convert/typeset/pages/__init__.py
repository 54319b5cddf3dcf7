"""Pages: an issue on a baseline grid, in one to four balanced columns, horizontally or vertically."""

from convert.typeset.pages.layout import lay_out
from convert.typeset.pages.model import Element, Link, Page, Pages, Rule, Text
from convert.typeset.pages.theme import Theme, theme

__all__ = ["Element", "Link", "Page", "Pages", "Rule", "Text", "Theme", "lay_out", "theme"]
