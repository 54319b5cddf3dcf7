"""Words an edition needs that are not in the source: 目录, 封面, stand-in titles.  Generated, never block text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from convert.issue import Article, Issue, Role
from convert.variants.table import region_of

STAND_IN_LENGTH = 16
"""Characters of the first paragraph shown where a headline is missing."""


@cache
def labels(language: str) -> Mapping[str, str]:
    """The words for a language tag, by key (`contents`, `cover`, `colophon`, `number`, …)."""
    path = Path(__file__).with_name("labels.toml")
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return MappingProxyType({**tables["CN"], **tables[region_of(language)]})


def article_label(article: Article, language: str) -> str:
    """The headline, or a stand-in in square brackets made from the first words where the source lost it."""
    title = article.first(Role.TITLE)
    if title is not None and title.text.strip():
        return " ".join(title.text.split())
    words = labels(language)
    for block in article.blocks:
        if block.role in (Role.PARAGRAPH, Role.HEADING, Role.CAPTION) and block.text.strip():
            text = " ".join(block.text.split())
            short = text[:STAND_IN_LENGTH].rstrip("，、；：。") + ("……" if len(text) > STAND_IN_LENGTH else "")
            return words["stand_in"].format(text=short)
    return words["untitled"]


def is_stand_in(article: Article) -> bool:
    """Whether `article_label` has to invent: writers mark such a label as generated."""
    title = article.first(Role.TITLE)
    return title is None or not title.text.strip()


def issue_title(issue: Issue) -> str:
    """The masthead: periodical and number where known, else the first headline, else the file's name."""
    known = issue.metadata
    words = labels(issue.language)
    if known.title and known.title.strip():
        return f"{known.title} {issue_number(issue)}".strip()
    if issue.articles:
        return article_label(issue.articles[0], issue.language)
    return issue.name or words["untitled"]


def issue_number(issue: Issue) -> str:
    """第131期 for a bare number, else the number as the source prints it, else nothing."""
    number = (issue.metadata.number or "").strip()
    return labels(issue.language)["number"].format(number=number) if number.isdigit() else number
