"""Structure as an editor decides it: joins, moves, articles, roles; found again on another reading, or reported."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convert.issue import Article, Block, Issue, Role
from convert.laws import check_laws, revise
from convert.ledger import Edit
from convert.options import Decision
from convert.proofread import errata
from convert.source import Source, Span
from tests.gold_issue import issue_of

LINES = (
    "便民工坊又回来了", "柳湾街道杏花里小区的工坊刚刚拉开卷帘门，", "门口已经排起了小队，有人拎着羽绒服。",
    "居民在工坊里修理雨伞。",
    "夜间公交开行四个月", "区交通委负责人介绍，", "近两年铁路旅客增长三成。", "工作人员在广场安装标志。", "新年音乐会下周举行",
)


def issue(lines: tuple[str, ...] = LINES) -> Issue:
    """A paragraph a line, in one article."""
    return issue_of("article\n" + "\n".join(f"paragraph\t{line}" for line in lines), "a.txt")


def about(kind: str, wrong: str, right: str = "", *, lines: tuple[str, ...] = LINES, **more: object) -> Decision:
    """A decision about the block that begins with `wrong`, as the page writes it."""
    text = "\n".join(lines)
    start = text.index(wrong)
    end = start + len(wrong)
    values = {"decision": "accept", "rule": "editor", **more}
    return Decision(kind, "a.txt", start, end, wrong, right, text[max(0, start - 12):start], text[end:end + 12], **values)  # type: ignore[arg-type]


def shape(made: Issue) -> list[list[str]]:
    """Each article's blocks, the laws proved."""
    check_laws(made)
    return [[block.text for block in article.blocks] for article in made.articles]


def asked(made: Issue) -> list[str]:
    return [query.kind for query in made.queries if query.state == "open"]


def test_two_paragraphs_become_one() -> None:
    made = errata.apply(issue(), [about("join", "门口已经排起")])
    assert shape(made)[0][1] == LINES[1] + LINES[2] and asked(made) == []
    assert [(e.rule, e.before, e.after) for e in made.edits] == [("editor", "\n", "")]


def test_a_paragraph_goes_on_behind_what_stands_between() -> None:
    rows = [about("join", "近两年铁路", "after:区交通委负责人介绍，"), about("join", "门口已经", "after:音乐会下周举行")]
    made = errata.apply(issue(), rows)
    assert shape(made)[0] == [LINES[0], LINES[1], LINES[3], LINES[4], LINES[5] + LINES[6], LINES[7], LINES[8] + LINES[2]]


def test_latin_words_are_joined_with_a_space() -> None:
    lines = ("The first half", "of a sentence", "中文", "and more")
    rows = [about("join", "of a", lines=lines), about("join", "and more", "after:of a sentence", lines=lines)]
    made = errata.apply(issue(lines), rows)
    assert shape(made)[0] == ["The first half of a sentence and more", "中文"]


def test_a_line_end_closed_by_a_rule_is_closed_again_where_no_rule_does() -> None:
    text = "\n".join(LINES)
    at = text.index("\n门口")
    closed = Decision("join", "a.txt", at, at + 1, "\n", "", text[at - 12:at], text[at + 1:at + 13], "wrap")
    assert shape(errata.apply(issue(), [closed]))[0][1] == LINES[1] + LINES[2]


def test_a_block_stands_where_the_editor_puts_it() -> None:
    behind = errata.apply(issue(), [about("move", "居民在工坊", "after:新年音乐会下周举行")])
    assert shape(behind)[0][-2:] == [LINES[8], LINES[3]] and [(m.rule, m.why) for m in behind.moves] == [
        ("editor", "the editor's decision")]
    before = errata.apply(issue(), [about("move", "新年音乐会", "before:便民工坊又回来了")])
    assert shape(before)[0][:2] == [LINES[8], LINES[0]] and before.moves[0].after is None


def test_structure_is_decided_in_one_order_whatever_the_file_says_first() -> None:
    rows = [about("article", "居民在工坊", "begin"), about("move", "居民在工坊", "after:夜间公交开行四个月"),
            about("role", "夜间公交", "title"), about("join", "居民在工坊", decision="reject"),
            about("article", "夜间公交", "begin")]
    first, again = (errata.apply(issue(), order) for order in (rows, rows[::-1]))
    assert shape(first) == shape(again) == [list(LINES[:3]), [LINES[4]], [LINES[3], *LINES[5:]]]
    assert first.articles[1].blocks[0].role is Role.TITLE


def test_joins_and_moves_are_made_as_the_file_has_them_and_what_is_joined_begins_nothing() -> None:
    rows = [about("role", "居民在工坊", "heading"), about("article", "居民在工坊", "begin"),
            about("move", "居民在工坊", "after:新年音乐会下周举行"), about("join", "居民在工坊", "after:新年音乐会下周举行"),
            about("move", "便民工坊", "after:居民在工坊里修理雨伞。")]
    made = errata.apply(issue(), rows)
    assert shape(made) == [[*LINES[1:3], *LINES[4:8], LINES[8] + LINES[3], LINES[0]]] and asked(made) == []


def test_a_story_goes_on_only_where_it_would_begin() -> None:
    begun = errata.apply(issue(), [about("article", "夜间公交", "begin")])
    assert len(begun.articles) == 2
    inside = errata.apply(begun, [about("article", "近两年铁路", "continue")])
    assert len(inside.articles) == 2, "it already does"
    captioned = errata.apply(begun, [about("role", "夜间公交", "caption"), about("article", "区交通委", "continue")])
    assert len(captioned.articles) == 1


@pytest.mark.parametrize("right", ["after:没有这样一段话", "after:", "behind:便民工坊又回来了", "居民", "before:"])
def test_what_names_no_block_is_reported(right: str) -> None:
    made = errata.apply(issue(), [about("move", "居民在工坊", right)])
    assert shape(made) == shape(issue()) and asked(made) == ["decision-blocked"] and made.moves == ()


def test_a_role_for_a_line_the_parser_now_runs_on_parts_it_first() -> None:
    text = "前一段的末行没有句号\n小标题在此\n后面是正文。"
    block = Block("b1", Role.PARAGRAPH, text, (Span(0, 0, len(text)),))
    made = Issue((Source("a.txt", text),), "zh-Hans", articles=(Article("a1", (block,)),))
    made = revise(made, [Edit(f"e{n}", 0, at, at + 1, "\n", "", "wrap", block="b1") for n, at in enumerate((10, 16))])
    rows = [replace(about("role", "小标题在此", "heading", lines=tuple(text.split("\n"))), start=11, end=16),
            Decision("join", "a.txt", 16, 17, "\n", "", "小标题在此", "后面是正文。", "wrap", decision="reject")]
    decided = errata.apply(made, rows)
    assert shape(decided)[0] == ["前一段的末行没有句号", "小标题在此", "后面是正文。"]
    assert [b.role for b in decided.blocks()] == [Role.PARAGRAPH, Role.HEADING, Role.PARAGRAPH]


def test_a_join_that_would_take_more_along_is_reported() -> None:
    lines = (*LINES[:5], LINES[5] + LINES[6], *LINES[7:])
    made = errata.apply(issue(lines), [about("join", "近两年铁路", "after:门口已经排起了小队，有人拎着羽绒服。")])
    assert shape(made) == shape(issue(lines)) and asked(made) == ["decision-blocked"]
    done = errata.apply(issue(lines), [about("join", "近两年铁路", "after:区交通委负责人介绍，")])
    assert shape(done) == shape(issue(lines)) and asked(done) == []


def test_two_files_that_disagree_are_reported_and_the_issues_own_is_followed() -> None:
    shared = about("text", "羽绒服", "羽绒衣", decision="replace", file="errata.tsv, line 2")
    own = replace(shared, right="棉衣", file="a.errata.tsv, line 5")
    made = errata.apply(issue(), [shared, own])
    assert "棉衣" in shape(made)[0][2] and asked(made) == ["decision-conflict"]
    message = made.queries[0].message
    assert "errata.tsv, line 2" in message and "a.errata.tsv, line 5" in message and "羽绒衣" in message
    assert asked(errata.apply(issue(), [shared, replace(own, right="羽绒衣")])) == []
    assert asked(errata.apply(issue(), [shared, replace(own, decision="reject", right="羽绒衣")])) == ["decision-conflict"]
    assert asked(errata.apply(issue(), [replace(shared, file="a.errata.tsv, line 2"), own])) == []
    series = replace(shared, scope="batch")
    assert asked(errata.apply(issue(), [series, own])) == [], "one place goes before its series"


@pytest.mark.parametrize(("kind", "row"), [
    ("decision-lost", Decision("text", "a.txt", 3, 6, "没有的", "棉衣", "没有", "没有")),
    ("decision-blocked", about("role", "居民在工坊", "headline")),
])
def test_a_decision_that_cannot_be_made_is_asked_about_until_it_is_answered(kind: str, row: Decision) -> None:
    made = errata.apply(issue(), [replace(row, file="a.errata.tsv, line 7")])
    assert asked(made) == [kind] and "(a.errata.tsv, line 7)" in made.queries[0].message
    at, text = made.queries[0].start, made.sources[0].text
    answer = Decision("text", "a.txt", at, at, "", "", text[max(0, at - 12):at], text[at:at + 12], "query:" + kind)
    assert asked(errata.apply(issue(), [row, answer])) == []


def test_a_series_of_ones_own_words_reaches_every_place_that_reads_so_but_the_exceptions() -> None:
    lines = ("工坊甲，工坊乙。", "工坊丙。", "工坊丁。")
    text = "\n".join(lines)
    made = revise(issue(lines), [Edit("e1", 0, 0, 2, "工坊", "作坊", "look-alike", 0.6)])
    row = replace(about("text", "工坊", "工场", lines=lines), decision="replace", scope="issue", rule="look-alike")
    at = text.index("工坊丙")
    kept = replace(about("text", "工坊丙", lines=lines), end=at + 2, wrong="工坊", right="工场", decision="reject")
    own = replace(kept, start=text.index("工坊丁"), end=text.index("工坊丁") + 2, right="车间", decision="replace",
                  left="", right_context="丁。")
    assert shape(errata.apply(made, [row, kept, own]))[0] == ["工场甲，工场乙。", "工坊丙。", "车间丁。"]


MARKS = st.sampled_from("甲乙丙丁")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_decisions_survive_a_page_read_again_in_another_order_or_are_reported(data: st.DataObject) -> None:
    kinds = data.draw(st.lists(st.sampled_from(["text", "role", "article", "move", "join"]), min_size=1, unique=True))
    targets = data.draw(st.permutations(range(len(LINES))))
    at = dict(zip(kinds, targets, strict=False))
    assume("move" not in at or at.get("join") != (at["move"] + 3) % len(LINES))  # the one would carry the other away
    rows, touched = [], set()
    for kind, n in zip(kinds, targets, strict=False):
        other = (n + 3) % len(LINES)
        touched |= {n, other}
        right = {"text": "改过的字", "role": "caption", "article": "begin", "move": "after:" + LINES[other][-24:],
                 "join": "after:" + LINES[other][-24:]}[kind]
        rows.append(about(kind, LINES[n][:6], right, **({"decision": "replace"} if kind == "text" else {})))
    order = data.draw(st.permutations(range(len(LINES))))
    lines = []
    for n in order:
        line = LINES[n]
        if n not in touched and data.draw(st.booleans()):  # another place is read otherwise
            at = data.draw(st.integers(0, len(line) - 1))
            line = line[:at] + data.draw(MARKS) + line[at + 1:]
        lines.append(line)
    made = errata.apply(issue(tuple(lines)), rows)
    check_laws(made)
    blocks = list(made.blocks())
    reported = len(asked(made))
    landed = 0
    for row, n in zip(rows, targets, strict=False):
        block = next((b for b in blocks if LINES[n][6:] in b.text), None)
        behind = blocks[blocks.index(block) - 1].text if block in blocks and blocks.index(block) else ""
        other = LINES[(n + 3) % len(LINES)]
        landed += block is not None and {
            "text": "改过的字" + LINES[n][6:] in block.text, "role": block.role is Role.CAPTION,
            "article": any(a.blocks[0] is block for a in made.articles), "move": other[6:] in behind + block.text,
            "join": other[6:] in block.text,
        }[row.kind]
    assert landed + reported >= len(rows)
    found = "".join(block.text for block in blocks)
    gone = [row.wrong for row in rows if row.kind == "text" and row.wrong not in found]
    assert found.count("改过的字") == len(gone)
    assert sorted(found.replace("改过的字", "") + "".join(gone)) == sorted("".join(lines))
