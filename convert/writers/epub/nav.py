"""Navigation: the contents page with its landmarks and page list, and the NCX that older readers ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count

from convert.issue import Issue
from convert.labels import issue_number
from convert.writers.epub.inline import Inline
from convert.writers.xml import attribute, escape


@dataclass(frozen=True)
class Entry:
    """A line of the contents, its target and the lines under it."""

    text: str
    href: str
    children: tuple[Entry, ...] = ()


def nest(items: Iterable[tuple[int, str, str]]) -> tuple[Entry, ...]:
    """Entries from (level, text, href) in reading order; a level may only be entered from the one above."""
    root: list[Entry] = []
    stack: list[tuple[int, list[Entry]]] = [(0, root)]
    pending: list[tuple[int, str, str, list[Entry]]] = []
    for level, text, href in items:
        while pending and pending[-1][0] >= level:
            _close(pending, stack)
        children: list[Entry] = []
        pending.append((level, text, href, children))
        stack.append((level, children))
    while pending:
        _close(pending, stack)
    return tuple(root)


def _close(pending: list[tuple[int, str, str, list[Entry]]], stack: list[tuple[int, list[Entry]]]) -> None:
    _, text, href, children = pending.pop()
    stack.pop()
    stack[-1][1].append(Entry(text, href, tuple(children)))


def ordered_list(entries: Sequence[Entry], inline: Inline) -> str:
    """The entries as nested `<ol>`."""
    lines = []
    for entry in entries:
        below = "\n" + ordered_list(entry.children, inline) if entry.children else ""
        lines.append(f'<li><a href="{attribute(entry.href)}">{inline(entry.text)}</a>{below}</li>\n')
    return f"<ol>\n{''.join(lines)}</ol>\n"


def nav_body(
    contents: Sequence[Entry],
    landmarks: Sequence[tuple[str, str, str]],
    pages: Sequence[Entry],
    words: dict[str, str],
    masthead: str,
    inline: Inline,
) -> str:
    """Body of the contents page.  `landmarks` are (epub:type, label, href); `words` headings by key."""
    marks = "".join(
        f'<li><a epub:type="{kind}" href="{attribute(href)}">{escape(label)}</a></li>\n' for kind, label, href in landmarks
    )
    parts = [
        masthead,
        '<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-head">\n'
        f'<h1 id="toc-head">{escape(words["contents"])}</h1>\n{ordered_list(contents, inline)}</nav>\n',
        '<nav epub:type="landmarks" id="landmarks" aria-labelledby="landmarks-head" hidden="hidden">\n'
        f'<h2 id="landmarks-head">{escape(words["landmarks"])}</h2>\n<ol>\n{marks}</ol>\n</nav>\n',
    ]
    if pages:
        parts.append(
            '<nav epub:type="page-list" role="doc-pagelist" id="page-list" aria-labelledby="pages-head" hidden="hidden">\n'
            f'<h2 id="pages-head">{escape(words["pages"])}</h2>\n{ordered_list(pages, inline)}</nav>\n'
        )
    return "".join(parts)


def depth(entries: Sequence[Entry]) -> int:
    """How many levels the contents have."""
    return 1 + max((depth(entry.children) for entry in entries), default=0) if entries else 0


def ncx(title: str, identifier: str, language: str, contents: Sequence[Entry], pages: Sequence[Entry]) -> str:
    """The NCX (DAISY 2005-1): same contents, same page list."""
    order = count(1)

    def points(entries: Sequence[Entry]) -> str:
        made = []
        for entry in entries:
            number = next(order)
            made.append(
                f'<navPoint id="np{number}" playOrder="{number}"><navLabel><text>{escape(entry.text)}</text></navLabel>'
                f'<content src="{attribute(entry.href)}"/>{points(entry.children)}</navPoint>\n'
            )
        return "".join(made)

    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{language}">\n<head>\n'
        f'<meta name="dtb:uid" content="{attribute(identifier)}"/>\n<meta name="dtb:depth" content="{depth(contents)}"/>\n'
        f'<meta name="dtb:totalPageCount" content="{len(pages)}"/>\n'
        f'<meta name="dtb:maxPageNumber" content="0"/>\n</head>\n'
        f"<docTitle><text>{escape(title)}</text></docTitle>\n<navMap>\n{points(contents)}</navMap>\n</ncx>\n"
    )


def masthead(issue: Issue, inline: Inline) -> str:
    """Name of the periodical, number, date and section above the contents; nothing where the name is not known."""
    known = issue.metadata
    if not (known.title and known.title.strip()):
        return ""
    line = "　".join(part for part in (issue_number(issue), (known.date or "").strip(), (known.section or "").strip()) if part)
    below = f'<p class="issue-line">{inline(line)}</p>\n' if line else ""
    return f'<header class="masthead">\n<p class="masthead-name">{inline(known.title)}</p>\n{below}</header>\n'
