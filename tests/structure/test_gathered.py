"""Headlines that a text layer gives behind the imprint, all in a row, go back over their stories."""

from __future__ import annotations

from convert.issue import Role
from tests.structure.parsing import parse

TREE = [
    "村口那棵苦楝树谁也说不清是哪一年长出来的。它不成材，做不得大梁，果子又苦，连麻雀都不大肯吃苦楝的果子。",
    "暮春时节别的花都谢得差不多了，苦楝才慢吞吞地开花。花是淡紫色的，极小，一簇一簇藏在苦楝的叶子中间。",
    "后来修路，施工队画的线正好穿过苦楝树下。全村的老人搬了凳子去坐着，最后路拐了一个小小的弯，绕了过去。",
]
BUS = [
    "本报讯（学生记者 蒋可）从11月1日起，往返南北校区的校车增加两条夜间线路，末班校车推迟到十一点二十分。",
    "后勤处对四千名学生的出行数据作了分析，发现晚上九点以后从实验楼回宿舍的人最多，校车夜间线路因此各设一站。",
    "校车票价仍为一元，夜间线路平均十二分钟一班，司机说雨天也照常发车。",
]
FILE = [
    "本报讯（通讯员 彭小舟）钳工班的师傅进厂那天只得了一把锉刀，三十年过去，锉刀的木柄已经磨出凹痕。",
    "如今车间里有了数控机床，锉刀用得少了，可是装配主轴的最后一道工序还是离不开手和那把锉刀。",
]
IMPRINT = ["主编：贺松年 责任编辑：梁以安", "投稿邮箱：bulletin@example.org 地址：文昌路18号"]
HEADS = ["苦楝开花的时候", "——老树和一条路", "校车新增两条夜间线路", "一把锉刀磨了三十年"]


def test_headlines_in_a_row_behind_the_imprint_go_over_their_stories() -> None:
    issue = parse("\n\n".join([*TREE, *BUS, *FILE, *IMPRINT, *HEADS]) + "\n")
    stories = [[block.text for block in article.blocks] for article in issue.articles]
    assert stories == [[*HEADS[:2], *TREE], [HEADS[2], *BUS], [HEADS[3], *FILE]]
    assert [str(block.role) for block in issue.articles[0].blocks[:2]] == ["title", "subtitle"]
    assert {move.rule for move in issue.moves} == {"headline-behind-story"}
    assert len(issue.moves) == len(HEADS)


def test_lines_that_have_nothing_to_do_with_the_page_are_not_dealt_to_its_stories() -> None:
    other = ["海上的灯塔", "远洋船队返航", "深海里的鱼群"]
    page = [*TREE, *BUS, *FILE]
    issue = parse("\n\n".join([*page, *IMPRINT, *other]) + "\n")
    order = [block.text for article in issue.articles for block in article.blocks if block.role is Role.PARAGRAPH]
    assert [text for text in order if text in page] == page
    assert "headline-behind-story" not in {move.rule for move in issue.moves}
