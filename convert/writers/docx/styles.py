"""The styles of an edition: one table, `sheet.toml`, from which styles.xml is made and a user's template is completed.

No run or paragraph is formatted directly: whoever changes a style in Word changes the whole edition.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from convert.issue import Block, Role
from convert.writers.docx.markup import MARKS, NAMESPACES, attribute, paragraph
from convert.writers.docx.theme import Face, Theme

Kind = Literal["paragraph", "character", "table"]


@dataclass(frozen=True, slots=True)
class StyleRow:
    """One row of `sheet.toml`, where the fields are explained."""

    key: str
    name: str
    alias: tuple[str, ...] = ()
    kind: Kind = "paragraph"
    base: str = "Normal"
    next: str = "BodyText"
    priority: int = 9
    quick: bool = True
    face: str = ""
    size: str = ""
    bold: bool = False
    keep: str = ""
    rule: str = ""
    rule_gap: int = 1
    rule_color: str = "auto"
    leader: bool = False
    off_grid: bool = False
    before: int = 0
    after: int = 0
    single: bool = False
    hairline: bool = False
    left: int = 0
    right: int = 0
    indent: bool = False
    align: str = ""
    level: int | None = None
    upright: bool = False


@cache
def sheet() -> Mapping[str, StyleRow]:
    """All styles by key."""
    tables = tomllib.loads(Path(__file__).with_name("sheet.toml").read_text(encoding="utf-8"))
    rows = {key: StyleRow(key, **{**row, "alias": tuple(row.get("alias", ()))}) for key, row in tables.items()}
    return MappingProxyType(rows)


BUILT_IN = frozenset({
    "Normal", "Body Text", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "heading 4", "caption", "List Paragraph",
    "Quote", "Salutation", "Signature", "TOC Heading", "toc 1", "toc 2", "toc 3", "header", "footer", "annotation text",
    "annotation reference", "Table Grid",
})

KIND_STYLES: Mapping[str, str] = {
    "list-item": "ListParagraph", "verse": "Verse", "quotation": "Quote", "question": "Question", "note": "Note",
    "editorial": "Editorial", "contents": "ContentsLine", "salutation": "Salutation", "signature": "Signature",
    "date": "Signature", "credit": "Credit", "pull-quote": "PullQuote", "column-name": "Kicker", "table-row": "TableText",
}
ROLE_STYLES: Mapping[Role, str] = {
    Role.KICKER: "Kicker", Role.TITLE: "Heading1", Role.SUBTITLE: "ArticleSubtitle", Role.BYLINE: "Byline",
    Role.CAPTION: "Caption", Role.COLOPHON: "Colophon", Role.PARAGRAPH: "BodyText", Role.DROP: "Note",
}


def style_of(block: Block, level: int = 2) -> str:
    """The style of a block; `level` is the outline level of a heading."""
    if block.role is Role.HEADING:
        return f"Heading{level}"
    if block.role in (Role.PARAGRAPH, Role.CAPTION, Role.BYLINE):
        return KIND_STYLES.get(block.kind or "", ROLE_STYLES[block.role])
    return ROLE_STYLES[block.role]


_MARKS = {"": "Marks", "body": "Marks", "display": "MarksDisplay", "kai": "MarksKai"}


def styled(ids: Mapping[str, str], key: str, inner: str, properties: str = "") -> str:
    """A paragraph in the style `key`, its exposed marks in the Chinese face of that style.

    A user's template has faces we do not know: there they stay as its styles say.
    """
    if MARKS in inner:
        style = ids.get(_MARKS[sheet()[key].face.removesuffix("*")])
        inner = inner.replace(MARKS, f'<w:rStyle w:val="{style}"/>' if style else "")
    return paragraph(ids[key], inner, properties)


def style_xml(row: StyleRow, theme: Theme, ids: Mapping[str, str] | None = None) -> str:
    """One `w:style`.  `ids` maps keys to the ids a template uses for them (default: the keys)."""
    name_of: Callable[[str], str] = (lambda key: ids.get(key, key)) if ids else (lambda key: key)
    custom = "" if row.name in BUILT_IN else ' w:customStyle="1"'
    default = ' w:default="1"' if row.key == "Normal" else ""
    alias = _alias(row, theme)
    parts = [
        f'<w:style w:type="{row.kind}"{default}{custom} w:styleId="{name_of(row.key)}"><w:name w:val="{row.name}"/>',
        f'<w:aliases w:val="{alias}"/>' if alias else "",
        f'<w:basedOn w:val="{name_of(row.base)}"/>' if row.base else "",
        f'<w:next w:val="{name_of(row.next)}"/>' if row.next else "",
        f'<w:uiPriority w:val="{row.priority}"/>' if row.priority else "",
        "<w:qFormat/>" if row.quick else "",
    ]
    if row.kind == "paragraph":
        shape = _normal_shape() if row.key == "Normal" else _shape(row, theme)
        parts.append(f"<w:pPr>{shape}</w:pPr>" if shape else "")
    parts.append(_characters(row, theme))
    if row.kind == "table":
        parts.append(_GRID)
    return "".join([*parts, "</w:style>"])


def _alias(row: StyleRow, theme: Theme) -> str:
    """The Chinese name in the script of the edition, shown beside Word's own."""
    if not row.alias:
        return ""
    return row.alias[0] if theme.language == "zh-CN" else row.alias[min(1, len(row.alias) - 1)]


def _normal_shape() -> str:
    """CLREQ 3.1.4 (no forbidden line starts and ends), hanging off by one mark allowed, CJK-Latin gaps, lines on the grid."""
    return (
        '<w:widowControl w:val="0"/><w:kinsoku/><w:wordWrap/><w:overflowPunct/><w:topLinePunct w:val="0"/>'
        '<w:autoSpaceDE/><w:autoSpaceDN/><w:snapToGrid/><w:jc w:val="both"/>'
    )


def _shape(row: StyleRow, theme: Theme) -> str:
    """Paragraph properties in the order the schema asks for."""
    parts = []
    if row.keep in ("next", "both"):
        parts.append("<w:keepNext/>")
    if row.keep in ("lines", "both"):
        parts.append("<w:keepLines/>")
    if row.rule:
        line = f'w:val="single" w:sz="4" w:space="{row.rule_gap}" w:color="{row.rule_color}"'
        parts.append(f"<w:pBdr><w:{row.rule} {line}/></w:pBdr>")
    if row.leader:
        parts.append(f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{theme.measure}"/></w:tabs>')
    if row.off_grid:
        parts.append('<w:snapToGrid w:val="0"/>')
    parts.append(_spacing(row))
    parts.append(_indents(row, theme))
    if row.align:
        parts.append(f'<w:jc w:val="{row.align}"/>')
    if row.level is not None:
        parts.append(f'<w:outlineLvl w:val="{row.level}"/>')
    return "".join(parts)


def _spacing(row: StyleRow) -> str:
    if row.hairline:
        return '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    if not (row.before or row.after or row.single):
        return ""
    single = ' w:line="240" w:lineRule="auto"' if row.single else ""
    return f'<w:spacing w:before="{row.before * 20}" w:after="{row.after * 20}"{single}/>'


def _indents(row: StyleRow, theme: Theme) -> str:
    em = round(theme.sizes["body"] * 20)
    if row.indent:
        return f'<w:ind w:firstLineChars="{theme.indent * 100}" w:firstLine="{theme.indent * em}"/>' if theme.indent else ""
    sides = "".join(f' w:{side}="{ems * em}"' for side, ems in (("left", row.left), ("right", row.right)) if ems)
    return f"<w:ind{sides}/>" if sides else ""


def _characters(row: StyleRow, theme: Theme) -> str:
    if row.upright:
        return '<w:rPr><w:eastAsianLayout w:id="1" w:vert="1" w:vertCompress="1"/></w:rPr>'
    if not row.face and not row.size and not row.bold:
        return ""
    fonts = ""
    if row.face:
        face = theme.faces[row.face.removesuffix("*")]
        fonts = font_xml(Face(face.chinese, face.chinese) if row.face.endswith("*") else face)
    weight = "<w:b/><w:bCs/>" if row.bold else ""
    half = round(theme.sizes[row.size] * 2) if row.size else 0
    size = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>' if half else ""
    return f"<w:rPr>{fonts}{weight}{size}</w:rPr>"


def font_xml(face: Face) -> str:
    """The four slots by name: a theme slot would fall back to MS Mincho where the theme knows no Chinese face."""
    latin, chinese = attribute(face.latin), attribute(face.chinese)
    return f"<w:rFonts w:ascii={latin} w:hAnsi={latin} w:eastAsia={chinese} w:cs={latin}/>"


_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_CELLS = (
    '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
)
_GRID = f"<w:tblPr><w:tblBorders>{_EDGES}</w:tblBorders>{_CELLS}</w:tblPr>"
BASICS: Mapping[str, str] = {
    "DefaultParagraphFont":
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
    '<w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
    "TableNormal":
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>'
    f"<w:semiHidden/><w:tblPr>{_CELLS}</w:tblPr></w:style>",
    "NoList":
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>'
    "<w:semiHidden/></w:style>",
}
"""The styles every document has besides Normal."""


def styles_part(theme: Theme) -> str:
    """styles.xml of the lean template: the defaults, the four styles every document has, and ours."""
    normal, *others = (style_xml(row, theme) for row in sheet().values())
    return f"<w:styles {NAMESPACES}>{defaults(theme)}{normal}{''.join(BASICS.values())}{''.join(others)}</w:styles>"


def defaults(theme: Theme) -> str:
    """Document defaults: fonts, size and, for spelling and glyph choice, the language."""
    size = round(theme.sizes["body"] * 2)
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{font_xml(theme.faces["body"])}<w:kern w:val="2"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{language_xml(theme.language)}</w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )


def language_xml(language: str) -> str:
    """The language of Latin and of Chinese text."""
    return f'<w:lang w:val="en-US" w:eastAsia="{language}" w:bidi="ar-SA"/>'
