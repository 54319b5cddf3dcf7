"""The cover, drawn from the masthead and the headlines.  Grey in, sixteen shades out: small, and quick to write."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from convert.errors import UsageError
from convert.issue import Issue
from convert.labels import article_label, is_stand_in, issue_number, labels
from convert.style import Style
from convert.writers.epub.fonts import font_path
from convert.writers.epub.xml import clean

WIDTH, HEIGHT = 1600, 2400
MARGIN = 130
HEADLINES = 6
_NOT_FIRST = frozenset("，。、；：！？”’）》」』〉】〕…—·,.;:!?)]}%")
_NOT_LAST = frozenset("“‘（《「『〈【〔([{")
_KINDS = {b"\x89PNG": ("cover.png", "image/png"), b"\xff\xd8\xff": ("cover.jpg", "image/jpeg")}


@dataclass(frozen=True)
class Cover:
    """A picture and its place in the package."""

    name: str
    media_type: str
    data: bytes


def cover(issue: Issue, style: Style, region: str) -> Cover | None:
    """The user's picture (option `cover` is a path), a drawn one, or None (option `cover` is False)."""
    wish = style.option("cover", True)
    if wish is False:
        return None
    if isinstance(wish, str | Path) and str(wish):
        return _given(Path(wish))
    known = issue.metadata
    words = labels(issue.language)
    heads = tuple(_line(article_label(a, issue.language)) for a in issue.articles if not is_stand_in(a))[:HEADLINES]
    name = _line(known.title or "") or words["issue"]
    line = "　".join(filter(None, (_line(issue_number(issue)), _line(known.date or ""), _line(known.section or ""))))
    table = style.table("epub").get("cover", {})
    paper, ink = _colour(table.get("paper", "#f7f3e8")), _colour(table.get("ink", "#111111"))
    return Cover("cover.png", "image/png", draw(name, line, heads, region, paper, ink))


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


def _colour(text: str) -> tuple[int, int, int]:
    digits = str(text).lstrip("#")
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError as error:
        raise UsageError(f"“{text}” is not a colour; write it as #rrggbb.") from error
    return red, green, blue


@lru_cache(maxsize=32)
def _font(path: Path, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(str(path), size)


@lru_cache(maxsize=8)
def draw(
    name: str, line: str, heads: tuple[str, ...], region: str, paper: tuple[int, int, int], ink: tuple[int, int, int]
) -> bytes:
    """The picture as PNG.  Remembered, so that variants that read the same share it."""
    from PIL import Image, ImageDraw

    serif = font_path(region)
    image = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(image)
    size = max(96, min(260, (WIDTH - 2 * MARGIN) // max(len(name), 1)))
    y = 220
    for row in wrap(name, size, WIDTH - 2 * MARGIN)[:3]:
        pen.text((MARGIN, y), row, font=_font(serif, size), fill=0, stroke_width=max(2, size // 60), stroke_fill=0)
        y += round(size * 1.25)
    y += 40
    pen.line((MARGIN, y, WIDTH - MARGIN, y), fill=0, width=8)
    pen.line((MARGIN, y + 16, WIDTH - MARGIN, y + 16), fill=0, width=2)
    y += 50
    if line:
        for row in wrap(line, 52, WIDTH - 2 * MARGIN)[:2]:
            pen.text((MARGIN, y), row, font=_font(serif, 52), fill=50)
            y += 74
    y += 90
    _headlines(pen, heads, y, serif)
    return _png(image, paper, ink)


def _headlines(pen: Any, heads: Sequence[str], y: int, serif: Path) -> None:
    for number, head in enumerate(heads):
        size, leading = (84, 116) if number == 0 else (64, 92)
        rows = wrap(head, size, WIDTH - 2 * MARGIN)
        if len(rows) > 3:
            rows = [*rows[:2], rows[2][:-1] + "…"]
        if y + leading * len(rows) > HEIGHT - MARGIN:
            return
        if number:
            pen.line((MARGIN, y - 40, WIDTH - MARGIN, y - 40), fill=150, width=2)
        for row in rows:
            pen.text((MARGIN, y), row, font=_font(serif, size), fill=0, stroke_width=2 if number == 0 else 1, stroke_fill=0)
            y += leading
        y += 84


def wrap(text: str, size: int, width: int) -> list[str]:
    """Lines of at most `width`: Chinese characters one em, others half; no closing mark begins a line (CLREQ 3.1.1)."""
    lines: list[str] = []
    row: list[str] = []
    used = 0.0
    for unit in _units(text):
        wide = sum(size if ord(c) >= 0x2000 else size * 0.58 for c in unit)
        if row and used + wide > width and unit[0] not in _NOT_FIRST:
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


def _png(image: Any, paper: tuple[int, int, int], ink: tuple[int, int, int]) -> bytes:
    """Four bits a pixel on a ramp from ink to paper: no quantising pass."""
    from PIL import Image

    shades = Image.frombytes("P", image.size, image.point([value // 16 for value in range(256)]).tobytes())
    shades.putpalette([i + (p - i) * step // 15 for step in range(16) for i, p in zip(ink, paper, strict=True)])
    out = io.BytesIO()
    shades.save(out, "PNG", bits=4)
    return out.getvalue()
