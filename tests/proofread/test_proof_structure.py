"""Structure and words of one's own on the proof page: shown at once, undone, saved, and built as they were shown."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from convert import pipeline, sidecars
from convert.issue import Issue, Query
from convert.laws import revise
from convert.ledger import Edit, Status
from convert.proofread import errata
from convert.proofread.proof import proof_page
from tests.proofread.browser import Proof, wait
from tests.proofread.test_restructure import LINES, asked, issue, shape

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
SHOWN = """() => [...document.querySelectorAll('#edition article')].map((article) =>
  [...article.querySelectorAll('.b:not(.colophon, .drop)')].map((block) => {
    const copy = block.cloneNode(true);
    for (const gone of copy.querySelectorAll('.gone, .joint')) gone.remove();
    for (const mark of copy.querySelectorAll('.m')) {
      const hidden = mark.querySelector(mark.matches('.open, .rejected') ? ':scope > ins' : ':scope > del');
      if (hidden) hidden.remove();
    }
    return copy.textContent; })).filter((texts) => texts.length)"""


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Any:
    """Nine paragraphs, in structure mode at the first."""
    page = Proof(chromium, tmp_path, issue())
    page.keys("b")
    yield page
    assert page.said == [] and all(url == page.path.as_uri() or url.startswith("blob:") for url in page.asked)
    page.context.close()


def as_shown(page: Proof) -> Issue:
    """Saved and built: the same articles, blocks and texts as on the page."""
    seen = page.page.evaluate(SHOWN)
    made = page.decide()
    assert asked(made) == [] and shape(made) == seen
    return made


def test_a_role_by_one_key(opened: Proof) -> None:
    opened.keys("1 j 6")
    assert "caption" in opened.text("#which")
    made = as_shown(opened)
    assert [b.role.value for b in made.blocks()][:3] == ["title", "caption", "paragraph"]
    assert opened.page.get_attribute("#edition .b >> nth=0", "role") == "heading"


def test_a_role_from_the_list_and_one_that_leaves_the_edition(opened: Proof) -> None:
    opened.page.select_option("#role", "paragraph:verse")
    opened.keys("j 0")
    made = opened.decide()
    first = next(made.blocks())
    assert (first.role.value, first.kind) == ("paragraph", "verse") and made.dropped[0].text == LINES[1]


def test_a_story_begins_and_goes_on(opened: Proof) -> None:
    opened.keys("j j j j g")
    assert len(opened.page.evaluate(SHOWN)) == 2
    assert len(as_shown(opened).articles) == 2
    opened.keys("c")
    assert len(opened.page.evaluate(SHOWN)) == 1
    opened.keys("u j j j g")
    assert [len(article) for article in opened.page.evaluate(SHOWN)] == [4, 3, 2]
    as_shown(opened)


def test_a_paragraph_joined_to_the_one_before(opened: Proof) -> None:
    opened.keys("j j i")
    assert opened.page.evaluate(SHOWN)[0][1] == LINES[1] + LINES[2]
    as_shown(opened)
    opened.keys("u")
    assert opened.page.evaluate(SHOWN) == [list(LINES)]


def test_a_block_carried_elsewhere_and_joined_there(opened: Proof) -> None:
    opened.keys("j j j m j j j j j Enter")
    assert opened.page.evaluate(SHOWN)[0][-1] == LINES[3]
    opened.keys("k m k k k k v")
    as_shown(opened)
    made = opened.page.evaluate(SHOWN)[0]
    assert made.index(LINES[8]) == 3 and len(opened.decide().moves) == 2
    opened.keys("u u")
    assert opened.page.evaluate(SHOWN) == [list(LINES)]


def test_escape_leaves_a_block_where_it_is(opened: Proof) -> None:
    opened.keys("m j Escape j")
    assert opened.page.evaluate(SHOWN) == [list(LINES)] and not opened.page.is_visible("#behind")


def test_a_new_paragraph_by_typed_words_may_then_be_a_heading(opened: Proof) -> None:
    opened.keys("j p")
    opened.page.fill("#stand", "小区的工坊")
    opened.keys("Enter 3 g")
    made = as_shown(opened)
    assert shape(made)[1][0].startswith("小区的工坊") and made.articles[1].blocks[0].role.value == "heading"
    opened.keys("u u u")
    assert opened.page.evaluate(SHOWN) == [list(LINES)]


def test_words_that_do_not_stand_there_or_twice_are_said(opened: Proof) -> None:
    opened.keys("j p")
    opened.page.fill("#stand", "没有")
    opened.keys("Enter")
    assert "not in this paragraph" in opened.text("#said")
    opened.page.fill("#stand", "刚")
    opened.keys("Enter")
    assert "more than once" in opened.text("#said")
    opened.keys("Escape")
    assert opened.page.is_visible("#own") is False and opened.page.evaluate(SHOWN) == [list(LINES)]


def test_own_words_everywhere_are_painted_everywhere_and_built_so(opened: Proof) -> None:
    opened.keys("b")
    opened.page.select_option("#scope", "issue")
    opened.keys("n")
    opened.page.fill("#stand", "工坊")
    opened.page.fill("#words", "作坊")
    opened.keys("Enter")
    seen = opened.page.evaluate(SHOWN)
    assert sum("作坊" in text for text in seen[0]) == 3 and not any("工坊" in text for text in seen[0])
    assert opened.page.evaluate("document.querySelectorAll('#source mark.own').length") == 3
    made = as_shown(opened)
    assert [d.scope for d in sidecars.errata(opened.folder / "a.errata.tsv")] == ["issue"]
    assert len([e for e in made.edits if e.status is Status.ACCEPTED]) == 3
    opened.keys("u")
    assert opened.page.evaluate(SHOWN) == [list(LINES)]


def test_everything_is_there_again_after_a_reload(opened: Proof) -> None:
    opened.keys("1 j j i j g j m j j Enter")
    seen = opened.page.evaluate(SHOWN)
    opened.reload()
    assert opened.page.evaluate(SHOWN) == seen
    as_shown(opened)
    opened.keys("u u u u")
    assert opened.page.evaluate(SHOWN) == [list(LINES)]


def test_a_decision_is_withdrawn(opened: Proof) -> None:
    opened.keys("1 x")
    assert opened.page.evaluate("document.querySelector('#edition .b').dataset.r") == "paragraph"
    assert list(sidecars.errata(save(opened))) == []


def save(page: Proof, suffix: str = "a.errata.tsv") -> Path:
    with page.page.expect_download() as saving:
        page.page.keyboard.press("w")
    path = page.folder / saving.value.suggested_filename
    saving.value.save_as(path)
    assert path.name.endswith(suffix)
    return path


def test_rows_of_the_issues_own_file_are_kept_changed_or_dropped_on_saving(chromium: Any, tmp_path: Path) -> None:
    """The structure decided before, a row that finds no place, and a row decided otherwise."""
    made = revise(issue(), [Edit("e1", 0, 0, 2, "便民", "方便", "look-alike", 0.7, Status.SUGGESTED)])
    text = made.sources[0].text
    at = text.index("夜间")
    rows = [
        errata.Decision("role", "a.txt", at, at + 9, LINES[4], "title", text[at - 12:at], text[at + 9:at + 21], by="甲"),
        errata.Decision("text", "a.txt", 3, 5, "没有", "不在", "不在的", "不在的", "editor", decision="replace", by="甲"),
        errata.Decision("text", "a.txt", 0, 2, "便民", "方便", "", text[2:14], "look-alike", 0.7, "reject", by="甲"),
    ]
    own = tmp_path / "own.tsv"
    own.write_text(errata.dumps(rows), encoding="utf-8")
    decisions = list(sidecars.errata(own))
    decided = errata.apply(made, decisions)
    assert asked(decided) == ["decision-lost"]
    page = Proof(chromium, tmp_path, decided, decisions=decisions)
    assert list(sidecars.errata(save(page))) == decisions, "nothing decided: the same rows"
    assert "decision-lost" in page.text("#place")
    page.keys("r")
    page.page.select_option("#show", "everything")
    page.page.select_option("#rule", "look-alike")
    page.keys("a")
    saved = list(sidecars.errata(save(page)))
    assert sorted((d.kind, d.decision, d.by) for d in saved) == [("role", "accept", "甲"), ("text", "accept", "")]
    again = errata.apply(made, saved)
    assert asked(again) == [] and shape(again)[0][0].startswith("方便") and page.said == []
    page.context.close()


def test_a_file_opened_says_what_it_held_and_where_it_differs(chromium: Any, tmp_path: Path) -> None:
    made = revise(issue(), [Edit("e1", 0, 0, 2, "便民", "方便", "look-alike", 0.7, Status.SUGGESTED)])
    page = Proof(chromium, tmp_path, made)
    page.keys("a")
    path = tmp_path / "other.errata.tsv"
    path.write_text(errata.dumps([errata.Decision("text", "a.txt", 0, 2, "便民", "方便", decision="reject")]), encoding="utf-8")
    page.page.set_input_files("#file", path)
    wait(page.page, "document.getElementById('said').textContent !== ''")
    assert "1 decisions" in page.text("#said") and "1 differ" in page.text("#said")
    assert shape(page.decide())[0][0].startswith("便民")
    page.context.close()


def test_a_question_about_a_number_is_answered_with_either(chromium: Any, tmp_path: Path) -> None:
    lines = ("第113期", "第131期", "第131期")
    made = issue(lines)
    made = replace(made, queries=(Query("q1", 0, 0, 5, "issue-number", "Which is right?", ("131", "113")),))
    for key, text in (("a", "第131期"), ("r", "第113期")):
        page = Proof(chromium, tmp_path, made)
        page.keys(key)
        decided = page.decide()
        assert shape(decided)[0][0] == text and asked(decided) == []
        page.context.close()


HOSTILE = "</script><script>window.bad=1</script><img src=x onerror=window.bad=1>javascript:window.bad=1"


def test_nothing_in_an_errata_file_or_a_file_name_can_run(chromium: Any, tmp_path: Path) -> None:
    made = issue((HOSTILE, *LINES))
    named = HOSTILE.replace("/", "") + ".txt"
    made = replace(made, sources=tuple(replace(source, name=named) for source in made.sources))
    row = errata.Decision(
        HOSTILE, HOSTILE, 0, 3, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, 1.0, "replace", "issue", HOSTILE, HOSTILE)
    path = tmp_path / "x.errata.tsv"
    own = [row, replace(row, kind="role"), replace(row, kind="text", source="")]
    path.write_text(errata.dumps(own), encoding="utf-8")
    made = replace(made, queries=(Query("q1", 0, 0, 5, HOSTILE, HOSTILE, (HOSTILE, HOSTILE)),))
    page = Proof(chromium, tmp_path, made, decisions=own)
    page.page.set_input_files("#file", path)
    wait(page.page, "document.getElementById('said').textContent !== ''")
    page.page.select_option("#show", "everything")
    page.keys("j j a r l b j 1 p")
    page.page.fill("#stand", HOSTILE)
    page.keys("Enter Escape b n")
    assert page.page.evaluate("typeof window.bad") == "undefined"
    assert page.page.evaluate("document.querySelectorAll('script').length") == 2
    assert page.page.evaluate("document.querySelectorAll('img, iframe, a').length") == 1
    assert page.said == [] and HOSTILE in page.page.text_content("#edition")
    page.context.close()


def test_the_page_without_its_own_rows_saves_what_the_ledger_holds(chromium: Any, tmp_path: Path) -> None:
    made = revise(issue(), [Edit("e1", 0, 0, 2, "便民", "方便", "look-alike", 0.7, Status.ACCEPTED)])
    page = Proof(chromium, tmp_path, made)
    assert [(d.wrong, d.decision) for d in sidecars.errata(save(page))] == [("便民", "accept")]
    page.context.close()
    page = Proof(chromium, tmp_path, made, decisions=())
    assert list(sidecars.errata(save(page))) == [], "decided elsewhere: its row stays there"
    page.context.close()
    assert '"decisions":null' in proof_page(made)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_decided_the_build_is_what_the_page_shows(chromium: Any, tmp_path: Path, seed: int) -> None:
    """Random decisions of every kind on a real issue: articles, blocks, roles and texts agree, and again after a reload."""
    dice = random.Random(seed)
    page = Proof(chromium, tmp_path, pipeline.parse(pipeline.read(SEEDS / "linjiang-47.txt")))
    page.page.select_option("#show", "everything")
    page.keys(" ".join(dice.choice(["j", "j", "a", "r", "s a", "x", "u"]) for _ in range(12)))
    page.keys("b")
    for _ in range(12):
        go(page, dice)
        act = dice.choice(["0", "1", "3", "6", "9", "g", "c", "i", "m", "p", "u", "n", "n"])
        page.keys(act)
        if act == "m":
            go(page, dice)
            page.keys(dice.choice(["Enter", "v"]))
        elif act in "pn":
            page.page.fill("#stand", page.page.evaluate(MIDDLE, 8 if act == "p" else dice.choice([2, 3])).replace("\n", ""))
            if act == "n":
                page.page.fill("#words", dice.choice(["改", "甲乙丙丁"]))
            page.keys("Enter Escape")
    if seed % 2:
        page.reload()
    seen, roles = page.page.evaluate(SHOWN), page.page.evaluate(ROLES)
    built = errata.apply(page.made, sidecars.errata(save(page, ".errata.tsv")))
    assert [["".join(text.split()) for text in article] for article in seen] == [
        ["".join(text.split()) for text in article] for article in shape(built)]
    assert roles == [block.role.value for article in built.articles for block in article.blocks]
    assert not [query for query in built.queries if query.kind.startswith("decision")] and page.said == []
    page.context.close()


ROLES = """() => [...document.querySelectorAll('#edition article .b:not(.colophon, .drop)')].map(
  (block) => block.dataset.r.split(':')[0].replace(/[123]$/, ''))"""
MIDDLE = """(length) => {
  const from = Number(at.dataset.a), to = Number(at.dataset.z), middle = from + Math.floor((to - from) / 2);
  return between(Number(at.dataset.s ?? 0), middle, Math.min(middle + length, to)); }"""


def go(page: Proof, dice: random.Random) -> None:
    """To any block."""
    page.page.evaluate("(n) => { const all = blocks(); showBlock(all[n % all.length], true); }", dice.randrange(1000))
