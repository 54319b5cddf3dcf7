"""Page numbers for the contents list: only a layout knows them, so LibreOffice lays the edition out and is asked."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from convert.errors import MissingDependency
from convert.writers.docx.contents import Entry

SECONDS = 180
"""How long LibreOffice may take for one layout."""
ROUNDS = 3
"""Layouts at most: the numbers themselves may push a line over; the second round is nearly always the first again."""


@dataclass(frozen=True)
class Layout:
    """Page numbers by bookmark, from 1, and how many pages there are."""

    pages: Mapping[str, int] = field(default_factory=dict)
    total: int = 1


def lay_out(data: bytes, entries: Sequence[Entry]) -> Layout:
    """Where the headings of the edition fall.  Raises `MissingDependency` where LibreOffice is missing or fails."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingDependency(
            "Page numbers in the contents list need LibreOffice (soffice), which is not installed: "
            "install it, or make the edition without page numbers."
        )
    with tempfile.TemporaryDirectory(prefix="reissue-") as name:
        folder = Path(name)
        (folder / "edition.docx").write_bytes(data)
        command = [
            program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
            'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}', "--outdir", name,
            str(folder / "edition.docx"),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            return _read((folder / "edition.pdf").read_bytes(), entries)
        except (OSError, subprocess.SubprocessError) as error:
            raise MissingDependency(
                f"LibreOffice could not lay out the edition ({type(error).__name__}): make it without page numbers."
            ) from error


def _read(pdf: bytes, entries: Sequence[Entry]) -> Layout:
    """The outline of the PDF, matched to the headings in order and by words."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        with document.open_outline() as outline:
            found = list(_flatten(outline.root, numbers))
        total = len(document.pages)
    pages: dict[str, int] = {}
    end = len(found)
    for entry in reversed(entries):  # from the end: what stands before the headings, the masthead, may say the same words
        wanted = "".join(entry.text.split())
        position = next((k for k in range(end - 1, -1, -1) if "".join(found[k][0].split()) == wanted), None)
        if position is not None:
            pages[entry.bookmark] = found[position][1]
            end = position
    return Layout(pages, total)


def _flatten(items: Any, numbers: Mapping[Any, int]) -> list[tuple[str, int]]:
    rows: list[tuple[str, int]] = []
    for item in items:
        target = item.destination if item.destination is not None else (item.action or {}).get("/D")
        number = numbers.get(target[0].objgen) if target is not None and len(target) else None
        if number is not None:
            rows.append((str(item.title), number))
        rows += _flatten(item.children, numbers)
    return rows
