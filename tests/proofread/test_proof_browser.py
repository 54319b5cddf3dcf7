"""The proof page in a real browser: decide, undo, reload, save; and the saved file gives exactly the decided text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from convert import pipeline, sidecars
from convert.issue import Article, Issue
from convert.laws import revise
from convert.ledger import Status
from convert.proofread.findings import rows
from convert.proofread.proof import proof_page
from tests.proofread.browser import Proof, wait
from tests.proofread.test_proof_page import TEXT, boxed, issue

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def lines(made: Issue) -> list[str]:
    return [block.text for block in made.blocks()]


def test_accept_and_reject_by_keyboard(proof: Proof) -> None:
    assert "0 of 3" in proof.text("#progress")
    proof.keys("a r a")
    assert "3 of 3" in proof.text("#progress")
    assert "建设和谐社区" in proof.edition() and "也有和诣二字" in proof.edition()
    made = proof.decide()
    assert lines(made)[:2] == ["街道建设和谐社区、大家都说好。", "第二段里也有和诣二字，读者一看便知。"]
    assert not [e for e in made.edits if e.status is Status.SUGGESTED] and [q.state for q in made.queries] == ["accepted"]


def test_own_words_are_taken(proof: Proof) -> None:
    proof.keys("e")
    proof.page.fill("#words", "<b>和睦</b>")
    proof.keys("Enter")
    assert "建设<b>和睦</b>社区" in proof.edition()
    assert lines(proof.decide())[0] == "街道建设<b>和睦</b>社区、大家都说好。"


def test_a_question_is_answered_with_words(proof: Proof) -> None:
    proof.keys("j j e")
    proof.page.fill("#words", "广大业余")
    proof.keys("Enter")
    made = proof.decide()
    assert lines(made)[2] == "昨天的会在广大业余学校召开。" and made.queries[0].state == "accepted"


def test_a_series_decides_all_that_say_the_same_and_one_place_may_differ(proof: Proof) -> None:
    proof.keys("s a")
    assert "和诣" not in proof.edition() and "2 of 3" in proof.text("#progress")
    proof.page.select_option("#scope", "here")
    proof.keys("r")
    assert "也有和诣" in proof.edition()
    made = proof.decide()
    assert "和谐" in lines(made)[0] and "和诣" in lines(made)[1]


def test_own_words_for_a_series(proof: Proof) -> None:
    proof.keys("s e")
    proof.page.fill("#words", "和合")
    proof.keys("Enter")
    assert "建设和合社区" in proof.edition() and "也有和合二字" in proof.edition()
    made = proof.decide()
    assert "".join("".join(line.split()) for line in lines(made)) == proof.edition().replace("‸", "")


def test_what_was_applied_can_be_refused(proof: Proof) -> None:
    proof.page.select_option("#show", "corrections")
    proof.page.select_option("#rule", "punctuation")
    assert "punctuation" in proof.text("#place")
    proof.page.click("#reject")
    assert "社区，大家" in proof.edition()
    assert lines(proof.decide())[0] == "街道建设和诣社区，大家都说好。"


def test_undo_goes_back_one_decision_at_a_time(proof: Proof) -> None:
    proof.keys("a r u")
    assert "1 of 3" in proof.text("#progress")
    proof.keys("u u")
    assert "0 of 3" in proof.text("#progress") and "和谐" not in proof.edition()


def test_decisions_survive_a_reload_and_a_new_build_of_the_page(proof: Proof) -> None:
    proof.keys("a")
    proof.reload()
    assert "1 of 3" in proof.text("#progress") and "建设和谐" in proof.edition()
    proof.path.write_text(proof_page(proof.made).replace("<main>", "<main >"), encoding="utf-8")
    proof.reload()
    assert "1 of 3" in proof.text("#progress")


def test_an_editor_corrects_what_no_rule_found(proof: Proof) -> None:
    proof.page.evaluate("""() => {
        const run = document.querySelector('#l0-4 [data-o]').firstChild, at = run.data.indexOf('一九八六');
        const range = document.createRange(); range.setStart(run, at); range.setEnd(run, at + 4);
        const chosen = window.getSelection(); chosen.removeAllRanges(); chosen.addRange(range); }""")
    proof.keys("n")
    proof.page.fill("#words", "一九八七")
    proof.keys("Enter")
    made = proof.decide()
    assert lines(made)[3] == "　落款，一九八七年。"
    assert [e.rule for e in made.edits if e.status is Status.ACCEPTED] == ["editor"]


def test_a_file_opened_again_loses_nothing(proof: Proof, tmp_path: Path) -> None:
    proof.keys("a")
    first = proof.decide()
    path = tmp_path / "a.errata.tsv"
    rows = path.read_text(encoding="utf-8") + "role\ta.txt\t0\t4\t街道建设\ttitle\t\t\t\t1\taccept\there\t某\t\n"
    path.write_text(rows, encoding="utf-8")
    proof.keys("u")
    proof.page.set_input_files("#file", path)
    wait(proof.page, "document.getElementById('progress').textContent.startsWith('1')")
    again = proof.decide()
    assert lines(again) == lines(first) and next(iter(again.blocks())).role == "title"


def test_decisions_already_made_are_shown_and_saved_again(chromium: Any, tmp_path: Path) -> None:
    first = Proof(chromium, tmp_path, issue())
    first.keys("a r a")
    decided = first.decide()
    first.context.close()
    second = Proof(chromium, tmp_path, decided)
    assert "0 of 0" in second.text("#progress")
    (tmp_path / "a.errata.tsv").unlink()
    second.made = issue()
    assert lines(second.decide()) == lines(decided)
    assert second.said == []
    second.context.close()


def test_filters_language_theme_and_help(proof: Proof) -> None:
    proof.page.fill("#least", "0.9")
    proof.page.dispatch_event("#least", "change")
    assert "doubled" in proof.text("#place")
    proof.keys("Escape l d ?")
    assert "重排本" in (proof.page.get_attribute("#edition", "aria-label") or "")
    theme = proof.page.evaluate("document.documentElement.dataset.theme")
    assert theme == "dark" and proof.page.is_visible("#help")
    proof.keys("Escape")
    proof.reload()
    assert proof.page.evaluate("document.documentElement.lang + document.documentElement.dataset.theme") == "zh-Hansdark"


def test_a_mark_in_the_text_is_chosen_by_a_click(proof: Proof) -> None:
    proof.page.click("#source mark >> nth=2")
    assert re.match(r"2/3 .*line 2", proof.text("#place"))


def test_nothing_from_an_issue_can_run(chromium: Any, tmp_path: Path) -> None:
    hostile = "</script><script>window.bad=1</script><img src=x onerror='window.bad=1'>和诣<svg onload=alert(1)>" + TEXT
    opened = Proof(chromium, tmp_path, issue(hostile, "a.txt"))
    opened.page.select_option("#show", "everything")
    opened.keys("a j e Escape j k l l")
    assert opened.page.evaluate("typeof window.bad") == "undefined"
    assert opened.page.evaluate("document.querySelectorAll('#edition img, #edition script, #source svg').length") == 0
    assert opened.said == [] and "</script>" in opened.edition()
    opened.context.close()


def test_the_printed_line_is_shown_beside_the_question(chromium: Any, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (1000, 500), "white").save(tmp_path / "p.png")
    opened = Proof(chromium, tmp_path, boxed(), "zh-CN", images=tmp_path)
    assert opened.page.is_visible("#clip") and opened.page.evaluate("document.getElementById('clip').naturalWidth") > 800
    assert "第一行和诣" in (opened.page.get_attribute("#clip", "alt") or "") and "0 ／ 1 已定" in opened.text("#progress")
    assert opened.said == []
    opened.context.close()


def test_both_sides_scroll_together(chromium: Any, tmp_path: Path) -> None:
    long = "\n".join(f"第{n}段，这里写着一些话，好让这一段有一点长度，读的人不必当真。" * 3 for n in range(200))
    opened = Proof(chromium, tmp_path, issue(long))
    opened.page.evaluate("document.getElementById('edition').scrollTop = 6000")
    wait(opened.page, "document.getElementById('source').scrollTop > 2000")
    wait(opened.page, """(() => {
        const [edition, source] = ['edition', 'source'].map((name) => {
            const box = document.getElementById(name).getBoundingClientRect();
            const top = document.elementFromPoint(box.left + box.width / 2, box.top + 40).closest('[data-l], .l');
            return top ? Number(top.textContent.match(/\\d+/)[0]) : NaN; });
        return edition > 10 && Math.abs(edition - source) <= 1; })()""")
    opened.context.close()


@pytest.mark.parametrize("name", ["linjiang-47.txt", "hengyue-386.txt", "yunlu-58-scan.hocr"])
def test_a_real_issue_decided_on_the_page_is_built_as_the_page_showed_it(chromium: Any, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes((SEEDS / name).read_bytes())
    opened = Proof(chromium, tmp_path, pipeline.parse(pipeline.read(path)))
    for turn in range(len([row for row in rows(opened.made) if row.asked])):
        opened.keys("e" if turn % 3 == 2 else "ar"[turn % 2])
        if opened.page.is_visible("#words"):
            opened.page.fill("#words", "另作")
            opened.keys("Enter")
        elif turn % 3 == 2:
            opened.keys("a")
    with opened.page.expect_download() as saving:
        opened.keys("w")
    saving.value.save_as(tmp_path / saving.value.suggested_filename)
    said = sidecars.load(sidecars.find(path))
    built = pipeline.parse(pipeline.read(path), said.parse)
    assert len(said.parse.decisions) > 3 and not [row for row in rows(built) if row.asked]
    shown = opened.page.evaluate("""() => [...document.querySelectorAll('#edition .b')].map((block) => {
        const copy = block.cloneNode(true);
        for (const mark of copy.querySelectorAll('.m')) {
          mark.querySelector(mark.matches('.open, .rejected') ? ':scope > ins' : ':scope > del').remove();
        }
        return copy.textContent; })""")
    wanted = [block.text for block in built.blocks()]
    assert "".join("".join(shown).split()) == "".join("".join(wanted).split())
    opened.context.close()


def test_an_issue_of_several_pages_keeps_its_files_apart(chromium: Any, tmp_path: Path) -> None:
    one, two = issue("第一页写着和诣二字，很好。", "a.txt"), issue("第二页写着和诣二字，也好。", "b.txt")
    moved = [replace(edit, source=1) for edit in two.edits]
    blocks = [replace(block, id="x" + block.id, spans=tuple(replace(s, source=1) for s in block.spans)) for block in two.blocks()]
    made = replace(one, sources=(*one.sources, *two.sources), articles=(*one.articles, Article("a2", tuple(blocks))))
    made = revise(made, [*one.edits, *moved])
    opened = Proof(chromium, tmp_path, made)
    opened.page.select_option("#rule", "look-alike")
    opened.keys("j a")
    decided = opened.decide()
    assert "写着和诣" in lines(decided)[0] and "写着和谐" in lines(decided)[1] and opened.said == []
    opened.context.close()


def test_a_long_issue_stays_usable(chromium: Any, tmp_path: Path) -> None:
    text = "\n".join(f"第{n}段写着和诣两个字，后面还有许多别的话占去篇幅，凑足一百个字的样子。" * 3 for n in range(5600))
    opened = Proof(chromium, tmp_path, issue(text))
    taken = opened.page.evaluate("""() => {
        const start = performance.now();
        const press = (key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        for (let i = 0; i < 10; i += 1) press(i % 2 ? 'a' : 'j');
        return (performance.now() - start) / 10; }""")
    assert taken < 1000 and "5 of 16800" in opened.text("#progress")
    opened.context.close()


@pytest.mark.parametrize(("tag", "lang", "named"), [
    ("zh-TW", "zh-Hant", "形近字"), ("zh-HK", "zh-Hant", "形近字"), ("zh-CN", "zh-Hans", "形近字"), ("de", "en", "look-alike")])
def test_the_page_speaks_the_readers_script(chromium: Any, tmp_path: Path, tag: str, lang: str, named: str) -> None:
    opened = Proof(chromium, tmp_path, issue(), tag)
    assert opened.page.evaluate("document.documentElement.lang") == lang and named in opened.text("#place")
    seen = [opened.text("#save")]
    for _ in range(2):
        opened.keys("l")
        seen.append(opened.text("#save"))
    assert set(seen) == {"Save errata (w)", "保存勘误 (w)", "保存勘誤 (w)"} and opened.text("#tongue") != ""
    keys = opened.page.evaluate("""() => Object.values(WORDS).map((words) => JSON.stringify(Object.entries(words).map(
        ([name, said]) => [name, typeof said === 'string' ? '' : Object.keys(said)]).sort()))""")
    assert len(set(keys)) == 1 and opened.said == [], "every word in every language"
    opened.context.close()
