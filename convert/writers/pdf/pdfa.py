"""What makes the file PDF/A-2u (ISO 19005-2): XMP that says so, an sRGB output intent, fixed identity."""

from __future__ import annotations

import struct
from functools import cache

from convert.typeset.tokens import NOT_DRAWN

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>{more}
<pdf:Producer>{producer}</pdf:Producer><xmp:CreatorTool>{tool}</xmp:CreatorTool>
<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""

PRODUCER = "ReportLab"
TOOL = "Reissue"


def escape(value: str) -> str:
    """For element content.  (`xml.sax.saxutils` would do, but imports all of urllib.)"""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clean(value: str) -> str:
    """Without what XML and PDF text cannot hold: control characters, lone surrogates."""
    return NOT_DRAWN.sub(" ", value).encode("utf-8", "replace").decode("utf-8").strip()


def xmp(title: str, language: str, *, part: int = 2, author: str = "", rights: str = "", publisher: str = "") -> bytes:
    """The XMP packet."""
    more = ""
    if author:
        more += f"\n<dc:creator><rdf:Seq><rdf:li>{escape(clean(author))}</rdf:li></rdf:Seq></dc:creator>"
    if publisher:
        more += f"\n<dc:publisher><rdf:Bag><rdf:li>{escape(clean(publisher))}</rdf:li></rdf:Bag></dc:publisher>"
    if rights:
        more += f'\n<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{escape(clean(rights))}</rdf:li></rdf:Alt></dc:rights>'
    return _XMP.format(
        title=escape(clean(title)), language=language, more=more, producer=PRODUCER, tool=TOOL, part=part
    ).encode("utf-8")


@cache
def srgb() -> bytes:
    """An ICC version 2 display profile of IEC 61966-2.1 (sRGB), primaries adapted to D50, curve of 1,024 points."""
    curve = b"curv\0\0\0\0" + struct.pack(">I", 1024) + b"".join(struct.pack(">H", _linear(n / 1023)) for n in range(1024))
    tags = [
        (b"desc", _description("sRGB IEC61966-2.1")),
        (b"cprt", b"text\0\0\0\0No copyright, use freely\0"),
        (b"wtpt", _xyz(0.9642, 1.0, 0.8249)),
        (b"rXYZ", _xyz(0.4360, 0.2225, 0.0139)),
        (b"gXYZ", _xyz(0.3851, 0.7169, 0.0971)),
        (b"bXYZ", _xyz(0.1431, 0.0606, 0.7141)),
        (b"rTRC", curve), (b"gTRC", curve), (b"bTRC", curve),
    ]
    body = b""
    table = b""
    places: dict[bytes, int] = {}
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags:
        if data not in places:
            body += b"\0" * (-len(body) % 4)
            places[data] = start + len(body)
            body += data
        table += name + struct.pack(">II", places[data], len(data))
    body += b"\0" * (-len(body) % 4)
    size = start + len(body)
    header = struct.pack(
        ">I4sI4s4s4s6H4s4sIIIQI3I4s", size, b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ", 2000, 1, 1, 0, 0, 0,
        b"acsp", b"\0\0\0\0", 0, 0, 0, 0, 0, 0xF6D6, 0x10000, 0xD32D, b"\0\0\0\0",
    ).ljust(128, b"\0")
    return header + struct.pack(">I", len(tags)) + table + body


def _linear(value: float) -> int:
    light = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return round(light * 65535)


def _xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">iii", *(round(part * 65536) for part in (x, y, z)))


def _description(name: str) -> bytes:
    plain = name.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(plain)) + plain + bytes(4 + 4 + 2 + 1 + 67)
