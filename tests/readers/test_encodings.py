"""Encodings: told right from a few characters on, refused with the offset where a byte does not fit, never mojibake."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convert.errors import ReissueError, UnreadableInput, UsageError
from convert.options import ReadOptions
from convert.readers.encodings import BOMS, codec, decode
from convert.readers.text import TextReader

SIMPLIFIED = (
    "上午九点，街道的便民工坊刚刚开门，门口已经排起了小队。有人拎着断了拉链的羽绒服，有人抱着不转的电风扇，还有一位"
    "老先生从布袋里掏出一把用了三十多年的剪刀，请师傅“再给它开一次刃”。修鞋、配钥匙、磨剪刀、缝补衣物，这些随处可见的"
    "小摊，一度在城市更新中渐渐淡出了街巷。记者从区教育局了解到，今年新建的三所学校将于九月投入使用，可增加学位两千余个。\n"
)
TRADITIONAL = (
    "上午九點，街道的便民工坊剛剛開門，門口已經排起了小隊。有人拎著斷了拉鍊的羽絨服，有人抱著不轉的電風扇，還有一位"
    "老先生從布袋裡掏出一把用了三十多年的剪刀，請師傅「再給它開一次刃」。修鞋、配鑰匙、磨剪刀、縫補衣物，這些隨處可見的"
    "小攤，一度在城市更新中漸漸淡出了街巷。記者從區教育局了解到，今年新建的三所學校將於九月投入使用，可增加學位兩千餘個。\n"
)
UNMARKED = ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


def text_in(encoding: str) -> str:
    return TRADITIONAL if encoding == "big5hkscs" else SIMPLIFIED


def snippets(text: str, length: int) -> list[str]:
    draw = random.Random(length)
    return [text[at:at + length] for at in (draw.randrange(len(text) - length) for _ in range(60))]


@pytest.mark.parametrize("encoding", UNMARKED)
@pytest.mark.parametrize("length", [10, 20, 50, 120])
def test_told_from_the_contents(encoding: str, length: int) -> None:
    for snippet in snippets(text_in(encoding), length):
        found = decode(snippet.encode(encoding), "page.txt")
        assert (found.text, found.encoding) == (snippet, encoding)
        assert found.guessed == (encoding != "utf-8")


@pytest.mark.parametrize("encoding", UNMARKED)
def test_four_characters_are_right_or_refused_nearly_always(encoding: str) -> None:
    wrong = 0
    for snippet in snippets(text_in(encoding), 4):
        try:
            wrong += decode(snippet.encode(encoding), "page.txt").text != snippet
        except UnreadableInput:
            continue
    assert wrong <= 2


@pytest.mark.parametrize(("bom", "encoding"), BOMS)
def test_byte_order_mark_decides_and_is_gone(bom: bytes, encoding: str) -> None:
    found = decode(bom + SIMPLIFIED.encode(encoding), "page.txt")
    assert (found.text, found.encoding, found.guessed) == (SIMPLIFIED, encoding, False)


@pytest.mark.parametrize(("bom", "encoding"), BOMS)
def test_byte_order_mark_is_gone_where_the_encoding_is_forced(bom: bytes, encoding: str) -> None:
    assert decode(bom + SIMPLIFIED.encode(encoding), "page.txt", encoding).text == SIMPLIFIED


def test_long_ascii_head_does_not_hide_the_encoding() -> None:
    text = "-" * 200_001 + "\n" + SIMPLIFIED
    for encoding in ("gb18030", "utf-16-le", "utf-32-be"):
        assert decode(text.encode(encoding), "page.txt").text == text


def test_forced_encoding_is_taken_as_said() -> None:
    assert decode("é".encode("cp1252"), "page.txt", "cp1252").text == "é"
    assert decode("東京".encode("cp932"), "page.txt", "Shift_JIS").text == "東京"


@pytest.mark.parametrize(("label", "name"), [
    ("GBK", "gb18030"), ("gb2312", "gb18030"), ("cp936", "gb18030"), ("Big5", "big5hkscs"), ("Big5-HKSCS", "big5hkscs"),
    ("UTF8", "utf-8"), ("utf_16_le", "utf-16-le"), ("utf-8-sig", "utf-8"),
])
def test_labels_mean_what_files_hold(label: str, name: str) -> None:
    assert codec(label) == name


@pytest.mark.parametrize("label", ["rot13", "base64", "hex", "zip", "idna", "unicode_escape", "utf-7", "klingon", "", "a\0", "é"])
def test_labels_that_are_no_encoding_of_text(label: str) -> None:
    with pytest.raises(UsageError, match="is not an encoding"):
        codec(label)


def test_gb18030_is_the_2022_edition() -> None:
    data = SIMPLIFIED.encode("gb18030") + bytes.fromhex("A6D9 A6DB A8BC FE59 FE51")
    assert decode(data, "page.txt").text.endswith("\ufe10\ufe11\u1e3f\u9fb4\U00020087")


def test_big5_is_what_windows_and_browsers_take_it_for() -> None:
    data = TRADITIONAL.encode("big5hkscs") + bytes.fromhex("A145 A14E A1E3 A244 A3E1 A3E1 A440 A3E1")
    assert decode(data, "page.txt").text == TRADITIONAL + "‧﹑～￥€€一€"
    assert decode(data, "page.txt", "cp950").text == TRADITIONAL + "‧﹑～￥€€一€"


def test_hkscs_characters() -> None:
    text = TRADITIONAL + "嗰啲係咁嘅"
    found = decode(text.encode("big5hkscs"), "page.txt")
    assert (found.text, found.encoding) == (text, "big5hkscs")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_undecodable_byte_is_an_error_with_its_offset(encoding: str) -> None:
    head = SIMPLIFIED.encode(encoding)
    with pytest.raises(UnreadableInput, match=rf"byte offset {len(head)} \(line 2\)"):
        decode(head + b"\xff\xff" + head, "page.txt")
    with pytest.raises(UnreadableInput, match=rf"byte offset {len(head)} \(line 2\)"):
        decode(head + b"\xff\xff" + head, "page.txt", encoding)


def test_offset_counts_the_byte_order_mark() -> None:
    with pytest.raises(UnreadableInput, match="byte offset 6 "):
        decode(b"\xef\xbb\xbf" + "好".encode() + b"\xff", "page.txt")


def test_cut_off_in_the_middle_of_a_character() -> None:
    data = SIMPLIFIED.strip().encode()[:-1]
    with pytest.raises(UnreadableInput, match="ends in the middle of a character"):
        decode(data, "page.txt")


def test_two_encodings_in_one_file_are_named() -> None:
    with pytest.raises(UnreadableInput, match="From there it reads as GB18030"):
        decode(SIMPLIFIED.encode() + SIMPLIFIED.encode("gb18030") + SIMPLIFIED.encode(), "page.txt")


@pytest.mark.parametrize("times", [1, 5])
@pytest.mark.parametrize("legacy", ["gb18030", "big5hkscs"])
def test_two_encodings_are_refused_in_either_order(legacy: str, times: int) -> None:
    """Also where the second half happens to decode: GB 18030 takes almost any bytes."""
    old, new = ("街道的便民工坊\n" * times).encode(legacy, "ignore"), ("门口排起了小队\n" * times).encode()
    with pytest.raises(UnreadableInput, match=r"is not UTF-8 \(it begins as UTF-8\): at byte offset"):
        decode(new + old, "page.txt")
    with pytest.raises(UnreadableInput, match=rf"from byte offset {len(old)} \(line {times + 1}\) on it is"):
        decode(old + new, "page.txt")


@pytest.mark.parametrize("legacy", ["gb18030", "big5hkscs"])
def test_utf8_first_is_told_though_it_begins_with_short_runs(legacy: str) -> None:
    """A space or a figure in the first words does not make the file begin in something else."""
    new = "本报讯 今天，市民们来到公园。\n".encode()
    with pytest.raises(UnreadableInput, match=rf"it begins as UTF-8\): at byte offset {len(new)} \(line 2\)"):
        decode(new + "門口排起了小隊。\n".encode(legacy), "page.txt")


@pytest.mark.parametrize("data", [
    "好\ud800好好".encode("utf-16-le", "surrogatepass"),
    b"\xff\xfe" + "好\ud800好好".encode("utf-16-le", "surrogatepass"),
    ("好" * 5 + "\udc00").encode("utf-8", "surrogatepass"),
    b"\xff\xfe\0\0" + "好\udfff".encode("utf-32-le", "surrogatepass"),
])
def test_lone_surrogates_are_an_error(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match="byte offset"):
        decode(data, "page.txt")


@pytest.mark.parametrize("data", [
    b"\0" * 200, bytes(range(256)) * 40, b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"PK\x03\x04" + b"\0" * 40, b"\x7fELF\x02\x01",
    b"\xff\xd8\xff\xe0\x00\x10JFIF", b"%PDF-1.7\n", b"{\\rtf1\\ansi}", b"GIF89a\x01\0\x01\0", random.Random(1).randbytes(9000),
    b"RIFF\x10\0\0\0WEBPVP8 ",
])
def test_binary_files_are_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        decode(data, "page.bin")


@pytest.mark.parametrize(("text", "encoding"), [
    ("東京の新聞は今日も朝から雨が降っている。カタカナもひらがなもあります。" * 3, "euc_jp"),
    ("서울의 신문은 오늘도 아침부터 비가 내린다. 한글 문서입니다. " * 3, "cp949"),
    ("Le café était fermé à Noël, où êtes-vous allés déjà hier? " * 3, "cp1252"),
    ("Москва, газета сегодня утром вышла с большим опозданием. " * 3, "koi8-r"),
])
def test_other_languages_are_refused_not_read_as_chinese(text: str, encoding: str) -> None:
    with pytest.raises(UnreadableInput, match="--encoding"):
        decode(text.encode(encoding), "page.txt")


def test_some_control_characters_stay() -> None:
    for text in (SIMPLIFIED + "\0\x01\x7f" + SIMPLIFIED, "标题\0上午九点\x01工坊开门。\n", "门\0口\x1b开 <b> \ue000队。"):
        assert decode(text.encode(), "page.txt").text == text


@pytest.mark.parametrize("text", ["", "\n", "  \n\n", "abc", "BMW\n", "MZ\n", "GIF8\n", "\ue000好", "一"])
def test_small_and_odd_texts_are_kept(text: str) -> None:
    assert decode(text.encode(), "page.txt").text == text


@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_one_sentence(data: bytes) -> None:
    try:
        found = decode(data, "page.txt")
    except ReissueError as error:
        assert str(error).endswith(".") and "\n" not in str(error)
        return
    assert decode(data, "page.txt", found.encoding).text == found.text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_every_utf8_text_comes_back(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode(), "page.txt").text == text


def test_reader_says_what_it_guessed() -> None:
    source = TextReader().read(SIMPLIFIED.encode("gb18030"), "page.txt", ReadOptions())
    assert source.encoding == "gb18030"
    assert source.notices == ("page.txt was read as GB18030, told from its contents; --encoding overrules that.",)
    assert TextReader().read(SIMPLIFIED.encode(), "page.txt", ReadOptions()).notices == ()


def test_form_feeds_are_page_breaks() -> None:
    source = TextReader().read("一\n二\f\n三\n\f四\n\f".encode(), "page.txt", ReadOptions())
    assert [(source.text[line.start:line.end], line.page) for line in source.lines] == [
        ("一", 0), ("二", 0), ("", 1), ("三", 1), ("", 1), ("四", 2), ("", 2)]
    assert [page.label for page in source.pages] == ["1", "2", "3"]
    assert TextReader().read("一\n二".encode(), "page.txt", ReadOptions()).pages == ()
