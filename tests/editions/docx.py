"""What the Open XML SDK and the schemas do not see in a DOCX edition of Chinese text.  `lint(data)` gives the findings.

Each rule is a function from an opened package to sentences, listed in `RULES`; `test_docx_faults.py` plants each fault.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from tests.editions.text_rules import check_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
HAN = "\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
LANGUAGES = {"zh-CN": "zh-Hans", "zh-SG": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-MO": "zh-Hant"}


@dataclass
class Package:
    """The package as the rules see it."""

    names: list[str]
    dates: set[tuple[int, ...]]
    parts: dict[str, etree._Element]
    core: str

    @property
    def document(self) -> etree._Element:
        return self.parts["word/document.xml"]

    @property
    def text_parts(self) -> dict[str, etree._Element]:
        pattern = re.compile(r"word/(document|header[\d-]*|footer[\d-]*|comments)\.xml$")
        return {name: root for name, root in self.parts.items() if pattern.match(name)}

    @property
    def language(self) -> str:
        """The East Asian language of the document defaults."""
        found = self.parts["word/styles.xml"].find(f"{W}docDefaults//{W}lang")
        return "" if found is None else found.get(f"{W}eastAsia") or ""


def lint(data: bytes) -> list[str]:
    """All findings, a sentence each; none for a good edition."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {
            name: etree.fromstring(archive.read(name)) for name in archive.namelist() if re.match(r"word/[^/]+\.xml$", name)
        }
        package = Package(
            archive.namelist(), {entry.date_time for entry in archive.infolist()}, parts,
            archive.read("docProps/core.xml").decode("utf-8"),
        )
    return [f"{rule.__name__}: {finding}" for rule in RULES for finding in rule(package)]


def _value(element: etree._Element) -> str:
    return str(element.get(f"{W}val") or "")


def _text(element: etree._Element) -> str:
    return "".join(piece.text or "" for piece in element.iter(f"{W}t"))


def dates(package: Package) -> Iterator[str]:
    if len(package.dates) > 1:
        yield "the entries of the zip file have different dates"


def undefined_styles(package: Package) -> Iterator[str]:
    known = {style.get(f"{W}styleId") for style in package.parts["word/styles.xml"].iter(f"{W}style")}
    used = {_value(e) for root in package.text_parts.values() for e in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
    used |= {_value(e) for e in package.parts["word/styles.xml"].iter(f"{W}basedOn", f"{W}next", f"{W}link")}
    for name in sorted(used - known):
        yield f"the style {name} is not defined"


def unpaired_ranges(package: Package) -> Iterator[str]:
    for start, end in (("bookmarkStart", "bookmarkEnd"), ("commentRangeStart", "commentRangeEnd")):
        opened = [e.get(f"{W}id") for e in package.document.iter(W + start)]
        closed = [e.get(f"{W}id") for e in package.document.iter(W + end)]
        if len(opened) != len(set(opened)):
            yield f"{start} ids repeat"
        if sorted(opened) != sorted(closed):
            yield f"{start} and {end} do not pair: {len(opened)} and {len(closed)}"
        seen: set[str | None] = set()
        for element in package.document.iter(W + start, W + end):
            if element.tag == W + start:
                seen.add(element.get(f"{W}id"))
            elif element.get(f"{W}id") not in seen:
                yield f"{end} {element.get(f'{W}id')} stands before its start"


def comments(package: Package) -> Iterator[str]:
    root = package.parts.get("word/comments.xml")
    there = [e.get(f"{W}id") for e in root.iter(f"{W}comment")] if root is not None else []
    references = [e.get(f"{W}id") for e in package.document.iter(f"{W}commentReference")]
    ranges = [e.get(f"{W}id") for e in package.document.iter(f"{W}commentRangeStart")]
    if not sorted(there) == sorted(references) == sorted(ranges):
        yield f"{len(there)} comments, {len(ranges)} ranges, {len(references)} references"


def bookmarks(package: Package) -> Iterator[str]:
    names = [e.get(f"{W}name") or "" for e in package.document.iter(f"{W}bookmarkStart")]
    if len(names) != len(set(names)):
        yield "bookmark names repeat"
    wanted = {e.get(f"{W}anchor") for e in package.document.iter(f"{W}hyperlink") if e.get(f"{W}anchor")}
    for instruction in package.document.iter(f"{W}instrText"):
        wanted |= set(re.findall(r"PAGEREF (\S+)", instruction.text or ""))
    for name in sorted(wanted - set(names)):
        yield f"a link leads to {name}, which is no bookmark"


def revisions(package: Package) -> Iterator[str]:
    ids = [e.get(f"{W}id") for e in package.document.iter(f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")]
    if len(ids) != len(set(ids)):
        yield "ids of tracked changes repeat"
    for change in package.document.iter(f"{W}del"):
        if next(change.iter(f"{W}t"), None) is not None:
            yield "deleted text stands in w:t"
            break
    for piece in package.document.iter(f"{W}delText"):
        if not any(parent.tag == f"{W}del" for parent in piece.iterancestors()):
            yield "w:delText stands outside w:del"
            break
    for change in package.document.iter(f"{W}ins", f"{W}del"):
        if not change.get(f"{W}author") or not change.get(f"{W}date"):
            yield "a tracked change has no author or no date"
            break


def fields(package: Package) -> Iterator[str]:
    for name, root in package.text_parts.items():
        stack: list[str] = []
        for element in root.iter(f"{W}fldChar"):
            kind = element.get(f"{W}fldCharType")
            if element.get(f"{W}dirty"):
                yield f"a field of {name} is dirty: Word asks to update it"
            if kind == "begin":
                stack.append("begin")
            elif kind == "separate" and stack and stack[-1] == "begin":
                stack[-1] = "separate"
            elif kind == "end" and stack:
                stack.pop()
            else:
                yield f"a field of {name} has {kind} out of place"
                break
        if stack:
            yield f"a field of {name} does not end"
    if next(package.parts["word/settings.xml"].iter(f"{W}updateFields"), None) is not None:
        yield "updateFields: Word asks when the file is opened"


def metadata(package: Package) -> Iterator[str]:
    if not re.search(r"<dc:title>[^<]+", package.core):
        yield "the edition has no title"
    found = re.search(r"<dc:language>([^<]+)", package.core)
    language = found.group(1) if found else ""
    if package.language not in LANGUAGES:
        yield f"the language of the text is {package.language!r}"
    elif not language.startswith(LANGUAGES[package.language]):
        yield f"the edition says {language!r} and its text {package.language!r}"


def fonts(package: Package) -> Iterator[str]:
    for element in package.parts["word/styles.xml"].iter(f"{W}rFonts"):
        if any(key.endswith("Theme") for key in element.attrib):
            yield "a style takes a font of the theme, which falls back to a Japanese one"
            break
    for element in package.document.iter(f"{W}rFonts"):
        if set(element.attrib) - {f"{W}hint"}:
            yield "a run names a font itself instead of having a style"
            break


def compatibility(package: Package) -> Iterator[str]:
    for element in package.parts["word/settings.xml"].iter(f"{W}compatSetting"):
        if element.get(f"{W}name") == "compatibilityMode" and int(_value(element)) >= 15:
            return
    yield "Word opens it in compatibility mode"


def empty_paragraphs(package: Package) -> Iterator[str]:
    ends = {s.get(f"{W}styleId") for s in package.parts["word/styles.xml"].iter(f"{W}style") if _name(s) == "Section End"}
    for name, root in package.text_parts.items():
        for element in root.iter(f"{W}p"):
            style = element.find(f"{W}pPr/{W}pStyle")
            text = "".join(piece.text or "" for piece in element.iter(f"{W}t", f"{W}delText"))
            drawn = next(element.iter(f"{W}drawing"), None) is not None
            cell = element.getparent() is not None and element.getparent().tag == f"{W}tc"
            if not text.strip() and not drawn and not cell and (style is None or _value(style) not in ends):
                yield f"an empty paragraph in {name}"


def _name(style: etree._Element) -> str:
    found = style.find(f"{W}name")
    return _value(found) if found is not None else ""


def heading_levels(package: Package) -> Iterator[str]:
    levels: dict[str | None, int] = {}
    for style in package.parts["word/styles.xml"].iter(f"{W}style"):
        outline = style.find(f"{W}pPr/{W}outlineLvl")
        found = re.fullmatch(r"[Hh]eading (\d)", _name(style))
        if found or (outline is not None and int(_value(outline)) < 9):
            levels[style.get(f"{W}styleId")] = int(found.group(1)) if found else int(_value(outline)) + 1
    last = 0
    for element in package.document.iter(f"{W}pStyle"):
        level = levels.get(_value(element))
        if level is not None:
            if level > last + 1:
                yield f"a heading of level {level} follows one of level {last}"
            last = level


def hints(package: Package) -> Iterator[str]:
    for name, root in package.text_parts.items():
        for element in root.iter(f"{W}r"):
            fonts_of_run = element.find(f"{W}rPr/{W}rFonts")
            hinted = fonts_of_run is not None and fonts_of_run.get(f"{W}hint") == "eastAsia"
            text = "".join(piece.text or "" for piece in element.iter(f"{W}t", f"{W}delText"))
            if not hinted and re.search("[\u2018-\u201d\u2026\u2014\u00b7]", text):
                yield f"Chinese marks without a hint in {name}: {text[:12]}"
                break


def pictures(package: Package) -> Iterator[str]:
    if any(not element.get("descr") for element in package.document.iter(f"{DRAWING}docPr")):
        yield "a picture has no alternative text"


def characters(package: Package) -> Iterator[str]:
    for name, root in package.text_parts.items():
        for character in sorted(set("".join(piece.text or "" for piece in root.iter(f"{W}t")))):
            control = unicodedata.category(character) == "Cc" and character not in "\n\t"
            if character == "\ufffd" or control or unicodedata.category(character) in ("Co", "Cn", "Cs"):
                yield f"U+{ord(character):04X} in {name}"


def spaces(package: Package) -> Iterator[str]:
    pattern = re.compile(f"[{HAN}] +[{HAN}，。、；：！？”’）》」』]")
    for element in package.document.iter(f"{W}p"):
        style = element.find(f"{W}pPr/{W}pStyle")
        if style is None or _value(style) != "BodyText":
            continue  # headlines part their phrases by a space, bylines and imprints their items
        found = pattern.search(_text(element))
        if found:
            yield f"a space between Chinese characters: {found.group()}"
            return


def script(package: Package) -> Iterator[str]:
    """Only where the package names a Chinese language: another is told by `metadata`."""
    if package.language in LANGUAGES:
        for finding in check_text("".join(_text(element) for element in package.document.iter(f"{W}p")), package.language, ""):
            if finding.what.startswith("wrong-script"):
                yield finding.what.partition(": ")[2]


RULES: tuple[Callable[[Package], Iterator[str]], ...] = (
    dates, undefined_styles, unpaired_ranges, comments, bookmarks, revisions, fields, metadata, fonts, compatibility,
    empty_paragraphs, heading_levels, hints, pictures, characters, spaces, script,
)
