"""Issues for the exchange writers: one with everything in it, and hypothesis' worst."""

from __future__ import annotations

import io
from dataclasses import replace

from hypothesis import strategies as st

from convert import plugins, style
from convert.issue import Article, Block, Issue, Metadata, Move, Query, Role, VariantEdit
from convert.laws import check_laws, revise
from convert.ledger import Ledger, Status
from convert.source import Source, Span
from convert.variants import table

FULL = (
    ("drop", None, "首页 > 新闻"),
    ("kicker", None, "柳湾街道提升基层党组织组织力"),
    ("title", None, "身边的三个做法"),
    ("subtitle", None, "全区建成便民工坊62处"),
    ("byline", None, "本报记者 沈知微"),
    ("heading", None, "“边角料”里挤出新空间"),
    ("paragraph", None, "上午9:30,便民工坊刚刚拉开卷帘门，\n门口排起了小队。"),
    ("caption", None, "图为工坊一角。"),
    ("paragraph", "verse", "春风又绿江南岸"),
    ("paragraph", "verse", "明月何时照我还"),
    ("paragraph", "list-item", "一、修鞋"),
    ("paragraph", "list-item", "二、配钥匙"),
    ("paragraph", "table-row", "周一 裁缝"),
    ("paragraph", "table-row", "周二 修伞"),
    ("paragraph", "quotation", "再给它开一次刃。"),
    ("colophon", None, "责任编辑 陆一鸣"),
)
METADATA = Metadata(
    title="柳湾<街>道报 & \"周刊\"", number="131", date="2018-11-05", publisher="柳湾街道", section="副刊",
    rights="© 柳湾", identifier="urn:x:131", creator="沈知微", description="第<三>版",
    extra=(("ISSN", "1234-5678"), ("ISSN", "x")),
)


def built(rows: tuple[tuple[str, str | None, str], ...], metadata: Metadata | None = None, name: str = "page.txt") -> Issue:
    """An issue of one article that says `rows` of role, kind and text; drop and colophon rows go where they belong."""
    blocks: list[Block] = []
    at = 0
    for number, (role, kind, text) in enumerate(rows, 1):
        chosen = Role(role)
        cells: tuple[tuple[int, int], ...] = ()
        if kind == "table-row" and " " in text:
            cells = ((0, text.index(" ")), (text.index(" ") + 1, len(text)))
        blocks.append(Block(
            f"b{number}", chosen, text, (Span(0, at, at + len(text)),), cells=cells, kind=kind,
            level=1 if chosen is Role.HEADING else None, reason="breadcrumb" if chosen is Role.DROP else None,
        ))
        at += len(text) + 1
    body = tuple(b for b in blocks if b.role not in (Role.DROP, Role.COLOPHON))
    issue = Issue(
        (Source(name, "\n".join(text for _, _, text in rows)),), "zh-Hans", metadata or Metadata(),
        (Article("a1", body),) if body else (),
        tuple(b for b in blocks if b.role is Role.COLOPHON), tuple(b for b in blocks if b.role is Role.DROP),
    )
    check_laws(issue)
    return issue


def full() -> Issue:
    """An issue with every role, several kinds, a ledger, a move and a query."""
    issue = built(FULL, METADATA)
    text = issue.sources[0].text
    ledger = Ledger(issue.sources)
    comma, join, name = text.index(","), text.index("\n门口"), text.index("沈知微")
    ledger.propose(0, comma, comma + 1, "，", "punctuation-width", confidence=0.999)
    ledger.propose(0, join, join + 1, "", "join", why="The line ends open.")
    ledger.propose(0, name, name + 3, "沈之微", "name", confidence=0.6, status=Status.SUGGESTED)
    ledger.propose(0, len(text), len(text), "。", "missing", block=issue.colophon[0].id)
    return replace(
        revise(issue, ledger.edits()),
        moves=(Move("b8", "b7", "caption-interrupts", "The caption cut a paragraph."),),
        queries=(Query("q1", 0, name, name + 3, "name", "沈知微 or 沈之微?", ("沈知微", "沈之微")),),
    )


def traditional() -> Issue:
    """`full` with one conversion in the title, as a variant."""
    parent = full()
    changes = (VariantEdit("b3", 4, 5, "个", "個", "s2t"),)

    def converted(block: Block) -> Block:
        return replace(block, text=block.text.replace("个", "個")) if block.id == "b3" else block

    articles = tuple(replace(a, blocks=tuple(map(converted, a.blocks))) for a in parent.articles)
    issue = replace(parent, articles=articles, language="zh-Hant-TW", variant="tw", parent=parent, changes=changes)
    check_laws(issue)
    return issue


def written(issue: Issue, to: str) -> bytes:
    """What the writer called `to` makes of the issue."""
    sink = io.BytesIO()
    variant = table.for_issue(table.variant(issue.variant), issue.language)
    plugins.writer(to).write(issue, variant, style.load(), sink)
    return sink.getvalue()


def visible_text(issue: Issue) -> str:
    """The non-white characters an edition shows: articles, then the colophon."""
    blocks = [*(block for article in issue.articles for block in article.blocks), *issue.colophon]
    return "".join("".join(block.text.split()) for block in blocks)


AWKWARD = (
    "<script>alert(1)</script>", "</p></body>", "]]>", "<!--", "-->", "&amp;&#0;&lt;", "\"'><img src=x onerror=y>",
    "`*_[]()#", "# 一", "- 二", "1. 三", "---", "| a | b |", "~~~", "> 引", "![x](javascript:alert(1))", "[x]: http://x",
    "https://x.cn/?a=1&b=2", "a@b.cn", "\\", "\\*", "$x$", "\x00", "\x1b[31m", "\ufffe", "\ud800", "\ue000", "\u202e",
    "\u2028", "\x85", "..", "/etc/passwd", "{{7*7}}", "{=html}", "标题" * 160, "\t", "    四", "一\n\n二", "===", "+ x", "2) x",
    "<?php", "%s%n", "\U0001f600", "𠮷", "＜",
)
TEXTS = st.one_of(st.sampled_from(AWKWARD), st.text(max_size=30), st.lists(st.sampled_from(AWKWARD), max_size=3).map("".join))
ROWS = st.lists(
    st.tuples(
        st.sampled_from([str(role) for role in Role]),
        st.sampled_from([None, None, "verse", "list-item", "table-row", "quotation", "note", "question", "plug-in-kind"]),
        TEXTS,
    ),
    min_size=1, max_size=8,
).map(tuple)
METADATAS = st.builds(
    Metadata, title=st.none() | TEXTS, number=st.none() | TEXTS, date=st.none() | TEXTS, publisher=st.none() | TEXTS,
    identifier=st.none() | TEXTS, rights=st.none() | TEXTS, extra=st.lists(st.tuples(TEXTS, TEXTS), max_size=2).map(tuple),
)
ISSUES = st.builds(built, ROWS, METADATAS, TEXTS)
"""Issues whose every text and name tries to be markup."""
