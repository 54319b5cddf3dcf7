"""Dates, times and numbers: what cannot be is asked about, what can be is not, in figures and in Chinese."""

from __future__ import annotations

import pytest

from convert.proofread.figures import figure_questions
from convert.proofread.letters import misread_letters
from tests.proofread.pages import page_of


def kinds(text: str) -> set[str]:
    return {question.kind for question in figure_questions(page_of(text))}


@pytest.mark.parametrize("text", [
    "会议13月召开。", "13月，全区启动试点。", "二〇一九年十三月，第一批居民入住。", "十五月三日开工", "0月5日", "2月30日",
    "二月三十日闭幕",
    "4月31日", "四月三十一日", "2019年2月29日", "本报北京35日电", "32日上午", "二〇一八年十一月三十一日",
])
def test_dates_no_calendar_has(text: str) -> None:
    assert kinds(text) == {"impossible-date"}


@pytest.mark.parametrize("text", [
    "上午25时开会。", "会议于当日25时结束", "25时，", "24:75开始", "下午26：00举行", "晚上8时70分", "上午二十五时",
    "9时61分", "上午14时", "25点30分发车",
])
def test_times_no_clock_shows(text: str) -> None:
    assert kinds(text) == {"impossible-time"}


@pytest.mark.parametrize("text", [
    "历时13个月", "第13月刊", "历时13月乃成", "13月龄的婴儿", "第十三月", "近十五月来", "两三月后", "七八月间",
    "每年的九十月份", "三十日晚", "农历二月三十日", "阴历六月三十",
    "30小时", "25小时", "共25时", "百分之一百二十", "完成率120%", "比分79:82", "以1:75配制", "24时", "下午三时", "零时",
    "80时代", "温度达到30时停机",
    "降至50时", "当分数为60时，", "25点意见", "下降25点", "26时30分12秒夺冠", "二十四时区", "下午14时", "十二月三十一日",
    "一月三十一日", "120日", "历时45日起",
    "1999年12月31日24时", "21点", "95分", "第131期至第135期", "2·28", "三十一日", "第33日", "四五时",
])
def test_what_can_be_is_let_be(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize(("text", "after"), [
    ("2O19年", "2019"), ("涨了1l.5%", "11.5"), ("1O月开工", "10"), ("l2月开工", "12"), ("5O%的居民", "50"),
    ("10O元", "100"), ("l0名学员", "10"),
    ("占比l5.6%", "15.6"), ("l.5亿元", "1.5"),
    ("I5名", "15"), ("3l日", "31"), ("二O一九年", "二〇一九"), ("二0一九年", "二〇一九"), ("一九九O年", "一九九〇"),
])
def test_letters_for_figures(text: str, after: str) -> None:
    found = list(misread_letters(page_of(text)))
    assert [(p.after, p.safe) for p in found] == [(after, False)]


@pytest.mark.parametrize("text", [
    "O2O年会", "x=l2", "H2O", "5l分装", "容量5l的桶", "A3O机型", "2l", "B1l号", "I型", "O型血", "二〇一九年", "10月",
    "C919", "G2O峰会", "Web3.O时代", "一O一中学",
])
def test_codes_and_measures_are_let_be(text: str) -> None:
    assert list(misread_letters(page_of(text))) == []
