"""Files that are not text, known by their first bytes, and what to tell the user about each."""

from __future__ import annotations

IMAGE = "an image. Run OCR on it first; Reissue reads the text, hOCR, ALTO or PAGE XML that gives"
ARCHIVE = "a compressed archive. Unpack it and give the files inside"
OFFICE = "an archive or an office document (DOCX, ODT, EPUB, ZIP). Save it as plain text, HTML or PDF first"

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", OFFICE),
    (b"PK\x05\x06", OFFICE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS). Save it as plain text first"),
    (b"{\\rtf", "an RTF document. Save it as plain text first"),
    (b"%PDF-", "a PDF. Read it with the pdf reader, which is chosen by itself unless --format says otherwise"),
    (b"\x89PNG\r\n\x1a\n", IMAGE),
    (b"\xff\xd8\xff", IMAGE),
    (b"GIF8", IMAGE),
    (b"II*\x00", IMAGE),
    (b"MM\x00*", IMAGE),
    (b"BM", IMAGE),
    (b"AT&TFORM", IMAGE),
    (b"\x00\x00\x00\x0cjP  ", IMAGE),
    (b"\x1f\x8b", ARCHIVE),
    (b"BZh", ARCHIVE),
    (b"\xfd7zXZ\x00", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
    (b"Rar!\x1a\x07", ARCHIVE),
    (b"(\xb5/\xfd", ARCHIVE),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
"""Signatures in plain ASCII letters are believed only where control characters follow (`BM`, `GIF8`, `BZh`)."""


def described(data: bytes) -> str | None:
    """What a binary file is, in words, or None where the first bytes say nothing."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return IMAGE
    for signature, what in SIGNATURES:
        if data.startswith(signature) and (not signature.isalnum() or _has_controls(data[:64])):
            return what
    return None


def _has_controls(head: bytes) -> bool:
    return any(byte < 9 or 14 <= byte < 26 for byte in head)
