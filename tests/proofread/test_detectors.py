"""Each detector: what it must find, and what it must let be."""

from __future__ import annotations

from pathlib import Path

import pytest

from convert.proofread.consistency import inconsistencies
from convert.proofread.doubled import doubled_characters, doubled_words
from convert.proofread.dropped import dropped_characters
from convert.proofread.extra import extra_characters
from convert.proofread.figures import figure_questions
from convert.proofread.lookalike import lookalikes
from convert.proofread.marks import mark_questions
from convert.proofread.misprints import misprints, set_phrases
from convert.proofread.model import learn
from convert.proofread.proposal import Proposal, Question
from tests.proofread.pages import page_of


def best(found: list[Proposal]) -> Proposal:
    return max(found, key=lambda p: p.confidence)


@pytest.mark.parametrize(("text", "wrong", "right"), [
    ("这次会议取得圆满成功，纪者从现场发来报道。", "纪者", "记者"),
    ("大家齐心协力建设和谐杜会。", "杜会", "社会"),
    ("我们要抓住关健环节。", "关健环节", "关键环节"),
    ("大雨倾盘而下，一场倾盘大雨。", "倾盘大雨", "倾盆大雨"),
    ("双方签订了合作协仪。", "协仪", "协议"),
    ("街上摩肩接踊，十分热闹。", "摩肩接踊", "摩肩接踵"),
])
def test_lookalikes_are_found(text: str, wrong: str, right: str) -> None:
    found = [p for p in [*lookalikes(page_of(text)), *misprints(page_of(text))] if p.confidence > 0.1]
    assert any(text[p.start:p.end] in wrong or wrong in text[p.start:p.end] for p in found), found
    repaired = {text[:p.start] + p.after + text[p.end:] for p in found}
    assert any(right in line for line in repaired)


@pytest.mark.parametrize("text", [
    "天刚蒙蒙亮，他披上棉袄推开门，院里落了一层薄霜。",
    "记者尹栖禾、通讯员郁知秋报道。",
    "莫桑比克总统希萨诺会见了代表团。",
    "",
    "abc 123 ，。！",
])
def test_lookalikes_leave_good_text(text: str) -> None:
    assert [p for p in lookalikes(page_of(text)) if p.confidence > 0.3] == []


@pytest.mark.parametrize(("text", "doubled"), [
    ("负责人介绍绍说，水电费由街道补贴。", "绍绍"),
    ("投放准确率达到到99%。", "到到"),
    ("读完不妨妨到院子里找找看。", "妨妨"),
])
def test_doubled_characters_are_found(text: str, doubled: str) -> None:
    chosen = best([p for p in doubled_characters(page_of(text)) if isinstance(p, Proposal)])
    assert text[chosen.start:chosen.end] == doubled and chosen.after == doubled[0]
    assert chosen.confidence > 0.9


@pytest.mark.parametrize("text", [
    "门口常常排起小队。", "增进党员员工之间的交流。", "提升党组织组织力。", "研发发起单位", "紧紧围绕中心", "做到月月有主题",
    "水稻稻瘟病病斑", "一家家走访，一辆辆清点", "鲜鲜亮亮的招牌",
    "财政部部长会见外宾", "泽村村民", "徐媛媛等人参加", "二〇〇〇年", "九九重阳",
    "服务业业态", "找找看看", "首届中国国际进口博览会", "以以以",
])
def test_rightful_repetitions_are_kept(text: str) -> None:
    page = page_of(text)
    sure = [p for p in [*doubled_characters(page), *doubled_words(page)] if p.confidence > 0.5 and p.safe]
    assert sure == []


def test_a_lost_character_under_a_copy_is_restored_not_deleted() -> None:
    text = "组织广业业余爱好者参加。"
    chosen = best(list(doubled_characters(page_of(text))))
    assert text[:chosen.start] + chosen.after + text[chosen.end:] == "组织广大业余爱好者参加。"
    assert not chosen.safe and "广大" in chosen.why


def test_doubled_words() -> None:
    text = "大家都在街道党建服务中心街道党建服务中心参加活动。"
    chosen = best(list(doubled_words(page_of(text))))
    assert chosen.after == "街道党建服务中心" and chosen.safe and chosen.confidence > 0.95
    assert [p for p in doubled_words(page_of("请您照顾照顾，研究研究。")) if p.safe and p.confidence > 0.5] == []
    assert [p for p in doubled_words(page_of("交警支队支队长到场，火山火山口冒烟。")) if p.confidence > 0.5] == []


def test_misprints_act_only_where_the_text_then_reads_better() -> None:
    assert [p.after for p in misprints(page_of("他己经走了。"))] == ["已经"]
    assert list(misprints(page_of("这批货由我自己经手。"))) == []
    assert list(misprints(page_of("学习先进人物。"))) == []
    for right in ("已整一年未见面了。", "共播出了近两千部专题节目，", "同学间为一道题的答案争执，", "高达一万二千部。"):
        assert list(misprints(page_of(right))) == [], right
    assert [p.after for p in misprints(page_of("广大党员和千部群众，年未总结，分折原因。"))] == ["干部", "年末", "分析"]


def test_set_phrases() -> None:
    text = "做到建建尽建，纪念党建97周年。"
    found = {text[p.start:p.end]: p.after for p in set_phrases(page_of(text))}
    assert found == {"建建尽建": "应建尽建", "党建": "建党"}
    assert list(set_phrases(page_of("人人尽人，加强党建工作，建党97周年"))) == []


def test_extra_character() -> None:
    text = "协会副理董事长单位代表发言。"
    assert [(text[p.start:p.end], p.after) for p in extra_characters(page_of(text))] == [("副理董事长", "副理事长")]
    assert list(extra_characters(page_of("致以衷心的感谢，更加紧密地团结起来，省委副书记到会。"))) == []


def test_what_is_written_often_questions_what_is_written_once() -> None:
    text = "\n".join(["居民喜爱贤韵堂的戏。"] * 5 + ["居民喜爱贵韵堂的戏。"])
    found = list(inconsistencies(page_of(text)))
    assert [(p.after, p.safe) for p in found] == [("贤", False)]


def test_dropped_character_the_page_proves() -> None:
    text = "\n".join(["我区航空行业党建联盟成立。"] * 5 + ["大家要把空行业党建联盟作为枢纽。"])
    found = list(dropped_characters(page_of(text)))
    assert [p.after for p in found] == ["航空"] and not found[0].safe


def test_unpaired_marks() -> None:
    def ask(text: str) -> list[Proposal | Question]:
        return list(mark_questions(page_of(text)))

    assert ask("他说：“好。”（完）") == []
    assert ask("“第一段没有完。\n“第二段完了。”") == []
    assert ask("’98北京音乐会与Reader’s一书") == []
    lost = ask("开展“小修小补”活动。\n围绕“小修小补活动的意见。")
    assert isinstance(lost[0], Proposal) and lost[0].after == "补”" and not lost[0].safe
    assert [q.kind for q in ask("他说：“好，再见。") if isinstance(q, Question)] == ["unpaired-mark"]
    assert [q.kind for q in ask("再见”，他说。") if isinstance(q, Question)] == ["unpaired-mark"]


@pytest.mark.parametrize(("text", "kind"), [
    ("2018年13月5日", "impossible-date"), ("2月30日召开", "impossible-date"), ("2019年2月29日", "impossible-date"),
    ("2018年10月30日 星期三", "impossible-date"), ("上午9:75开始", "impossible-time"), ("第131期\n本刊第113期", "issue-number"),
])
def test_figures_that_cannot_be(text: str, kind: str) -> None:
    assert {q.kind for q in figure_questions(page_of(text))} == {kind}


@pytest.mark.parametrize("text", [
    "2018年10月30日 星期二16:47", "2020年2月29日", "比分79:82", "12月31日", "上午9:30", "第1期至第12期", "1:5比例", "历时13个月",
])
def test_figures_that_can_be(text: str) -> None:
    assert list(figure_questions(page_of(text))) == []


@pytest.mark.parametrize(("text", "safe"), [
    ("他每天看频谱图，笔记记了三大本。", False), ("负责人介绍绍说，水电费由街道补贴。", True),
])
def test_a_copy_that_may_be_the_verb_is_asked_about(text: str, safe: bool) -> None:
    assert best(list(doubled_characters(page_of(text)))).safe is safe


@pytest.mark.parametrize(("text", "after", "safe"), [
    ("三干多名群众参加。", "三千", False),
    ("党员干都积极参加。", "党员干部", False),
    ("数领导于部的自觉行动。", "干部", True),
])
def test_numbers_and_adverbs_are_asked_about(text: str, after: str, safe: bool) -> None:
    found = [p for p in lookalikes(page_of(text)) if p.after == after and p.confidence > 0.44]
    assert {p.safe for p in found} == {safe} or (not safe and not found), "asked about at most"


@pytest.mark.parametrize("text", [
    "总投资三千万完，建设厂房。", "人物的根或者干都在山野呢？", "理论界的说法太多了。", "到晚上11点多钟才结束劳动。",
])
def test_what_may_be_right_is_never_applied(text: str) -> None:
    assert not any(p.safe for p in lookalikes(page_of(text)))


@pytest.mark.parametrize(("text", "why"), [
    ("请您为来宾介绍绍情况。", "介绍 is a word, its last character stands a second time and makes no word."),
    ("公司公司的仓库失火。", "公司 stands twice in a row."),
])
def test_a_doubling_says_why_it_is_one(text: str, why: str) -> None:
    page = page_of(text)
    assert best([*doubled_characters(page), *doubled_words(page)]).why == why


def test_what_only_the_archive_writes_is_not_said_of_the_issue(tmp_path: Path) -> None:
    model = tmp_path / "our.model"
    learn(["记者陈志刚报道，读者很多。", *("编辑陈志刚说好。" for _ in range(19))], model)
    found = list(inconsistencies(page_of("记者陈志钢昨天来到社区。", model=model)))
    assert [p.why for p in found] == ["The issue and the archive write 陈志刚 20 times, 陈志钢 once."]
