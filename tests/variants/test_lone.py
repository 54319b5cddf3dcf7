"""Lone characters that the words around them decide, each with a line in which they mean the other thing.

From a reading of ordinary pages and of several hundred compounds; see docs/variants.md.
"""

from __future__ import annotations

import pytest

from convert.variants import convert_text


def tw(text: str) -> str:
    return convert_text(text, "tw", language="zh-Hans").text


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("孩子说头发晕，头发胀", "孩子說頭發暈，頭發脹"),
        ("头发晕染，头发麻烦", "頭髮暈染，頭髮麻煩"),
        ("在街头发传单，手头发紧", "在街頭發傳單，手頭發緊"),
        ("街头发廊，街头发型", "街頭髮廊，街頭髮型"),
        ("买到热汤面、小米粥；一碗清汤面。", "買到熱湯麵、小米粥；一碗清湯麵。"),
        ("热汤面上浮着油花", "熱湯面上浮著油花"),
        ("整理出传统剧目四十余出，折子戏四出。", "整理出傳統劇目四十餘齣，折子戲四齣。"),
        ("地默默地背，一出一出地背", "地默默地背，一齣一齣地背"),
        ("演了一出《白蛇传》，连演五出。", "演了一齣《白蛇傳》，連演五齣。"),
        ("一出出好戏，一出出悲剧", "一齣齣好戲，一齣齣悲劇"),
        ("戏票二十余张，一进一出，三进三出，演出四场，剧本写出", "戲票二十餘張，一進一出，三進三出，演出四場，劇本寫出"),
        ("走到戏院一出，剧团二十出头，理发广告，演出两场", "走到戲院一出，劇團二十出頭，理髮廣告，演出兩場"),
        ("一出门就看见，刚一出场", "一出門就看見，剛一出場"),
        ("谷里大桥的桥面", "谷里大橋的橋面"),
        ("山谷里大桥飞架，雾里大桥", "山谷裡大橋飛架，霧裡大橋"),
        ("海里的鱼，东海里有", "海裡的魚，東海裡有"),
        ("二百海里的专属区，每海里", "二百海里的專屬區，每海里"),
        ("他在里委会做事", "他在里委會做事"),
        ("谷地里种着庄稼", "谷地裡種著莊稼"),
        ("粮食已经发霉，正在发霉", "糧食已經發霉，正在發霉"),
        ("按周轮转到村，按周公布", "按週輪轉到村，按週公佈"),
        ("按周围环境", "按周圍環境"),
        ("他系上了围裙，中文系上了新课", "他繫上了圍裙，中文系上了新課"),
        ("口渴，嘴唇干，嗓子干。", "口渴，嘴唇乾，嗓子乾。"),
        ("干草垛，送去米、面、油", "乾草垛，送去米、麵、油"),
        ("点、线、面、体", "點、線、面、體"),
        ("唱了四出,一共(演了三出)", "唱了四齣,一共(演了三齣)"),
    ],
)
def test_read_by_the_words_around(text: str, want: str) -> None:
    assert tw(text) == want


def test_a_man_called_the_beam_of_the_country() -> None:
    for variant, beam in (("tw", "棟梁"), ("hk", "棟樑")):
        assert convert_text("主任宋国梁说，栋梁之材", variant, language="zh-Hans").text[2:5] == "宋國梁"
        assert beam in convert_text("主任宋国梁说，栋梁之材", variant, language="zh-Hans").text
