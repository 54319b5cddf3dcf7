"""An article as one `<section>`: header, headings without gaps, paragraphs, and runs of blocks that belong together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from convert.issue import Article, Block, Role
from convert.labels import article_label, labels
from convert.writers.epub.inline import Inline, PageBreak
from convert.writers.xml import attribute, one_line

HEADER = (Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.BYLINE)
Breaks = Mapping[str, Sequence[PageBreak]]
"""Page breaks by block id."""
_Each = Callable[[Block, Inline, Breaks], str]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an article, for the table of contents."""

    id: str
    text: str
    level: int


@dataclass
class Section:
    """An article's markup and what the navigation needs of it."""

    id: str
    label: str
    html: str = ""
    headings: list[Heading] = field(default_factory=list)


def section(article: Article, number: int, language: str, inline: Inline, breaks: Breaks) -> Section:
    """Article `number` (from 1).  A missing headline is replaced by a stand-in, marked as generated."""
    made = Section(f"a{number}", article_label(article, language))
    blocks = [block for block in article.blocks if block.text.strip()]
    count = next((n for n, block in enumerate(blocks) if block.role not in HEADER), len(blocks))
    kind = ' epub:type="chapter"' if inline.epub else ""
    made.html = "".join((
        f'<section{kind} role="doc-chapter" aria-labelledby="{made.id}">\n',
        *_header(made, blocks[:count], language, inline, breaks),
        *_body(made, blocks[count:], inline, breaks),
        "</section>\n",
    ))
    return made


def _header(made: Section, blocks: Sequence[Block], language: str, inline: Inline, breaks: Breaks) -> Iterator[str]:
    yield "<header>\n"
    titles = [block for block in blocks if block.role is Role.TITLE]
    if not titles:  # also where the parser left the headline further down: it is printed there, as a heading
        why = attribute(labels(language)["generated"])
        yield f'<h1 id="{made.id}" class="stand-in" title="{why}">{inline(made.label)}</h1>\n'
    for role, run in groupby(blocks, key=lambda block: block.role):
        lines = list(run)
        if role is Role.TITLE and lines[0] is titles[0]:
            inner = [inline(block.text, breaks.get(block.id, ())) for block in lines]
            text = inner[0] if len(inner) == 1 else "".join(f'<span class="line">{line}</span>' for line in inner)
            made.label = " ".join(one_line(block.text) for block in lines)
            yield f'<h1 id="{made.id}">{text}</h1>\n'
            continue
        for block in lines:
            yield _paragraph(block, inline, breaks)
    yield "</header>\n"


def _body(made: Section, blocks: Sequence[Block], inline: Inline, breaks: Breaks) -> Iterator[str]:
    ranks = {level: rank for rank, level in enumerate(sorted({_level(b) for b in blocks if b.role in _HEADINGS}), 2)}
    last = 1
    for group, run in groupby(blocks, key=_group):
        if group is not None:
            opening, each, closing = _RUNS[group]
            yield opening + "".join(each(block, inline, breaks) for block in run) + closing
            continue
        for block in run:
            if block.role not in _HEADINGS:
                yield _block(block, inline, breaks)
                continue
            last = min(ranks[_level(block)], last + 1)
            name = f"{made.id}h{len(made.headings) + 1}"
            made.headings.append(Heading(name, " ".join(block.text.split()), last))
            yield f'<h{last} id="{name}">{inline(block.text, breaks.get(block.id, ()))}</h{last}>\n'


_HEADINGS = (Role.HEADING, Role.TITLE)


def _level(block: Block) -> int:
    return 1 if block.role is Role.TITLE else min(max(block.level or 1, 1), 3)


def _group(block: Block) -> str | None:
    return block.kind if block.role is Role.PARAGRAPH and block.kind in _RUNS else None


def _block(block: Block, inline: Inline, breaks: Breaks) -> str:
    if block.role is Role.CAPTION:
        text = inline(block.text, breaks.get(block.id, ()))
        return f'<figure class="cap"><figcaption>{text}</figcaption></figure>\n'
    if block.kind == "pull-quote":
        return f'<aside class="pull-quote" role="doc-pullquote">{_paragraph(block, inline, breaks)}</aside>\n'
    return _paragraph(block, inline, breaks)


_CLASSES = frozenset({
    "question", "answer", "note", "editorial", "contents", "salutation", "signature", "date", "credit", "column-name",
})


def _paragraph(block: Block, inline: Inline, breaks: Breaks) -> str:
    text = inline(block.text, breaks.get(block.id, ()))
    if block.role in HEADER:
        role = ' role="doc-subtitle"' if block.role is Role.SUBTITLE else ""
        return f'<p class="{block.role.value}"{role}>{text}</p>\n'
    kind = f' class="{block.kind}"' if block.kind in _CLASSES else ""
    return f"<p{kind}>{text}</p>\n"


def _line(tag: str) -> _Each:
    def each(block: Block, inline: Inline, breaks: Breaks) -> str:
        return f"<{tag}>{inline(block.text, breaks.get(block.id, ()))}</{tag}>\n"

    return each


def _verse(block: Block, inline: Inline, breaks: Breaks) -> str:
    lines = inline(block.text, breaks.get(block.id, ())).strip("\n").split("\n")
    return "<p>" + "<br/>\n".join(lines) + "</p>\n"


def _row(block: Block, inline: Inline, breaks: Breaks) -> str:
    """Cells from the parser; text that stands between two cells and is not white goes with the one before."""
    text, marks = block.text, breaks.get(block.id, ())
    starts = [start for start, _ in block.cells] or [0]
    bounds = list(zip([0, *starts[1:]], [*starts[1:], len(text)], strict=True))
    cells: list[str] = []
    for start, end in bounds:
        inside = [PageBreak(m.offset - start, m.id, m.label) for m in marks if start <= m.offset < end]
        cells.append(f"<td>{inline(text[start:end].rstrip(), inside)}</td>")
    return f"<tr>{''.join(cells)}</tr>\n"


_RUNS: Mapping[str, tuple[str, _Each, str]] = {
    "list-item": ('<ul class="list">\n', _line("li"), "</ul>\n"),
    "verse": ('<div class="verse">\n', _verse, "</div>\n"),
    "quotation": ("<blockquote>\n", _line("p"), "</blockquote>\n"),
    "table-row": ("<table>\n<tbody>\n", _row, "</tbody>\n</table>\n"),
}
