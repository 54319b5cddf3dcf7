"""Faces inside the PDF: one Type0 font a face and direction, subset by HarfBuzz, ToUnicode from the text itself."""

from __future__ import annotations

import hashlib

from convert.typeset.fonts import Face, outlines
from convert.writers.pdf.objects import File, Raw, stream

_FORBIDDEN = {"\0", "\ufeff", "\ufffe"}


class Embedded:
    """One font of the file: a face in one direction.  `codes` are the character codes used and what they stand for.

    A code can stand for one text only; where the document needs the same glyph for another character as well
    (a radical and the character it is), that one goes to a further layer of the same face.
    """

    def __init__(self, face: Face, vertical: bool, name: str) -> None:
        self.face, self.vertical, self.name = face, vertical, name
        self.codes: dict[int, str] = {}

    def takes(self, glyphs: tuple[tuple[int, str], ...]) -> bool:
        """Enter the glyphs of an atom; False, and nothing entered, where a code already stands for something else."""
        codes = self.codes
        for code, text in glyphs:
            if codes.get(code, text) != text:
                return False
        codes.update(glyphs)
        return True


class Pool:
    """The fonts of a file in the order they are first used."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[Face, bool], list[Embedded]] = {}
        self.all: list[Embedded] = []
        self.missing: list[str] = []

    def enter(self, face: Face, vertical: bool, glyphs: tuple[tuple[int, str], ...]) -> str:
        """The resource name of the font that draws these glyphs."""
        layers = self._fonts.get((face, vertical))
        if layers is None:
            layers = self._fonts[face, vertical] = []
        for layer in layers:
            if layer.takes(glyphs):
                return layer.name
        new = Embedded(face, vertical, f"F{len(self.all) + 1}")
        new.takes(glyphs)
        layers.append(new)
        self.all.append(new)
        return new.name

    def enter_missing(self, text: str) -> tuple[str, int]:
        """Font name and code that draw 〓 for a text no face has."""
        if text not in self.missing:
            self.missing.append(text)
        place = self.missing.index(text)
        return f"G{place // 255 + 1}", place % 255 + 1

    def write(self, file: File) -> str:
        """Add all fonts to the file; the entries of the /Font resource dictionary."""
        entries = [f"/{font.name} {_type0(file, font)} 0 R" for font in self.all]
        for at in range(0, len(self.missing), 255):
            entries.append(f"/G{at // 255 + 1} {_geta(file, self.missing[at:at + 255])} 0 R")
        return " ".join(entries)


def _type0(file: File, font: Embedded) -> int:
    face = font.face
    used = sorted(font.codes.items())
    program, mapping = _subset(face, font.codes)
    digest = hashlib.sha256(repr((used, face.name, font.vertical)).encode("utf-8", "replace")).digest()
    base = "".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + face.name
    if face.is_cff:
        key, subtype, entries = "FontFile3", "CIDFontType0", "/Subtype /CIDFontType0C"
    else:
        key, subtype, entries = "FontFile2", "CIDFontType2", f"/Length1 {len(program)}"
    # Outlines hardly compress: the highest level takes half as long again for 1.5 % of the bytes.
    file_number = file.add(stream(program, entries, level=1))
    top, bottom = face.em_box
    box = " ".join(str(value) for value in face.box)
    descriptor = file.add(Raw(
        f"<< /Type /FontDescriptor /FontName /{base} /Flags 4 /FontBBox [{box}] /ItalicAngle 0 /Ascent {top} "
        f"/Descent {bottom} /CapHeight 733 /StemV {80 if face.weight < 600 else 140} /{key} {file_number} 0 R >>".encode()
    ))
    extra = ""
    if mapping is not None:
        extra = f" /CIDToGIDMap {file.add(stream(mapping))} 0 R"
    descendant = file.add(Raw(
        f"<< /Type /Font /Subtype /{subtype} /BaseFont /{base} /DW 1000 /FontDescriptor {descriptor} 0 R "
        f"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        f"/W [{_widths(face, used)}]{_hangings(face, used) if font.vertical else ''}{extra} >>".encode()
    ))
    unicode_number = file.add(stream(to_unicode(used, 2)))
    encoding = "Identity-V" if font.vertical else "Identity-H"
    return file.add(Raw(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /{base} /Encoding /{encoding} "
        f"/DescendantFonts [{descendant} 0 R] /ToUnicode {unicode_number} 0 R >>".encode()
    ))


def _subset(face: Face, codes: dict[int, str]) -> tuple[bytes, bytes | None]:
    """The font program with these codes' glyphs, and the map from codes to its glyphs for TrueType outlines."""
    gids = dict(zip(codes, face.glyphs_of(codes), strict=True))
    if face.outlines is not None:
        return face.outlines.program({code: (gid, codes[code]) for code, gid in gids.items()}, face.name, face.box), None
    made, places = outlines.subset(face.hb, gids.values(), (), face.is_cff and not face.cid_keyed)
    if face.is_cff:
        return bytes(made.reference_table("CFF ").data), None
    mapping = bytearray(2 * (max(codes, default=0) + 1))
    for code, gid in gids.items():
        mapping[2 * code:2 * code + 2] = places[gid].to_bytes(2, "big")
    return bytes(made.blob.data), bytes(mapping)


def _widths(face: Face, used: list[tuple[int, str]]) -> str:
    """The /W array: widths other than 1000, runs of neighbours together."""
    codes = [code for code, _ in used]
    runs: list[tuple[int, list[int]]] = []
    for code, gid in zip(codes, face.glyphs_of(codes), strict=True):
        width = face.advance(gid)
        if width == 1000:
            continue
        if runs and runs[-1][0] + len(runs[-1][1]) == code:
            runs[-1][1].append(width)
        else:
            runs.append((code, [width]))
    return " ".join(f"{first} [{' '.join(map(str, widths))}]" for first, widths in runs)


def _hangings(face: Face, used: list[tuple[int, str]]) -> str:
    """The /W2 array: vertical advances and origins other than the default (1000 down, the middle of the top, 880 up)."""
    codes = [code for code, _ in used]
    parts = []
    for code, gid in zip(codes, face.glyphs_of(codes), strict=True):
        advance, x, y = face.hanging(gid)
        if (advance, y) != (1000, 880) or abs(x - face.advance(gid) / 2) > 1:
            parts.append(f"{code} [{-advance} {x} {y}]")
    return f" /W2 [{' '.join(parts)}]" if parts else ""


def to_unicode(used: list[tuple[int, str]], size: int) -> bytes:
    """A ToUnicode CMap.  Values PDF/A forbids (0, FEFF, FFFE) become U+FFFD; codes without text are left out."""
    parts = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (UCS) /Supplement 0 >> def /CMapName /Adobe-Identity-UCS def /CMapType 2 def "
        f"1 begincodespacerange <{'00' * size}> <{'FF' * size}> endcodespacerange"
    ]
    rows = [f"<{code:0{2 * size}X}> <{_utf16(text)}>" for code, text in used if text]
    for at in range(0, len(rows), 100):
        part = rows[at:at + 100]
        parts += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    parts.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(parts).encode("ascii")


def _utf16(text: str) -> str:
    if "\u0020" <= text < "\ud800" and len(text) == 1:
        return f"{ord(text):04X}"
    if text in _FORBIDDEN or any("\ud800" <= c <= "\udfff" for c in text):
        return "FFFD"
    return text.encode("utf-16-be").hex().upper()


def _geta(file: File, texts: list[str]) -> int:
    """A Type 3 font that draws 〓 for up to 255 texts, each with its own ToUnicode."""
    drawing = file.add(stream(b"1000 0 80 -40 920 800 d1 80 480 840 200 re 80 80 840 200 re f"))
    unicode_number = file.add(stream(to_unicode(list(enumerate(texts, 1)), 1)))
    names = " ".join(f"/g{n}" for n in range(1, len(texts) + 1))
    procedures = " ".join(f"/g{n} {drawing} 0 R" for n in range(1, len(texts) + 1))
    return file.add(Raw(
        f"<< /Type /Font /Subtype /Type3 /FontBBox [0 -120 1000 880] /FontMatrix [.001 0 0 .001 0 0] "
        f"/FirstChar 1 /LastChar {len(texts)} /Widths [{'1000 ' * len(texts)}] /Resources << >> "
        f"/Encoding << /Type /Encoding /Differences [1 {names}] >> /CharProcs << {procedures} >> "
        f"/ToUnicode {unicode_number} 0 R >>".encode()
    ))
