"""The structure tree (ISO 32000-1, 14.7): what each piece of marked content belongs to, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field

from convert.typeset.pages import Element
from convert.writers.pdf.objects import File, Raw, text


@dataclass
class Node:
    """A structure element on its way into the file."""

    element: Element
    raw: Raw
    number: int
    kids: list[str] = field(default_factory=list)
    family: bool = False
    """Whether it holds other elements: these are written last, when all of them are known."""


def write_tree(
    file: File, language: str, elements: list[Element], marked: dict[str, list[tuple[int, int]]],
    page_numbers: list[int], links: dict[str, tuple[int, int, int]],
) -> int:
    """Add the tree; its object number.

    `marked` are (page index, MCID) by element key, `links` (page index, annotation's number, its StructParent) by
    element key.  A paragraph that runs over columns or pages stays one element with several pieces of content.
    """
    root, document = Raw(), Raw()
    root_number, document_number = file.add(root), file.add(document)
    nodes = {"document": Node(Element("document", "Document", ""), document, document_number)}
    owners: list[dict[int, int]] = [{} for _ in page_numbers]
    annotation_owners: dict[int, int] = {}
    for element in elements:
        raw = Raw()
        nodes[element.key] = Node(element, raw, file.add(raw))
    for element in elements:
        node = nodes[element.key]
        parent = nodes[element.parent]
        pieces = marked.get(element.key, [])
        own: list[str] = []
        page = f" /Pg {page_numbers[pieces[0][0]]} 0 R" if pieces else ""
        target = node.number
        link = links.get(element.key)
        if link is not None:
            reference, anchor = Raw(), Raw()
            reference_number, target = file.add(reference), file.add(anchor)
        for at, mark in pieces:
            owners[at][mark] = target
            same = at == pieces[0][0]
            own.append(str(mark) if same else f"<< /Type /MCR /Pg {page_numbers[at]} 0 R /MCID {mark} >>")
        if link is not None:
            at, annotation, key = link
            annotation_owners[key] = target
            own.append(f"<< /Type /OBJR /Pg {page_numbers[at]} 0 R /Obj {annotation} 0 R >>")
            anchor.data = _element("Link", reference_number, page, own)
            reference.data = _element("Reference", node.number, "", [f"{target} 0 R"])
            own = [f"{reference_number} 0 R"]
            page = ""
        node.kids = own
        title = f" /T {text(element.title)}" if element.title else ""
        node.raw.data = _element(element.kind, parent.number, page + title, own)
        parent.kids.append(f"{node.number} 0 R")
        parent.family = True
    for node in nodes.values():
        if node.family:
            parent_number = root_number if node.element.key == "document" else nodes[node.element.parent].number
            extra = f" /T {text(node.element.title)}" if node.element.title else ""
            if node.element.key == "document":
                extra = f" /Lang ({language})"
            node.raw.data = _element(node.element.kind, parent_number, extra, node.kids)
    rows = []
    for index, owner in enumerate(owners):
        numbers = " ".join(f"{owner[mark]} 0 R" for mark in range(len(owner)))
        rows.append(f"{index} [{numbers}]")
    rows += [f"{key} {owner} 0 R" for key, owner in sorted(annotation_owners.items())]
    following = max([len(page_numbers), *(key + 1 for key in annotation_owners)])
    tree = file.add(Raw(f"<< /Nums [{' '.join(rows)}] >>".encode()))
    root.data = (
        f"<< /Type /StructTreeRoot /K [{document_number} 0 R] /ParentTree {tree} 0 R /ParentTreeNextKey {following} >>"
    ).encode()
    return root_number


def _element(kind: str, parent: int, extra: str, kids: list[str]) -> bytes:
    if not kids:
        inside = ""
    elif len(kids) == 1:
        inside = f" /K {kids[0]}"
    else:
        inside = f" /K [{' '.join(kids)}]"
    return f"<< /S /{kind} /P {parent} 0 R{extra}{inside} >>".encode()
