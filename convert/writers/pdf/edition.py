"""One PDF file: painted pages, fonts, outline, links, structure tree and the marks of PDF/A, through ReportLab."""

from __future__ import annotations

import hashlib
from typing import Any

from reportlab.pdfbase import pdfdoc

from convert.issue import Issue
from convert.labels import issue_title
from convert.style import Style
from convert.typeset.pages import Pages, Theme
from convert.variants.table import Variant
from convert.writers.pdf import pdfa
from convert.writers.pdf.objects import File, Raw, number, stream, text
from convert.writers.pdf.paint import Painter
from convert.writers.pdf.tags import write_tree


def edition(issue: Issue, variant: Variant, style: Style, theme: Theme, pages: Pages) -> tuple[bytes, list[str]]:
    """The bytes of the file, and the texts no font could draw."""
    kinds = {element.key: element.kind for element in pages.elements}
    painter = Painter(theme, kinds)
    contents = [painter.page(page, index) for index, page in enumerate(pages.pages)]
    file = File(theme.page, variant.language)
    document = file._doc
    identity = hashlib.sha256()
    for content in contents:
        identity.update(content)
    page_numbers = _page_numbers(file, len(contents))
    resources = file.add(Raw(f"<< /Font << {painter.pool.write(file)} >> /ProcSet [/PDF /Text] >>".encode()))
    links = _links(file, pages, painter, page_numbers)
    tree = write_tree(file, variant.language, pages.elements, painter.marked, page_numbers, links)
    wide, high = theme.page
    parent = document.Reference(document.Pages).format(document).decode()
    annotations: dict[int, list[int]] = {}
    for at, annotation, _ in links.values():
        annotations.setdefault(at, []).append(annotation)
    for index, content in enumerate(contents):
        content_number = file.add(stream(content))
        marks = " ".join(f"{found} 0 R" for found in annotations.get(index, []))
        document.idToObject[f"Page{index + 1}"].data = (
            f"<< /Type /Page /Parent {parent} /MediaBox [0 0 {number(wide)} {number(high)}] /Resources {resources} 0 R "
            f"/Contents {content_number} 0 R /StructParents {index} /Tabs /S{f' /Annots [{marks}]' if marks else ''} >>"
        ).encode()
    title = pdfa.clean(issue_title(issue))
    _catalog(file, issue, variant, style, title, tree, _outline(file, pages, painter, page_numbers), theme.vertical)
    digest = identity.hexdigest()[:32].upper().encode()
    document._ID = b"[<" + digest + b"> <" + digest + b">]\n"
    return file.finished(), list(painter.pool.missing)


def _page_numbers(file: File, count: int) -> list[int]:
    """Register the pages first, so that everything else can point at them."""
    numbers = []
    for index in range(count):
        raw = Raw()
        numbers.append(file.add(raw, f"Page{index + 1}"))
        file._doc.Pages.addPage(raw)
    return numbers


def _destination(pages: Pages, painter: Painter, page_numbers: list[int], key: str) -> str:
    place = pages.places[key]
    return f"[{page_numbers[place.page]} 0 R /XYZ null {number(painter.top(place.v) + 4)} null]"


def _links(file: File, pages: Pages, painter: Painter, page_numbers: list[int]) -> dict[str, tuple[int, int, int]]:
    """Link annotations: page index, object number and StructParent key by element."""
    found: dict[str, tuple[int, int, int]] = {}
    key = len(pages.pages)
    for index, page in enumerate(pages.pages):
        for link in page.links:
            rectangle = " ".join(number(v) for v in painter.rectangle(link.u0, link.v0, link.u1, link.v1))
            target = _destination(pages, painter, page_numbers, link.target)
            said = next((element.title for element in pages.elements if element.key == link.target), "")
            annotation = file.add(Raw(
                f"<< /Type /Annot /Subtype /Link /Rect [{rectangle}] /Border [0 0 0] /F 4 /Dest {target} "
                f"/StructParent {key} /Contents {text(said)} >>".encode()
            ))
            found[link.element] = (index, annotation, key)
            key += 1
    return found


def _outline(file: File, pages: Pages, painter: Painter, page_numbers: list[int]) -> Raw | None:
    """The outline: articles, and under each its headings, closed."""
    entries = [entry for entry in pages.outline if entry[2] in pages.places]
    if not entries:
        return None
    root = Raw()
    root_number = file.add(root)
    raws = [Raw() for _ in entries]
    numbers = [file.add(raw) for raw in raws]
    tops = [at for at, entry in enumerate(entries) if entry[0] == 0]
    for at, (level, title, key) in enumerate(entries):
        if level == 0:
            family, parent = tops, root_number
            place = tops.index(at)
            until = tops[place + 1] if place + 1 < len(tops) else len(entries)
            inner = numbers[at + 1:until]
            kids = f" /First {inner[0]} 0 R /Last {inner[-1]} 0 R /Count {-len(inner)}" if inner else ""
        else:
            mine = max(top for top in tops if top < at)
            following = [top for top in tops if top > at]
            family = list(range(mine + 1, following[0] if following else len(entries)))
            parent, place, kids = numbers[mine], family.index(at), ""
        before = f" /Prev {numbers[family[place - 1]]} 0 R" if place else ""
        after = f" /Next {numbers[family[place + 1]]} 0 R" if place + 1 < len(family) else ""
        raws[at].data = (
            f"<< /Title {text(pdfa.clean(title))} /Parent {parent} 0 R /Dest "
            f"{_destination(pages, painter, page_numbers, key)}{before}{after}{kids} >>"
        ).encode()
    root.data = (
        f"<< /Type /Outlines /First {numbers[tops[0]]} 0 R /Last {numbers[tops[-1]]} 0 R /Count {len(tops)} >>"
    ).encode()
    return root


class _Info(Raw):
    """The document information, in step with the XMP."""

    invariant = 1

    def digest(self, signature: Any) -> None:
        """The file's identity is made from its pages instead."""


def _catalog(
    file: File, issue: Issue, variant: Variant, style: Style, title: str, tree: int, outline: Raw | None,
    vertical: bool,
) -> None:
    document = file._doc
    known = issue.metadata
    attach = bool(style.option("attach_source"))
    packet = pdfa.xmp(
        title, variant.language, part=3 if attach else 2,
        author=known.creator or "", rights=known.rights or "", publisher=known.publisher or "",
    )
    metadata = file.add(stream(packet, "/Type /Metadata /Subtype /XML", compress=False))
    profile = file.add(stream(pdfa.srgb(), "/N 3 /Alternate /DeviceRGB"))
    entries = [
        "/Type /Catalog", f"/Pages {document.Reference(document.Pages).format(document).decode()}",
        f"/Lang ({variant.language})", f"/Metadata {metadata} 0 R", f"/StructTreeRoot {tree} 0 R",
        "/MarkInfo << /Marked true >>", f"/ViewerPreferences << /DisplayDocTitle true{' /Direction /R2L' if vertical else ''} >>",
        "/PageLabels << /Nums [0 << /S /D >>] >>",
        "/OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "
        f"/Info (sRGB IEC61966-2.1) /DestOutputProfile {profile} 0 R >>]",
    ]
    if outline is not None:
        entries += [f"/Outlines {file.add(outline)} 0 R", "/PageMode /UseOutlines"]
    if attach:
        entries += _attachments(file, issue)
    catalog = Raw(f"<< {' '.join(entries)} >>".encode())
    document.Catalog = document._catalog = catalog
    document.info = _Info(
        f"<< /Title {text(title)} /Producer ({pdfa.PRODUCER}) /Creator ({pdfa.TOOL})"
        f"{f' /Author {text(pdfa.clean(known.creator))}' if known.creator else ''} >>".encode()
    )
    document.Outlines = document.outline = _NoOutline()


class _NoOutline(pdfdoc.PDFOutlines0):  # type: ignore[misc]
    """ReportLab's own outline stays empty: ours is in the catalog already."""

    ready = 1

    def prepare(self, document: Any, canvas: Any) -> None:
        """Nothing to do."""


def _attachments(file: File, issue: Issue) -> list[str]:
    """The source texts inside the file (PDF/A-3, AFRelationship Source)."""
    numbers = []
    names = []
    for source in issue.origin.sources:
        data = source.text.encode("utf-8", "replace")
        digest = hashlib.md5(data, usedforsecurity=False).hexdigest().upper()
        held = file.add(stream(
            data, f"/Type /EmbeddedFile /Subtype /text#2Fplain /Params << /Size {len(data)} /CheckSum <{digest}> "
            "/ModDate (D:20000101000000Z) >>",
        ))
        name = text(pdfa.clean(source.name.replace("\\", "/").rsplit("/", 1)[-1]) or "source.txt")
        numbers.append(file.add(Raw(
            f"<< /Type /Filespec /F {name} /UF {name} /Desc {text('Source text')} /AFRelationship /Source "
            f"/EF << /F {held} 0 R /UF {held} 0 R >> >>".encode()
        )))
        names.append(name)
    pairs = " ".join(f"{name} {at} 0 R" for name, at in sorted(zip(names, numbers, strict=True)))
    return [
        f"/AF [{' '.join(f'{at} 0 R' for at in numbers)}]", f"/Names << /EmbeddedFiles << /Names [{pairs}] >> >>",
    ]
