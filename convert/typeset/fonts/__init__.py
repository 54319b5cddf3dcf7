"""Fonts: which face draws which role in which region, and what stands in for a character a face lacks."""

from convert.typeset.fonts.face import EM, Face, Glyph, face
from convert.typeset.fonts.library import ROLES, FontSet, Found, Role, font_set

__all__ = ["EM", "ROLES", "Face", "FontSet", "Found", "Glyph", "Role", "face", "font_set"]
