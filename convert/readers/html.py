"""HTML: what a browser would show, block by block; headings, captions and page furniture named by their elements."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from convert.errors import UnreadableInput, UsageError
from convert.options import ReadOptions
from convert.readers.encodings import Decoded, codec, decode
from convert.readers.lines import Lines
from convert.readers.xml import local, parse_html
from convert.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

SILENT = frozenset({"head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "textarea"})
"""Elements whose text is not shown as text."""
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
    "legend", "li", "main", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "tfoot", "thead", "tr",
    "ul",
})
CELLS = frozenset({"td", "th"})
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
ROLES = {"figcaption": "caption", "caption": "caption", "nav": "drop", "footer": "drop"}
_WHITE = re.compile(r"[ \t\n\r\f]+")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.+-]{1,40})""", re.IGNORECASE)
_BEGINS = re.compile(rb"\s*(<\?xml[^>]{0,200}\?>\s*)?<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)


class HtmlReader:
    """Web clippings and exports; scripts, styles and hidden elements are left out."""

    name = "html"
    extensions = (".html", ".htm", ".xhtml")

    def sniff(self, head: bytes, name: str) -> float:
        """Sure where the file begins as HTML does."""
        if _BEGINS.match(head.removeprefix(b"\xef\xbb\xbf")):
            return 0.9
        return 0.6 if name.lower().endswith(self.extensions) and b"<" in head else 0.0

    def read(self, data: bytes, name: str, options: ReadOptions) -> Source:
        """Read the body; the title and meta elements become metadata."""
        decoded, notices = _decoded(data, name, options.encoding)
        root = parse_html(decoded.text.encode("utf-8"), name, "utf-8")
        out = Lines()
        flow(root, out)
        return out.source(data, name, self.name, decoded.encoding, notices, _metadata(root))


def _decoded(data: bytes, name: str, forced: str | None) -> tuple[Decoded, tuple[str, ...]]:
    """As forced, as the `meta` element says where that is true, else as told from the bytes."""
    declared = _META.search(data[:2048])
    if not forced and declared:
        try:
            label = codec(declared[1].decode("ascii"))
            if not label.startswith(("utf-16", "utf-32")):
                return decode(data, name, label), ()
        except UsageError:
            pass
        except UnreadableInput:
            found = decode(data, name)
            return found, (f"{name} claims to be {label.upper()} but is {found.encoding.upper()}, and was read as that.",)
    return decode(data, name, forced), ()


@dataclass
class _Text:
    """Inline text being gathered until its block ends."""

    out: Lines
    parts: list[str] = field(default_factory=list)
    role: str | None = None
    level: int | None = None

    def add(self, text: str | None, kept: bool) -> None:
        """Text of the flow; in `pre` its line ends count."""
        if text:
            self.parts.append(text if kept else _WHITE.sub(lambda white: "\x00" if "\n" in white[0] else " ", text))

    def end_line(self) -> None:
        """Give the line to `out`."""
        for line in _folded("".join(self.parts)).splitlines():
            self.out.line(line, None, None, self.role, self.level)
        self.parts.clear()

    def end_block(self) -> None:
        """End the line and let a blank one follow."""
        self.end_line()
        self.out.region(None)


def flow(root: _Element, out: Lines) -> None:
    """The text of `root` into `out`, without recursion."""
    text = _Text(out)
    silent, pre = 0, 0
    roles: list[tuple[str | None, int | None]] = [(None, None)]
    for entering, element in _events(root):
        tag = local(element)
        if entering:
            silent += bool(silent) or _hidden(element, tag)
            if silent:
                continue
            if tag in BLOCKS:
                text.end_block()
                roles.append(_role(element, tag, roles[-1]))
                text.role, text.level = roles[-1]
            elif tag == "br":
                text.end_line()
            elif tag in CELLS and text.parts:
                text.parts.append("\t")
            pre += tag == "pre"
            text.add(element.text, pre > 0)
            continue
        if silent:
            silent -= 1
        else:
            pre -= tag == "pre"
            if tag in BLOCKS:
                text.end_block()
                roles.pop()
                text.role, text.level = roles[-1]
        if not silent and element is not root:
            text.add(element.tail, pre > 0)
    text.end_block()


def _hidden(element: _Element, tag: str) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    return tag in SILENT or element.get("hidden") is not None or "display:none" in style


def _events(root: _Element) -> Iterator[tuple[bool, _Element]]:
    """Entering and leaving each element, in document order."""
    stack: list[tuple[_Element, Iterator[_Element]]] = [(root, iter(root))]
    yield True, root
    while stack:
        element, rest = stack[-1]
        child = next(rest, None)
        if child is None:
            stack.pop()
            yield False, element
        elif isinstance(child.tag, str):
            yield True, child
            stack.append((child, iter(child)))


def _role(element: _Element, tag: str, outer: tuple[str | None, int | None]) -> tuple[str | None, int | None]:
    if tag in HEADINGS:
        return "heading", HEADINGS[tag]
    if tag in ROLES:
        return ROLES[tag], None
    if outer[0] in ("drop", "caption"):
        return outer
    if "author" in (element.get("rel") or "").split() or "byline" in (element.get("class") or "").lower().split():
        return "byline", None
    return None, None


def _folded(text: str) -> str:
    """White space as shown: runs become one space; one with a line end of the file (NUL here) nothing between two full-width
    characters (CSS Text 3, section 4.1.3)."""
    parts = re.split(r"([ \x00]+)", text)
    for at in range(1, len(parts), 2):
        before, after = parts[at - 1][-1:], parts[at + 1][:1]
        parts[at] = "" if "\x00" in parts[at] and _wide(before) and _wide(after) else " "
    return "".join(parts).strip(" ")


def _wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in "WF"


def _metadata(root: _Element) -> list[tuple[str, str]]:
    found = []
    for element in root.iter():
        if local(element) == "title":
            found.append(("title", " ".join("".join(element.itertext()).split())))
        elif local(element) == "meta" and element.get("content"):
            key = (element.get("name") or element.get("property") or "").lower()
            if key in ("author", "description", "keywords", "date", "og:title", "og:site_name", "article:published_time"):
                found.append((key, " ".join((element.get("content") or "").split())))
    return [(key, value) for key, value in found if value]
