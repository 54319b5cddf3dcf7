"""Short hands for tests of the parser."""

from __future__ import annotations

from convert.issue import Issue
from convert.laws import check_laws
from convert.options import ParseOptions
from convert.source import Source
from convert.structure import structure


def parse(*texts: str) -> Issue:
    """The issue of some texts, its laws proved."""
    issue = structure(tuple(Source(f"{n}.txt", text) for n, text in enumerate(texts, 1)), ParseOptions())
    check_laws(issue)
    return issue


def roles(issue: Issue) -> list[tuple[str, str]]:
    """Role and text of the blocks of the articles, in order."""
    return [(str(block.role), block.text) for article in issue.articles for block in article.blocks]


def texts(issue: Issue) -> list[str]:
    return [text for _, text in roles(issue)]
