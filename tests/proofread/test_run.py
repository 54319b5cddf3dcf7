"""The run as a whole: profiles, keep lists, confusions, Traditional text, hostile text, the laws."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convert.errors import UsageError
from convert.issue import Article, Block, Issue, Role
from convert.laws import check_laws, revise
from convert.ledger import Edit, Status
from convert.lexicon.folding import simplified_as_read
from convert.options import ParseOptions
from convert.proofread import proofread
from convert.proofread.density import density, recalibrate
from convert.proofread.profile import thresholds
from convert.proofread.proposal import Proposal
from convert.source import Line, Source, Span, Word
from tests.proofread.pages import SLIPS, changes, issue_of, read


def test_profiles() -> None:
    assert read(SLIPS, profile="off").edits == ()
    archive = read(SLIPS, profile="archive")
    assert archive.edits and all(e.status is Status.SUGGESTED for e in archive.edits)
    library = read(SLIPS)
    assert any(e.status is Status.APPLIED for e in library.edits)
    assert all(e.confidence >= thresholds("library").apply for e in library.edits if e.effective)
    with pytest.raises(UsageError, match="library"):
        read(SLIPS, profile="careful")


def test_a_profile_that_is_off_imports_nothing() -> None:
    program = (
        "import sys; from convert.issue import Issue; from convert.options import ParseOptions;"
        "from convert.proofread import proofread;"
        "proofread(Issue((), 'zh-Hans'), ParseOptions(profile='off'));"
        "print([m for m in sys.modules if m.startswith(('convert.proofread.', 'convert.lexicon'))])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_a_clean_text_gets_nothing_applied_on_one_piece_of_evidence() -> None:
    clean = "上午，全区召开会议，总结今年的工作，部署明年的任务。" * 40
    issue = read(clean + "\n投放准确率达到到99%。")
    assert ("到到", "到", "doubled", "suggested") in changes(issue)


def test_keep_words_are_never_touched() -> None:
    assert any("纪者" in before for before, *_ in changes(read(SLIPS)))
    assert not any("纪者" in before for before, *_ in changes(read(SLIPS, keep=("纪者",))))
    assert not any("纪者" in before for before, *_ in changes(read(SLIPS, confusions=(("纪者", "", "keep"),))))


def test_user_confusions() -> None:
    issue = read("奉浦街道与奉埔小区，贵韵养生堂。", confusions=(("奉埔", "奉浦", "apply"), ("贵韵", "贤韵", "suggest")))
    assert ("奉埔", "奉浦", "confusion-list", "applied") in changes(issue)
    assert ("贵韵", "贤韵", "confusion-list", "suggested") in changes(issue)
    assert issue.articles[0].blocks[0].text.startswith("奉浦街道与奉浦小区")


def test_the_longest_confusion_wins() -> None:
    issue = read("甲乙丙丁", confusions=(("甲乙", "壹贰", "apply"), ("甲乙丙", "子丑寅", "apply")))
    assert issue.articles[0].blocks[0].text == "子丑寅丁"


def test_traditional_text_is_repaired_in_its_own_script() -> None:
    text = "記者從會場獲悉。\n負責人介紹紹說，公約公約寫得清清楚楚，媽媽謝謝大家，隊長到場。\n" + "這是介紹。" * 3
    issue = read(text, "zh-Hant-TW", profile="archive")
    assert ("紹紹", "紹", "doubled", "suggested") in changes(issue)
    assert ("公約公約", "公約", "doubled-word", "suggested") in changes(issue)
    assert not any("媽" in before or "謝" in before for before, *_ in changes(issue))
    assert all(after not in ("绍", "公约") for _, after, *_ in changes(issue))


def test_a_proposal_over_a_join_takes_the_join_with_it() -> None:
    text = "投放准确率达到\n到99%。"
    source = Source("test", text)
    block = Block("b1", Role.PARAGRAPH, "", (Span(0, 0, len(text)),))
    joined = revise(Issue((source,), "zh-Hans", articles=(Article("a1", (block,)),)), [Edit("e1", 0, 7, 8, "\n", "", "join")])
    issue = proofread(joined, ParseOptions(profile="archive"))
    check_laws(issue)
    assert [(e.before, e.after) for e in issue.edits if e.rule == "doubled"] == [("到\n到", "到")]
    assert issue.articles[0].blocks[0].text == "投放准确率达到到99%。"


def test_a_proposal_over_a_gap_between_spans_is_made_small_or_dropped() -> None:
    text = "投放准确率达到图片说明到99%。"
    source = Source("test", text)
    blocks = (
        Block("b1", Role.PARAGRAPH, "投放准确率达到到99%。", (Span(0, 0, 7), Span(0, 11, len(text)))),
        Block("b2", Role.CAPTION, "图片说明", (Span(0, 7, 11),)),
    )
    issue = proofread(Issue((source,), "zh-Hans", articles=(Article("a1", blocks),)), ParseOptions(profile="reading"))
    check_laws(issue)
    assert all(e.before != "到图片说明到" for e in issue.edits)


@pytest.mark.parametrize(("between", "status"), [("\u3000", Status.SUGGESTED), (" ", Status.APPLIED)])
def test_what_a_whole_space_parts_is_asked_about(between: str, status: Status) -> None:
    text = f"居民来到老年活动中心{between}老年活动中心用餐。"
    at = text.index(between)
    source = Source("test", f"{text}\n{SLIPS}")
    blocks = (
        Block("b1", Role.PARAGRAPH, "", (Span(0, 0, len(text)),)),
        Block("b2", Role.PARAGRAPH, "", (Span(0, len(text) + 1, len(source.text)),)),
    )
    closed = Edit("e1", 0, at, at + 1, between, "", "space")
    issue = proofread(revise(Issue((source,), "zh-Hans", articles=(Article("a1", blocks),)), [closed]), ParseOptions())
    check_laws(issue)
    assert [e.status for e in issue.edits if e.rule.endswith("doubled-word")] == [status]


def test_the_engine_s_doubt_counts() -> None:
    text = "居民共建和诣社会，人人参与。"

    def confidence(value: float) -> float:
        words = tuple(Word(at, at + 1, value if text[at] == "诣" else 0.97) for at in range(len(text)))
        source = Source("test", text, lines=(Line(1, 0, len(text), words=words),))
        block = Block("b1", Role.PARAGRAPH, text, (Span(0, 0, len(text)),))
        issue = proofread(Issue((source,), "zh-Hans", articles=(Article("a1", (block,)),)), ParseOptions(profile="archive"))
        return max((e.confidence for e in issue.edits if "诣" in e.before), default=0.0)

    assert confidence(0.05) > confidence(0.99)


def test_density_is_found_with_the_confidences() -> None:
    sure = [Proposal(0, n, n + 1, "甲", "look-alike", 0.9) for n in range(10)]
    doubtful = Proposal(0, 50, 51, "甲", "look-alike", 0.3)
    alone = recalibrate([doubtful], 10_000)[-1].confidence
    among = recalibrate([*sure, doubtful], 2_000)[-1].confidence
    assert alone < 0.3 < among
    assert density([], 0) == pytest.approx(0.3)
    other = Proposal(0, 0, 1, "甲", "misprint", 0.7)
    assert recalibrate([other], 100_000) == [other]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120, alphabet=st.one_of(st.characters(), st.sampled_from(
    "的人己经进末来社杜会会组织组织“”（）《》‘’\n，。0123456789年月日:第期𠀀\ue000\u2028"))))
def test_no_text_breaks_the_laws(text: str) -> None:
    issue = issue_of(text)
    check_laws(issue)
    for profile in ("archive", "reading"):
        check_laws(proofread(issue, ParseOptions(profile=profile)))


def test_the_same_text_gives_the_same_rows() -> None:
    assert read(SLIPS).edits == read(SLIPS).edits


def test_a_reason_quotes_a_traditional_issue_in_its_own_script() -> None:
    text = "上午止午開會，記者從會場紀者席獲悉，今年卞半年將完成關健環節，群眾表示歡迎，讀者續者都很高興。"
    said = {e.before: e.why for e in read(text, "zh-Hant", profile="archive").edits if e.why}
    assert said and not [why for why in said.values() if set(why) & set("记键关环节续读")], said
    assert any("關鍵" in why for why in said.values()), said


def test_a_question_quotes_a_traditional_issue_in_its_own_script() -> None:
    said = [q.message for q in read("會議上午25時開始，6月31號結束。", "zh-Hant").queries]
    assert said == ["There is no 6月31號: the month has 30 days.", "There is no time 25時."]


def test_the_particle_of_a_traditional_issue_is_read_as_the_one_it_is() -> None:
    text = "經濟硬著陸的風險仍在，要著眼於未來，黨中央記著我們。這本著作成效顯著，作者著名於世，是一部名著。"
    assert changes(read(text, "zh-Hant-TW", profile="archive")) == []
    text = "他看著窗外，沿著河邊走，老師們辛勤工作，取得顯著成積。孩子帶著微笑，抱者書走進敎室，看首天空。"
    assert not [after for _, after, _, _ in changes(read(text, "zh-Hant-TW", profile="archive")) if "着" in after]
    assert simplified_as_read("他看著這部名著，作者著有多種著述，接著說") == "他看着这部名著，作者著有多种著述，接着说"


def test_a_norm_of_the_mainland_is_not_asked_of_a_traditional_issue() -> None:
    assert [row for row in changes(read("他在櫃檯結帳，翻開帳本。", "zh-Hant", profile="archive")) if row[2] == "misprint"] == []
    assert [row[:2] for row in changes(read("他在柜台结帐，翻开帐本。", profile="archive")) if row[2] == "misprint"]


def test_a_misprint_says_why() -> None:
    issue = read(SLIPS + "他们个入之间的矛盾一如即往。", profile="archive")
    whys = [e.why for e in issue.edits if e.rule == "misprint"]
    assert whys and all(whys), [(e.before, e.why) for e in issue.edits]


def test_what_both_models_read_better_as_it_stands_is_not_asked_about() -> None:
    text = f"{SLIPS}\n{SLIPS}\n与会代表认为，要把读书活动同精神文明建设结合起来，让更多群众享受到文化发展的成果。"
    assert not [row for row in changes(read(text)) if "耍" in row[1]]
