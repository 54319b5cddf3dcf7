"""HTML: the whole issue as one self-contained file, with the EPUB's markup and sheet.  No script, no network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from convert.issue import Issue
from convert.labels import issue_title, labels
from convert.style import Style
from convert.variants.table import Variant
from convert.writers import dates
from convert.writers.epub.article import Breaks, Section, section
from convert.writers.epub.inline import Inline
from convert.writers.epub.nav import Entry, masthead, nest, ordered_list
from convert.writers.epub.pages import page_breaks
from convert.writers.epub.sheet import is_vertical, sheet, shipped
from convert.writers.xml import attribute, escape, illegal, one_line


class HtmlWriter:
    """Writes one HTML file that is also well-formed XML.  Its policy allows its own sheet and nothing else."""

    name = "html"
    extension = "html"
    media_type = "text/html"
    variants = ("cn", "tw", "hk")

    def write(self, issue: Issue, variant: Variant, style: Style, sink: BinaryIO) -> Sequence[str]:
        """Write the edition; the only notice is about characters that markup cannot hold."""
        vertical = is_vertical(style)
        inline = Inline(variant.script if vertical else "", epub=False)
        breaks = page_breaks(issue)
        made = [section(article, n, issue.language, inline, breaks) for n, article in enumerate(issue.articles, 1)]
        sink.write("".join(_page(issue, made, inline, breaks, _css(style, vertical))).encode("utf-8"))
        texts = [block.text for article in issue.articles for block in article.blocks]
        bad = illegal([*texts, *(block.text for block in issue.colophon)])
        return (f"{bad} characters that markup cannot hold are shown as U+FFFD in the HTML.",) if bad else ()


def _css(style: Style, vertical: bool) -> str:
    """The edition's sheet and the frame of a web page; `@charset` and `@namespace` have no place inside an element."""
    text = sheet(style) + "\n" + shipped("html.css") + (shipped("html-vertical.css") if vertical else "")
    lines = (line for line in text.splitlines() if not line.startswith(("@charset", "@namespace")))
    return "\n" + "\n".join(lines).replace("</", "<\\/") + "\n"


def _page(issue: Issue, sections: Sequence[Section], inline: Inline, breaks: Breaks, css: str) -> Iterator[str]:
    language = attribute(issue.language)
    words = labels(issue.language)
    title = one_line(issue_title(issue)) or words["untitled"]
    digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield f'<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="{language}" xml:lang="{language}">\n<head>\n'
    yield f'<meta charset="utf-8"/>\n<meta http-equiv="Content-Security-Policy" content="{policy}"/>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
    yield f"<title>{escape(title)}</title>\n"
    yield from _dublin_core(issue, title)
    yield f"<style>{css}</style>\n</head>\n<body>\n"
    yield masthead(issue, inline)
    yield f'<nav class="contents-list" aria-labelledby="contents">\n<h2 id="contents">{escape(words["contents"])}</h2>\n'
    yield ordered_list(_contents(issue, sections, words["colophon"]), inline) + "</nav>\n<main>\n"
    for made in sections:
        yield made.html
    if issue.colophon:
        yield '<section class="colophon" role="doc-colophon" aria-labelledby="colophon">\n'
        yield f'<h2 id="colophon">{escape(words["colophon"])}</h2>\n'
        for block in issue.colophon:
            if block.text.strip():
                yield f"<p>{inline(block.text, breaks.get(block.id, ()))}</p>\n"
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"


def _dublin_core(issue: Issue, title: str) -> Iterator[str]:
    """DCMI's profile for HTML (DC-HTML): the same facts as the EPUB's package."""
    known = issue.metadata
    rows = {
        "title": title, "creator": known.creator, "publisher": known.publisher, "date": dates.w3cdtf(known.date),
        "language": issue.language, "rights": known.rights, "description": known.description, "identifier": known.identifier,
    }
    yield '<link rel="schema.DC" href="http://purl.org/dc/elements/1.1/"/>\n'
    for name, value in rows.items():
        if value and one_line(value):
            yield f'<meta name="DC.{name}" content="{attribute(value)}"/>\n'
    for source in issue.origin.sources:
        yield f'<meta name="DC.source" content="urn:sha256:{attribute(source.sha256)}"/>\n'


def _contents(issue: Issue, sections: Sequence[Section], colophon: str) -> tuple[Entry, ...]:
    lines: list[tuple[int, str, str]] = []
    for made in sections:
        lines.append((1, made.label, f"#{made.id}"))
        lines += [(heading.level, heading.text, f"#{heading.id}") for heading in made.headings]
    if issue.colophon:
        lines.append((1, colophon, "#colophon"))
    return nest(lines)
