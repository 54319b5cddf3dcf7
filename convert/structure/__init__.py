"""Structure: from sources to an issue."""

from __future__ import annotations

from collections.abc import Sequence

from convert.issue import Article, Block, Issue, Role
from convert.options import ParseOptions
from convert.source import Source, Span


def structure(sources: Sequence[Source], options: ParseOptions) -> Issue:
    """One paragraph a line, one article a source: the floor on which the passes build."""
    articles = []
    for number, source in enumerate(sources):
        blocks = [
            Block(f"b{number}.{line.number}", Role.PARAGRAPH, text, (Span(number, line.start, line.end),))
            for line in source.lines if (text := source.text[line.start:line.end]).strip()
        ]
        articles.append(Article(f"a{number + 1}", tuple(blocks)))
    return Issue(tuple(sources), "zh-Hans", articles=tuple(articles))
