"""XML and HTML from strangers: no entities, no network, no depth or size that could fill the machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from convert.errors import UnreadableInput
from convert.readers.encodings import codec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of one XML or HTML file: some 250 newspaper pages of ALTO."""


def parse_xml(data: bytes, name: str, encoding: str | None = None) -> tuple[_Element, str]:
    """Root element and encoding.  Raises `UnreadableInput` with the place where the XML is broken or unsafe."""
    from lxml import etree

    _refuse(data, name)
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
        encoding=codec(encoding) if encoding else None,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnreadableInput(f"{name} is not well-formed XML: {_sentence(error)}.") from None
    document = root.getroottree().docinfo
    if document.internalDTD is not None and any(True for _ in document.internalDTD.iterentities()):
        raise UnreadableInput(_entities(name))
    return root, (document.encoding or "utf-8").lower()


def parse_html(data: bytes, name: str, encoding: str) -> _Element:
    """Root element of HTML as browsers forgive it.  `encoding` is a codec's name, told beforehand."""
    from lxml import etree

    _refuse(data, name)
    # libxml2 keeps what it was given as UTF-8, whatever a <meta> in the text claims.
    text = data.decode(encoding, "replace").encode("utf-8", "replace")
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(text or b"<html/>", parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableInput(f"{name} cannot be read as HTML: {_sentence(error)}.") from None
    if root is None:
        raise UnreadableInput(f"{name} holds no HTML.")
    return root


def local(element: Any) -> str:
    """Tag without its namespace; empty for comments and entity references."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """Child elements of those local names, in order."""
    return (child for child in element if local(child) in names)


def number(text: str | None) -> float | None:
    """A finite number written in an attribute, or None."""
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    return value if value is not None and abs(value) < 1e9 else None


def _refuse(data: bytes, name: str) -> None:
    if len(data) > MAX_BYTES:
        raise UnreadableInput(f"{name} is larger than {MAX_BYTES // 2**20} MB, too much for one file. Split it by page.")
    if b"<!ENTITY" in data or "<!ENTITY".encode("utf-16-le") in data or "<!ENTITY".encode("utf-16-be") in data:
        raise UnreadableInput(_entities(name))


def _entities(name: str) -> str:
    return f"{name} declares XML entities, which Reissue does not expand, for they can be used to harm. Save it without its DTD."


def _sentence(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")[:200] or "it is empty"
