"""Clips of the page image for the lines that are asked about, where the reader knew boxes and an image lies beside."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from convert.issue import Issue
from convert.proofread.proof.pictures import Pictures
from convert.source import Line, Page

MOST = 400
"""Clips in one page: more would make the file too heavy to open."""
WIDEST = 1400
MARGIN = 0.35
"""Of the line's height, above and below."""


def clips(issue: Issue, items: Sequence[Mapping[str, Any]], images: Path) -> dict[str, str]:
    """`data:` URIs by line (`source-line`).  A picture that cannot be read is left out: the page works without."""
    found: dict[str, str] = {}
    pictures = Pictures(images)
    for item in items:
        if not item["asked"] or len(found) >= MOST:
            continue
        source = issue.sources[item["source"]]
        line = source.line_at(item["start"])
        key = f"{item['source']}-{line.number}" if line else ""
        if line is None or line.box is None or line.page is None or key in found:
            continue
        page = next((page for page in source.pages if page.index == line.page), None)
        picture = pictures.of(source, page) if page is not None else None
        if page is not None and picture is not None:
            uri = _clip(picture, page, line)
            if uri:
                found[key] = uri
    return found


def _clip(picture: Any, page: Page, line: Line) -> str | None:
    if line.box is None or not page.width or not page.height:
        return None
    across, down = picture.width / page.width, picture.height / page.height
    left, top, right, bottom = line.box
    edge = (bottom - top) * MARGIN
    box = (
        max(0, round((left - edge) * across)), max(0, round((top - edge) * down)),
        min(picture.width, round((right + edge) * across)), min(picture.height, round((bottom + edge) * down)),
    )
    if box[2] - box[0] < 2 or box[3] - box[1] < 2:
        return None
    part = picture.crop(box)
    if part.width > WIDEST:
        part = part.resize((WIDEST, max(1, round(part.height * WIDEST / part.width))))
    out = io.BytesIO()
    part.save(out, "JPEG", quality=70)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode("ascii")
