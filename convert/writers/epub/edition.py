"""From an issue to the files of an EPUB, and the archive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from convert.issue import Block, Issue
from convert.labels import issue_title, labels
from convert.style import Style
from convert.variants.table import Variant
from convert.writers import dates
from convert.writers.epub import fonts, opf
from convert.writers.epub.article import Breaks, Section, section
from convert.writers.epub.cover import Cover, cover
from convert.writers.epub.inline import Inline
from convert.writers.epub.nav import Entry, masthead, nav_body, ncx, nest
from convert.writers.epub.package import XHTML, Item, pack
from convert.writers.epub.pages import page_breaks
from convert.writers.epub.sheet import is_vertical, sheet, shipped
from convert.writers.xml import attribute, escape, illegal, one_line

_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" '
    'xml:lang="{language}">\n<head>\n<meta charset="UTF-8"/>\n<title>{title}</title>\n'
    '<link rel="stylesheet" type="text/css" href="{sheet}"/>\n</head>\n<body{attributes}>\n{body}</body>\n</html>\n'
)


@dataclass(frozen=True)
class _Edition:
    """What every document of the edition shares."""

    issue: Issue
    language: str
    title: str
    words: dict[str, str]
    inline: Inline
    breaks: Breaks

    def document(self, title: str, body: str, attributes: str = "", sheet: str = "style.css") -> bytes:
        text = _DOCUMENT.format(language=self.language, title=escape(title), sheet=sheet, attributes=attributes, body=body)
        return text.encode("utf-8")


def build(issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]:
    """Write the EPUB of `issue` to `sink`; returns notices."""
    vertical = is_vertical(style)
    words = dict(labels(issue.language))
    found = fonts.rare(issue)
    rare = fonts.embed(found, variant.region) if found and style.option("embed_fonts") else None
    inline = Inline(variant.script if vertical else "", frozenset(rare.characters if rare else ()))
    title = one_line(issue_title(issue)) or words["untitled"]
    edition = _Edition(issue, issue.language, title, words, inline, page_breaks(issue))
    name = opf.identifier(issue, variant, "vertical" if vertical else "horizontal")
    sections = [section(a, n, issue.language, inline, edition.breaks) for n, a in enumerate(issue.articles, 1)]
    picture = cover(issue, style, variant.region)
    items = list(_items(edition, sections, picture, style, name, rare))
    rows = opf.metadata(
        issue, name, vertical=vertical, cover=picture is not None, pages=bool(edition.breaks),
        certified_by=style.option("certified_by"),
    )
    pack(items, rows, issue.language, dates.modified(issue.metadata.date), vertical=vertical, sink=sink)
    return tuple(_notices(issue, found, rare))


def _items(
    edition: _Edition, sections: Sequence[Section], picture: Cover | None, style: Style, name: str,
    rare: fonts.Embedded | None,
) -> Iterator[Item]:
    contents, pages = _contents(edition, sections), _page_list(edition)
    css = sheet(style) + (fonts.FACE if rare else "")
    yield Item("css", "style.css", "text/css", css.encode("utf-8"))
    if rare:
        yield Item("rare", "rare.otf", "font/otf", rare.data)
    if picture:
        yield Item("cover-css", "cover.css", "text/css", shipped("epub-cover.css").encode("utf-8"))
        yield Item("cover-image", picture.name, picture.media_type, picture.data, properties="cover-image")
        yield Item("cover", "cover.xhtml", XHTML, _cover_page(edition, picture), spine=True)
    nav = _nav_page(edition, contents, pages, cover=picture is not None)
    yield Item("nav", "nav.xhtml", XHTML, nav, spine=True, properties="nav")
    for made in sections:
        body = edition.document(made.label, made.html, ' epub:type="bodymatter"')
        yield Item(made.id, f"{made.id}.xhtml", XHTML, body, spine=True)
    if edition.issue.colophon or not sections:
        yield Item("colophon", "colophon.xhtml", XHTML, _colophon(edition), spine=True)
    tables = ncx(edition.title, name, edition.language, contents, pages)
    yield Item("ncx", "toc.ncx", "application/x-dtbncx+xml", tables.encode("utf-8"))


def _contents(edition: _Edition, sections: Sequence[Section]) -> tuple[Entry, ...]:
    lines: list[tuple[int, str, str]] = []
    for made in sections:
        lines.append((1, made.label, f"{made.id}.xhtml"))
        lines += [(heading.level, heading.text, f"{made.id}.xhtml#{heading.id}") for heading in made.headings]
    if edition.issue.colophon or not lines:
        lines.append((1, edition.words["colophon"], "colophon.xhtml"))
    return nest(lines)


def _page_list(edition: _Edition) -> tuple[Entry, ...]:
    """In reading order, as the page list has to be."""
    entries: list[Entry] = []
    groups = [(f"a{n}.xhtml", article.blocks) for n, article in enumerate(edition.issue.articles, 1)]
    for href, blocks in [*groups, ("colophon.xhtml", edition.issue.colophon)]:
        for block in blocks:
            entries += [Entry(mark.label, f"{href}#{mark.id}") for mark in edition.breaks.get(block.id, ())]
    return tuple(entries)


def _nav_page(edition: _Edition, contents: Sequence[Entry], pages: Sequence[Entry], *, cover: bool) -> bytes:
    words = edition.words
    landmarks = [("cover", words["cover"], "cover.xhtml")] if cover else []
    landmarks += [("toc", words["contents"], "nav.xhtml#toc"), ("bodymatter", words["body"], contents[0].href)]
    if edition.issue.colophon and edition.issue.articles:
        landmarks.append(("colophon", words["colophon"], "colophon.xhtml"))
    body = nav_body(contents, landmarks, pages, words, masthead(edition.issue, edition.inline), edition.inline)
    return edition.document(words["contents"], body, ' class="contents-page"')


def _cover_page(edition: _Edition, picture: Cover) -> bytes:
    word = edition.words["cover"]
    known = edition.issue.metadata.date
    alt = f"{word}：{edition.title}" + (f"，{known}" if known else "")
    body = (
        f'<section aria-label="{attribute(word)}"><img src="{picture.name}" role="doc-cover" alt="{attribute(alt)}"/></section>\n'
    )
    return edition.document(word, body, ' class="cover-page" epub:type="cover"', "cover.css")


def _colophon(edition: _Edition) -> bytes:
    word = edition.words["colophon"]
    lines = "".join(_colophon_line(edition, block) for block in edition.issue.colophon if block.text.strip())
    body = (
        '<section epub:type="colophon" role="doc-colophon" class="colophon" aria-labelledby="colophon-head">\n'
        f'<h1 id="colophon-head">{escape(word)}</h1>\n{lines}</section>\n'
    )
    return edition.document(word, body, ' epub:type="backmatter"')


def _colophon_line(edition: _Edition, block: Block) -> str:
    return f"<p>{edition.inline(block.text, edition.breaks.get(block.id, ()))}</p>\n"


def _notices(issue: Issue, found: Sequence[str], rare: fonts.Embedded | None) -> Iterator[str]:
    texts = [block.text for article in issue.articles for block in article.blocks]
    bad = illegal([*texts, *(block.text for block in issue.colophon)])
    if bad:
        yield f"{bad} characters that XML cannot hold are shown as U+FFFD in the EPUB."
    missing = [c for c in found if rare is None or c not in rare.characters]
    if missing and rare is None:
        yield f"{len(missing)} rare characters ({_some(missing)}) are missing from many e-readers: --embed-fonts puts them in."
    elif missing:
        yield f"No font here has {_some(missing)}; e-readers may show a box instead."


def _some(characters: Sequence[str]) -> str:
    shown = "".join(characters[:8])
    return shown + ("…" if len(characters) > 8 else "")


