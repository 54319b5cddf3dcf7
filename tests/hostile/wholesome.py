"""What every edition must be, whatever went in: whole, well-formed, and without anything that runs."""

from __future__ import annotations

import io
import json
import re
import zipfile

ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|SubmitForm|ImportData|RichMedia|EmbeddedFile)\b")
XML_NAMES = (".xml", ".rels", ".opf", ".xhtml", ".ncx", ".html", ".svg")
ELSEWHERE = re.compile(r"(?i)(?:src|href)\s*=\s*[\"']\s*(?:javascript|vbscript|data:text|file):")


def wholesome(name: str, data: bytes) -> None:
    """Raises `AssertionError` saying what is wrong with an edition of that file name."""
    extension = name.rsplit(".", 1)[-1]
    assert data or extension in ("txt", "md"), f"{name} is empty"  # a page of nothing but furniture has no text
    {"docx": _package, "epub": _package, "pdf": _pdf, "html": _html, "json": _json, "tsv": _tsv}.get(extension, _text)(data)


def _xml(data: bytes, name: str) -> None:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    tree = etree.fromstring(data, parser).getroottree()
    assert "<!ENTITY" not in data[:2000].decode("utf-8", "replace"), f"{name} declares an entity"
    for element in tree.iter():
        if isinstance(element.tag, str):
            tag = etree.QName(element).localname.lower()
            assert tag not in ("script", "iframe", "object", "embed", "foreignobject"), f"{name} holds a <{tag}>"
            assert not [key for key in element.attrib if key.lower().startswith("on")], f"{name} holds an event handler"


def _package(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert package.testzip() is None
        names = package.namelist()
        assert len(set(names)) == len(names)
        for name in names:
            assert not name.startswith("/") and ".." not in name.split("/") and "\\" not in name, f"{name} leaves the package"
            if name.endswith(XML_NAMES):
                content = package.read(name)
                _xml(content, name)
                assert not ELSEWHERE.search(content.decode("utf-8")), name


def _pdf(data: bytes) -> None:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) > 0
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                assert thing.get("/S") not in ("/JavaScript", "/Launch", "/SubmitForm", "/ImportData")
                assert "/JS" not in thing


def _html(data: bytes) -> None:
    from lxml import html

    tree = html.document_fromstring(data.decode("utf-8"))
    assert not tree.xpath("//script | //iframe | //object | //embed | //*[starts-with(name(@*), 'on')]")
    assert not ELSEWHERE.search(data.decode("utf-8"))


def _json(data: bytes) -> None:
    assert json.loads(data)["schema"].startswith("reissue-issue/")


def _tsv(data: bytes) -> None:
    for line in data.decode("utf-8").split("\n")[:-1]:
        assert line == "article" or line.count("\t") == 1, f"TSV: {line!r}"
        assert "\r" not in line


def _text(data: bytes) -> None:
    data.decode("utf-8")
