"""`check --variant`: what is doubtful in a Traditional edition; house styles from the command line and the theme."""

from __future__ import annotations

import json
from pathlib import Path

from convert import style as styles
from convert.options import VariantOptions
from convert.pipeline import in_house
from convert.variants.doubts import PAGE, PER_PAGE
from tests.cli.run import reissue

TEXT = "小区的一天\n爱心理发进社区。“好，他说。\n"


def test_doubtful_readings_are_listed_with_both_readings(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, "utf-8")
    ran = reissue("check", page, "--variant", "tw")
    assert ran.code == 1
    assert "page.txt, tw: 1 doubtful readings, 1 questions" in ran.text
    assert "[髮]" in ran.text and "or 發" in ran.text and "quotes-unbalanced" in ran.text
    [found] = json.loads(reissue("check", page, "--variant", "tw", "--json").text)
    [row] = found["doubtful"]
    assert (row["line"], row["before"], row["chosen"], row["other"]) == (2, "发", "髮", "發")
    assert TEXT[row["start"]:row["end"]] == "发"
    assert reissue("check", page, "--variant", "tw", "--report", "tsv").text.count("\n") == 2


def test_without_the_resolver_nothing_is_in_doubt(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("爱心理发进社区。", "utf-8")
    ran = reissue("check", page, "--variant", "tw,hk", "--no-resolver")
    assert (ran.code, ran.text.count("0 doubtful readings, 0 questions")) == (0, 2)


def test_the_list_is_short_and_the_most_doubtful_come_first(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("。\n".join(f"{c}{d}干{c}{d}卷{c}{d}松" for c in "乒呗嗯喵哇咩" for d in "乓咦呐哟啾喽"), "utf-8")
    [found] = json.loads(reissue("check", page, "--variant", "tw", "--json").text)
    doubts = [row["doubt"] for row in found["doubtful"]]
    assert doubts == sorted(doubts, reverse=True)
    assert 0 < len(doubts) <= -(-len(page.read_text("utf-8")) * PER_PAGE // PAGE)


def test_rows_of_the_projects_glossary_that_nothing_uses_are_told(tmp_path: Path) -> None:
    (tmp_path / "glossary.tsv").write_text("没有的词\t沒有的詞\n社区\t社區\n", "utf-8")
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("社区的一天。", "utf-8")
    ran = reissue("check", tmp_path / "a.txt", tmp_path / "b.txt", "--variant", "tw")
    assert "1 rows that nothing here uses: 没有的词" in ran.err


def test_house_register_and_engine_reach_the_conversion() -> None:
    text = "台湾的公布，社区项目，徐汇区".encode()
    plain, house = (reissue("variant", "tw", *more, stdin=text).text for more in ((), ("--house", "tw-press")))
    assert (plain, house) == ("臺灣的公佈，社區項目，徐匯區", "台灣的公布，社區項目，徐匯區")
    assert reissue("variant", "twp", "--register", "it", stdin=text).text == "臺灣的公佈，社群專案，徐匯區"
    assert reissue("variant", "tw", "--opencc", "reimplemented", stdin=text).text == "臺灣的公佈，社區項目，徐彙區"
    assert reissue("variant", "tw", "--house", "nowhere", stdin=text).code == 2


def test_a_theme_names_house_styles_by_region_or_variant(tmp_path: Path) -> None:
    theme = tmp_path / "paper.toml"
    theme.write_text('extends = "newspaper"\n[house]\ntw = "tw-press"\nhk = "hk-press"\nhkp = ""\n', "utf-8")
    style = styles.load(str(theme))
    assert {name: in_house(None, style, name).house for name in ("tw", "twp", "hk", "hkp", "cn")} == {
        "tw": "tw-press", "twp": "tw-press", "hk": "hk-press", "hkp": None, "cn": None,
    }
    assert in_house(VariantOptions(house=""), style, "tw").house == ""
    page = tmp_path / "page.txt"
    page.write_text("标题\n台湾公布了办法。\n", "utf-8")
    ran = reissue("convert", page, "--to", "text", "--variant", "tw", "--style", theme, "-o", "-")
    assert "台灣公布了辦法" in ran.text
