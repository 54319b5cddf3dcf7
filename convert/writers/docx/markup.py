"""WordprocessingML as strings: text, runs, paragraphs, fields.  Everything that comes from a source passes `text`."""

from __future__ import annotations

import re

from convert.writers.xml import escape

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{MAIN}" xmlns:r="{RELATIONSHIPS}"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_CONTROLS = {ord(control): f"&#{ord(control)};" for control in "\n\r\t"}
_BREAKS = re.compile("[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]+")
_EXPOSED = re.compile("([“”‘’…—·](?<![^ -~].)[“”‘’…—·]*)", re.DOTALL)
LONGEST = 1_000_000
"""Characters of one text element: XML parsers, python-docx's among them, refuse text nodes of more than 10 MB."""
MARKS = '<w:rStyle w:val="Marks"/>'
_HINT = '<w:rFonts w:hint="eastAsia"/>'


def attribute(value: str) -> str:
    """`value` quoted for an attribute."""
    quoted = escape(value).replace('"', "&quot;").translate(_CONTROLS)
    return f'"{quoted}"'


def content(value: str) -> str:
    """`value` escaped for element content."""
    return escape(value)


def text(value: str, tag: str = "w:t") -> str:
    """The inside of a run: text elements, tabs, and a line break for any number of them.  Deleted text is `w:delText`."""
    lines = [value] if value.isprintable() else _BREAKS.split(value)
    return "<w:br/>".join("<w:tab/>".join(_text(part, tag) for part in line.split("\t")) for line in lines)


def _text(value: str, tag: str) -> str:
    if len(value) > LONGEST:
        return "".join(_text(value[at:at + LONGEST], tag) for at in range(0, len(value), LONGEST))
    if not value:
        return ""
    space = ' xml:space="preserve"' if value[0].isspace() or value[-1].isspace() or "  " in value else ""
    return f"<{tag}{space}>{content(value)}</{tag}>"


def run(value: str, properties: str = "", tag: str = "w:t") -> str:
    """One run.  Anything but ASCII gets the East Asian font hint: without it Word sets “ ” … — in the Latin font.

    LibreOffice heeds no hint but what stands before: marks at the start, or after Latin text, are runs of their own with
    the style `MARKS`, which `styles.styled` fits to the paragraph.
    """
    if not value:
        return ""
    if value.isascii():
        return f"<w:r><w:rPr>{properties}</w:rPr>{text(value, tag)}</w:r>" if properties else f"<w:r>{text(value, tag)}</w:r>"
    start, end = f"<w:r><w:rPr>{_HINT}{properties}</w:rPr>", "</w:r>"
    pieces = _EXPOSED.split(value)
    if len(pieces) == 1:
        return f"{start}{text(value, tag)}{end}"
    marked = f"<w:r><w:rPr>{MARKS}{_HINT}{properties}</w:rPr>"
    return "".join(
        f"{marked if number % 2 else start}{text(piece, tag)}{end}" for number, piece in enumerate(pieces) if piece
    )


def paragraph(style_id: str, inner: str, properties: str = "") -> str:
    """One paragraph; `properties` are what follows the style in `w:pPr`, in schema order."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id}"/>{properties}</w:pPr>{inner}</w:p>'


def field(instruction: str, result: str) -> str:
    """A complex field with its result filled in, so that no program has to compute it before it can be read."""
    return f"{field_start(instruction)}{result}{FIELD_END}"


def field_start(instruction: str) -> str:
    """Field begin, instruction and separator; the result and `FIELD_END` follow."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


FIELD_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
