"""The cover, drawn from the masthead and the headlines in sixteen shades from ink to paper: small, and quick to write."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from convert.errors import UsageError
from convert.issue import Issue
from convert.labels import article_label, is_stand_in, issue_number, labels
from convert.style import NO_COVER, Style
from convert.writers.epub.fonts import font_path
from convert.writers.xml import clean

WIDTH, HEIGHT = 1600, 2400
MARGIN = 130
MEASURE = WIDTH - 2 * MARGIN
HEADLINES = 6
_NOT_FIRST = frozenset("，。、；：！？”’）》」』〉】〕…—·,.;:!?)]}%")
_NOT_LAST = frozenset("“‘（《「『〈【〔([{")
_PAUSES = frozenset("，；：、！？—… 　")
_HANGING = frozenset("“‘（《「『〈【〔")
_PAPER, _INK, _SOFT, _FAINT = 15, 0, 3, 9
"""Shades: of the paper, of text, of what is said beside it, of rules between headlines."""
_KINDS = {b"\x89PNG": ("cover.png", "image/png"), b"\xff\xd8\xff": ("cover.jpg", "image/jpeg")}


Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Texts:
    """What the cover says: the periodical's name, number and date, headlines, publisher."""

    name: str
    line: str
    heads: tuple[str, ...]
    foot: str


@dataclass(frozen=True)
class Cover:
    """A picture and its place in the package."""

    name: str
    media_type: str
    data: bytes


def cover(issue: Issue, style: Style, region: str) -> Cover | None:
    """The user's picture (option `cover` is a path), a drawn one, or None (option `cover` is False or `none`)."""
    wish = style.option("cover", True)
    if wish is False or wish == NO_COVER:
        return None
    if isinstance(wish, str | Path) and str(wish):
        return _given(Path(wish))
    known = issue.metadata
    heads = tuple(_line(article_label(a, issue.language)) for a in issue.articles if not is_stand_in(a))[:HEADLINES]
    texts = Texts(
        name=_line(known.title or "") or labels(issue.language)["issue"],
        line="　".join(filter(None, (_line(issue_number(issue)), _line(known.date or ""), _line(known.section or "")))),
        heads=heads,
        foot=_line(known.publisher or ""),
    )
    table = style.table("epub").get("cover", {})
    paper, ink = _colour(table.get("paper", "#f7f3e8")), _colour(table.get("ink", "#111111"))
    fonts = tuple(dict.fromkeys(font_path(name) for name in (region, "CN", "TW")))
    return Cover("cover.png", "image/png", draw(texts, fonts, paper, ink))


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _given(path: Path) -> Cover:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"The cover {path} cannot be read: {error.strerror}.") from error
    for magic, (name, media_type) in _KINDS.items():
        if data.startswith(magic):
            return Cover(name, media_type, data)
    raise UsageError(f"The cover {path} is neither PNG nor JPEG.")


def _colour(text: str) -> Colour:
    digits = str(text).lstrip("#")
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError as error:
        raise UsageError(f"“{text}” is not a colour; write it as #rrggbb.") from error
    return red, green, blue


@lru_cache(maxsize=6)
def _font(path: Path, size: int) -> Any:
    """A font in the sizes of the cover being drawn: FreeType maps the file for each anew, and half a millisecond opens it."""
    from PIL import ImageFont

    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4)
def _glyphs(path: Path) -> Callable[[int], int | None]:
    import uharfbuzz as hb

    find: Callable[[int], int | None] = hb.Font(hb.Face(hb.Blob.from_file_path(str(path)))).get_nominal_glyph
    return find


@dataclass(frozen=True)
class _Pen:
    """Writes rows of text; a character the region's font lacks comes from the other region's."""

    pen: Any
    fonts: tuple[Path, ...]

    def write(self, y: int, row: str, size: int, ink: int = _INK, weight: int = 0) -> None:
        """One row at the margin; an opening mark hangs half an em out, so that the characters line up (CLREQ 3.1.3)."""
        x = float(MARGIN - (size * 0.5 if row[:1] in _HANGING else 0))
        for path, run in groupby(row, key=self._of):
            text, font = "".join(run), _font(path, size)
            self.pen.text((x, y), text, font=font, fill=ink, stroke_width=weight, stroke_fill=ink)
            x += font.getlength(text)

    def _of(self, character: str) -> Path:
        code = ord(character)
        return next((path for path in self.fonts if _glyphs(path)(code)), self.fonts[0])

    def rule(self, y: int, width: int, ink: int = _INK) -> None:
        """A rule from margin to margin."""
        self.pen.line((MARGIN, y, WIDTH - MARGIN, y), fill=ink, width=width)


@lru_cache(maxsize=8)
def draw(texts: Texts, fonts: tuple[Path, ...], paper: Colour, ink: Colour) -> bytes:
    """The picture as PNG.  Remembered, so that variants that read the same in the same fonts share it."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (WIDTH, HEIGHT), _PAPER)
    pen = _Pen(ImageDraw.Draw(image), fonts)
    y = 220
    size = max(96, min(260, MEASURE // max(len(texts.name), 1)))
    for row in wrap(texts.name, size, MEASURE)[:3]:
        pen.write(y, row, size, weight=max(2, size // 60))
        y += round(size * 1.25)
    y += 40
    pen.rule(y, 8)
    pen.rule(y + 16, 2)
    y += 50
    for row in wrap(texts.line, 52, MEASURE)[:2]:
        pen.write(y, row, 52, ink=_SOFT)
        y += 74
    foot = wrap(texts.foot, 46, MEASURE)[:1]
    bottom = HEIGHT - MARGIN - (120 if foot else 0)
    _headlines(pen, texts.heads, y + 90, bottom)
    for row in foot:
        pen.rule(HEIGHT - MARGIN - 90, 2, ink=_FAINT)
        pen.write(HEIGHT - MARGIN - 60, row, 46, ink=_SOFT)
    return _png(image, paper, ink)


def _headlines(pen: _Pen, heads: Sequence[str], y: int, bottom: int) -> None:
    roomy = len(heads) <= 4
    for number, head in enumerate(heads):
        size = (96 if roomy else 84) if number == 0 else (76 if roomy else 64)
        leading = round(size * 1.4)
        rows = balanced(head, size, MEASURE)
        if len(rows) > 3:
            rows = [*rows[:2], rows[2][:-1] + "…"]
        if y + leading * len(rows) > bottom:
            return
        if number:
            pen.rule(y - 40, 2, ink=_FAINT)
        for row in rows:
            pen.write(y, row, size, weight=2 if number == 0 else 1)
            y += leading
        y += 90 if roomy else 76


def balanced(text: str, size: int, width: int) -> list[str]:
    """`wrap` with rows of about the same length, two rows parted at a comma if one is there."""
    rows = wrap(text, size, width)
    if len(rows) < 2:
        return rows
    pauses = [
        at for at in range(2, len(text) - 1)
        if text[at - 1] in _PAUSES and not text[at].isspace() and text[at] not in _NOT_FIRST
    ]
    pauses.sort(key=lambda at: abs(2 * at - len(text)))
    for at in pauses if len(rows) == 2 else ():
        halves = [*wrap(text[:at].rstrip(), size, width), *wrap(text[at:].lstrip(), size, width)]
        if len(halves) == 2:
            return halves
    for narrow in range(width // len(rows), width, size):
        tried = wrap(text, size, narrow)
        if len(tried) == len(rows):
            return tried
    return rows


def wrap(text: str, size: int, width: int) -> list[str]:
    """Lines of at most `width`: Chinese characters one em, others half; no closing mark begins a line (CLREQ 3.1.1)."""
    lines: list[str] = []
    row: list[str] = []
    used = 0.0
    for unit in _units(text):
        wide = sum(size if ord(c) >= 0x2000 else size * 0.58 for c in unit)
        if row and used + wide > width and unit[0] not in _NOT_FIRST and not unit.isspace():
            carry = [row.pop()] if len(row) > 1 and row[-1] in _NOT_LAST else []
            lines.append("".join(row).rstrip())
            row = carry
            used = float(size * len(carry))
        if row or not unit.isspace():
            row.append(unit)
            used += wide
    return [*lines, "".join(row).rstrip()] if row else lines


def _units(text: str) -> Iterator[str]:
    """Characters, with Latin words and figures of up to 12 kept whole."""
    word = ""
    for character in text:
        if character.isascii() and not character.isspace() and len(word) < 12:
            word += character
            continue
        if word:
            yield word
            word = ""
        if character.isascii() and not character.isspace():
            word = character
        else:
            yield character
    if word:
        yield word


def _png(image: Any, paper: Colour, ink: Colour) -> bytes:
    """Four bits a pixel.  Long runs of paper need no search for repetitions: smaller so, and three times as quick.

    Written here (PNG, third edition, 11.2) because Pillow reads five formats' plug-ins, arithmetic of fractions
    and a logger before it writes one.
    """
    ramp = [i + (p - i) * step // _PAPER for step in range(_PAPER + 1) for i, p in zip(ink, paper, strict=True)]
    image.putpalette(ramp)
    pixels, stride = image.tobytes("raw", "P;4"), WIDTH // 2
    rows = b"".join(b"\0" + pixels[at:at + stride] for at in range(0, len(pixels), stride))  # 0: no filter
    squeeze = zlib.compressobj(6, zlib.DEFLATED, 15, 8, zlib.Z_RLE)
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0)),
        (b"PLTE", bytes(ramp)),
        (b"IDAT", squeeze.compress(rows) + squeeze.flush()),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
