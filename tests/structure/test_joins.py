"""The pairing of open tails and headless starts: what it joins, what it leaves, and what it asks."""

from __future__ import annotations

from convert.issue import Issue
from convert.options import ParseOptions
from convert.source import Source
from convert.structure import joins, signs, structure
from convert.structure.classes import word_class
from convert.structure.lexis import Lexis

BEFORE = "上个月一场大雨过后，小区东边的围墙塌了一段，物业请人砌好，又在墙根补种了一排冬青，居民们都说比从前好看。"
AFTER = "公约贴出来以后，电瓶车不再乱停，楼道里的杂物也清走了，老人们下楼散步，再也不用绕着走了。"


def parsed(*lines: str) -> Issue:
    return structure((Source("page.txt", "\n\n".join(lines)),), ParseOptions())


def texts(issue: Issue) -> list[str]:
    return [block.text for block in issue.blocks()]


def test_a_paragraph_cut_inside_a_word_is_one_again() -> None:
    one, other = "夏天到了，社区活动室添了两台电风扇，来下棋的老人渐渐多了起来，管理", "员每天早上七点开门，晚上九点才锁门回家。"
    assert one + other in texts(parsed(BEFORE, one, other, AFTER))


def test_a_short_line_cut_inside_a_word_is_no_headline() -> None:
    one, other = "小区为此成立了业主代", "表大会，每个单元推选一名代表参加，重要的事情都要在会上表决通过以后才能去做。"
    assert one + other in texts(parsed(BEFORE, one, other, AFTER))


def test_a_paragraph_that_lost_its_full_stop_is_not_run_into_the_next() -> None:
    one = "护林员老韩每天清早带着水壶和干粮上山，太阳落山才下来，三年走坏了十一双胶鞋，林子里没有再起过一次火"
    other = "去年秋天，县里给护林员配了巡山用的电动车和对讲机，老韩却还是愿意走路，说走得慢，才看得清。"
    assert {one, other} <= set(texts(parsed(BEFORE, one, other, AFTER)))


def test_a_caption_is_read_past_and_never_runs_on() -> None:
    one, other = "图书馆把流动书车开进了山里，孩子们围上来挑书，司机老周一边登记一边", "提醒大家，看完的书下个月要记得还回来。"
    caption = "孩子们在流动书车前挑选图书。本报记者 林木 摄"
    found = texts(parsed(BEFORE, one + "\n\n\n", caption, other, AFTER))
    assert one + other in found
    assert caption in found


def test_a_short_line_with_a_semicolon_is_no_headline_and_runs_on() -> None:
    one, other = "雨天走北门，以免滑倒；路面结冰时，请", "绕行新修的环村公路，并留意沿途的提示牌。"
    assert one + other in texts(parsed(BEFORE, one, other, AFTER))


def test_lines_of_verse_stay_apart_though_commas_end_them() -> None:
    verse = ["天窗先亮了，", "像谁揭开一页纸。", "行车还在梦里，", "扳手并着肩，", "睡成一排音符。"]
    assert set(verse) <= set(texts(parsed(BEFORE, "晨光", *verse)))


def test_an_address_behind_a_line_that_ends_early_belongs_to_it() -> None:
    one = "讲座的名额有限，每场只安排四十个座位，市民可以带一名家属，报名的市民请提前三天登录本馆网站"
    other = "https://www.example.org/booking，使用读者证号登录以后选择场次。"
    assert one + other in texts(parsed(BEFORE, one, other, AFTER))


def test_what_is_nearly_as_likely_is_asked() -> None:
    one = "护林员老韩每天清早带着水壶和干粮上山，太阳落山才下来，林子里没有再起过一次火"
    issue = parsed(BEFORE, one, "县里给护林员配了巡山用的电动车，老韩还是愿意走路。", AFTER)
    assert "join-uncertain" in {query.kind for query in issue.queries}


def test_every_sign_has_a_number_and_every_family_its_weights() -> None:
    known = joins.model()
    assert set(known.weights) == set(signs.FAMILIES)
    assert all(set(parts) == {"tail", "head", "pair", "way"} for parts in known.weights.values())
    assert joins.weigh({"one": 2.0}, iter([("one", 1.5), ("unknown", 9.0)])) == 3.0


def test_classes_of_words() -> None:
    lexis = Lexis((), False)
    known = {"的": "de", "在": "prep", "2021": "figure", "三十": "numeral", "ab": "latin"}
    assert {word: word_class(word, lexis) for word in known} == known
    assert word_class("图书馆", lexis).endswith("3")
