"""One font face as the composer and the PDF writer see it: glyphs, widths and half-width forms, by HarfBuzz.

All measures are whole thousandths of an em, so that lines come out the same on every machine.
"""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from convert.errors import MissingDependency
from convert.typeset.fonts import cff
from convert.typeset.fonts.outlines import Outlines

EM = 1000
_BATCH = 4000


class Glyph(NamedTuple):
    """A shaped glyph: id, advance along the line (positive), offset of its origin across and along."""

    gid: int
    advance: int
    dx: int = 0
    dy: int = 0


class Face:
    """A face of a font file, shaped as Han script in `language` (BCP 47), so that `locl` gives the region's forms."""

    def __init__(self, path: Path, index: int, language: str) -> None:
        import uharfbuzz as hb

        self.path, self.index, self.language = path, index, language
        try:
            self.hb = hb.Face(hb.Blob.from_file_path(str(path)), index)
        except Exception as error:
            raise MissingDependency(f"The font {path} cannot be read. Name another with --font.") from error
        self.font = hb.Font(self.hb)
        self.upem: int = self.hb.upem
        if not self.hb.glyph_count:
            raise MissingDependency(f"{path} is not a font Reissue can use. Name a .ttf, .otf or .ttc file with --font.")
        self._tables = set(self.hb.table_tags)
        self._glyphs: dict[str, int] = {}
        self._advances: dict[int, int] = {}
        self._gids: dict[int, int] = {}
        self._halves: dict[tuple[str, bool], tuple[int, int]] = {}

    # -- what the file is ---------------------------------------------------------------------------------------

    @property
    def key(self) -> tuple[str, int, str]:
        """What makes the face unlike others in this process."""
        return str(self.path), self.index, self.language

    @cached_property
    def is_cff(self) -> bool:
        """Whether the outlines are CFF (embedded as FontFile3), else glyf (FontFile2)."""
        return "CFF " in self._tables or "CFF2" in self._tables

    @cached_property
    def name(self) -> str:
        """PostScript name, ASCII, safe inside a PDF name object."""
        import uharfbuzz as hb

        found = self.hb.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or self.path.stem
        return "".join(c for c in found if (c.isalnum() and c.isascii()) or c in "-_") or "Font"

    @cached_property
    def family(self) -> str:
        """Family and style for people, e.g. in `reissue fonts`."""
        import uharfbuzz as hb

        return self.hb.get_name(hb.OTNameIdPredefined.FULL_NAME) or self.name

    @cached_property
    def box(self) -> tuple[int, int, int, int]:
        """Bounding box of all glyphs."""
        values = struct.unpack(">hhhh", self._table("head")[36:44])
        return self._em(values[0]), self._em(values[1]), self._em(values[2]), self._em(values[3])

    @cached_property
    def weight(self) -> int:
        """usWeightClass: 400 regular, 700 bold."""
        return int.from_bytes(self._table("OS/2")[4:6], "big") or 400

    @cached_property
    def em_box(self) -> tuple[int, int]:
        """Top and bottom of the ideographic em box above and below the baseline (880, -120 in Noto and Source Han)."""
        top, bottom = struct.unpack(">hh", self._table("OS/2")[68:72])
        if not 900 * self.upem <= (top - bottom) * EM <= 1100 * self.upem:
            return 880, -120
        return self._em(top), self._em(bottom)

    def _table(self, tag: str) -> bytes | memoryview:
        """A table of the font; nothing is read of it until it is looked into."""
        place = self._directory.get(tag)
        if place is not None:
            return self._file[place[0]:place[0] + place[1]]
        return bytes(self.hb.reference_table(tag).data) if tag in self._tables else bytes(96)

    @cached_property
    def _file(self) -> memoryview:
        with self.path.open("rb") as file:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    @cached_property
    def _directory(self) -> dict[str, tuple[int, int]]:
        """Offset and length by table, for files that are plain sfnt or collections of them."""
        data = self._file
        start = int.from_bytes(data[12 + 4 * self.index:16 + 4 * self.index], "big") if bytes(data[:4]) == b"ttcf" else 0
        if bytes(data[start:start + 4]) not in (b"OTTO", b"\0\1\0\0", b"true"):
            return {}
        count = int.from_bytes(data[start + 4:start + 6], "big")
        rows = struct.iter_unpack(">4s4xII", data[start + 12:start + 12 + 16 * count])
        return {tag.decode("latin-1"): (offset, length) for tag, offset, length in rows}

    @cached_property
    def _charset(self) -> cff.Charset | None:
        return self._cff.charset(self._table("CFF "), self.hb.glyph_count) if self._cff else None

    @cached_property
    def _cff(self) -> cff.Font | None:
        return cff.Font(self._table("CFF ")) if "CFF " in self._tables else None

    @cached_property
    def outlines(self) -> Outlines | None:
        """The charstrings of a CID-keyed CFF face of 1,000 units to the em; None for other faces."""
        if self._cff is None or not self._cff.cid_keyed or self._cff.scaled or self.upem != EM:
            return None
        return Outlines(self.hb, self.font, self._table("CFF "), self._cff)

    def code(self, gid: int) -> int:
        """The two-byte character code the glyph has in our PDFs: its CID in a CID-keyed font, else its glyph id."""
        charset = self._charset
        found = gid if charset is None else charset.cid(gid)
        self._gids[found] = gid
        return found

    def glyphs_of(self, codes: Iterable[int]) -> list[int]:
        """Glyph ids of codes this face gave out."""
        gids = self._gids
        return [gids[code] for code in codes]

    @property
    def cid_keyed(self) -> bool:
        """Whether codes are CIDs of the font program itself."""
        return self._charset is not None

    # -- glyphs and measures ------------------------------------------------------------------------------------

    def _em(self, value: int) -> int:
        return value if self.upem == EM else round(value * EM / self.upem)

    def shape(self, text: str, features: dict[str, bool] | None = None, vertical: bool = False) -> list[Glyph]:
        """Glyphs of `text` in the order they are drawn."""
        return [Glyph(*row[:4]) for row in self._shape(text, features, vertical)]

    def _shape(self, text: str, features: dict[str, bool] | None, vertical: bool) -> list[tuple[int, int, int, int, int]]:
        import uharfbuzz as hb

        buffer: Any = hb.Buffer()
        buffer.add_str(text)
        buffer.direction = "ttb" if vertical else "ltr"
        buffer.script = "Hani"
        buffer.language = self.language
        hb.shape(self.font, buffer, features or {})
        em = self._em
        return [
            (i.codepoint, em(-p.y_advance if vertical else p.x_advance), em(p.x_offset), em(p.y_offset), i.cluster)
            for i, p in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def prime(self, characters: Iterable[str]) -> None:
        """Look up many Han characters in one go (they never combine, so one glyph stands for each)."""
        wanted = [c for c in characters if c not in self._glyphs]
        for at in range(0, len(wanted), _BATCH):
            part = wanted[at:at + _BATCH]
            rows = self._shape("".join(part), {"kern": False, "liga": False}, False)
            if len(rows) == len(part):
                self._glyphs.update(zip(part, (row[0] for row in rows), strict=True))

    def glyph(self, character: str) -> int:
        """Glyph id of one character in the face's language; 0 where the face has none."""
        found = self._glyphs.get(character)
        if found is None:
            rows = self._shape(character, {"kern": False}, False)
            found = self._glyphs[character] = rows[0][0] if rows else 0
        return found

    def has(self, text: str) -> bool:
        """Whether the face can draw every character of `text`."""
        return all(self.glyph(character) for character in text)

    def advance(self, gid: int) -> int:
        """Nominal advance of a glyph, the one its PDF width array states."""
        found = self._advances.get(gid)
        if found is None:
            found = self._advances[gid] = self._em(self.font.get_glyph_h_advance(gid))
        return found

    def hanging(self, gid: int) -> tuple[int, int, int]:
        """Vertical advance of a glyph, and its vertical origin right of and above its horizontal one."""
        x, y = self.font.get_glyph_v_origin(gid)
        return self._em(-self.font.get_glyph_v_advance(gid)), self._em(x), self._em(y)

    def half(self, character: str, vertical: bool = False) -> tuple[int, int]:
        """Blank before and after the half-width form of a mark, from the font's `halt`/`vhal`, else from its ink.

        Both are 0 where the mark cannot be halved.
        """
        key = (character, vertical)
        found = self._halves.get(key)
        if found is None:
            found = self._halves[key] = self._vertical_half(character) if vertical else self._horizontal_half(character)
        return found

    def _horizontal_half(self, character: str) -> tuple[int, int]:
        plain = self.shape(character)[0]
        half = self.shape(character, {"halt": True})[0]
        full = self.advance(plain.gid)
        if half.advance < full:
            return -half.dx, full - half.advance + half.dx
        if full < 900:
            return 0, 0
        ink = self.font.get_glyph_extents(plain.gid)
        if ink is None:
            return 0, 0
        left, right = self._em(ink.x_bearing), self._em(ink.x_bearing + ink.width)
        if right - left > 500:
            return 0, 0
        if right <= 510:
            return 0, 500
        return (500, 0) if left >= 490 else (250, 250)

    def _vertical_half(self, character: str) -> tuple[int, int]:
        plain = self.shape(character, {"vert": True}, vertical=True)[0]
        half = self.shape(character, {"vert": True, "vhal": True}, vertical=True)[0]
        before = half.dy - plain.dy
        return before, plain.advance - half.advance - before


@cache
def face(path: Path, index: int, language: str) -> Face:
    """The face, opened once a process; its glyph look-ups are shared by all editions."""
    return Face(path, index, language)
