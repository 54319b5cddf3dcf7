"""Issues for tests of the proofreader: one paragraph a line, without a parser."""

from __future__ import annotations

from convert.issue import Article, Block, Issue, Role
from convert.laws import check_laws
from convert.options import ParseOptions
from convert.proofread import proofread
from convert.proofread.page import Page
from convert.proofread.run import look
from convert.source import Source, Span

SLIPS = "上午止午开会，记者从会场纪者席获悉，今年卞半年将完成关健环节，群众表示欢迎，读者续者都很高兴。"
"""A paragraph so full of slips that the density estimate lets scored rules apply."""


def issue_of(text: str, language: str = "zh-Hans") -> Issue:
    """Each line that is not blank is a paragraph."""
    source = Source("test", text)
    blocks = tuple(
        Block(f"b{line.number}", Role.PARAGRAPH, text[line.start:line.end], (Span(0, line.start, line.end),))
        for line in source.lines if text[line.start:line.end].strip()
    )
    return Issue((source,), language, articles=(Article("a1", blocks),))


def page_of(text: str, **options: object) -> Page:
    """The page view of a text."""
    return look(issue_of(text), ParseOptions(**options))  # type: ignore[arg-type]


def read(text: str, language: str = "zh-Hans", **options: object) -> Issue:
    """The text proofread; the laws are checked."""
    issue = proofread(issue_of(text, language), ParseOptions(**options))  # type: ignore[arg-type]
    check_laws(issue)
    return issue


def changes(issue: Issue) -> list[tuple[str, str, str, str]]:
    """Before, after, rule and status of each row."""
    return [(e.before, e.after, e.rule, e.status.value) for e in issue.edits]
