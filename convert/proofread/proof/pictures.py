"""Pictures of pages: the image the OCR names, one called after the issue and the page, or the page of the PDF itself."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from convert.source import Page, Source

KINDS = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")
ACROSS = 1800
"""Pixels a page of a PDF is drawn across: a line of small type can be read."""
NUMBERED = re.compile(r"(.+)[-_.]p?0{0,9}([1-9][0-9]{0,6})")
"""As pdftoppm and scanners number pages: `issue-07.png`, `issue_0007.tif`."""


class Pictures:
    """Pictures in one folder, by page; the last one is kept, since questions come page by page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._last: tuple[tuple[str, int], Any] | None = None

    def of(self, source: Source, page: Page) -> Any:
        """The page in greys, None where there is no picture or it cannot be read."""
        key = (source.name, page.index)
        if self._last is None or self._last[0] != key:
            self._last = key, self._find(source, page)
        return self._last[1]

    def _find(self, source: Source, page: Page) -> Any:
        path = self._named(page.image) if page.image else self._numbered(source, page)
        if path is not None:
            return _opened(path)
        return _drawn(self._named(source.name), page.index) if source.format == "pdf" and not page.image else None

    def _named(self, name: str) -> Path | None:
        """A file of the folder, by the last part of its name only: an input must not name files elsewhere."""
        last = name.replace("\\", "/").rsplit("/", 1)[-1]
        if last in ("", ".", "..") or "\0" in last:
            return None
        with suppress(OSError):
            return self.folder / last if (self.folder / last).is_file() else None
        return None

    def _numbered(self, source: Source, page: Page) -> Path | None:
        stem = source.name.replace("\\", "/").rsplit("/", 1)[-1].split(".")[0]
        number = None if len(source.pages) == 1 and (stem, None) in self._listing else page.index + 1
        return self._listing.get((stem, number))

    @cached_property
    def _listing(self) -> dict[tuple[str, int | None], Path]:
        """Images of the folder by stem, and by what stands before a page number with that number."""
        found: dict[tuple[str, int | None], Path] = {}
        with suppress(OSError):
            for path in sorted(self.folder.iterdir()):
                if path.suffix.lower() in KINDS:
                    found.setdefault((path.stem, None), path)
                    match = NUMBERED.fullmatch(path.stem)
                    if match:
                        found.setdefault((match[1], int(match[2])), path)
        return found


def _opened(path: Path) -> Any:
    from PIL import Image

    try:
        with Image.open(path) as picture:
            return picture.convert("L")
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def _drawn(path: Path | None, index: int) -> Any:
    """A page of a PDF as it looks."""
    if path is None:
        return None
    import pypdfium2

    with suppress(pypdfium2.PdfiumError, OSError, ValueError, IndexError):
        document = pypdfium2.PdfDocument(path)
        try:
            page = document[index]
            width, height = page.get_size()
            return page.render(scale=ACROSS / max(width, height / 2, 1.0), grayscale=True).to_pil().convert("L")
        finally:
            document.close()
    return None
