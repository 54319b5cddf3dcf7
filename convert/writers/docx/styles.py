"""The styles of an edition: one table, from which styles.xml is made and a user's template is completed.

No run or paragraph is formatted directly: whoever changes a style in Word changes the whole edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from convert.issue import Block, Role
from convert.writers.docx.markup import MARKS, NAMESPACES, attribute, paragraph
from convert.writers.docx.theme import Face, Theme

Kind = Literal["paragraph", "character", "table"]


@dataclass(frozen=True, slots=True)
class StyleRow:
    """One style.  `name` is what Word knows it by; for built-in styles it is Word's own English name.

    `face` and `size` are keys of the theme (empty: as the style it is based on; with a star: the Chinese face only).
    `shape` are paragraph properties in schema order; `{em2}` in them is two body characters in twips, `{indent}` the indent
    of a paragraph, `{measure}` the length of a line.
    """

    key: str
    name: str
    face: str = ""
    size: str = ""
    bold: bool = False
    shape: str = ""
    next: str = "BodyText"
    base: str = "Normal"
    priority: int = 9
    quick: bool = True
    kind: Kind = "paragraph"


_KEEP = "<w:keepNext/><w:keepLines/>"
_LEFT = '<w:jc w:val="left"/>'
_INDENT = "{indent}"


def _heading(level: int, before: int, after: int) -> str:
    space = f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
    return f'{_KEEP}{space}{_LEFT}<w:outlineLvl w:val="{level}"/>'


def _space(before: int, after: int) -> str:
    return f'<w:spacing w:before="{before}" w:after="{after}"/>'


_RIGHT = '<w:ind w:right="{em2}"/><w:jc w:val="right"/>'
def _left(ems: int) -> str:
    return f'<w:ind w:left="{{em{ems}}}"/>'


_SIDES = '<w:ind w:left="{em2}" w:right="{em2}"/>'
_LEADER = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{measure}"/></w:tabs>'
_RULE = '<w:pBdr><w:{side} w:val="single" w:sz="4" w:space="{gap}" w:color="{color}"/></w:pBdr>'


def _rule(side: str, gap: int, color: str) -> str:
    return _RULE.replace("{side}", side).replace("{gap}", str(gap)).replace("{color}", color)


ROWS: tuple[StyleRow, ...] = (
    StyleRow("Normal", "Normal", next="", base="", priority=0),
    StyleRow("BodyText", "Body Text", shape=_INDENT, next="", priority=1),
    StyleRow("Title", "Title", "display", "masthead", True, _KEEP + _space(120, 60) + '<w:jc w:val="center"/>', priority=10),
    StyleRow("Subtitle", "Subtitle", "kai", "heading1", shape=_space(0, 200) + '<w:jc w:val="center"/>', priority=11),
    StyleRow("Kicker", "Kicker", "kai", "kicker", shape=_KEEP + _space(320, 0) + _LEFT, next="Heading1", priority=8),
    StyleRow("Heading1", "heading 1", "display", "title", True, _heading(0, 160, 120)),
    StyleRow("Heading2", "heading 2", "display", "heading1", True, _heading(1, 200, 80)),
    StyleRow("Heading3", "heading 3", "kai", "heading2", True, _heading(2, 140, 60)),
    StyleRow("Heading4", "heading 4", "kai", "heading3", True, _heading(3, 100, 40)),
    StyleRow("ArticleSubtitle", "Article Subtitle", "kai", "subtitle", shape=_KEEP + _space(0, 100) + _LEFT, priority=10),
    StyleRow("Byline", "Byline", "kai", "body", shape=_KEEP + _space(0, 100) + _LEFT, priority=12),
    StyleRow(
        "Caption", "caption", "kai", "small",
        shape="<w:keepLines/>" + _rule("top", 3, "808080") + _space(120, 160) + _LEFT, priority=35,
    ),
    StyleRow("Credit", "Credit", "kai", "small", shape=_space(0, 100) + '<w:jc w:val="right"/>', priority=36),
    StyleRow("ListParagraph", "List Paragraph", shape=_INDENT, next="", priority=34),
    StyleRow("Verse", "Verse", "kai", "body", shape="<w:keepLines/>" + _SIDES + _LEFT, next="Verse", priority=30),
    StyleRow("Quote", "Quote", "kai", "body", shape=_space(80, 80) + _SIDES, priority=29),
    StyleRow(
        "PullQuote", "Pull Quote", "display", "heading1",
        shape=_KEEP + _rule("left", 8, "808080") + _space(120, 120) + _SIDES + _LEFT, priority=30,
    ),
    StyleRow("Question", "Question", "display", "body", shape="<w:keepNext/>" + _INDENT, next="BodyText", priority=28),
    StyleRow("Editorial", "Editorial Note", "kai", "body", shape=_space(0, 80) + _INDENT, priority=27),
    StyleRow("Note", "Note", "", "small", shape=_INDENT, next="Note", priority=37),
    StyleRow("ContentsLine", "Contents Line", shape=_LEFT, next="ContentsLine", priority=38),
    StyleRow("Salutation", "Salutation", next="BodyText", priority=26),
    StyleRow("Signature", "Signature", "kai", "body", shape=_RIGHT, next="", priority=26),
    StyleRow("Colophon", "Colophon", "", "small", shape=_LEFT, next="", priority=13),
    StyleRow("TableText", "Table Text", "", "small", shape=_LEFT, next="", priority=40),
    StyleRow(
        "SectionEnd", "Section End", "", "", next="BodyText", priority=41, quick=False,
        shape='<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
    ),
    StyleRow("TOCHeading", "TOC Heading", "display", "subtitle", True, _KEEP + _space(120, 80) + _LEFT, "Normal", priority=39),
    StyleRow("TOC1", "toc 1", "body*", shape=_LEADER + _space(40, 0) + _LEFT, next="Normal", priority=39, quick=False),
    StyleRow("TOC2", "toc 2", "body*", shape=_LEADER + _left(2) + _LEFT, next="Normal", priority=39, quick=False),
    StyleRow("TOC3", "toc 3", "body*", shape=_LEADER + _left(4) + _LEFT, next="Normal", priority=39, quick=False),
    StyleRow(
        "Header", "header", "", "small", next="", priority=99, quick=False,
        shape=_rule("bottom", 1, "auto") + '<w:snapToGrid w:val="0"/><w:jc w:val="center"/>',
    ),
    StyleRow(
        "Footer", "footer", "", "small", shape='<w:snapToGrid w:val="0"/><w:jc w:val="center"/>',
        next="", priority=99, quick=False,
    ),
    StyleRow("CommentText", "annotation text", shape=_LEFT, next="", priority=99, quick=False),
    StyleRow(
        "CommentReference", "annotation reference", size="body", next="", base="DefaultParagraphFont",
        priority=99, quick=False, kind="character",
    ),
    StyleRow("Marks", "Chinese Marks", "body*", next="", base="DefaultParagraphFont", priority=98, quick=False, kind="character"),
    StyleRow(
        "MarksDisplay", "Chinese Marks Display", "display*", next="", base="DefaultParagraphFont",
        priority=98, quick=False, kind="character",
    ),
    StyleRow(
        "MarksKai", "Chinese Marks Kai", "kai*", next="", base="DefaultParagraphFont",
        priority=98, quick=False, kind="character",
    ),
    StyleRow("TableGrid", "Table Grid", next="", base="TableNormal", priority=39, quick=False, kind="table"),
)

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
_FACES = {row.key: row.face for row in ROWS}


def styled(ids: Mapping[str, str], key: str, inner: str, properties: str = "") -> str:
    """A paragraph in the style `key`, its exposed marks in the Chinese face of that style.

    A user's template has faces we do not know: there they stay as its styles say.
    """
    if MARKS in inner:
        style = ids.get(_MARKS[_FACES[key].removesuffix("*")])
        inner = inner.replace(MARKS, f'<w:rStyle w:val="{style}"/>' if style else "")
    return paragraph(ids[key], inner, properties)


def style_xml(row: StyleRow, theme: Theme, ids: Mapping[str, str] | None = None) -> str:
    """One `w:style`.  `ids` maps keys to the ids a template uses for them (default: the keys)."""
    name_of: Callable[[str], str] = (lambda key: ids.get(key, key)) if ids else (lambda key: key)
    custom = "" if row.name in BUILT_IN else ' w:customStyle="1"'
    default = ' w:default="1"' if row.key == "Normal" else ""
    parts = [
        f'<w:style w:type="{row.kind}"{default}{custom} w:styleId="{name_of(row.key)}"><w:name w:val="{row.name}"/>',
        f'<w:basedOn w:val="{name_of(row.base)}"/>' if row.base else "",
        f'<w:next w:val="{name_of(row.next)}"/>' if row.next else "",
        f'<w:uiPriority w:val="{row.priority}"/>' if row.priority else "",
        "<w:qFormat/>" if row.quick else "",
    ]
    if row.kind == "paragraph":
        shape = _normal_shape() if row.key == "Normal" else _shape(row.shape, theme)
        parts.append(f"<w:pPr>{shape}</w:pPr>" if shape else "")
    parts.append(_characters(row, theme))
    if row.kind == "table":
        parts.append(_GRID)
    return "".join([*parts, "</w:style>"])


def _normal_shape() -> str:
    """CLREQ 3.1.4 (no forbidden line starts and ends), hanging off by one mark allowed, CJK-Latin gaps, lines on the grid."""
    return (
        '<w:widowControl w:val="0"/><w:kinsoku/><w:wordWrap/><w:overflowPunct/><w:topLinePunct w:val="0"/>'
        '<w:autoSpaceDE/><w:autoSpaceDN/><w:snapToGrid/><w:jc w:val="both"/>'
    )


def _shape(pattern: str, theme: Theme) -> str:
    em = round(theme.sizes["body"] * 20)
    indent = f'<w:ind w:firstLineChars="{theme.indent * 100}" w:firstLine="{theme.indent * em}"/>' if theme.indent else ""
    filled = pattern.replace("{indent}", indent).replace("{measure}", str(theme.measure))
    return filled.replace("{em2}", str(2 * em)).replace("{em4}", str(4 * em))


def _characters(row: StyleRow, theme: Theme) -> str:
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


def styles_part(theme: Theme, rows: Iterable[StyleRow] = ROWS) -> str:
    """styles.xml of the lean template: the defaults, the four styles every document has, and ours."""
    normal, *others = (style_xml(row, theme) for row in rows)
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
