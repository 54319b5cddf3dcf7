"""One small issue with every kind of block, and short ways to its editions."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

from convert import pipeline, plugins
from convert import style as styles
from convert.issue import Article, Block, Issue, Metadata, Role
from convert.laws import check_laws
from convert.source import Line, Page, Source, Span
from convert.variants import table
from tests.gold_issue import issue_of

KNOWN = Metadata(title="江畔文艺", number="37", date="1986年5月4日", publisher="江畔文艺社", section="第三版")
SAMPLE = """\
article
kicker\t本报专访
title\t老街的新早晨
subtitle\t一条巷子的三十年
byline\t本报记者　林小河
paragraph:editorial\t编者按：本栏目记录普通人的生活，欢迎读者来信。
paragraph\t清晨六点，巷口的豆浆铺已经坐满了人。老板娘说：“我在这里卖了30年，‘老主顾’都还在。”
caption\t巷口的豆浆铺。林小河摄
heading\t搬走的人又回来了
paragraph\t1986年春天，第12号院修好了屋顶。修缮费用是3.5万元，由街坊们自己凑齐，谁家出多少都写在墙上。
heading2\t账目写在墙上
paragraph:list-item\t一、木料：一千二百元
paragraph:list-item\t二、青瓦：八百元
paragraph:table-row\t木料 一千二百元
paragraph:table-row\t青瓦 八百元
paragraph:pull-quote\t墙不会说话，可是墙上的字会。
paragraph:signature\t（本报四月三十日讯）
article
paragraph\t没有标题的短讯：图书馆自五月起延长开放时间，读者可在阅览室读到晚上九点。
heading2\t借阅办法
paragraph:question\t问：可以带走吗？
paragraph:answer\t答：凭证可借两册。
article
title\t河边
byline\t周牧
paragraph:verse\t河水向东流去
paragraph:verse\t带走一片白云
paragraph:quotation\t古人说：逝者如斯夫，不舍昼夜。
paragraph:salutation\t编辑同志：
paragraph:note\t注：本诗写于一九八五年冬。
colophon\t江畔文艺社编 第37期
drop\t第三版
"""


def sample(metadata: Metadata | None = KNOWN) -> Issue:
    """The issue, with cells in its table rows."""
    issue = issue_of(SAMPLE, "sample.txt", metadata)

    def celled(block: Block) -> Block:
        if block.kind != "table-row":
            return block
        at = block.text.index(" ")
        return replace(block, cells=((0, at), (at + 1, len(block.text))))

    return replace(issue, articles=tuple(Article(a.id, tuple(map(celled, a.blocks))) for a in issue.articles))


def paged() -> Issue:
    """Three pages; the first article goes on from page 一 on page 三, one break falls inside a paragraph."""
    text = "\n".join(("标题甲", "第一页的正文，说到一半", "续在第三页上，到此为止。", "标题乙", "第二篇文章在第二页。"))
    pages = tuple(Page(n, label, 100, 150) for n, label in enumerate(("一", "二", "三")))
    at, lines = 0, []
    for number, (part, page) in enumerate(zip(text.split("\n"), (0, 0, 2, 1, 1), strict=True), 1):
        lines.append(Line(number, at, at + len(part), page=page))
        at += len(part) + 1
    spans = [(line.start, line.end) for line in lines]

    def block(name: str, role: Role, *which: int) -> Block:
        made = tuple(Span(0, *spans[n]) for n in which)
        return Block(name, role, "".join(text[s.start:s.end] for s in made), made)

    first = Article("a1", (block("b1", Role.TITLE, 0), block("b2", Role.PARAGRAPH, 1, 2)))
    second = Article("a2", (block("b3", Role.TITLE, 3), block("b4", Role.PARAGRAPH, 4)))
    source = Source("paged.hocr", text, lines=tuple(lines), pages=pages)
    issue = Issue((source,), "zh-Hans", KNOWN, (first, second))
    check_laws(issue)
    return issue


def edition(issue: Issue, variant: str = "cn", style: str = "newspaper", to: str = "epub", **options: Any) -> bytes:
    """The bytes of one edition."""
    return edition_and_notices(issue, variant, style, to, **options)[0]


def edition_and_notices(
    issue: Issue, variant: str = "cn", style: str = "newspaper", to: str = "epub", **options: Any
) -> tuple[bytes, list[str]]:
    """The bytes of one edition and what the user is told."""
    converted = pipeline.to_variant(issue, variant)
    chosen = table.for_issue(table.variant(variant), issue.language)
    sink = io.BytesIO()
    notices = plugins.writer(to).write(converted, chosen, styles.load(style).with_options(**options), sink)
    return sink.getvalue(), list(notices)


def files(data: bytes) -> dict[str, bytes]:
    """The files of an EPUB by name, without the folder."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name.removeprefix("EPUB/"): archive.read(name) for name in archive.namelist()}
