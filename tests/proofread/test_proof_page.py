"""The proof page as markup: closed to the world, every text as text, both sides whole."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from convert.issue import Article, Block, Issue, Query, Role
from convert.laws import revise
from convert.ledger import Edit, Ledger, Status
from convert.proofread.proof import proof_page
from convert.source import Line, Page, Source, Span
from tests.gold_issue import issue_of

TEXT = "街道建设和诣社区，大家都说好。\n第二段里也有和诣二字，读者一看便知。\n昨天的会在广业业余学校召开。\n　落款，一九八六年。"


def issue(text: str = TEXT, name: str = "a.txt") -> Issue:
    """和诣 suggested, the first full stop changed, one question."""
    made = issue_of("article\n" + "\n".join(f"paragraph\t{line}" for line in text.split("\n")), name)
    ledger = Ledger(made.sources)
    for found in re.finditer("和诣", text):
        ledger.propose(0, *found.span(), "和谐", "look-alike", confidence=0.8, status=Status.SUGGESTED, why="和诣 is no word.")
    ledger.propose(0, 8, 9, "、", "punctuation", confidence=0.995)
    at = text.find("广业业余")
    return revise(made, ledger.edits(), [Query("q1", 0, at, at + 4, "doubled", "Is 业业 doubled?")] if at >= 0 else [])


class Reading(HTMLParser):
    """Elements, attributes and text of a page as a browser's parser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"edition": [], "source": []}
        self.where, self.skip = "", 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.tags.append((tag, said))
        if tag == "section" and said.get("id") in self.texts:
            self.where = said["id"] or ""
        if tag == "aside":
            self.where = ""
        self.skip += tag == ("ins" if self.where == "edition" else "h3")

    def handle_endtag(self, tag: str) -> None:
        self.skip -= self.skip > 0 and tag == ("ins" if self.where == "edition" else "h3")

    def handle_data(self, data: str) -> None:
        if self.where and not self.skip:
            self.texts[self.where].append(data)

    def said(self, where: str) -> str:
        return "".join("".join(self.texts[where]).split())


def test_policy_names_the_only_sheet_and_the_only_script() -> None:
    page = proof_page(issue())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    css, script = re.search(r"<style>(.*?)</style>", page, re.DOTALL), re.search(r"<script>(.*?)</script>", page, re.DOTALL)
    assert policy and css and script and policy[1].startswith("default-src 'none'") and "unsafe" not in policy[1]
    for part in (css[1], script[1]):
        assert base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() in policy[1]
    assert not re.search(r"https?://|@import|url\(|innerHTML|insertAdjacent|document\.write|eval\(", page)


def test_both_sides_hold_the_whole_source() -> None:
    reading = Reading(proof_page(issue()))
    assert reading.said("source") == reading.said("edition") == "".join(TEXT.split())


def test_rows_are_there_with_place_rule_and_confidence() -> None:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', proof_page(issue()), re.DOTALL)
    assert found
    rows = json.loads(found[1])["items"]
    assert [(r["what"], r["rule"], r["line"], r["asked"]) for r in rows] == [
        ("edit", "look-alike", 1, True), ("edit", "punctuation", 1, False),
        ("edit", "look-alike", 2, True), ("query", "doubled", 3, True),
    ]
    assert rows[0]["confidence"] == 0.8 and rows[0]["left"] == "街道建设" and rows[0]["rightContext"].startswith("社区，大家")


NASTY = "<>&\"'/]!-\0\x07\x85\ud800\ue000\u2028\u202e甲乙和诣%\\"
HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from(NASTY)), min_size=1, max_size=50)
NAMES = {"edition", "source", "data", "title", "script", "css", "policy", "language"}


@settings(max_examples=60, deadline=None)
@given(HOSTILE, HOSTILE, HOSTILE, st.sampled_from(sorted(NAMES)))
def test_no_text_becomes_markup(text: str, name: str, why: str, place: str) -> None:
    text += f"<!--{place}-->%{place}%</script><script>alert(1)</script><img src=x onerror=alert(1)>"
    block = Block("b1", Role.PARAGRAPH, text, (Span(0, 0, len(text)),), kind=name)
    made = Issue((Source(name, text),), "zh-Hans", articles=(Article("a1", (block,)),))
    edit = Edit("e1", 0, 0, 1, text[0], why, why, 0.5, Status.SUGGESTED, why=why)
    made = revise(made, [edit], [Query("q", 0, 0, 1, name, why, (why,))])
    page = proof_page(made)
    reading = Reading(page)
    assert sum(tag == "script" for tag, _ in reading.tags) == 2
    assert [said for tag, said in reading.tags if tag == "img"] == [{"id": "clip", "alt": "", "hidden": None}]
    assert not [said for _, said in reading.tags if any(key.startswith("on") for key in said)]
    assert page.encode("utf-8")


def test_overlapping_suggestions_lose_no_text() -> None:
    made = issue()
    rows = [*made.edits, Edit("x", 0, 3, 7, TEXT[3:7], "甲", "other", 0.5, Status.SUGGESTED),
            Edit("y", 0, 7, 10, TEXT[7:10], "乙", "other", 0.5, Status.SUGGESTED)]
    reading = Reading(proof_page(revise(made, rows, made.queries)))
    assert reading.said("edition") == reading.said("source") == "".join(TEXT.split())


def boxed(image: str | None = "p.png") -> Issue:
    """Two lines with boxes on one page, the first asked about."""
    text = "第一行和诣\n第二行"
    lines = (Line(1, 0, 5, page=0, box=(10, 10, 90, 20)), Line(2, 6, 9, page=0, box=(10, 30, 90, 40)))
    block = Block("b1", Role.PARAGRAPH, text, (Span(0, 0, 9),))
    source = Source("a.hocr", text, lines=lines, pages=(Page(0, "1", 100, 50, image),))
    made = Issue((source,), "zh-Hans", articles=(Article("a1", (block,)),))
    return revise(made, [Edit("e1", 0, 3, 5, "和诣", "和谐", "look-alike", 0.8, Status.SUGGESTED)])


def test_the_line_is_shown_as_it_was_printed(tmp_path: Path) -> None:
    Image.new("RGB", (1000, 500), "white").save(tmp_path / "p.png")
    page = proof_page(boxed(), images=tmp_path)
    clips = json.loads(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1])["clips"]  # type: ignore[index]
    assert list(clips) == ["0-1"] and clips["0-1"].startswith("data:image/jpeg;base64,")
    picture = Image.open(__import__("io").BytesIO(base64.b64decode(clips["0-1"].split(",")[1])))
    assert 800 < picture.width < 900 and 150 < picture.height < 190


def test_pictures_are_looked_for_in_their_folder_only(tmp_path: Path) -> None:
    Image.new("RGB", (10, 10)).save(tmp_path / "secret.png")
    inside = tmp_path / "images"
    inside.mkdir()
    (inside / "bad.png").write_bytes(b"\x89PNG not really")
    for name in ("../secret.png", "/etc/passwd", "bad.png", "none.png", "..", "", None, "a\0b"):
        assert '"clips":{}' in proof_page(boxed(name), images=inside)


def test_a_paragraph_over_two_spans_and_dropped_lines_are_shown() -> None:
    text = "前半句\n图片说明\n后半句。\n返回首页"
    blocks = (
        Block("b1", Role.PARAGRAPH, "前半句\n后半句。", (Span(0, 0, 4), Span(0, 9, 13))),
        Block("b2", Role.CAPTION, "图片说明", (Span(0, 4, 8),)),
    )
    dropped = Block("d1", Role.DROP, "返回首页", (Span(0, 14, 18),), reason="breadcrumb <b>")
    made = Issue((Source("a.txt", text),), "zh-Hans", articles=(Article("a1", blocks),), dropped=(dropped,))
    reading = Reading(proof_page(made))
    assert reading.said("edition") == "前半句后半句。图片说明返回首页"
    assert ("title", "breadcrumb <b>") in [item for _, said in reading.tags for item in said.items()]


def test_a_long_issue_is_made_quickly() -> None:
    import time

    text = "\n".join(f"第{n}段写着和诣两个字，后面还有许多别的话占去篇幅，凑足一百个字的样子。" * 3 for n in range(5600))
    long = issue(text)
    start = time.process_time()
    page = proof_page(long)
    taken = time.process_time() - start
    assert len(text) > 560_000 and taken < 8 and len(page) < 20_000_000


def clip(made: Issue, folder: Path) -> dict[str, str]:
    found = re.search(r'id="data">(.*?)</script>', proof_page(made, images=folder), re.DOTALL)
    assert found
    return dict(json.loads(found[1])["clips"])


@pytest.mark.parametrize("name", ["a.png", "a-1.jpg", "a-001.tif", "a_0001.png", "a.p1.png"])
def test_an_image_called_after_the_issue_and_its_page_is_found(tmp_path: Path, name: str) -> None:
    Image.new("L", (1000, 500), 255).save(tmp_path / "b-1.png")
    Image.new("L", (1000, 500), 255).save(tmp_path / "a-2.png")
    assert clip(boxed(None), tmp_path) == {}
    Image.new("L", (1000, 500), 255).save(tmp_path / name)
    assert list(clip(boxed(None), tmp_path)) == ["0-1"]


def printed(path: Path) -> None:
    """A PDF of one page: the first line in a black band, the second on white."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    canvas = Canvas(str(path), pagesize=(400, 300))
    canvas.rect(0, 245, 400, 55, fill=1)
    canvas.setFont("STSong-Light", 20)
    canvas.setFillGray(0.5)
    canvas.drawString(40, 255, "今天在社区建设和诣家园")
    canvas.drawString(40, 100, "大家都说这样的好事要常做")
    canvas.save()


def test_the_page_of_a_pdf_is_drawn_from_the_file_itself(tmp_path: Path) -> None:
    from convert import pipeline

    path = tmp_path / "a.pdf"
    printed(path)
    made = pipeline.parse(pipeline.read(path))
    at = made.sources[0].text.index("和诣")
    edits = [edit for edit in made.edits if edit.status is not Status.SUGGESTED]
    made = revise(made, [*edits, Edit("", 0, at, at + 2, "和诣", "和谐", "look-alike", 0.8, Status.SUGGESTED)])
    uri = clip(made, tmp_path)["0-1"]
    picture = Image.open(__import__("io").BytesIO(base64.b64decode(uri.split(",")[1])))
    assert picture.width > 700 and picture.getpixel((3, picture.height // 2)) < 40, "the upper line, in its black band"
    path.write_bytes(b"%PDF-1.4 broken")
    assert clip(made, tmp_path) == {}
