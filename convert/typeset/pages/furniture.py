"""What stands on every page beside the text: running head and folio."""

from __future__ import annotations

from collections.abc import Mapping

from convert.issue import Issue
from convert.labels import article_label, issue_title
from convert.typeset.atoms import Setter
from convert.typeset.pages.heads import one_line, shortened
from convert.typeset.pages.model import Page, Place, Rule, Text
from convert.typeset.pages.theme import Theme


def furnish(page: Page, number: int, issue: Issue, theme: Theme, hand: Setter, places: Mapping[str, Place]) -> None:
    """Running head with the folio; on the first page the folio alone, under the last column.

    Horizontal, whatever the lines are.  At the foot of a page a folio is right of most of the text and below all of
    it: extractors that sort blocks by their neighbours lose their way over it.
    """
    wide, high = theme.page
    long = theme.depth if theme.vertical else theme.span
    left = (wide - long) / 2
    margin = (high - (theme.span if theme.vertical else theme.depth)) / 4
    folio = one_line(hand, str(number + 1))
    at = left + long - folio.width * theme.folio / 1000
    if not number or not theme.running_head:
        page.texts.append(Text(at, high - max(26.0, margin), theme.folio, folio, hand, None, 0.15, across=True))
        return
    size, top = theme.running_head, max(22.0, margin)
    page.texts.append(Text(at, top, theme.folio, folio, hand, None, 0.15, across=True))
    head = shortened(hand, _running_title(number, issue, places), int(long * 600 / size))
    page.texts.append(Text(left, top, size, head, hand, None, 0.3, across=True))
    date = one_line(hand, (issue.metadata.date or "")[:40])
    page.texts.append(Text(at - size * 1.5 - date.width * size / 1000, top, size, date, hand, None, 0.3, across=True))
    under = top + size * 0.8
    page.rules.append(Rule(left, under, left + long, under, 0.4, 0.55, across=True))


def _running_title(number: int, issue: Issue, places: Mapping[str, Place]) -> str:
    """The periodical's name; where it is not known, the article at the head of the page."""
    here = ""
    if not issue.metadata.title:
        for article in issue.articles:
            place = places[article.id]
            if place.page < number or (place.page == number and not (here and place.v)):
                here = article_label(article, issue.language)
    return here or issue_title(issue)
