"""The text of a TEI document: blocks as elements, headings as nested divisions, edits as choices, pages as milestones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from convert.issue import Article, Block, Issue, Role
from convert.ledger import Edit, EditIndex, trace
from convert.writers.dublin_core import legal

if TYPE_CHECKING:
    from lxml.etree import _Element

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_GROUPS = {"verse": ("lg", "l"), "list-item": ("list", "item"), "table-row": ("table", "row")}
_HEADS = {Role.KICKER: "kicker", Role.TITLE: "main", Role.SUBTITLE: "sub"}
BLOCKS = frozenset(
    {"body", "back", "div", "head", "byline", "p", "ab", "lg", "l", "list", "item", "table", "row", "figure", "quote", "fileDesc",
     "encodingDesc", "profileDesc", "xenoData", "teiHeader", "text", "titleStmt", "publicationStmt", "seriesStmt", "sourceDesc"}
)
"""Elements that end their line, so that versions compare line by line; white space behind them means nothing."""
SURE, LIKELY = 0.95, 0.7
"""Confidence of an edit from which TEI's certainty is high, and medium."""


def add(parent: _Element, tag: str, text: str | None = None, **attributes: str) -> _Element:
    """A new last child in the parent's namespace."""
    from lxml import etree

    child = etree.SubElement(parent, parent.tag[:parent.tag.index("}") + 1] + tag, attributes)
    child.text = text
    if tag in BLOCKS:
        child.tail = "\n"
    return child


class Body:
    """Writes `text`; remembers the page it is on."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        self.index = EditIndex(issue.edits)
        self.page: tuple[int, int] | None = None

    def write(self, text: _Element) -> None:
        """`body` with the articles, `back` with the colophon and what was dropped."""
        body = add(text, "body")
        for article in self.issue.articles:
            self._article(body, article)
        if not len(body):
            add(body, "p")
        if self.issue.colophon or self.issue.dropped:
            back = add(text, "back")
            for kind, blocks in (("colophon", self.issue.colophon), ("dropped", self.issue.dropped)):
                if blocks:
                    division = add(back, "div", type=kind)
                    for block in blocks:
                        self._fill(add(division, "ab", type=_token(block.reason or kind)), block)

    def _article(self, body: _Element, article: Article) -> None:
        division = add(body, "div", type="article")
        _identify(division, article.id)
        open_divisions: list[tuple[int, _Element]] = [(0, division)]
        top = True
        blocks = article.blocks
        for kind, run in groupby(blocks, key=lambda block: block.kind if block.kind in _GROUPS and _plain(block) else None):
            group = list(run)
            parent = open_divisions[-1][1]
            if kind is not None:
                self._group(parent, kind, group)
                top = False
                continue
            for block in group:
                if block.role is Role.HEADING:
                    level = block.level or 1
                    while open_divisions[-1][0] >= level:
                        open_divisions.pop()
                    section = add(open_divisions[-1][1], "div", type="section")
                    open_divisions.append((level, section))
                    self._fill(add(section, "head"), block)
                    top = False
                    continue
                self._block(open_divisions[-1][1], block, top)
                top = top and (block.role in _HEADS or block.role is Role.BYLINE)

    def _block(self, parent: _Element, block: Block, top: bool) -> None:
        """`head` and `byline` stand at the top of a division only; anywhere else they are a typed `ab`."""
        if top and block.role in _HEADS:
            self._fill(add(parent, "head", type=_HEADS[block.role]), block)
        elif top and block.role is Role.BYLINE:
            self._fill(add(parent, "byline"), block)
        elif block.role is Role.CAPTION:
            self._fill(add(add(parent, "figure"), "head"), block)
        elif block.role is not Role.PARAGRAPH:
            self._fill(add(parent, "ab", type=str(block.role)), block)
        elif block.kind == "quotation":
            self._fill(add(parent, "quote"), block)
        elif block.kind is not None:
            self._fill(add(parent, "ab", type=_token(block.kind)), block)
        else:
            self._fill(add(parent, "p"), block)

    def _group(self, parent: _Element, kind: str, blocks: Sequence[Block]) -> None:
        outer, inner = _GROUPS[kind]
        whole = add(parent, outer)
        for block in blocks:
            if kind != "table-row":
                self._fill(add(whole, inner), block)
                continue
            row = add(whole, inner)
            _identify(row, block.id)
            for start, end in block.cells or ((0, len(block.text)),):
                add(row, "cell", legal(block.text[start:end]))

    def _fill(self, element: _Element, block: Block) -> None:
        """The block's text into `element`, with its edits where it is the source's own text."""
        _identify(element, block.id)
        if self.issue.parent is not None:
            self._break(element, block.spans[0].source, block.spans[0].start)
            _text(element, block.text)
            return
        for segment in trace(block.id, block.spans, self.index, self.issue.sources):
            span = segment.span
            if segment.edit is None:
                self._break(element, span.source, span.start)
                _text(element, self.issue.sources[span.source].text[span.start:span.end])
            else:
                _edit(element, segment.edit)

    def _break(self, element: _Element, source: int, offset: int) -> None:
        """A `pb` where the page is another than before."""
        line = self.issue.sources[source].line_at(offset)
        if line is None or line.page is None or (source, line.page) == self.page:
            return
        self.page = (source, line.page)
        page = self.issue.sources[source].pages[line.page]
        attributes = {"n": " ".join(legal(page.label).split())}
        if page.image:
            attributes["facs"] = quote(page.image, errors="replace")
        add(element, "pb", **attributes)


def _edit(element: _Element, edit: Edit) -> None:
    if not edit.before.strip() and not edit.after.strip():
        if "\n" in edit.before or "\r" in edit.before:
            add(element, "lb", **({} if edit.after else {"break": "no"}))
        _text(element, edit.after)
        return
    certainty = "high" if edit.confidence >= SURE else "medium" if edit.confidence >= LIKELY else "low"
    if edit.start == edit.end:
        _text(add(element, "supplied", reason=_token(edit.rule), cert=certainty), edit.after)
        return
    words = any(c.isalnum() for c in edit.before + edit.after)
    choice = add(element, "choice")
    _text(add(choice, "sic" if words else "orig"), edit.before)
    _text(add(choice, "corr" if words else "reg", type=_token(edit.rule), cert=certainty), edit.after)


def _text(element: _Element, text: str) -> None:
    """Append text behind whatever is in the element."""
    text = legal(text)
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _plain(block: Block) -> bool:
    return block.role is Role.PARAGRAPH


def _identify(element: _Element, name: str) -> None:
    if _NAME.fullmatch(name):
        element.set(XML_ID, name)


def _token(words: str) -> str:
    """`words` as the one-word token TEI wants for a type."""
    parts: Iterable[str] = re.findall(r"[A-Za-z0-9_.-]+", words)
    return "-".join(parts).lstrip("-.0123456789") or "other"
