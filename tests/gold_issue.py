"""Issues without a parser: a gold TSV (`ROLE<TAB>TEXT` lines, `article` before each article) as an `Issue`.

The source is the gold lines joined by line feeds, every block one span of it, so both laws hold by construction.
"""

from __future__ import annotations

from pathlib import Path

from convert.issue import Article, Block, Issue, Metadata, Role
from convert.laws import check_laws
from convert.source import Source, Span


def gold_issue(path: str | Path, metadata: Metadata | None = None, language: str = "zh-Hans") -> Issue:
    """The issue a gold file describes.  `heading2` becomes a heading of level 2."""
    path = Path(path)
    return issue_of(path.read_text(encoding="utf-8"), path.name.split(".")[0] + ".txt", metadata, language)


def issue_of(tsv: str, name: str = "sample.txt", metadata: Metadata | None = None, language: str = "zh-Hans") -> Issue:
    """The issue that TSV text describes; any role may also be written `role:kind`, as in `paragraph:verse`."""
    rows = [line.split("\t", 1) for line in tsv.splitlines() if line.strip()]
    text = "\n".join(row[1] for row in rows if len(row) == 2)
    articles: list[list[Block]] = []
    colophon: list[Block] = []
    dropped: list[Block] = []
    at = 0
    for number, row in enumerate(rows, 1):
        if row[0] == "article":
            articles.append([])
            continue
        block = _block(f"b{number}", row[0], row[1], at)
        at += len(row[1]) + 1
        if block.role is Role.COLOPHON:
            colophon.append(block)
        elif block.role is Role.DROP:
            dropped.append(block)
        else:
            if not articles:
                articles.append([])
            articles[-1].append(block)
    issue = Issue(
        sources=(Source(name, text),),
        language=language,
        metadata=metadata or Metadata(),
        articles=tuple(Article(f"a{n}", tuple(blocks)) for n, blocks in enumerate(filter(None, articles), 1)),
        colophon=tuple(colophon),
        dropped=tuple(dropped),
    )
    check_laws(issue)
    return issue


def _block(block_id: str, label: str, text: str, at: int) -> Block:
    name, _, kind = label.partition(":")
    level = None
    if name.startswith("heading"):
        level, name = int(name[7:] or 1), "heading"
    reason = "gold" if name == "drop" else None
    return Block(block_id, Role(name), text, (Span(0, at, at + len(text)),), level=level, kind=kind or None, reason=reason)
