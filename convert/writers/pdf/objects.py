"""ReportLab's document with the objects it has no classes for: written as finished bytes, numbered by ReportLab."""

from __future__ import annotations

import zlib
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """An indirect object that is already PDF syntax."""

    __RefOnly__ = 1

    def __init__(self, data: bytes = b"") -> None:
        self.data = data

    def format(self, document: Any) -> bytes:
        """The bytes as they are."""
        return self.data


def stream(data: bytes, entries: str = "", level: int = 4, compress: bool = True) -> Raw:
    """A stream object; `entries` are further entries of its dictionary."""
    if compress:
        data = zlib.compress(data, level)
        entries += " /Filter /FlateDecode"
    return Raw(b"<< /Length %d %s >>\nstream\n" % (len(data), entries.encode("ascii")) + data + b"\nendstream\n")


def text(value: str) -> str:
    """A text string in hexadecimal UTF-16, whatever is in it."""
    return "<FEFF" + value.encode("utf-16-be", "replace").hex().upper() + ">"


def number(value: float) -> str:
    """A number with at most two decimals and no needless zeros."""
    short = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if short in ("-0", "") else short


class File(Canvas):  # type: ignore[misc]
    """A canvas whose pages and further objects are raw; ReportLab numbers and writes them all."""

    def __init__(self, size: tuple[float, float], language: str) -> None:
        super().__init__(None, pagesize=size, invariant=1, pageCompression=0, pdfVersion=(1, 7), lang=language)
        self._names: dict[str, int] = {}

    def _make_preamble(self) -> None:
        """No Helvetica: ReportLab would name a font that is not embedded on every page."""
        self._preamble = ""

    def add(self, item: Raw, name: str | None = None) -> int:
        """Register an object; its number."""
        reference = self._doc.Reference(item, name)
        found: int = self._doc.idToObjectNumberAndVersion[reference.name][0]
        return found

    def finished(self) -> bytes:
        """The whole file."""
        data: bytes = self._doc.GetPDFData(self)
        return data
