"""Decisions: they find their place again, win, and are reported when they cannot be made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert import sidecars
from convert.errors import UsageError
from convert.issue import Article, Block, Issue, Query, Role
from convert.laws import check_laws, revise
from convert.ledger import Edit, Ledger, Status
from convert.options import Decision
from convert.proofread import decide, errata
from convert.proofread.anchors import Finder
from convert.proofread.findings import rows
from convert.source import Source, Span
from tests.gold_issue import issue_of

TEXT = "街道建设和诣社区，大家都说好。\n第二段里也有和诣二字，读者一看便知。\n昨天的会在广业业余学校召开。"


def issue(text: str = TEXT, name: str = "a.txt", **rows: Status) -> Issue:
    """One article, a paragraph a line; every 和诣 is suggested to be 和谐."""
    made = issue_of("article\n" + "\n".join(f"paragraph\t{line}" for line in text.split("\n")), name)
    ledger = Ledger(made.sources)
    at = text.find("和诣")
    while at >= 0:
        ledger.propose(0, at, at + 2, "和谐", "look-alike", confidence=0.8, status=rows.get("status", Status.SUGGESTED))
        at = text.find("和诣", at + 1)
    return revise(made, ledger.edits())


def decision(wrong: str, right: str, text: str = TEXT, at: int = 0, **more: object) -> Decision:
    """A decision about the place of `wrong` behind `at`, as the proof page writes it."""
    start = text.index(wrong, at)
    end = start + len(wrong)
    values = {"kind": "text", "source": "a.txt", "rule": "look-alike", "decision": "accept", **more}
    return Decision(start=start, end=end, wrong=wrong, right=right, left=text[max(0, start - 12):start],
                    right_context=text[end:end + 12], **values)  # type: ignore[arg-type]


def texts(made: Issue) -> list[str]:
    check_laws(made)
    return [block.text for block in made.blocks()]


def asked(made: Issue) -> list[str]:
    return [q.kind for q in made.queries if q.state == "open"] + [e.rule for e in made.edits if e.status is Status.SUGGESTED]


def test_accept_makes_the_change_here_and_leaves_the_other() -> None:
    made = errata.apply(issue(), [decision("和诣", "和谐")])
    assert texts(made)[:2] == ["街道建设和谐社区，大家都说好。", "第二段里也有和诣二字，读者一看便知。"]
    assert [(e.status, e.rule) for e in made.edits] == [(Status.ACCEPTED, "look-alike"), (Status.SUGGESTED, "look-alike")]


def test_reject_keeps_the_source_and_asks_no_more() -> None:
    made = errata.apply(issue(), [decision("和诣", "和谐", at=at, decision="reject") for at in (0, 10)])
    assert texts(made) == texts(issue()) and asked(made) == []


def test_rejecting_what_was_applied_brings_the_source_back() -> None:
    applied = issue(status=Status.APPLIED)
    assert "和谐" in texts(applied)[0]
    made = errata.apply(applied, [decision("和诣", "和谐", decision="reject")])
    assert texts(made)[0].startswith("街道建设和诣") and made.edits[0].status is Status.REJECTED


@pytest.mark.parametrize("status", [Status.SUGGESTED, Status.APPLIED])
def test_replace_takes_the_editors_own_words(status: Status) -> None:
    made = errata.apply(issue(status=status), [decision("和诣", "和睦", decision="replace")])
    assert texts(made)[0] == "街道建设和睦社区，大家都说好。"


def test_an_editor_may_add_what_no_rule_found() -> None:
    made = errata.apply(issue(), [decision("广业业余", "广大业余", decision="replace", rule="editor")])
    assert texts(made)[2] == "昨天的会在广大业余学校召开。"
    assert any(e.rule == "editor" and e.status is Status.ACCEPTED for e in made.edits)


def test_a_series_decides_every_place_that_says_the_same() -> None:
    made = errata.apply(issue(), [decision("和诣", "和谐", scope="issue")])
    assert all("和谐" in text for text in texts(made)[:2]) and asked(made) == []
    replaced = errata.apply(issue(), [decision("和诣", "和合", scope="batch", decision="replace")])
    assert all("和合" in text for text in texts(replaced)[:2]) and asked(replaced) == []


def test_an_editors_own_series_changes_every_place_that_reads_so() -> None:
    twice = TEXT + "\n人人都说好。"
    made = errata.apply(issue(twice), [decision("都说好", "齐声叫好", twice, decision="replace", rule="editor", scope="issue")])
    assert "".join(texts(made)).count("齐声叫好") == 2


def test_one_place_may_differ_from_its_series() -> None:
    made = errata.apply(issue(), [decision("和诣", "和谐", at=10, decision="reject"), decision("和诣", "和谐", scope="issue")])
    assert "和谐" in texts(made)[0] and "和诣" in texts(made)[1] and asked(made) == []


def test_the_last_word_about_a_place_counts() -> None:
    first, last = decision("和诣", "和谐"), decision("和诣", "和谐", decision="reject")
    assert "和诣" in texts(errata.apply(issue(), [first, last]))[0]
    assert "和谐" in texts(errata.apply(issue(), [last, first]))[0]


def test_one_character_is_not_replaced_everywhere() -> None:
    made = errata.apply(issue(), [decision("都", "人人", scope="issue", decision="replace", rule="editor")])
    assert "".join(texts(made)).count("人人") == 1


def test_a_decision_survives_a_new_ocr_run() -> None:
    again = "目录\n\n" + TEXT.replace("社区，大家", "社区，\n大家").replace("街道建设", "街道\n建设")
    made = errata.apply(issue(again, "a.hocr"), [decision("和诣", "和谐"), decision("广业业余", "广大业余", decision="replace")])
    assert "建设和谐社区" in "".join(texts(made)) and "广大业余" in "".join(texts(made))
    assert "decision-lost" not in asked(made)


def test_a_decision_survives_another_order_and_a_misread_neighbour() -> None:
    lines = TEXT.split("\n")
    moved = "\n".join([lines[2], lines[1].replace("里也有", "里巴有"), lines[0].replace("社区，大家", "社巨，大冢")])
    made = errata.apply(issue(moved), [decision("和诣", "和谐"), decision("和诣", "和谐", at=10)])
    assert "".join(texts(made)).count("和谐") == 2 and asked(made) == []


def test_of_two_series_that_disagree_each_holds_where_it_was_decided_and_the_last_elsewhere() -> None:
    text = "甲和诣，乙和诣，丙和诣。"
    rows = [decision("和诣", "和谐", text, scope="issue"), decision("和诣", "和谐", text, at=4, scope="issue", decision="reject")]
    assert texts(errata.apply(issue(text), rows)) == ["甲和谐，乙和诣，丙和诣。"]
    assert texts(errata.apply(issue(text), rows[::-1])) == ["甲和谐，乙和诣，丙和谐。"]


def test_a_place_that_is_gone_is_asked_about_and_never_guessed() -> None:
    other = "完全不同的一页。\n这里的和诣与那时无关，不能动它。"
    made = errata.apply(issue(other), [decision("和诣", "和谐", decision="replace")])
    assert texts(made) == texts(issue(other))
    assert "decision-lost" in asked(made) and "和诣" in made.queries[-1].message


def test_a_page_that_now_reads_right_needs_no_decision() -> None:
    right = TEXT.replace("和诣", "和谐")
    made = errata.apply(issue(right), [decision("和诣", "和谐")])
    assert texts(made) == right.split("\n") and asked(made) == []


def test_white_space_that_is_no_longer_there_needs_no_decision() -> None:
    spaced = TEXT.replace("街道建设", "街道 建设")
    gone, other = decision(" ", "", spaced, rule="space"), decision(" ", "：", spaced, rule="editor", decision="replace")
    made = errata.apply(issue(), [gone, other])
    assert texts(made) == texts(issue()) and [q.kind for q in made.queries] == ["decision-lost"]


def test_two_places_that_fit_as_well_are_not_chosen_between() -> None:
    twice = "\n".join(["同样的话和诣同样的话，一字不差。"] * 4)
    moved = decision("和诣", "和谐", twice, at=30, decision="replace")
    made = errata.apply(issue("前面多出一行。\n" + twice), [moved])
    assert "和谐" not in "".join(texts(made)) and "decision-lost" in asked(made)


def test_decisions_of_another_issue_are_none_of_ours() -> None:
    made = errata.apply(issue(), [decision("和诣", "和谐", source="b.txt")])
    assert made.edits == issue().edits and made.queries == ()


def test_a_batch_decision_of_another_issue_works_where_it_fits_and_is_silent_where_not() -> None:
    made = errata.apply(issue(), [decision("和诣", "和谐", source="b.txt", scope="batch")])
    assert asked(made) == []
    silent = errata.apply(issue("没有那个词。"), [decision("和诣", "和谐", source="b.txt", scope="batch")])
    assert silent.queries == ()


def joined() -> Issue:
    """One paragraph over two lines, the join a row."""
    text = "第一行没有说完\n第二行说完了。"
    block = Block("b1", Role.PARAGRAPH, text, (Span(0, 0, len(text)),))
    made = Issue((Source("a.txt", text),), "zh-Hans", articles=(Article("a1", (block,)),))
    return revise(made, [Edit("e1", 0, 7, 8, "\n", "", "wrap", block="b1")])


def test_a_refused_join_parts_the_paragraph() -> None:
    text = joined().sources[0].text
    made = errata.apply(joined(), [decision("\n", "", text, kind="join", rule="wrap", decision="reject")])
    assert texts(made) == ["第一行没有说完", "第二行说完了。"]


@pytest.mark.parametrize(("right", "role", "level", "kind"), [
    ("heading2", Role.HEADING, 2, None), ("title", Role.TITLE, None, None), ("paragraph:verse", Role.PARAGRAPH, None, "verse"),
    ("colophon", Role.COLOPHON, None, None), ("drop", Role.DROP, None, None),
])
def test_a_role_is_what_the_editor_says(right: str, role: Role, level: int | None, kind: str | None) -> None:
    made = errata.apply(issue(), [decision("第二段里也有", right, kind="role")])
    block = next(b for b in made.blocks() if b.text.startswith("第二段"))
    assert (block.role, block.level, block.kind) == (role, level, kind)
    check_laws(made)


def test_a_role_that_does_not_exist_is_reported() -> None:
    assert "decision-blocked" in asked(errata.apply(issue(), [decision("第二段里也有", "headline", kind="role")]))


def test_an_article_begins_and_goes_on_where_the_editor_says() -> None:
    begun = errata.apply(issue(), [decision("第二段里也有", "begin", kind="article")])
    assert [len(article.blocks) for article in begun.articles] == [1, 2]
    gone_on = errata.apply(begun, [decision("第二段里也有", "continue", kind="article")])
    assert [len(article.blocks) for article in gone_on.articles] == [3]
    check_laws(gone_on)


def test_a_question_is_answered_once() -> None:
    queries = (Query("q1", 0, 2, 4, "unpaired", "?"), Query("q2", 0, 0, 0, "title-missing", "?"))
    made = replace(issue("甲乙丙丁，戊己庚辛。"), queries=queries)
    text = made.sources[0].text
    answered = errata.apply(made, [
        decision("丙丁", "", text, rule="query:unpaired"),
        Decision("text", "a.txt", 0, 0, "", "", "", text[:12], rule="query:title-missing"),
    ])
    assert [q.state for q in answered.queries] == ["accepted", "accepted"] and texts(answered) == texts(made)


def test_the_second_answer_to_a_question_about_structure_alters_it() -> None:
    asks = replace(joined(), queries=(Query("q1", 0, 8, 15, "join-uncertain", "?"),))
    text = asks.sources[0].text
    kept, parted = (
        errata.apply(asks, [decision(text[8:15], "", text, kind="join", rule="query:join-uncertain", decision=said)])
        for said in ("accept", "reject")
    )
    assert texts(kept) == texts(asks) and kept.queries[0].state == "accepted"
    assert texts(parted) == ["第一行没有说完", "第二行说完了。"] and parted.queries[0].state == "rejected"
    begun = errata.apply(issue(), [decision("第二段里也有", "begin", kind="article")])
    asks = replace(begun, queries=(Query("q1", 0, TEXT.index("第二段"), TEXT.index("第二段") + 6, "title-missing", "?"),))
    merged = errata.apply(asks, [decision("第二段里也有", "", kind="article", rule="query:title-missing", decision="reject")])
    assert len(merged.articles) == 1 and merged.queries[0].state == "rejected"


def test_a_parted_join_stays_in_the_ledger_as_refused() -> None:
    text = joined().sources[0].text
    made = errata.apply(joined(), [decision("\n", "", text, kind="join", rule="wrap", decision="reject")])
    assert [(e.rule, e.status) for e in made.edits] == [("wrap", Status.REJECTED)]


def test_a_decision_that_would_cut_another_change_is_reported() -> None:
    made = issue("一段很长的文字在这里。")
    ledger = Ledger(made.sources)
    ledger.propose(0, 2, 6, "短", "test")
    made = revise(made, ledger.edits())
    blocked = errata.apply(made, [decision("的文字", "之文", made.sources[0].text, decision="replace")])
    assert asked(blocked) == ["decision-blocked"] and texts(blocked) == texts(made)


def test_a_paragraph_is_not_parted_inside_a_change() -> None:
    text = joined().sources[0].text
    across = decision("完\n第", "毕第", text, decision="replace", rule="editor")
    refused = decision("\n", "", text, kind="join", rule="wrap", decision="reject")
    made = errata.apply(joined(), [across, refused])
    assert texts(made) == ["第一行没有说毕第二行说完了。"] and asked(made) == ["decision-blocked"]


def test_a_second_run_with_all_decisions_made_asks_nothing_and_gives_the_same_text() -> None:
    decisions = [decision("和诣", "和谐", scope="issue"), decision("广业业余", "广大业余", decision="replace", rule="editor")]
    once, twice = (errata.apply(issue(), decisions) for _ in range(2))
    assert once == twice and asked(once) == []


CELL = st.text(st.one_of(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), st.sampled_from("\t\n\r\\")), max_size=12)


@given(st.lists(st.builds(
    Decision, kind=st.sampled_from(["text", "join"]), source=CELL, start=st.integers(0, 99), end=st.integers(99, 200),
    wrong=CELL, right=CELL, left=CELL, right_context=CELL, rule=CELL, decision=st.sampled_from(["accept", "reject", "replace"]),
    scope=st.sampled_from(["here", "issue", "batch"]), by=CELL, date=CELL), max_size=4))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, decisions: list[Decision]) -> None:
    path = tmp_path_factory.mktemp("e") / "a.errata.tsv"
    path.write_bytes(errata.dumps(decisions).encode())
    read = list(sidecars.errata(path))
    assert [d.wrong for d in read] == [errata_cell(d.wrong) for d in decisions]
    assert [(d.start, d.end, d.decision, d.scope) for d in read] == [(d.start, d.end, d.decision, d.scope) for d in decisions]


def errata_cell(text: str) -> str:
    """What a cell keeps: line and paragraph separators and other unprintables become U+FFFD."""
    return "".join(c if c.isprintable() or c in "\t\n\r\u3000" else "\ufffd" for c in text)


@given(st.text("甲乙丙丁和诣 \n", min_size=1, max_size=60), st.integers(0, 59), st.integers(1, 4))
def test_in_an_unchanged_page_a_decision_finds_exactly_its_place(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    if start >= end:
        return
    made = Decision("text", "a", start, end, text[start:end], "x", text[max(0, start - 12):start], text[end:end + 12])
    place = Finder(0, Source("a", text)).find(made)
    assert place is not None and (place.start, place.end) == (start, end)


def test_a_hundred_decisions_on_a_long_issue_are_quick() -> None:
    import time

    text = "\n".join(f"第{n}段写着许多不相同的文字用以占去篇幅，编号是{n * 7919}。" for n in range(6000))
    long = issue(text)
    shifted = issue("新的一行。\n" + text)
    decisions = [decision(f"编号是{n * 7919}。", f"编号为{n * 7919}。", text, decision="replace") for n in range(0, 6000, 60)]
    start = time.process_time()
    made = errata.apply(shifted, decisions)
    taken = time.process_time() - start
    assert sum("编号为" in block.text for block in made.blocks()) == 100 and taken < 3
    assert len(list(long.blocks())) == 6000


def test_paths_of_one_issue_read_in_other_ways_are_one(tmp_path: Path) -> None:
    assert decide.stem_of("pages/a.alto.xml") == decide.stem_of("a.txt") == "a"


@pytest.mark.parametrize(("kind", "decision", "scope", "said"), [
    ("txt", "accept", "here", "kind is text"), ("text", "yes", "here", "decision is accept, reject or replace, not “yes”"),
    ("text", "", "here", "decision is"), ("text", "accept", "all", "scope is here, issue or batch"),
])
def test_a_row_that_means_nothing_is_said_with_its_line(tmp_path: Path, kind: str, decision: str, scope: str, said: str) -> None:
    path = tmp_path / "a.errata.tsv"
    path.write_text(f"kind\tstart\tend\twrong\tdecision\tscope\n{kind}\t0\t1\t甲\t{decision}\t{scope}\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 2") as raised:
        list(sidecars.errata(path))
    assert said in str(raised.value)


def test_an_empty_kind_is_text_and_an_empty_scope_is_here(tmp_path: Path) -> None:
    path = tmp_path / "a.errata.tsv"
    path.write_text("kind\tstart\tend\twrong\tdecision\tscope\n\t0\t1\t甲\taccept\t\n", encoding="utf-8")
    row, = sidecars.errata(path)
    assert (row.kind, row.scope, row.file) == ("text", "here", "a.errata.tsv, line 2")


def test_an_answer_about_structure_survives_a_misread_further_on() -> None:
    text = joined().sources[0].text + "后面还有许多话要说，一直说到这里为止。"
    made = issue_of(f"article\nparagraph\t{text.replace(chr(10), '')}", "a.txt")
    asks = replace(made, queries=(Query("q1", 0, 7, 30, "join-uncertain", "?"),))
    row = next(row for row in rows(asks) if row.kind == "query")
    said = errata.decided(row, "accept")
    assert len(said.wrong) == 12 and said.end == said.start + 12
    reread = issue_of(f"article\nparagraph\t{text.replace(chr(10), '').replace('一直', '一宜')}", "a.txt")
    again = errata.apply(replace(reread, queries=asks.queries), [said])
    assert [query.state for query in again.queries] == ["accepted"]
