"""Characters twice: particles, and words before 了 着 过; where two words meet nothing is asked."""

from __future__ import annotations

import pytest

from convert.proofread.doubled import doubled_characters
from convert.proofread.particles import doubled_particles
from tests.proofread.pages import SLIPS, changes, page_of, read


@pytest.mark.parametrize(("text", "twice"), [
    ("这是群众的的利益。", "的的"), ("街道召开了了会议。", "了了"), ("我们是是来学习的。", "是是"), ("他在在北京工作。", "在在"),
    ("大家和和居民一起劳动。", "和和"), ("居民们都都很高兴。", "都都"), ("会议由由主任主持。", "由由"),
    ("他已已经来了。", "已已"),
    ("这是他们们的家。", "们们"), ("为了了居民，大家都来了。", "了了"), ("我们对对居民说。", "对对"),
    ("刃还是是亮的。", "是是"), ("他走到到门口，停了下来。", "到到"), ("今年以来来，街道办理实事二十件。", "来来"),
    ("他曾曾获奖。", "曾曾"),
])
def test_particles_twice_are_asked_about(text: str, twice: str) -> None:
    found = list(doubled_particles(page_of(text)))
    assert [(text[p.start - 1:p.end], p.after, p.safe) for p in found] == [(twice, "", False)]
    assert [row[:2] for row in changes(read(text)) if row[2] == "doubled"] == [(twice[0], "")]


@pytest.mark.parametrize("text", [
    "目的的达成", "有的的确很好", "为了了解情况", "办完了了事", "得了了不起的成绩", "问题存在在管理上", "现在在北京",
    "实实在在", "是是非非", "的的确确",
    "只有有着经验的人", "应对对策", "面对对手", "反对对伊动武", "委员会会议", "主要要求", "首都都市圈", "还是是否",
    "认为为了人民", "因为为人民服务",
    "成为为民服务的窗口", "针对对象", "没有有力的措施", "和和美美", "暖暖和和", "从从容容", "对对对", "最最重要的",
    "除了了解", "在在校学生中",
    "从来没想到到北京打工", "其中中国提供了贷款", "乐此不疲，赶来来年的庙会", "各级会同同级部门", "干得得心应手",
    "取得了了不起的成绩", "所有有关部门", "一对对夫妻", "不甚了了。", "将来来自各地", "重要要素", "由于于是非", "人人有责",
    "上将将于明日访问",
])
def test_what_two_words_explain_is_kept(text: str) -> None:
    page = page_of(text)
    assert list(doubled_particles(page)) == []
    assert [p for p in doubled_characters(page) if p.confidence > 0.44] == []


@pytest.mark.parametrize(("text", "safe"), [
    ("他介绍绍了经验。", True), ("会议讨论论过这个问题。", True), ("我们研究究了对策。", True), ("各地开展展了活动。", True),
    ("他笔记记了三大本。", False), ("日记记了三年。", False),
])
def test_a_copy_before_an_aspect_is_applied_only_if_it_is_no_verb(text: str, safe: bool) -> None:
    chosen = max(doubled_characters(page_of(SLIPS + "\n" + text)), key=lambda p: p.confidence)
    assert chosen.safe is safe


@pytest.mark.parametrize("text", ["本刊记者 林汀汀", "海生、年广发、海涛涛、终建军、蔚蓝", "图片由林汀汀提供。"])
def test_names_that_end_in_two_are_let_be(text: str) -> None:
    assert [p for p in doubled_characters(page_of(SLIPS * 3 + "\n" + text)) if p.confidence > 0.44 and p.passage] == []


@pytest.mark.parametrize("text", ["做模具的小老板水生生说，从前看见红头文件就怕。", "跟我一起踩水水"])
def test_what_may_be_a_nickname_is_never_applied(text: str) -> None:
    assert not any(p.safe for p in doubled_characters(page_of(SLIPS * 3 + "\n" + text)) if p.passage)
