"""Where names stand: proper names are in no lexicon, so what looks like a slip inside one probably is none.

The characters are lists of the commonest surnames and of characters Xinhua's transcription tables use; our own selection.
"""

from __future__ import annotations

import re

NUMERALS = frozenset("一二三四五六七八九十百千万亿两零〇")

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范石姚谭廖"
    "邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂焦向柳邢路岳齐"
    "梅莫庄辛管祝左涂谷祁舒耿牟卜詹关苗凌费纪靳童欧甄项曲游阳裴席卫查屈鲍覃霍翁甘景薄单柯阮桂闵柴华冉房边辜吉饶刁瞿戚丘池邬臧畅宫褚廉"
    "简娄符奚穆党燕郎邸冀谈姬屠晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙"
)
TRANSCRIBED = frozenset(
    "阿埃艾安奥巴白班邦堡贝本比彼宾博伯布查达戴德迪丁杜多恩尔法菲费芬佛夫弗福富盖冈戈格根古哈海汉赫亨胡霍基吉加贾杰卡凯坎康科克肯库夸"
    "拉莱赖兰朗劳勒雷里利丽莉列林隆卢鲁路伦罗洛吕马玛迈麦曼芒梅门蒙米密摩莫默姆穆拿纳娜内尼涅宁纽努诺欧帕潘庞培佩彭皮平珀普奇齐乔琴琼"
    "热荣萨塞桑瑟森沙山舍申圣施什史士世思斯苏索塔泰坦汤特滕提图托瓦万威韦维温翁沃乌武西希锡夏谢辛休许雅亚延扬耶叶伊因英约泽扎詹占珍治朱兹佐"
)
FACTS = frozenset("rfst")
"""Tags of names, of people, places and organisations: facts, and so asked about, never applied."""
_INTRODUCED = re.compile(
    r"[（(·]|记者|摄影|作者|通讯员|先生|女士|书记|主席|主任|部长|局长|经理|教授|同志"
    r"|校长|院长|会长|公司|集团|小区|村|路|街"
)

_ITEM = re.compile(r"[、，,。：；（(〈）)〉\n]([\u3400-\u9fff]{2,4})(?=[、，,。；（(〈）)〉\n])")


def transliterated(text: str, at: int) -> bool:
    """Whether a character of transcriptions stands between others of its kind."""
    return text[at] in TRANSCRIBED and (text[max(0, at - 1):at] in TRANSCRIBED or text[at + 1:at + 2] in TRANSCRIBED)


def after_surname(text: str, at: int) -> bool:
    """Whether a surname stands one or two characters before."""
    return text[max(0, at - 1):at] in SURNAMES or text[max(0, at - 2):max(0, at - 1)] in SURNAMES


def item(text: str, at: int) -> tuple[int, int] | None:
    """The two to four characters between marks, of which one is 、, that it stands in; None outside lists."""
    found = _ITEM.search(text, max(0, at - 4))
    while found and found.start(1) <= at:
        if at < found.end(1):
            return found.span(1) if "、" in (found.group(0)[0], text[found.end(1):found.end(1) + 1]) else None
        found = _ITEM.search(text, found.end(1))
    return None


def listed(text: str, at: int) -> bool:
    """Whether it stands in a list of names: two to four characters between marks, of which one is 、, a surname first."""
    found = item(text, at)
    return found is not None and text[found[0]] in SURNAMES


def introduced(text: str, at: int) -> bool:
    """Whether a word that goes with names stands near."""
    return _INTRODUCED.search(text, max(0, at - 8), at + 7) is not None
