"""From an issue to the bytes of one edition."""

from __future__ import annotations

from collections.abc import Sequence

from convert.errors import UsageError
from convert.issue import Issue
from convert.style import Style
from convert.variants.table import Variant, region_of
from convert.writers.dates import modified, stamp
from convert.writers.docx import parts
from convert.writers.docx.comments import Comments
from convert.writers.docx.contents import Entry
from convert.writers.docx.edition import edition, plain, upright
from convert.writers.docx.markup import NAMESPACES
from convert.writers.docx.package import add_part, save
from convert.writers.docx.pagination import ROUNDS, Layout, lay_out
from convert.writers.docx.redline import redline
from convert.writers.docx.review import Review
from convert.writers.docx.revisions import Revisions
from convert.writers.docx.template import Template, open_template
from convert.writers.docx.theme import LANGUAGES, Theme, theme
from convert.writers.xml import illegal


def build(issue: Issue, variant: Variant, style: Style) -> tuple[bytes, Sequence[str]]:
    """The edition and notices for the user.  Raises `UsageError` for options that exclude each other."""
    if style.option("review") and style.option("redline"):
        raise UsageError("An edition is either a review or a redline edition: ask for one at a time.")
    look = theme(style, variant)
    data, entries = _assemble(issue, variant, style, look, None)
    if style.option("toc_pages") and entries:
        data = _with_pages(issue, variant, style, look, data, entries)
    return data, _notices(issue, style)


def _with_pages(
    issue: Issue, variant: Variant, style: Style, look: Theme, data: bytes, entries: Sequence[Entry]
) -> bytes:
    """Lay out, write the page numbers in, and again until they stay."""
    layout = None
    for _ in range(ROUNDS):
        found = lay_out(data, entries)
        if found == layout:
            break
        layout = found
        data, _ = _assemble(issue, variant, style, look, layout)
    return data


def _assemble(
    issue: Issue, variant: Variant, style: Style, look: Theme, layout: Layout | None
) -> tuple[bytes, Sequence[Entry]]:
    from docx.opc.constants import CONTENT_TYPE as CT
    from docx.opc.constants import RELATIONSHIP_TYPE as RT

    template = open_template(style.template, look)
    tracking = bool(style.option("redline") or style.option("review"))
    _furnish(template, issue, variant, look, layout.total if layout else 1, tracking)
    entries: Sequence[Entry] = ()
    if style.option("redline"):
        template.sections.title_page = False
        body = redline(issue, template.ids, template.sections, _revisions(issue, look))
    else:
        comments = Comments(stamp(modified(issue.metadata.date)), template.ids)
        text = upright if look.vertical else plain
        inline = Review(issue, _revisions(issue, look), comments) if style.option("review") else text
        pages = layout.pages if layout else None
        body, entries = edition(issue, look, template.ids, template.sections, inline, pages)
        if comments.rows:
            add_part(template.part, "/word/comments.xml", CT.WML_COMMENTS, RT.COMMENTS, comments.xml())
    _pour(template, body)
    return save(template.package), entries


def _revisions(issue: Issue, look: Theme) -> Revisions:
    """Changes dated by the issue; what is deleted from a variant is tagged with the language it was found in."""
    found = LANGUAGES[region_of(issue.origin.language)]
    return Revisions(stamp(modified(issue.metadata.date)), found if found != look.language else None)


def _furnish(template: Template, issue: Issue, variant: Variant, look: Theme, pages: int, tracking: bool) -> None:
    """Settings, properties, header and footer; a template's own settings, header and footer stay."""
    from docx.opc.constants import CONTENT_TYPE as CT
    from docx.opc.constants import RELATIONSHIP_TYPE as RT

    part, package = template.part, template.package
    if not any(relation.reltype == RT.SETTINGS for relation in part.rels.values()):
        add_part(part, "/word/settings.xml", CT.WML_SETTINGS, RT.SETTINGS, parts.settings(look, tracking))
    if not template.sections.references:
        head = add_part(part, "/word/header1.xml", CT.WML_HEADER, RT.HEADER, parts.header(issue, template.ids))
        folio = parts.footer(issue, template.ids, pages)
        foot, first = (add_part(part, f"/word/footer{n}.xml", CT.WML_FOOTER, RT.FOOTER, folio) for n in (1, 2))
        template.sections.references = (
            f'<w:headerReference w:type="default" r:id="{head}"/><w:footerReference w:type="default" r:id="{foot}"/>'
            f'<w:footerReference w:type="first" r:id="{first}"/>'
        )
    core = parts.core(issue, variant.language, modified(issue.metadata.date))
    properties = (
        ("/docProps/core.xml", CT.OPC_CORE_PROPERTIES, RT.CORE_PROPERTIES, core),
        ("/docProps/app.xml", CT.OFC_EXTENDED_PROPERTIES, RT.EXTENDED_PROPERTIES, parts.application(issue)),
    )
    for name, content_type, relationship, data in properties:
        add_part(package, name, content_type, relationship, data)


def _pour(template: Template, body: str) -> None:
    """Parse the finished markup once and put it into the document: one parse is 50 times faster than 5,000 elements."""
    from docx.oxml import parse_xml

    root = template.part.element
    root.replace(root.body, parse_xml(f"<w:body {NAMESPACES}>{body}</w:body>"))


def _notices(issue: Issue, style: Style) -> Sequence[str]:
    notices = []
    bad = illegal(block.text for article in issue.articles for block in article.blocks)
    if bad:
        what = "1 character" if bad == 1 else f"{bad} characters"
        notices.append(f"{issue.name}: {what} that XML cannot hold (control characters) stand as U+FFFD in the DOCX edition.")
    if style.option("embed_fonts"):
        notices.append("DOCX editions name their fonts and do not hold them: the reader's own SimSun, PMingLiU, … are used.")
    return notices
