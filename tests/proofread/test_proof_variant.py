"""The page of a variant: doubtful conversions chosen on it are what the next conversion writes, and are not asked again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from convert import pipeline, sidecars
from convert.issue import Issue
from convert.ledger import Status
from convert.options import VariantOptions
from convert.proofread.proof import proof_page
from convert.proofread.proof.conversions import choices, edition, items
from tests.gold_issue import issue_of
from tests.proofread.browser import Proof
from tests.proofread.test_proof_page import Reading

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
TEXT = "article\nparagraph\t主编锅松年先生说“还没有完。\nparagraph\t主编锅松年先生又来了，雨后土香。"


def asked(made: Issue) -> int:
    known = {query.id for query in made.origin.queries}
    return sum(row.status is Status.SUGGESTED for row in made.changes) + sum(
        query.state == "open" and query.id not in known for query in made.queries)


def again(made: Issue, page: Proof, name: str = "tw") -> Issue:
    """Saved, read as `build` does, and converted anew."""
    with page.page.expect_download() as saving:
        page.page.keyboard.press("w")
    path = page.folder / saving.value.suggested_filename
    saving.value.save_as(path)
    return pipeline.to_variant(made.origin, name, VariantOptions(decisions=tuple(sidecars.errata(path))))


def text(made: Issue) -> str:
    return "\n".join(block.text for block in made.blocks())


def test_both_readings_are_offered_and_the_chosen_one_is_written(chromium: Any, tmp_path: Path) -> None:
    made = pipeline.to_variant(issue_of(TEXT, "a.txt"), "tw")
    found = choices(made)
    assert found and asked(made) > 1
    page = Proof(chromium, tmp_path, made)
    page.keys("r" + " a" * (len(items(made)) - 1))
    shown = page.page.evaluate("""() => [...document.querySelectorAll('#edition .b')].map((block) => {
        const copy = block.cloneNode(true);
        for (const mark of copy.querySelectorAll('.m')) mark.querySelector(mark.matches('.done') ? 'del' : 'ins').remove();
        return copy.textContent; }).join('\\n')""")
    decided = again(made, page)
    assert asked(decided) == 0 and text(decided) == shown and found[0].other in text(decided) and page.said == []
    assert text(pipeline.to_variant(made.origin, "hk")) == text(again(made, page, "hk")), "a row speaks of its variant"
    page.context.close()


def test_own_words_for_a_conversion_and_for_words_not_doubted(chromium: Any, tmp_path: Path) -> None:
    made = pipeline.to_variant(issue_of(TEXT, "a.txt"), "tw")
    page = Proof(chromium, tmp_path, made)
    page.keys("e")
    page.page.fill("#words", "甲乙丙")
    page.keys("Enter n")
    page.page.fill("#stand", "没有完")
    page.page.fill("#words", "沒完")
    page.keys("Enter b p")
    decided = again(made, page)
    assert "甲乙丙" in text(decided) and "還沒完" in text(decided) and not page.page.is_visible("#structure")
    page.context.close()


@pytest.mark.parametrize("name", ["kepu-214.txt", "yunlu-58.txt", "linjiang-47.txt", "fenglin-112.txt"])
@pytest.mark.parametrize("variant", ["tw", "hk", "twp"])
def test_a_second_conversion_with_all_decided_asks_nothing(name: str, variant: str) -> None:
    parent = pipeline.parse(pipeline.read(SEEDS / name))
    made = pipeline.to_variant(parent, variant)
    assert {"".join(edition(c.block.text, [r for r in made.changes if r.block == c.block.id and r.effective], c.start, c.end))
            for c in choices(made)} == {choice.chosen for choice in choices(made)}
    rows = []
    for item in items(made):
        rule = f"{variant}:query:{item['rule']}" if item["what"] == "query" else f"{variant}:{item['rule']}"
        rows.append(sidecars.Decision(
            "variant", name, item["start"], item["end"], item["wrong"], item["right"], item["left"], item["rightContext"], rule,
            decision="accept", scope="here" if item["what"] == "query" else "issue"))
    again_ = pipeline.to_variant(parent, variant, VariantOptions(decisions=tuple(rows)))
    assert asked(again_) == 0 and text(again_) == text(made)


def test_the_page_holds_the_whole_variant_and_the_whole_source() -> None:
    made = pipeline.to_variant(issue_of(TEXT, "a.txt"), "tw")
    reading = Reading(proof_page(made))
    assert reading.said("edition") == "".join(text(made).split())
    assert reading.said("source") == "".join(made.sources[0].text.split())


def test_text_of_a_variant_is_text() -> None:
    hostile = "<b>锅松年</b></script><script>alert(1)</script>"
    made = pipeline.to_variant(replace(issue_of(f"article\nparagraph\t{hostile}", "<i>.txt")), "tw")
    assert sum(tag == "script" for tag, _ in Reading(proof_page(made)).tags) == 2
