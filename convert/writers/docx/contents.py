"""The contents list: a field that is full when the file is opened, so that no program asks to update it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from convert import labels
from convert.writers.docx.markup import FIELD_END, attribute, field, field_start, run
from convert.writers.docx.styles import styled


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading of the edition: its outline level, bookmark and text."""

    level: int
    bookmark: str
    text: str


def contents(
    entries: Sequence[Entry],
    depth: int,
    language: str,
    ids: Mapping[str, str],
    pages: Mapping[str, int] | None,
    say: Callable[[str], str] = run,
) -> str:
    """The list as a content control (Word: “Table of Contents”), one linked line a heading down to `depth`.

    Without `pages` the field carries `\\n`, no page numbers: a number nobody has laid out would be a lie.
    """
    shown = [entry for entry in entries if entry.level <= depth]
    if not shown:
        return ""
    numbered = "" if pages else " \\n"
    start = field_start(f'TOC \\o "1-{depth}"{numbered} \\h \\z \\u')
    title = labels.labels(language)["contents"]
    lines = [styled(ids, "TOCHeading", run(title))]
    for position, entry in enumerate(shown):
        inner = f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{say(entry.text)}{_page(entry, pages)}</w:hyperlink>'
        before = start if position == 0 else ""
        after = FIELD_END if position == len(shown) - 1 else ""
        lines.append(styled(ids, f"TOC{entry.level}", before + inner + after))
    control = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr><w:alias w:val={attribute(title)}/>{control}</w:sdtPr>" \
        f"<w:sdtContent>{''.join(lines)}</w:sdtContent></w:sdt>"


def _page(entry: Entry, pages: Mapping[str, int] | None) -> str:
    if not pages or entry.bookmark not in pages:
        return ""
    return "<w:r><w:tab/></w:r>" + field(f"PAGEREF {entry.bookmark} \\h", run(str(pages[entry.bookmark])))
