"""The container: ebooklib for package document and archive, our own bytes for everything in it.

ebooklib 0.20 re-parses documents as HTML 4, pretty-prints them (a visible space between Chinese characters), drops
`head` and body attributes, and dates everything with the clock; so documents are plain items here, and the writer is
overridden where the archive and the package element are made.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from convert.writers.epub.opf import Meta

XHTML = "application/xhtml+xml"
_STORED = ("mimetype",)
_STORED_ENDINGS = (".png", ".jpg")


@dataclass(frozen=True, slots=True)
class Item:
    """One file of the package; `spine` puts it in the reading order, `properties` are those of the manifest."""

    id: str
    name: str
    media_type: str
    content: bytes
    spine: bool = False
    properties: str = ""


def pack(
    items: Sequence[Item], rows: Iterable[Meta], language: str, when: datetime, *, vertical: bool, sink: BinaryIO
) -> None:
    """Write the EPUB to `sink`.  Same arguments, same bytes."""
    from ebooklib import epub

    book = epub.EpubBook()
    book.metadata.clear()
    book.IDENTIFIER_ID = "id"
    for namespace, name, value, attributes in rows:
        book.add_metadata(namespace, name, value, attributes)
    book.set_direction("rtl" if vertical else "ltr")
    for item in items:
        made = epub.EpubItem(item.id, item.name, item.media_type, item.content)
        made.properties = item.properties.split()
        book.add_item(made)
        if item.spine:
            book.spine.append(made)
    options = {"epub3_pages": False, "epub2_guide": False, "mtime": when, "raise_exceptions": True}
    writer = _writer_class()(sink, book, options, language, when)
    writer.process()
    writer.write()


def _writer_class() -> Any:
    from ebooklib import epub

    class Writer(epub.EpubWriter):  # type: ignore[misc]
        """ebooklib's writer with a fixed-date archive and a language on the package element."""

        def __init__(self, sink: BinaryIO, book: Any, options: dict[str, Any], language: str, when: datetime) -> None:
            super().__init__(sink, book, options)
            self.language, self.when = language, when

        def _write_opf_file(self, root: Any) -> None:
            root.set("{http://www.w3.org/XML/1998/namespace}lang", self.language)
            root.set("dir", "ltr")
            root.attrib.pop("prefix", None)
            super()._write_opf_file(root)

        def write(self) -> None:
            self.out = _FixedZip(self.file_name, self.when)
            self.out.writestr("mimetype", "application/epub+zip")
            self._write_container()
            self._write_opf()
            self._write_items()
            self.out.close()

    return Writer


class _FixedZip(zipfile.ZipFile):
    """Entries carry the date of the edition and no trace of the machine; pictures are not compressed again."""

    def __init__(self, sink: BinaryIO, when: datetime) -> None:
        super().__init__(sink, "w")
        self._date = when.timetuple()[:6]

    def writestr(self, name: Any, data: Any, compress_type: int | None = None, compresslevel: int | None = None) -> None:
        entry = zipfile.ZipInfo(str(name), date_time=self._date)
        stored = entry.filename in _STORED or entry.filename.endswith(_STORED_ENDINGS)
        entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        super().writestr(entry, data, compresslevel=None if stored else 9)
