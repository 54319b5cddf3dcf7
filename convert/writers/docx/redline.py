"""The redline edition: the OCR lines as found, every repair a tracked change.

Reject all changes and the source's lines are back; accept all and it is the edition.  A proof made by a word
processor that nobody here wrote, and the file an editor wants.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from convert import labels
from convert.issue import Block, Issue, Role
from convert.writers.docx.alignment import Change, Line, merge
from convert.writers.docx.edition import outline_level
from convert.writers.docx.markup import run
from convert.writers.docx.origins import NEW, Origins
from convert.writers.docx.revisions import Revisions
from convert.writers.docx.styles import style_of, styled
from convert.writers.docx.template import Sections
from convert.writers.xml import clean

MARKS = {Change.KEPT: "", Change.DELETED: "deleted_mark", Change.INSERTED: "inserted_mark"}


def redline(issue: Issue, ids: Mapping[str, str], sections: Sections, revisions: Revisions) -> str:
    """The children of `w:body`, in one column so that lines can be compared."""
    before, edited = readings(issue)
    after = [line for _, line in edited]
    paragraphs = []
    for merged in merge(before, after):
        style = edited[merged.line][0] if edited else "BodyText"
        mark = MARKS[merged.mark]
        properties = getattr(revisions, mark)() if mark else ""
        runs = "".join(_run(revisions, change, text) for change, text in merged.runs)
        paragraphs.append(styled(ids, style, runs, properties))
    return "".join(paragraphs) + sections.xml(1, first=True)


def readings(issue: Issue) -> tuple[list[Line], list[tuple[str, Line]]]:
    """The source's lines, and the edition's with their styles."""
    origins = Origins(issue)
    before = [Line(clean(text), range(start, start + len(text))) for start, text in origins.sheet.lines()]
    return before, list(_edition_lines(issue, origins))


def _run(revisions: Revisions, change: Change, text: str) -> str:
    if change is Change.DELETED:
        return revisions.deleted(text)
    return revisions.inserted(text) if change is Change.INSERTED else run(text)


def edition_lines(issue: Issue) -> list[str]:
    """What accepting all changes gives: the articles with stand-in titles where one is lost, then the colophon."""
    return [line.text for _, line in readings(issue)[1]]


def source_lines(issue: Issue) -> list[str]:
    """What rejecting all changes gives: the sources' lines, stripped, blank ones left out."""
    return [line.text for line in readings(issue)[0]]


def _edition_lines(issue: Issue, origins: Origins) -> Iterator[tuple[str, Line]]:
    """Style and text of every paragraph of the edition.  A block with line breaks is as many paragraphs."""
    level = 0
    for article in issue.articles:
        lost = labels.is_stand_in(article)
        for block in article.blocks:
            if not block.text.strip():
                continue
            if lost and block.role is not Role.KICKER:
                lost = False
                level = 1
                yield from _generated(labels.article_label(article, issue.language))
            if block.role is Role.TITLE:
                level = 1
            elif block.role is Role.HEADING:
                level = outline_level(block, level)
            yield from _block(block, style_of(block, level), origins)
        if lost:
            yield from _generated(labels.article_label(article, issue.language))
    for block in issue.colophon:
        yield from _block(block, "Colophon", origins)


def _generated(label: str) -> Iterator[tuple[str, Line]]:
    yield "Heading1", Line(clean(label), [NEW] * len(label))


def _block(block: Block, style: str, origins: Origins) -> Iterator[tuple[str, Line]]:
    places = origins.of(block)
    at = 0
    for line in block.text.splitlines(keepends=True):
        body = line.strip()
        start = at + line.find(body)
        if body:
            yield style, Line(clean(body), places[start:start + len(body)])
        at += len(line)
