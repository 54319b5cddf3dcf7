"""What the tests of the DOCX writer share: editions of an issue, and issues with joins, moves and corrections made by hand."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from lxml import etree

from convert import style as styles
from convert.issue import Article, Block, Issue, Metadata, Query, Role, VariantEdit
from convert.laws import apply_changes, check_laws, revise
from convert.ledger import Ledger
from convert.source import Source, Span
from convert.style import Style
from convert.variants import table
from convert.writers.docx import DocxWriter

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def edition(issue: Issue, variant: str = "cn", style: Style | None = None, **options: object) -> bytes:
    """The bytes of one edition."""
    sink = io.BytesIO()
    chosen = table.for_issue(table.variant(variant), issue.language)
    DocxWriter().write(issue, chosen, (style or styles.load()).with_options(**options), sink)
    return sink.getvalue()


def part(data: bytes, name: str = "word/document.xml") -> etree._Element:
    """One part of the package, parsed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def with_part(data: bytes, name: str, changed: bytes | str) -> bytes:
    """The package with one part replaced or, with empty bytes, taken out."""
    sink = io.BytesIO()
    text = changed.encode("utf-8") if isinstance(changed, str) else changed
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(sink, "w") as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
            elif text:
                new.writestr(entry, text)
    return sink.getvalue()


def without_comments(data: bytes) -> bytes:
    """The edition without its comments: LibreOffice 7.4 without a screen crashes on any comment it opens through UNO."""
    root = part(data)
    for element in list(root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")):
        gone = element.getparent() if element.tag == f"{W}commentReference" else element
        gone.getparent().remove(gone)
    return with_part(data, "word/document.xml", etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    """Style id and text of every paragraph of the body, deleted text left out."""
    rows = []
    for element in part(data).iter(f"{W}p"):
        style = element.find(f"{W}pPr/{W}pStyle")
        text = "".join(_text(piece) for piece in element.iter(f"{W}t", f"{W}br", f"{W}tab"))
        rows.append((style.get(f"{W}val") if style is not None else "", text))
    return rows


def _text(piece: etree._Element) -> str:
    if piece.tag == f"{W}t":
        return piece.text or ""
    return "\n" if piece.tag == f"{W}br" else "\t"


SOURCE = """\
首页 > 党建专刊
青浦区引导社会组织融人社区
“深人社区，算我一份”
近年来，青浦区深入贯彻精神和要求，不断创新
推动社会组织党建工作，积极引导社会组织参与
青浦区志愿者在现场提供咨询服务。
基层治理,促进社会组织健康发展。紧紧围绕构建和诣企业主题。
完善工作机制
规范一套工作台帐、开展一个绝对项目。

热线：22898506  第131期
"""


def repaired() -> Issue:
    """A small issue with every kind of repair: joins, a caption that interrupts, a moved headline, typos, furniture."""
    source = Source("sample.txt", SOURCE)

    def at(words: str, until: str | None = None) -> Span:
        start = SOURCE.index(words)
        end = start + len(words) if until is None else SOURCE.index(until, start) + len(until)
        return Span(0, start, end)

    def block(name: str, role: Role, *spans: Span, **more: object) -> Block:
        return Block(name, role, "", spans, **more)  # type: ignore[arg-type]

    article = Article("a1", (
        block("b1", Role.KICKER, at("青浦区引导社会组织融人社区")),
        block("b2", Role.TITLE, at("“深人社区，算我一份”")),
        block("b3", Role.PARAGRAPH, at("近年来", "参与\n"), at("基层治理", "主题。")),
        block("b4", Role.CAPTION, at("青浦区志愿者在现场提供咨询服务。")),
        block("b5", Role.HEADING, at("完善工作机制"), level=2),
        block("b6", Role.PARAGRAPH, at("规范一套", "项目。")),
    ))
    ledger = Ledger((source,))

    def edit(words: str, after: str, rule: str, offset: int = 0, **more: object) -> None:
        start = SOURCE.index(words) + offset
        assert ledger.propose(0, start, start + len(words) - offset, after, rule, **more)  # type: ignore[arg-type]

    edit("创新\n", "", "join", 2)
    edit("参与\n", "", "join-caption", 2)
    edit("治理,", "，", "punctuation-width", 2)
    edit("融人", "融入", "confusion", confidence=0.997, why="融入 is the word, 融人 is none")
    edit("深人", "深入", "confusion", confidence=0.999)
    edit("和诣", "和谐", "confusion", confidence=0.998)
    edit("台帐", "台账", "lexicon", confidence=0.99)
    from convert.ledger import Status
    edit("绝对项目", "绝活项目", "rare-word", confidence=0.4, status=Status.SUGGESTED, why="绝对 does not go with 项目")
    level = at("完善工作机制")
    issue = Issue(
        (source,), "zh-Hans", Metadata(title="党建专刊", number="131", date="2018-11-07", publisher="青浦区社会工作党委"),
        (article,),
        colophon=(block("c1", Role.COLOPHON, at("热线：22898506  第131期")),),
        dropped=(block("d1", Role.DROP, at("首页 > 党建专刊"), reason="breadcrumb"),),
        queries=(
            Query("q1", 0, level.start, level.end, "heading-level", "小标题的级别不明。", ("一级", "二级")),
            Query("q2", 0, 0, 0, "date-missing", "刊期是推算的。"),
        ),
    )
    issue = revise(issue, ledger.edits())
    check_laws(issue)
    return issue


_PAIRS = """
区區 导導 社会社會 组织組織 来來 贯彻貫徹 断斷 创創 极極 参与參與 层層 进進 发發 紧緊 围绕圍繞 构構 谐諧 业業 题題 标標 规范規範
账賬 开開 个個 对项對項 热线熱線 党黨 动動 愿願 现场現場 询务詢務 务務 询詢 “「 ”」
"""
CONVERTED = {pair[: len(pair) // 2]: pair[len(pair) // 2 :] for pair in _PAIRS.split()}


def traditional(issue: Issue) -> Issue:
    """A stand-in for the conversion engine: words of a short list, each change a row."""
    changes: list[VariantEdit] = []

    def convert(block: Block) -> Block:
        rows = []
        at = 0
        while at < len(block.text):
            word = next((w for w in (block.text[at:at + 2], block.text[at:at + 1]) if w in CONVERTED), None)
            if word is None:
                at += 1
                continue
            if CONVERTED[word] != word:
                rows.append(VariantEdit(block.id, at, at + len(word), word, CONVERTED[word], "opencc"))
            at += len(word)
        changes.extend(rows)
        return replace(block, text=apply_changes(block.text, rows))

    made = replace(
        issue,
        articles=tuple(replace(a, blocks=tuple(map(convert, a.blocks))) for a in issue.articles),
        colophon=tuple(map(convert, issue.colophon)),
        dropped=tuple(map(convert, issue.dropped)),
        language="zh-Hant-TW", variant="tw", parent=issue,
    )
    made = replace(made, changes=tuple(changes))
    check_laws(made)
    return made


ROLES = (Role.TITLE, Role.PARAGRAPH, Role.PARAGRAPH, Role.PARAGRAPH, Role.HEADING, Role.CAPTION)


def shuffled(rng: random.Random, lines: int = 12) -> Issue:
    """An issue no parser would make: lines cut anywhere, pieces joined across columns and sources, moved, dropped, edited."""
    sources = tuple(Source(f"{name}.txt", _scribble(rng, lines)) for name in "ab"[: rng.choice((1, 1, 2))])
    pieces = []
    for number, source in enumerate(sources):
        for line in source.lines:
            cuts = sorted({line.start, line.end, *(rng.randint(line.start, line.end) for _ in range(rng.choice((0, 0, 1, 2))))})
            pieces += [Span(number, a, b) for a, b in pairwise(cuts) if source.text[a:b].strip()]
    for _ in range(rng.randint(0, 6)):
        a, b = rng.randrange(len(pieces)), rng.randrange(len(pieces))
        pieces[a], pieces[b] = pieces[b], pieces[a]
    groups: list[list[Span]] = []
    for piece in pieces:
        if groups and rng.random() < 0.5:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    ledger = Ledger(sources)
    for piece in pieces:
        for at in range(piece.start, piece.end):
            if rng.random() < 0.06:
                ledger.propose(piece.source, at, at + 1, rng.choice(("", "改", "改了", "\x02")), "random")
    blocks = [Block(f"b{n}", rng.choice(ROLES), "", tuple(group)) for n, group in enumerate(groups)]
    kept = [block for block in blocks if rng.random() < 0.85]
    dropped = tuple(replace(block, role=Role.DROP, reason="x") for block in blocks if block not in kept)
    cut = rng.randint(0, len(kept))
    issue = Issue(
        sources, "zh-Hans",
        articles=tuple(Article(f"a{n}", tuple(part)) for n, part in enumerate((kept[:cut], kept[cut:])) if part),
        dropped=dropped,
    )
    issue = revise(issue, ledger.edits())
    check_laws(issue)
    return issue


def _scribble(rng: random.Random, lines: int) -> str:
    alphabet = "甲乙丙丁戊己庚辛，。“”ab 1"
    rows = ("".join(rng.choice(alphabet) for _ in range(rng.choice((1, 2, 5, 9, 14)))) for _ in range(rng.randint(2, lines)))
    return "\n".join(rows) + "甲"


def bench_pages() -> list[Path]:
    """The pages of the bench that are beside the checkout, possibly none."""
    from tests.shared import SHARED

    return sorted((SHARED / "bench" / "pages_dev").glob("*.gold.tsv"))
