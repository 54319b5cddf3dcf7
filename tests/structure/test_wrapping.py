"""Hard-wrapped text layers: headlines, credits and vertical lines among full lines."""

from __future__ import annotations

import itertools

from tests.structure.parsing import parse, roles, texts

WIDE = 20
STORY = [
    "村口那棵苦楝树谁也说不清是哪一年长出来的，它不成材，做不得大梁，果子又苦，连麻雀都不大肯吃，所以一直没有人打它的主意。",
    "暮春时节别的花都谢得差不多了，苦楝才慢吞吞地开，花是淡紫色的，极小，一簇一簇藏在叶子中间，要走近了才看得清楚。",
    "后来修路，施工队画的线正好穿过树下，全村的老人搬了凳子去坐着，一坐就是三天，最后路拐了一个小小的弯，绕了过去。",
]


BOOKS = [
    "这本旧书跟着我搬了七次家，书脊裂了又粘，粘了又裂，扉页上的诗却一个字也没有少，只是从前看不懂，如今也不敢说全懂了。",
    "读诗的人总想先弄清楚每个字的意思，其实一首看不懂的诗，先读出声音来，读上几遍，它自己就会慢慢地把门打开一条缝。",
    "第七次搬家的那天下雨，旧书用油布裹了三层，到了新屋打开来看，那首诗还是从前的样子，窗外的雨声却和从前不同了。",
]


def wrapped(*paragraphs: str, wide: int = WIDE) -> str:
    """Paragraphs as a text layer gives them: the first line two characters short, for the indent is lost."""
    lines = []
    for text in paragraphs:
        cuts = [0, *range(wide - 2, len(text) - 1, wide), len(text)]
        lines += [text[one:other] for one, other in itertools.pairwise(cuts)]
    return "\n".join(lines) + "\n"


def test_headlines_of_one_length_show_no_column() -> None:
    page = wrapped(*STORY) + "怎样读一首看不懂的诗\n一本旧书的七次搬家记\n" + wrapped(*BOOKS)
    assert texts(parse(page)) == [*STORY, "怎样读一首看不懂的诗", "一本旧书的七次搬家记", *BOOKS]


def test_a_credit_ends_a_caption() -> None:
    page = "苦楝开花的时候\n" + wrapped(STORY[0]) + "老人们在树下坐着等施工队来商量。石小磊摄\n" + wrapped(*STORY[1:])
    assert ("caption", "老人们在树下坐着等施工队来商量。石小磊摄") in roles(parse(page))


def test_a_vertical_headline_is_one_line_and_its_byline_another() -> None:
    upright = "\n".join("苦楝开花的时候本报记者石小磊") + "\n"
    found = roles(parse(upright + wrapped(*STORY)))
    assert found[:2] == [("title", "苦楝开花的时候"), ("byline", "本报记者石小磊")]
    assert [text for _, text in found[2:]] == STORY


def test_an_address_too_long_for_the_line_goes_on_with_it() -> None:
    notice = "有意报名的同学请在这个月二十六日以前到科学楼找值日的老师领取表格，填好交来，也可以把电子的表格用写信的办法寄到"
    page = wrapped(*STORY, notice) + "qixiang@example.edu，注明班级。\n" + wrapped(*STORY)
    assert f"{notice}qixiang@example.edu，注明班级。" in texts(parse(page))


def test_a_vertical_headline_among_lines_of_text_is_lifted_out() -> None:
    page = wrapped(*STORY).splitlines()
    title, kicker = ["老树", "为什", "么没", "有被", "砍掉"], ["乡", "村", "纪", "事", "篇"]
    for at, part in enumerate(title, 1):
        page[at] = f"{part} {kicker[at - 1]} {page[at]}"
    found = texts(parse("\n".join(page) + "\n"))
    assert found == ["乡村纪事篇", "老树为什么没有被砍掉", *STORY]


def test_a_list_of_names_is_no_vertical_headline() -> None:
    names = ["王小明 李大方", "赵一鸣 钱多多", "孙晓东 周建国", "吴桂花 郑石头", "冯远征 陈水生"]
    text = "\n".join(texts(parse(wrapped(*STORY) + "\n".join(names) + "\n")))
    assert all(text.index(one) < text.index(other) for one, other in itertools.pairwise(" ".join(names).split()))


def test_a_number_that_goes_on_counting_begins_a_block() -> None:
    page = wrapped(*STORY, "1.把申请写在一张纸上，写明姓名和住址，再请邻居签名，最后送到村里去。", "2.拨打电话也行。")
    assert texts(parse(page))[-2:] == ["1.把申请写在一张纸上，写明姓名和住址，再请邻居签名，最后送到村里去。", "2.拨打电话也行。"]


def test_half_a_formula_is_no_headline() -> None:
    page = wrapped(*STORY) + "\n速率约为原来的2^((120-\n\n" + wrapped(*STORY)
    assert ("title", "速率约为原来的2^((120-") not in roles(parse(page))


def test_a_writer_in_brackets_at_the_end_of_a_report_belongs_to_it() -> None:
    page = wrapped(STORY[0]) + "（宋致）\n" + wrapped(STORY[1]) + "（曲\n蔚）\n" + wrapped(STORY[2])
    assert texts(parse(page)) == [STORY[0] + "（宋致）", STORY[1] + "（曲蔚）", STORY[2]]


def test_the_last_character_of_a_headline_is_not_dropped() -> None:
    page = "图书馆老馆改造完工向读者开\n放\n" + wrapped(*STORY)
    assert roles(parse(page))[0] == ("title", "图书馆老馆改造完工向读者开放")
