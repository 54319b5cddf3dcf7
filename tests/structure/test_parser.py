"""What the parser must do with the damage that scans of newspapers show, one sign at a time, on texts of our own."""

from __future__ import annotations

from convert.issue import Role
from tests.structure.parsing import parse, roles, texts

LEAD = "上个月一场大雨过后，小区的地下车库没有积水，这在过去十年里还是头一回。排水沟是居民自己清的，水泵是大家一起买的。"
BODY = "管线图缺了哪几张，维修资金还剩多少，哪些事情可以自己动手，街道请居民坐下来一条一条地商量，商量了四个月才有结果。"
MORE = "公约贴出来以后，电瓶车不再上楼，占道的杂物当天就有人清走，公共收益每个季度公示一次，吵架的人越来越少了。"


def test_a_paragraph_cut_by_a_caption_is_one_and_the_caption_follows_it() -> None:
    cut = "街道请居民坐下来，先把家底摸清楚，哪些事情可以自己动手，哪些必须请专业队"
    issue = parse(
        f"怎样管好一个小区\n\n{LEAD}\n\n{cut}\n\n\n\n居民代表在议事亭里讨论公约。\n\n伍来做，一条一条写下来。\n\n{MORE}"
    )
    assert roles(issue)[2:4] == [("paragraph", f"{cut}伍来做，一条一条写下来。"), ("caption", "居民代表在议事亭里讨论公约。")]
    assert {edit.rule for edit in issue.edits} == {"join-caption"}
    assert any(reason.what == "join" for reason in issue.reasons)


def test_a_short_cut_head_is_no_headline() -> None:
    issue = parse(
        f"怎样管好一个小区\n\n{LEAD}\n\n小区为此成立了业主代\n\n表大会，每个单元推选一名代表参加，重要的事情都要在会上表决通过以后才能去做。\n\n{MORE}"
    )
    assert [role for role, _ in roles(issue)] == ["title", "paragraph", "paragraph", "paragraph"]


def test_a_long_headline_is_no_fragment() -> None:
    title = "上海市某某区：小社区 大联盟 共建共治推动老旧小区更新提质"
    assert roles(parse(f"{title}\n\n{LEAD}\n\n{BODY}\n\n{MORE}"))[0] == ("title", title)


def test_kicker_title_subtitle_byline() -> None:
    issue = parse(f"身边的科学\n\n“瘦身”以后，车间亮了\n\n——装配车间改造记\n\n本报记者 王小明\n\n{LEAD}\n\n{BODY}")
    assert [role for role, _ in roles(issue)] == ["kicker", "title", "subtitle", "byline", "paragraph", "paragraph"]


def test_heading_levels_follow_their_numbering() -> None:
    issue = parse(
        f"关于用水的通知\n\n一、用水时间\n\n（一）早晨和上午的安排\n\n{LEAD}\n\n（二）下午和夜间的安排\n\n{BODY}\n\n二、收费标准\n\n{MORE}"
    )
    levels = [(block.text[:2], block.level) for block in issue.articles[0].blocks if block.role is Role.HEADING]
    assert levels == [("一、", 1), ("（一", 2), ("（二", 2), ("二、", 1)]


def test_a_headline_behind_its_opening_goes_before_it_and_the_move_is_told() -> None:
    issue = parse(f"怎样管好一个小区\n\n{LEAD}\n\n{BODY}\n\n本报讯（记者 王小明）{MORE}\n\n图书馆延长开放时间\n\n{LEAD}")
    second = issue.articles[1].blocks
    assert [str(block.role) for block in second][:2] == ["title", "paragraph"]
    assert [(move.block, move.rule) for move in issue.moves] == [(second[0].id, "headline-slipped")]


def test_columns_that_changed_places_go_back() -> None:
    one = "第一件事是修路。小区的路修了又坏，坏了又修，谁也说不清花了多少钱，这一回大家先请来专业的工"
    two = "程师，把路面下的管线一根一根查清楚，再定方案。第二件事是种树，种什么树由一楼的住户自己选，物业负责浇"
    three = (
        "水。第三件事是停车，车位不够，就和隔壁的商场商量了好几回，最后说定晚上借用他们空着的三十个车位，"
        "早上七点以前开走，谁也不许占着不走，门口装了道闸，还请了两位退休师傅轮流看管停车"
    )
    four = "场，每个月只收一半的费用。"
    issue = parse(f"怎样管好一个小区\n\n{LEAD}\n\n{one}\n\n{three}\n\n{two}\n\n{four}")
    assert texts(issue)[2] == one + two + three + four


def test_undamaged_text_is_left_in_its_order() -> None:
    issue = parse("\n\n".join(["怎样管好一个小区", "本报记者 王小明", LEAD, "定下规矩", BODY, "账目摆上桌", MORE, LEAD]))
    assert not issue.moves and not issue.edits
    assert [role for role, _ in roles(issue)] == [
        "title",
        "byline",
        "paragraph",
        "heading",
        "paragraph",
        "heading",
        "paragraph",
        "paragraph",
    ]


def test_lists_verse_questions_and_signatures_have_kinds() -> None:
    issue = parse(
        "读者来信\n\n编辑同志：\n\n" + LEAD + "\n\n问：路灯坏了找谁？\n\n答：打物业电话，当天就修。\n\n"
        "一、早上浇水\n\n二、中午开窗\n\n三、晚上关灯\n\n梧桐里居委会\n\n2024年6月20日"
    )
    kinds = [block.kind for block in issue.articles[0].blocks if block.kind]
    assert kinds == ["salutation", "question", "answer", "list-item", "list-item", "list-item", "signature", "date"]


def test_web_chrome_is_dropped_and_kept_as_dropped() -> None:
    issue = parse(f"首页>>新闻>>社区\n\n怎样管好一个小区\n\n{LEAD}\n\n{BODY}\n\n分享到：微信 微博\n\n版权所有 未经授权不得转载")
    assert [block.text[:2] for block in issue.dropped] == ["首页", "分享", "版权"]
    assert all(block.reason for block in issue.dropped)
    assert issue.metadata.section == "社区"


def test_the_furniture_tells_number_date_and_publisher() -> None:
    issue = parse(
        f"梧桐社区报 2024年6月20日 第12期（总第131期）\n\n怎样管好一个小区\n\n{LEAD}\n\n{BODY}\n\n\n\n"
        "梧桐街道办事处 主办\n\n热线:60805512"
    )
    known = issue.metadata
    assert (known.title, known.number, known.date, known.publisher) == ("梧桐社区报", "12", "2024-06-20", "梧桐街道办事处")
    assert dict(known.extra) == {"total_number": "131"}


def test_hard_wraps_are_undone_paragraph_by_paragraph() -> None:
    issue = parse(
        "镇东头的木匠铺没有招牌，门口\n常年堆着刨花。老木匠姓季，今年七\n十三岁，手指粗得像树根，拿起墨斗\n来却一点也不抖。\n"
        "他做板凳不用一根钉子。榫头削\n好了，往卯眼里一送，轻轻响一下，\n就算成了。徒弟问他要削到多少才合\n适，他说听声音。\n"
    )
    assert [text[-6:] for text in texts(issue)] == ["一点也不抖。", "他说听声音。"]
    assert {edit.rule for edit in issue.edits} == {"wrap"}


def test_interleaved_columns_are_sorted_back() -> None:
    left = [
        "镇东头的木匠铺没有招牌，门口常年堆",
        "着刨花。老木匠姓季，今年已经七十三",
        "岁，手指粗得像树根，拿起墨斗来却一",
        "点也不抖，画出来的线比尺子还要直。",
    ]
    right = [
        "他做板凳不用一根钉子。榫头削好以后",
        "往卯眼里轻轻一送，听见笃的一声响就",
        "算成了。徒弟问他究竟要削到多少才合",
        "适，他笑着说，这要听声音才会知道。",
    ]
    issue = parse("\n".join(f"{a} {b}" for a, b in zip(left, right, strict=True)))
    assert "".join(texts(issue)) == "".join(left + right)


def test_several_sources_make_one_issue() -> None:
    issue = parse(
        f"怎样管好一个小区\n\n{LEAD}\n\n街道请居民坐下来，把家底摸清楚，哪些事情可以自己动手，哪些必须请专业队",
        f"伍来做，一条一条写下来。\n\n{MORE}",
    )
    assert texts(issue)[2].endswith("专业队伍来做，一条一条写下来。")
    assert [span.source for span in issue.articles[0].blocks[2].spans] == [0, 1]


def test_script_and_region() -> None:
    assert parse(LEAD).language == "zh-Hans"
    assert parse("鎮公所檔案室保存著一份公約，裡面寫著夜間須懸燈一盞，以便行人。").language == "zh-Hant-TW"
    assert parse("巴士的士都停駛，佢哋喺街上行，嘅確係咁，説話時港元又跌。").language == "zh-Hant-HK"
