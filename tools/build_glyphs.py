"""Build `convert/proofread/data/glyphs.bin.gz`, for each common character the ones that look most like it, and
`outlines.bin.gz`, for each a vector of 48 numbers, by which any two can be compared.

    pip install numpy;  python tools/build_glyphs.py

Nothing is downloaded: the 6,763 characters of GB 2312 are drawn with the two open fonts Reissue depends on (Noto Sans SC
and Noto Serif SC, SIL Open Font License), sharp and blurred, and compared.  Likeness is the cosine of partly whitened
principal components: whitening by the fourth root weighs a rare stroke more than the square every character fills.
The numbers are measurements of the shapes, not the fonts, and are ours (Apache-2.0).
"""

from __future__ import annotations

import gzip
import sys
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from convert import lexicon

TARGET = Path(__file__).resolve().parents[1] / "convert/proofread/data/glyphs.bin.gz"
OUTLINES = TARGET.with_name("outlines.bin.gz")
FONTS = ("NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf")
BLURS = (1.0, 2.2)
NEIGHBOURS = 64
COMMON = 3800
"""How many characters may be what was meant: the most frequent ones.  What was misread into may be any of the 6,763."""
HEADER = """\
# Look-alikes of the 6,763 characters of GB 2312, nearest first; by tools/build_glyphs.py on Noto Sans SC and Noto Serif SC.
# Ours, Apache-2.0.  After the line of characters: for each one {n} indices (uint16, little-endian), then {n} cosines (0..255).
"""
DIMENSIONS = 48
OUTLINES_HEADER = """\
# Outlines of the 6,763 characters of GB 2312 as {n} numbers each; by tools/build_glyphs.py on Noto Sans SC and Noto Serif SC.
# Ours, Apache-2.0.  After the line of characters: for each one {n} signed bytes; the cosine of two rows says how alike they look.
"""


def characters() -> list[str]:
    """GB 2312 levels one and two, in code-point order."""
    found = set()
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            found.update(bytes([high, low]).decode("gb2312", "ignore"))
    return sorted(found)


def draw(font: ImageFont.FreeTypeFont, character: str, blur: float) -> np.ndarray:
    """The character's ink, centred, blurred, on 24 x 24 cells, with mean 0 and length 1."""
    sheet = Image.new("L", (64, 64), 0)
    ImageDraw.Draw(sheet).text((8, 4), character, fill=255, font=font)
    ink = sheet.crop(sheet.getbbox() or (0, 0, 1, 1))
    centred = Image.new("L", (48, 48), 0)
    centred.paste(ink, ((48 - ink.width) // 2, (48 - ink.height) // 2))
    cells = np.asarray(centred.filter(ImageFilter.GaussianBlur(blur)).resize((24, 24), Image.Resampling.BOX), np.float32).ravel()
    cells = cells - cells.mean()
    return cells / (np.linalg.norm(cells) + 1e-6)


def components(rows: np.ndarray, kept: int = 200) -> np.ndarray:
    """Partly whitened principal components, each row of length 1."""
    rows = rows - rows.mean(0)
    values, vectors = np.linalg.eigh(rows.T @ rows / len(rows))
    values, vectors = values[::-1][:kept], vectors[:, ::-1][:, :kept]
    out = (rows @ vectors) / (values + 1e-9) ** 0.25
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def common(chars: list[str]) -> np.ndarray:
    """Which characters are frequent in running text, counted over the words of `convert/lexicon`."""
    words = lexicon.load()
    counts = dict.fromkeys(chars, 0)
    for word in words:
        for character in word:
            if character in counts:
                counts[character] += words.frequency(word)
    chosen = set(sorted(chars, key=lambda c: -counts[c])[:COMMON])
    return np.array([c in chosen for c in chars])


def write_outlines(chars: list[str], views: np.ndarray) -> None:
    """The directions in which outlines differ most, in signed bytes."""
    _, vectors = np.linalg.eigh(views.T @ views)
    rows = views @ vectors[:, ::-1][:, :DIMENSIONS]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    body = OUTLINES_HEADER.format(n=DIMENSIONS).encode() + ("".join(chars) + "\n").encode()
    body += np.round(rows / np.abs(rows).max() * 127).astype(np.int8).tobytes()
    with OUTLINES.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as sink:
        sink.write(body)
    print(f"{OUTLINES.name} {OUTLINES.stat().st_size} bytes")


def main() -> None:
    """Draw, compare, write."""
    import pylopdf_fonts_zh_cn

    chars = characters()
    likeness = np.zeros((len(chars), len(chars)), np.float32)
    views: list[np.ndarray] = []
    for name in FONTS:
        with as_file(files(pylopdf_fonts_zh_cn) / name) as path:
            font = ImageFont.truetype(str(path), 40)
        for blur in BLURS:
            view = components(np.array([draw(font, c, blur) for c in chars]))
            views.append(view)
            likeness += view @ view.T / (len(FONTS) * len(BLURS))
            print(name, blur, file=sys.stderr)
    write_outlines(chars, np.hstack(views))
    np.fill_diagonal(likeness, -1)
    likeness[:, ~common(chars)] -= 2
    order = np.argsort(-likeness, axis=1, kind="stable")[:, :NEIGHBOURS]
    cosines = np.clip(np.take_along_axis(likeness, order, 1) * 255, 0, 255).astype(np.uint8)
    body = HEADER.format(n=NEIGHBOURS).encode() + ("".join(chars) + "\n").encode()
    body += b"".join(o.astype("<u2").tobytes() + c.tobytes() for o, c in zip(order, cosines, strict=True))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with TARGET.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as sink:
        sink.write(body)
    print(f"{len(chars)} characters, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
