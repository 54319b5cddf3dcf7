"""An issue laid out: masthead, contents, articles one after another, colophon; running heads and folios last."""

from __future__ import annotations

from dataclasses import dataclass

from convert.issue import Article, Block, Issue, Role
from convert.labels import article_label, is_stand_in, issue_number, labels
from convert.typeset.atoms import Setter, setter
from convert.typeset.fonts import ROLES, FontSet
from convert.typeset.pages.boxes import Box, CaptionBox, HeadingBox, ImprintBox, ParagraphBox
from convert.typeset.pages.column import Column, Position
from convert.typeset.pages.flow import columns
from convert.typeset.pages.furniture import furnish
from convert.typeset.pages.heads import Contents, Head, Headline, Masthead
from convert.typeset.pages.keeps import keep
from convert.typeset.pages.model import Element, Page, Pages, Place, Rule
from convert.typeset.pages.tables import RowBox, tables
from convert.typeset.pages.theme import Theme

_HEAD_ROLES = (Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.BYLINE)
_WIDE = 18
"""From this measure on quotations are set in by two em, else by one."""
_ROOM = 3
"""A headline stands only where this many rows of its article fit under it."""


@dataclass(frozen=True)
class Hands:
    """The setters of an edition: by role in the direction of the lines, and one that always sets horizontally."""

    body: Setter
    strong: Setter
    heading: Setter
    kai: Setter
    across: Setter


def lay_out(issue: Issue, theme: Theme, fonts: FontSet, toc: bool = True) -> Pages:
    """Lay out every block of the issue but the dropped ones."""
    body, strong, heading, kai = (setter(fonts.chain(role), fonts.region, theme.vertical) for role in ROLES)
    hands = Hands(body, strong, heading, kai, setter(fonts.chain("heading"), fonts.region))
    return _Layout(issue, theme, hands, toc).run()


class _Layout:
    def __init__(self, issue: Issue, theme: Theme, hands: Hands, toc: bool) -> None:
        self.issue, self.theme, self.hands, self.toc = issue, theme, hands, toc
        self.words = labels(issue.language)
        self.done = Pages(pages=[Page()])
        self.row = 0
        self.contents: list[Contents] = []

    @property
    def page(self) -> Page:
        return self.done.pages[-1]

    def run(self) -> Pages:
        issue = self.issue
        self._masthead()
        if self.toc and self.theme.contents and len(issue.articles) >= self.theme.contents:
            self._contents()
        for article in issue.articles:
            self._article(article)
        self._colophon()
        for number, page in enumerate(self.done.pages):
            furnish(page, number, issue, self.theme, self.hands.across, self.done.places)
        for contents in self.contents:
            contents.number({key: str(place.page + 1) for key, place in self.done.places.items()})
        return self.done

    def _new_page(self) -> None:
        self.done.pages.append(Page())
        self.row = 0

    def _v(self, row: float) -> float:
        return row * self.theme.leading

    def _element(self, key: str, kind: str, parent: str, title: str = "") -> str:
        self.done.elements.append(Element(key, kind, parent, title))
        return key

    # -- what spans the page ------------------------------------------------------------------------------------

    def _masthead(self) -> None:
        known = self.issue.metadata
        if not known.title:
            return
        facts = [fact for fact in (issue_number(self.issue), known.date, known.publisher or known.section) if fact]
        element = self._element("masthead", "P", "document")
        each = [self._element(f"masthead-{number}", "P", "document") for number in range(len(facts))]
        masthead = Masthead(self.theme, self.hands.heading, self.hands.body, known.title, facts, element, each)
        masthead.draw(self.page, 0)
        self.row += masthead.rows

    def _contents(self) -> None:
        articles = self.issue.articles
        self._element("toc", "TOC", "document", self.words["contents"])
        self._element("toc-label", "Caption", "toc")
        entries = []
        for article in articles:
            self._element(f"toc-{article.id}-page", "Lbl", self._element(f"toc-{article.id}", "TOCI", "toc"))
            entries.append((article_label(article, self.issue.language), article.id))
        label = self.words["contents"]
        while entries:
            room = self.theme.rows - self.row - (3 if label else 1)
            if room < min(len(entries), 4):
                self._new_page()
                continue
            here = entries[:room * (2 if self.theme.columns >= 2 else 1)]
            contents = Contents(self.theme, self.hands.heading, self.hands.body, label, here)
            contents.draw(self.page, self._v(self.row))
            self.row += contents.rows
            self.contents.append(contents)
            entries, label = entries[len(here):], ""

    # -- articles -----------------------------------------------------------------------------------------------

    def _article(self, article: Article) -> None:
        label = article_label(article, self.issue.language)
        self._element(article.id, "Art", "document", label)
        self.done.outline.append((0, label, article.id))
        split = 0
        while split < len(article.blocks) and article.blocks[split].role in _HEAD_ROLES:
            split += 1
        front = [block for block in article.blocks[:split] if block.text.strip()]
        title = next((block.id for block in front if block.role is Role.TITLE), None)
        signed = next((at for at, block in enumerate(front) if block.role is Role.BYLINE), len(front))
        heads = [self._head(block, article.id) for block in front[:signed]]
        if is_stand_in(article):
            title = self._element(f"{article.id}-title", "H1", article.id)
            heads.append(Head(title, self.hands.body, label, self.theme.subtitle, 0, 0.35))
        heads += [self._head(block, article.id) for block in front[signed:]]
        headline = Headline(self.theme, heads, title)
        boxes = self._boxes(article.blocks[split:], article.id)
        if headline.rows > self.theme.rows - _ROOM:
            # No headline fills a page: this is text that was taken for one, and is set as such.
            lost = [ParagraphBox(self.theme, head.element, self.hands.body, head.text, indent=0) for head in heads]
            headline, boxes = Headline(self.theme, [], None), [*lost, *boxes]
        self._start(headline, boxes)
        here = Place(len(self.done.pages) - 1, self._v(self.row))
        self.done.places[article.id] = here
        headline.draw(self.page, self._v(self.row))
        self.row += headline.rows
        self._pour(boxes)

    def _start(self, headline: Headline, boxes: list[Box]) -> None:
        """Move to where the article begins: under the one before, with a rule between, or on a new page."""
        if self.row == 0:
            return
        needed = headline.rows + 2 + min(_ROOM, sum(box.rows for box in boxes))
        if self.row + needed > self.theme.rows:
            self._new_page()
            return
        if len(self.done.places) and self.done.pages:
            v = self._v(self.row + 0.75)
            self.page.rules.append(Rule(0, v, self.theme.span, v, 0.7, 0.25))
            self.row += 1

    def _head(self, block: Block, article: str) -> Head:
        theme, hands = self.theme, self.hands
        text = " ".join(block.text.split())
        if block.role is Role.TITLE:
            return Head(self._element(block.id, "H1", article), hands.heading, text, theme.title, theme.tracking)
        key = self._element(block.id, "P", article)
        if block.role is Role.KICKER:
            return Head(key, hands.heading, text, theme.kicker, theme.tracking, 0.25)
        if block.role is Role.SUBTITLE:
            return Head(key, hands.body, text, theme.subtitle, theme.tracking)
        return Head(key, hands.kai, text, theme.byline, 0, 0.2)

    def _boxes(self, blocks: tuple[Block, ...], article: str) -> list[Box]:
        found: list[Box] = []
        kinds: list[str] = []
        for block in blocks:
            here = self._box(block, article, bool(found) and isinstance(found[-1], HeadingBox))
            kinds += [block.kind or ("byline" if block.role is Role.BYLINE else "")] * len(here)
            found += here
        keep(found, kinds)
        tables(found)
        return found

    def _box(self, block: Block, article: str, follows: bool) -> list[Box]:
        theme, hands = self.theme, self.hands
        lines = [" ".join(line.split()) for line in block.text.splitlines() if line.strip()]
        if not lines:
            return []
        if block.role is Role.HEADING or block.role in (Role.TITLE, Role.KICKER, Role.SUBTITLE):
            level = block.level or 1
            element = self._element(block.id, f"H{min(level, 3) + 1}", article)
            key = f"h-{block.id}"
            self.done.outline.append((1, " ".join(lines), key))
            return [HeadingBox(theme, element, hands.heading, " ".join(lines), level, follows, key)]
        if block.role is Role.CAPTION:
            return [CaptionBox(theme, self._element(block.id, "Caption", article), hands.kai, " ".join(lines))]
        if block.kind == "table-row" and block.cells:
            return [self._row(block, article)]
        if block.kind == "pull-quote":
            return [CaptionBox(theme, self._element(block.id, "P", article), hands.kai, " ".join(lines), theme.size * 1.15)]
        element = self._item(block, article) if block.kind == "list-item" else self._element(block.id, "P", article)
        return [self._paragraph(block, element, line, number) for number, line in enumerate(lines)]

    def _item(self, block: Block, article: str) -> str:
        """An item of a list; items that follow one another are one L of the structure tree."""
        last = self.done.elements[-1]
        found = last.parent.rsplit("/", 1)[0] if last.kind == "LBody" else self._element(f"list-{block.id}", "L", article)
        return self._element(block.id, "LBody", self._element(f"{found}/{block.id}", "LI", found))

    def _row(self, block: Block, article: str) -> RowBox:
        """A row of a table; rows that follow one another are one Table of the structure tree."""
        last = self.done.elements[-1]
        table = last.parent.rsplit("/", 1)[0] if last.kind == "TD" else ""
        if not table:
            table = self._element(f"table-{block.id}", "Table", article)
        row = self._element(f"{table}/{block.id}", "TR", table)
        cells = []
        for number, (start, end) in enumerate(block.cells):
            text = " ".join(block.text[start:end].split())
            cells.append((self._element(f"{row}/{number}", "TD", row), text))
        return RowBox(self.theme, cells, self.hands.body)

    def _paragraph(self, block: Block, element: str, text: str, number: int) -> ParagraphBox:
        theme, hands = self.theme, self.hands
        kind = block.kind or ""
        indent = hands.body.rules.indent
        if block.role is Role.BYLINE or kind in ("signature", "date", "credit"):
            return ParagraphBox(theme, element, hands.kai, text, indent=0, align="right", size=theme.byline)
        if kind == "verse":
            return ParagraphBox(theme, element, hands.body, text, indent=indent, hang=indent + 1000, align="left")
        if kind in ("quotation", "editorial"):
            return ParagraphBox(theme, element, hands.kai, text, indent=indent, inset=2000 if theme.measure >= _WIDE else 1000)
        if kind == "list-item":
            return ParagraphBox(theme, element, hands.body, text, indent=indent, hang=0)
        if kind == "salutation":
            return ParagraphBox(theme, element, hands.body, text, indent=0)
        if kind == "note":
            return ParagraphBox(theme, element, hands.body, text, indent=indent, size=theme.caption)
        return ParagraphBox(theme, element, hands.body, text, indent=indent)

    def _pour(self, boxes: list[Box], count: int = 0) -> None:
        """Let the boxes flow down the columns of this page (`count` of them) and as many more as it takes."""
        theme = self.theme
        count = count or theme.columns
        place = Position(0, 0)
        while place.box < len(boxes):
            height = theme.rows - self.row
            if height < 2:
                self._new_page()
                height = theme.rows
            found = columns(boxes, place, count, height)
            if found[-1].end == place:
                if self.row:
                    self._new_page()
                    continue
                found = [column._replace(end=Position(place.box + 1, 0)) for column in found[:1]]
            used = max(column.used for column in found)
            for number, column in enumerate(found):
                self._draw_column(boxes, column, number)
            self._column_rules(len(found), used)
            self.row += used
            place = found[-1].end
            if place.box < len(boxes):
                self._new_page()

    def _draw_column(self, boxes: list[Box], column: Column, number: int) -> None:
        u, row = number * self.theme.step, 0
        for at, first, last in column.parts(boxes):
            box = boxes[at]
            v = self._v(self.row + row)
            if box.mark:
                self.done.places[box.mark] = Place(len(self.done.pages) - 1, v)
            if row == 0:
                v += self._head_shift(box)
                if isinstance(box, CaptionBox):
                    box.at_head = first <= box.skip
            v += 0.03 * number
            box.draw(self.page, u, v, first, last)
            row += last - first

    def _head_shift(self, box: Box) -> float:
        """At the head of a column other sizes than the body's stand level with it by their tops.

        Extractors sort blocks by their tops: what stands a hair higher than the column on its left is read before it.
        """
        theme = self.theme
        if isinstance(box, CaptionBox):
            return (box.size - theme.size - theme.leading) / 2
        if isinstance(box, HeadingBox):
            return (box.size - theme.size) / 2
        if isinstance(box, ParagraphBox):
            return (box.size - theme.size) / 2
        return 0.0

    def _column_rules(self, count: int, used: int) -> None:
        theme = self.theme
        if not theme.column_rule or used < 2:
            return
        top, bottom = self._v(self.row) + 0.2 * theme.leading, self._v(self.row + used) - 0.2 * theme.leading
        for number in range(1, count):
            u = number * theme.step - theme.gutter * theme.size / 2
            self.page.rules.append(Rule(u, top, u, bottom, 0.4, 0.55))

    def _colophon(self) -> None:
        blocks = [block for block in self.issue.colophon if block.text.strip()]
        if not blocks:
            return
        theme = self.theme
        self._element("colophon", "Sect", "document", self.words["colophon"])
        texts = [(self._element(block.id, "P", "colophon"), " ".join(block.text.split())) for block in blocks]
        boxes: list[Box] = [
            ImprintBox(theme, self.hands.body, texts[at:at + ImprintBox.MOST]) for at in range(0, len(texts), ImprintBox.MOST)
        ]
        rows = sum(box.rows for box in boxes)
        if self.row and self.row + 1 + min(rows, theme.rows // 2) > theme.rows:
            self._new_page()
        if self.row:
            v = self._v(self.row + 0.6)
            self.page.rules.append(Rule(0, v, theme.span, v, 0.7, 0.25))
            self.row = min(self.row + 1, theme.rows)
        if rows:
            self._pour(boxes, 1)
