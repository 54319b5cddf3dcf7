"""The small parts: settings, font table, header, footer, properties."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from convert import labels
from convert.issue import Issue
from convert.writers.dates import stamp
from convert.writers.docx.markup import NAMESPACES, attribute, content, field, run
from convert.writers.docx.styles import styled
from convert.writers.docx.theme import Theme
from convert.writers.docx.words import words
from convert.writers.xml import one_line

NO_START = "!%),.:;>?]}·¨ˇˉ―‖’”…‰′″℃∶、。〃〉》」』】〕〗〞！＂％＇），．：；？］｀｜｝～—"
NO_END = "$([{£¥‘“〈《「『【〔〖〝＄（．［｛￡￥"
"""CLREQ 3.1.4, prohibition rules for line start and line end, in full-width and half-width forms."""

_COMPATIBILITY = (
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
_COLOURS = (
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" '
    'w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" '
    'w:followedHyperlink="followedHyperlink"/>'
)


def settings(theme: Theme, tracking: bool = False) -> str:
    """settings.xml: punctuation squeezed, prohibition rules, no compatibility mode; never `updateFields`, which prompts.

    With `tracking` what the editor goes on to change is tracked too.
    """
    language = theme.language
    tracked = "<w:trackRevisions/>" if tracking else ""
    return (
        f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/>{tracked}<w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f'<w:noLineBreaksAfter w:lang="{language}" w:val={attribute(NO_END)}/>'
        f'<w:noLineBreaksBefore w:lang="{language}" w:val={attribute(NO_START)}/>'
        f'{_COMPATIBILITY}<w:themeFontLang w:val="en-US" w:eastAsia="{language}"/>{_COLOURS}'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table(theme: Theme) -> str:
    """fontTable.xml with the Chinese names of the faces, by which other systems know them."""
    charset = "86" if theme.language == "zh-CN" else "88"
    families = {"body": "roman", "display": "swiss", "kai": "script"}
    rows: dict[str, str] = {}
    for role, face in theme.faces.items():
        family = families.get(role, "auto")
        rows.setdefault(face.latin, _font(face.latin, None, "00", family))
        rows.setdefault(face.chinese, _font(face.chinese, theme.font_names.get(face.chinese), charset, family))
    return f"<w:fonts {NAMESPACES}>{''.join(rows.values())}</w:fonts>"


def _font(name: str, other: str | None, charset: str, family: str) -> str:
    alternative = f"<w:altName w:val={attribute(other)}/>" if other else ""
    return (
        f'<w:font w:name={attribute(name)}>{alternative}<w:charset w:val="{charset}"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
    )


def header(issue: Issue, ids: Mapping[str, str]) -> str:
    """The running head: the issue's name."""
    inner = run(one_line(labels.issue_title(issue)))
    return f"<w:hdr {NAMESPACES}>{styled(ids, 'Header', inner)}</w:hdr>"


def footer(issue: Issue, ids: Mapping[str, str], pages: int) -> str:
    """The folio: page and pages as fields, with the best result known."""
    before, _, rest = words(issue.language)["footer"].partition("{page}")
    between, _, after = rest.partition("{pages}")
    inner = run(before) + field("PAGE", run("1")) + run(between) + field("NUMPAGES", run(str(pages))) + run(after)
    return f"<w:ftr {NAMESPACES}>{styled(ids, 'Footer', inner)}</w:ftr>"


def core(issue: Issue, language: str, when: datetime) -> str:
    """Core properties: what is known of the issue, and the hash of its sources so that the edition names its origin."""
    known = issue.metadata
    digest = hashlib.sha256("".join(source.sha256 for source in issue.sources).encode()).hexdigest()
    only = issue.sources[0].sha256 if len(issue.sources) == 1 else digest
    texts = (
        ("cp:category", known.section),
        ("dc:creator", known.creator or known.publisher),
        ("dc:description", known.description),
        ("dc:identifier", known.identifier or f"sha256:{only}"),
        ("dc:language", language),
        ("cp:lastModifiedBy", "Reissue"),
        ("cp:revision", "1"),
        ("dc:subject", known.date),
        ("dc:title", labels.issue_title(issue)),
    )
    rows = "".join(f"<{tag}>{content(one_line(value))}</{tag}>" for tag, value in texts if value and value.strip())
    dates = "".join(f'<dcterms:{tag} xsi:type="dcterms:W3CDTF">{stamp(when)}</dcterms:{tag}>' for tag in ("created", "modified"))
    return f"<cp:coreProperties {_CORE_SPACES}>{rows}{dates}</cp:coreProperties>"


_CORE_SPACES = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


def application(issue: Issue) -> str:
    """Extended properties: who made the file, and the publisher."""
    publisher = (issue.metadata.publisher or "").strip()
    company = f"<Company>{content(one_line(publisher))}</Company>" if publisher else ""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'<Properties xmlns="{space}"><Application>Reissue</Application>{company}</Properties>'
