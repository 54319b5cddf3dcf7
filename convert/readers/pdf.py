"""The text layer of a PDF: what it says, in content order, with the place and size of every line.

pypdfium2 rather than pdfminer.six: on the six dev pages of the bench its characters are exactly those of the gold, where
pdfminer gives 7 to 250 a page as radicals or compatibility forms, and it takes a ninth of the time.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any

from convert.errors import UnreadableInput
from convert.options import ReadOptions
from convert.readers.glyphs import Glyph, regions
from convert.readers.lines import MAX_CHARACTERS, Lines
from convert.source import Box, Source

_ONE_AT_A_TIME = Lock()
"""PDFium is not safe in threads."""
SOFT_HYPHEN_MARK = 2
"""What PDFium puts for a hyphen at a line's end."""
ASCENT = 0.88
"""Share of the em above the baseline in CJK fonts (ideographic em box, OpenType BASE table: 880 of 1000)."""
SQUEEZED = 0.03
"""Share by which width and height of the type may differ and still be a font's own; OCR layers stretch theirs to the scan."""
UNMAPPED = frozenset({0, 0xFFFE, 0xFFFF})
_TO_DEVICE = 1000
"""Device units a point while the page's own transformation is found, so that whole numbers are fine enough."""


class PdfReader:
    """Reads digitally born PDFs and scans that an OCR engine has given a hidden text layer."""

    name = "pdf"
    extensions = (".pdf",)

    def sniff(self, head: bytes, name: str) -> float:
        """Sure where the header stands in the first kilobyte (ISO 32000-1, annex H 3.4.1)."""
        return 0.99 if b"%PDF-" in head[:1024] else 0.0

    def read(self, data: bytes, name: str, options: ReadOptions) -> Source:
        """Read all pages.  Raises `UnreadableInput` for a broken or locked file and for one without a text layer."""
        with _ONE_AT_A_TIME:
            return _read(data, name)


def _read(data: bytes, name: str) -> Source:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        advice = "is locked with a password. Unlock it first (qpdf --decrypt)" if locked else "is not a PDF that can be opened"
        raise UnreadableInput(f"{name} {advice}.") from None
    try:
        out, unmapped, count = Lines(), 0, 0
        pages = len(document)
        for index in range(pages):
            try:
                page = document[index]
            except pypdfium2.PdfiumError:
                raise UnreadableInput(f"Page {index + 1} of {name} is broken. Mend the PDF first (qpdf, mutool clean).") from None
            glyphs = list(_glyphs(page))
            count += len(glyphs)
            if count > MAX_CHARACTERS:
                raise UnreadableInput(f"{name} holds more than {MAX_CHARACTERS:,} characters. Split it into issues.")
            unmapped += sum(glyph.text == "\ufffd" for glyph in glyphs)
            _page(out, document, page, index, glyphs)
            page.close()
        metadata = [(key, value) for key, value in document.get_metadata_dict().items() if value]
    finally:
        document.close()
    if not count:
        raise UnreadableInput(
            f"{name} has no text layer: its {pages} pages are images only. Run OCR on it first (ocrmypdf -l chi_sim, or chi_tra)."
        )
    notices = []
    if unmapped:
        notices.append(f"{unmapped} characters of {name} have no Unicode in its fonts and stand as U+FFFD. Use OCR instead.")
    return out.source(data, name, "pdf", "pdf", notices, metadata)


def _page(out: Lines, document: Any, page: Any, index: int, glyphs: list[Glyph]) -> None:
    width, height = page.get_size()
    out.page(document.get_page_label(index) or None, width, height)
    for number, region in enumerate(regions(glyphs), 1):
        out.region(f"p{index + 1}r{number}")
        for row in region:
            out.line(row.text, row.box, row.size)


def _glyphs(page: Any) -> Iterator[Glyph]:
    """Characters the file itself has, without those PDFium adds; surrogate halves joined."""
    from ctypes import c_double

    import pypdfium2.raw as raw

    place = _placing(page, raw)
    text = page.get_textpage()
    handle = text.raw
    box, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    x, y = c_double(), c_double()
    half = 0
    for at in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(handle, at) == 1:
            continue
        code = raw.FPDFText_GetUnicode(handle, at)
        if 0xD800 <= code < 0xDC00:
            half = code
            continue
        character = _character(code, half)
        half = 0
        raw.FPDFText_GetLooseCharBox(handle, at, box)
        raw.FPDFText_GetMatrix(handle, at, matrix)
        raw.FPDFText_GetCharOrigin(handle, at, x, y)
        left, top = place(box.left, box.top)
        right, bottom = place(box.right, box.bottom)
        _, baseline = place(x.value, y.value)
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        size = raw.FPDFText_GetFontSize(handle, at) * scale or abs(bottom - top) or 1.0
        shape = (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
        if abs((matrix.a**2 + matrix.b**2) ** 0.5 - scale) <= SQUEEZED * scale:
            shape = _em_box(character, place(x.value, y.value)[0], baseline, abs(size), shape)
        yield Glyph(character, shape, baseline, abs(size))
    text.close()


def _em_box(character: str, left: float, baseline: float, size: float, shape: Box) -> Box:
    """The square a full-width glyph is set in, where PDFium knows only the ink of it; other boxes as they are."""
    if unicodedata.east_asian_width(character) not in "WF":
        return shape
    square = (left, baseline - ASCENT * size, left + size, baseline + (1 - ASCENT) * size)
    slack = 0.15 * size
    inside = square[0] <= shape[0] + slack and shape[2] <= square[2] + slack
    return square if inside and square[1] <= shape[1] + slack and shape[3] <= square[3] + slack else shape


def _character(code: int, half: int) -> str:
    if half and 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((half - 0xD800) << 10) + code - 0xDC00)
    if code == SOFT_HYPHEN_MARK:
        return "-"
    if code in UNMAPPED or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    return " " if chr(code).isspace() else chr(code)


def _placing(page: Any, raw: Any) -> Callable[[float, float], tuple[float, float]]:
    """From the page's own coordinates to points from the top left as it is shown, crop box and rotation minded."""
    from ctypes import c_int

    width, height = (round(side * _TO_DEVICE) for side in page.get_size())

    def shown(x: float, y: float) -> tuple[float, float]:
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, across, down)
        return across.value / _TO_DEVICE, down.value / _TO_DEVICE

    (x0, y0), (x1, y1), (x2, y2) = shown(0, 0), shown(1000, 0), shown(0, 1000)
    ax, bx, ay, by = (x1 - x0) / 1000, (x2 - x0) / 1000, (y1 - y0) / 1000, (y2 - y0) / 1000
    return lambda x, y: (x0 + ax * x + bx * y, y0 + ay * x + by * y)
