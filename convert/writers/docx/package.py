"""Saving: the package's parts in a fixed order with a fixed date, so that the bytes depend on nothing but the issue."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from convert.writers.docx.markup import DECLARATION, attribute

if TYPE_CHECKING:
    from docx.opc.part import Part

LEVEL = 6
"""Deflate level: 9 costs three times as much for one hundredth of the size."""


def add_part(owner: Any, name: str, content_type: str, relationship: str, data: str) -> str:
    """Add a part of finished XML, related to `owner`, a part or the package; returns the relationship id.

    A name already taken gets a number.
    """
    from docx.opc.package import OpcPackage
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package: Any = owner if isinstance(owner, OpcPackage) else owner.package
    taken = {str(part.partname) for part in package.iter_parts()}
    uri, number = name, 2
    while uri in taken:
        uri = name.removesuffix(".xml") + f"-{number}.xml"
        number += 1
    part = Part(PackURI(uri), content_type, (DECLARATION + data).encode("utf-8"), package)
    related: str = owner.relate_to(part, relationship)
    return related


def save(package: Any) -> bytes:
    """The package as a zip file: content types first as the format asks, then parts by name, all dated 1980."""
    parts = sorted(package.iter_parts(), key=lambda part: str(part.partname))
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        _put(archive, "[Content_Types].xml", _content_types(parts))
        _put(archive, "_rels/.rels", package.rels.xml)
        for part in parts:
            part.before_marshal()
            _put(archive, part.partname.membername, part.blob)
            if len(part.rels):
                _put(archive, part.partname.rels_uri.membername, part.rels.xml)
    return sink.getvalue()


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    entry.create_system = 3
    archive.writestr(entry, data, compresslevel=LEVEL)


def _content_types(parts: list[Part]) -> bytes:
    kinds = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
    rows = [f'<Default Extension="{extension}" ContentType="{kind}"/>' for extension, kind in sorted(kinds.items())]
    rows += [
        f"<Override PartName={attribute(str(part.partname))} ContentType={attribute(part.content_type)}/>" for part in parts
    ]
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{DECLARATION}<Types xmlns="{space}">{"".join(rows)}</Types>'.encode()
