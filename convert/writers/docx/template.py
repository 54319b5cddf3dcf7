"""The document an edition is poured into: our lean template, made in code, or a user's own .docx."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from convert.errors import UsageError
from convert.writers.docx import parts
from convert.writers.docx.markup import NAMESPACES
from convert.writers.docx.package import add_part
from convert.writers.docx.styles import BASICS, defaults, sheet, style_xml, styles_part
from convert.writers.docx.theme import Theme


@dataclass
class Template:
    """An empty document: `part` is python-docx's document part, `ids` the style ids by our keys."""

    part: Any
    ids: Mapping[str, str]
    sections: Sections

    @property
    def package(self) -> Any:
        """The package the document lies in."""
        return self.part.package


@dataclass
class Sections:
    """What the sections of an edition share; `before` and `after` stand on either side of `w:cols`."""

    before: str
    after: str
    columns: int
    gap: int
    rule: bool
    references: str = ""
    title_page: bool = True

    def xml(self, columns: int, first: bool = False) -> str:
        """One `w:sectPr`.  Only the first names header and footer; the others inherit them."""
        rule = ' w:sep="1"' if columns > 1 and self.rule else ""
        number = f' w:num="{columns}"' if columns > 1 else ""
        title_page = "<w:titlePg/>" if first and self.title_page else ""
        return (
            f'<w:sectPr>{self.references if first else ""}<w:type w:val="continuous"/>{self.before}'
            f'<w:cols{number}{rule} w:space="{self.gap}"/>{title_page}{self.after}</w:sectPr>'
        )


def open_template(path: Path | None, theme: Theme) -> Template:
    """The user's template where one is given, else our own.  Raises `UsageError` where the file is no .docx."""
    return _lean(theme) if path is None else _users(path, theme)


def _lean(theme: Theme) -> Template:
    from docx.opc.constants import CONTENT_TYPE as CT
    from docx.opc.constants import RELATIONSHIP_TYPE as RT
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.package import Package
    from docx.parts.document import DocumentPart

    package = Package()
    body = parse_xml(f"<w:document {NAMESPACES}><w:body/></w:document>")
    part = DocumentPart(PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, body, package)
    package.relate_to(part, RT.OFFICE_DOCUMENT)
    add_part(part, "/word/styles.xml", CT.WML_STYLES, RT.STYLES, styles_part(theme))
    add_part(part, "/word/fontTable.xml", CT.WML_FONT_TABLE, RT.FONT_TABLE, parts.font_table(theme))
    width, height = theme.page
    top, right, bottom, left = theme.margins
    landscape = ' w:orient="landscape"' if width > height else ""
    direction = '<w:textDirection w:val="tbRl"/>' if theme.vertical else ""
    sections = Sections(
        before=f'<w:pgSz w:w="{width}" w:h="{height}"{landscape}/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" '
        f'w:left="{left}" w:header="{top // 2}" w:footer="{bottom // 2}" w:gutter="0"/>',
        after=f'{direction}<w:docGrid w:type="lines" w:linePitch="{theme.line_pitch}"/>',
        columns=theme.columns,
        gap=theme.column_gap,
        rule=theme.column_rule,
    )
    return Template(part, {key: key for key in sheet()}, sections)


_KEPT = ("styles", "settings", "fontTable", "theme", "numbering", "webSettings", "footnotes", "endnotes")
"""Parts of a user's template an edition goes on using; pictures, links and comments of its text go with the text."""


def _users(path: Path, theme: Theme) -> Template:
    document = _load(path)
    part = document.part
    body = document.element.body
    last = body.sectPr
    for child in list(body):
        body.remove(child)
    ids = _complete(document.styles.element, theme)
    _set_language(document.styles.element, theme)
    sections, used = _sections(last, theme)
    for key, relation in list(part.rels.items()):
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind not in _KEPT and key not in used:
            del part.rels[key]
    for key, relation in list(part.package.rels.items()):
        if not relation.reltype.endswith("/officeDocument"):
            del part.package.rels[key]
    _quieten(document.settings.element)
    return Template(part, ids, sections)


def _load(path: Path) -> Any:
    from zipfile import BadZipFile

    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import XMLSyntaxError

    try:
        document = docx.Document(str(path))
        if document.element.body is None:
            raise ValueError("no body")
        return document
    except PackageNotFoundError as error:
        raise UsageError(f"The template {path} cannot be opened: it is missing or no .docx file.") from error
    except (BadZipFile, KeyError, ValueError, AttributeError, XMLSyntaxError, OSError) as error:
        raise UsageError(f"The template {path} is not a Word document that can be read; save it again as .docx.") from error


def _complete(styles: Any, theme: Theme) -> dict[str, str]:
    """Ids of all our styles in the user's sheet, known there by name; missing ones are added with ids not yet taken."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    known: dict[tuple[str, str], str] = {}
    ids: dict[str, str] = {}
    basics = {"paragraph": "Normal", "character": "DefaultParagraphFont", "table": "TableNormal"}
    for element in styles.findall(qn("w:style")):
        kind, style_id = element.get(qn("w:type")), element.get(qn("w:styleId"))
        name = element.find(qn("w:name"))
        if style_id is None:
            continue
        also = element.find(qn("w:aliases"))
        for said in (*((name.get(qn("w:val")),) if name is not None else ()), *_split(also)):
            known.setdefault((kind, str(said).lower()), style_id)
        if element.get(qn("w:default")) in ("1", "true", "on") and kind in basics:
            ids[basics[kind]] = style_id
    taken = set(known.values())
    missing = []
    for row in sheet().values():
        if row.kind == "character" and (row.face or row.upright):
            continue
        names = (row.name.lower(), *row.alias)
        found = ids.get(row.key) or next((known[row.kind, name] for name in names if (row.kind, name) in known), None)
        if found is None:
            missing.append(row)
            found, number = row.key, 2
            while found in taken:
                found, number = f"{row.key}{number}", number + 1
            taken.add(found)
        ids[row.key] = found
    absent = [key for key in basics.values() if key not in ids]
    ids |= {key: key for key in absent}
    for xml in [*(BASICS[key] for key in absent), *(style_xml(row, theme, ids) for row in missing)]:
        styles.append(parse_xml(xml.replace("<w:style ", f"<w:style {NAMESPACES} ", 1)))
    return ids


def _split(aliases: Any) -> list[str]:
    from docx.oxml.ns import qn

    return [] if aliases is None else [name.strip() for name in str(aliases.get(qn("w:val"))).split(",")]


def _set_language(styles: Any, theme: Theme) -> None:
    """Tag the text with the language of this edition, whatever the template was made for."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    ours = parse_xml(defaults(theme).replace("<w:docDefaults>", f"<w:docDefaults {NAMESPACES}>", 1))
    theirs = styles.find(qn("w:docDefaults"))
    if theirs is None:
        styles.insert(0, ours)
        return
    for element in styles.iter(qn("w:lang")):
        element.set(qn("w:eastAsia"), theme.language)
    properties = theirs.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if properties is None:
        old = theirs.find(qn("w:rPrDefault"))
        if old is not None:
            theirs.remove(old)
        theirs.insert(0, ours.find(qn("w:rPrDefault")))
    elif properties.find(qn("w:lang")) is None:
        properties.append(ours.find(f".//{qn('w:lang')}"))


_AFTER_COLUMNS = ("formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid")


def _sections(last: Any, theme: Theme) -> tuple[Sections, set[str]]:
    """Page, margins, columns, header and footer of the template's last section, and the relations these need."""
    from docx.oxml.ns import qn
    from lxml import etree

    sections = Sections("", "", 1, theme.column_gap, theme.column_rule, title_page=False)
    used: set[str] = set()
    for child in last if last is not None else ():
        tag = etree.QName(child).localname
        xml = etree.tostring(child, encoding="unicode", with_tail=False)
        if tag in ("headerReference", "footerReference"):
            sections.references += xml
            used.add(child.get(qn("r:id")))
        elif tag == "cols":
            sections.columns = int(child.get(qn("w:num")) or 1)
            sections.gap = int(child.get(qn("w:space")) or theme.column_gap)
            sections.rule = child.get(qn("w:sep")) in ("1", "true", "on")
        elif tag in ("titlePg",):
            sections.title_page = True
        elif tag in ("type", "sectPrChange", "printerSettings"):
            continue
        elif tag in _AFTER_COLUMNS:
            sections.after += xml
        else:
            sections.before += xml
    return sections, used


def _quieten(settings: Any) -> None:
    """Take out what would make Word ask a question when the edition is opened."""
    from docx.oxml.ns import qn

    for name in ("w:updateFields", "w:mailMerge", "w:attachedTemplate", "w:documentProtection", "w:writeProtection"):
        for element in settings.findall(qn(name)):
            settings.remove(element)
