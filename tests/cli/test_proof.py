"""`reissue proof` and `check` as commands: what the page is made of, and the forms of the report."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.run import reissue

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
HEAD = "kind\tsource\tstart\tend\twrong\tright\tdecision\tscope\n"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "linjiang-47.txt"
    path.write_bytes((SEEDS / path.name).read_bytes())
    return path


def data(path: Path) -> Any:
    found = re.search(r'id="data">(.*?)</script>', path.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_page_knows_the_rows_of_the_issues_own_file_and_not_the_folders(page: Path) -> None:
    own = HEAD + "role\t\t0\t8\t临江区推进“一刻\ttitle\taccept\there\n"
    (page.parent / "linjiang-47.errata.tsv").write_text(own, encoding="utf-8")
    shared = HEAD + "text\t\t0\t0\t便民工坊\t便民作坊\treplace\tbatch\n"
    (page.parent / "errata.tsv").write_text(shared, encoding="utf-8")
    assert reissue("proof", page).code == 0
    said = data(page.with_name("linjiang-47.proof.html"))
    assert [(row["kind"], row["right"]) for row in said["decisions"]] == [("role", "title")] and said["variant"] == ""


def test_the_page_of_a_variant_has_its_own_name(page: Path) -> None:
    assert reissue("proof", page, "--variant", "tw").code == 0
    said = data(page.with_name("linjiang-47.tw.proof.html"))
    assert said["variant"] == "tw" and {item["kind"] for item in said["items"]} <= {"variant"}
    refused = reissue("proof", page, "--variant", "tw,hk")
    assert refused.code == 2 and "one variant" in refused.err


@pytest.mark.parametrize("form", ["table", "text", "json", "tsv", "github", "html"])
def test_the_report_comes_in_every_form_by_either_name(page: Path, form: str) -> None:
    made, old = (reissue("check", page, option, form) for option in ("--format", "--report"))
    assert made.code == old.code == 1 and made.out == old.out and "向题" in made.text


def test_what_a_row_says_is_the_same_in_the_table_the_page_and_the_review_edition(page: Path) -> None:
    from zipfile import ZipFile

    said = [row for row in json.loads(reissue("check", page, "--format", "json").text)["rows"] if row["asked"]]
    assert reissue("proof", page).code == 0
    assert reissue("convert", page, "--to", "docx", "--variant", "cn", "--review").code == 0
    edition, = page.parent.glob("*.review.docx")
    comments = ZipFile(edition).read("word/comments.xml").decode()
    report, table = reissue("check", page, "--format", "html").text, reissue("check", page).text
    shown = [item["why"] for item in data(page.with_name("linjiang-47.proof.html"))["items"] if item.get("why")]
    assert said
    for row in said:
        assert row["why"] in shown and row["why"] in report.replace("&quot;", '"') and row["why"] in table
        assert row["why"] in re.sub("<[^>]+>", "", comments).replace("&quot;", '"')


def test_a_difference_reaches_the_terminal_in_colour_and_nothing_from_the_issue_does(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("街道建设\x1b[31m和诣社区,大家都说好。\n", encoding="utf-8")
    assert "\x1b" not in reissue("check", path, "--diff").text
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = reissue("check", path, "--diff").text
    assert "\x1b[31;9m,\x1b[0m\x1b[32m，\x1b[0m" in coloured and "\x1b[31m" not in coloured
    assert "\x1b" not in reissue("check", path, "--diff", "--format", "json").text
