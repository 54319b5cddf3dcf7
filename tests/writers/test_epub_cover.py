"""The cover: what it says, how it breaks lines, and what it costs."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from convert import style as styles
from convert.errors import UsageError
from convert.writers.epub.cover import HEIGHT, MEASURE, WIDTH, Cover, Texts, balanced, cover, draw, wrap
from convert.writers.epub.fonts import font_path
from tests.writers.epub_sample import KNOWN, edition, files, sample

WHITE = (255, 255, 255)
CN, TW = font_path("CN"), font_path("TW")


def picture(**options: object) -> Cover:
    made = cover(sample(), styles.load().with_options(**options), "CN")
    assert made is not None
    return made


def test_the_picture_is_small_grey_and_of_the_size_shops_ask() -> None:
    made = picture()
    image = Image.open(io.BytesIO(made.data))
    assert image.size == (WIDTH, HEIGHT) and image.mode == "P" and made.media_type == "image/png"
    assert len(image.convert("RGB").getcolors(100) or []) <= 16
    assert len(made.data) < 90_000
    assert image.convert("RGB").getpixel((3, 3)) == (0xF7, 0xF3, 0xE8)


def test_alternative_text_says_what_the_picture_says() -> None:
    page = files(edition(sample()))["cover.xhtml"].decode()
    assert 'role="doc-cover" alt="封面：江畔文艺 第37期，1986年5月4日"' in page


def test_variants_that_read_the_same_share_one_picture() -> None:
    texts = Texts("同名", "一", ("甲",), "")
    assert draw(texts, (TW, CN), WHITE, (0, 0, 0)) is draw(texts, (TW, CN), WHITE, (0, 0, 0))


def test_regions_with_the_same_font_share_one_picture() -> None:
    taiwan, hong_kong = (cover(sample(), styles.load(), region) for region in ("TW", "HK"))
    assert taiwan is not None and hong_kong is not None and taiwan.data is hong_kong.data


def test_colours_come_from_the_theme_and_are_checked() -> None:
    style = styles.load()
    red = replace(style, tables={**style.tables, "epub": {"cover": {"paper": "#aa0000", "ink": "#ffffff"}}})
    made = cover(sample(), red, "CN")
    assert made is not None
    assert Image.open(io.BytesIO(made.data)).convert("RGB").getpixel((3, 3)) == (0xAA, 0, 0)
    bad = replace(style, tables={"epub": {"cover": {"paper": "vermilion"}}})
    with pytest.raises(UsageError, match="#rrggbb"):
        cover(sample(), bad, "CN")


def test_no_cover_and_a_given_cover(tmp_path: Path) -> None:
    for wish in (False, "none"):
        assert cover(sample(), styles.load().with_options(cover=wish), "CN") is None
    assert "cover.xhtml" not in files(edition(sample(), cover=False))
    given_one = tmp_path / "c.jpg"
    Image.new("L", (20, 30)).save(given_one, "JPEG")
    found = files(edition(sample(), cover=str(given_one)))
    assert found["cover.jpg"] == given_one.read_bytes() and b'href="cover.jpg"' in found["content.opf"]


def test_a_given_cover_that_cannot_be_used_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        picture(cover=str(tmp_path / "none.png"))
    (tmp_path / "c.png").write_text("not a picture")
    with pytest.raises(UsageError, match="neither PNG nor JPEG"):
        picture(cover=str(tmp_path / "c.png"))


def test_a_character_the_regions_font_lacks_comes_from_the_other() -> None:
    whole = draw(Texts("专", "", (), ""), (TW, CN), WHITE, (0, 0, 0))
    simplified = draw(Texts("专", "", (), ""), (CN, TW), WHITE, (0, 0, 0))
    assert whole == simplified


@pytest.mark.parametrize("title", ["", " ", "名" * 300, "\0\ud800", "A" * 300, "“" * 40, "。" * 200])
def test_odd_titles_are_drawn(title: str) -> None:
    issue = sample(replace(KNOWN, title=title, number=title, date=title, publisher=title))
    made = cover(issue, styles.load(), "TW")
    assert made is not None and Image.open(io.BytesIO(made.data)).size == (WIDTH, HEIGHT)


TEXT = st.text(st.sampled_from("汉字，。“”《》（）ab1 2-、！"), max_size=80)


@given(TEXT, st.sampled_from([52, 84, 160]))
def test_rows_keep_every_character_and_begin_with_no_closing_mark(text: str, size: int) -> None:
    for rows in (wrap(text, size, MEASURE), balanced(text, size, MEASURE)):
        assert "".join("".join(rows).split()) == "".join(text.split())
        assert not [row for row in rows[1:] if row[0] in "，。”》）、！" and rows[0].strip("，。”》）、！")]


def test_two_rows_part_at_the_comma() -> None:
    assert balanced("老街醒来，巷口的豆浆铺已经坐满了街坊们", 84, MEASURE) == ["老街醒来，", "巷口的豆浆铺已经坐满了街坊们"]
