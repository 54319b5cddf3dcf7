"""Sidecars, by what they do to an edition."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from convert import sidecars
from convert.errors import UsageError
from tests.cli.run import Ran, reissue

PAGE = """社区图书馆开馆

　　九月三日，社区图书馆开馆，第一天就来了三百多位读者，大家都说这里的书很多。

　　馆长说，今后每个周末都开放到晚上九点，还要请作家来讲课，欢迎街坊邻居都来听。
"""


def convert(tmp_path: Path, **files: str) -> Ran:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    for name, text in files.items():
        (tmp_path / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return reissue("convert", tmp_path / "page.txt", "-o", "-", "--to", "json", "--variant", "source")


def blocks(ran: Ran) -> list[tuple[str, str]]:
    assert ran.code == 0, ran.err
    return [(b["role"], b["text"][:8]) for article in json.loads(ran.text)["articles"] for b in article["blocks"]]


def test_metadata_and_its_extras(tmp_path: Path) -> None:
    said = json.loads(convert(tmp_path, page__toml='[metadata]\ntitle = "社区报"\nnumber = 131\nplace = "临江"\n').text)
    assert (said["metadata"]["title"], said["metadata"]["number"]) == ("社区报", "131")


def test_the_issues_own_go_over_the_folders(tmp_path: Path) -> None:
    ran = convert(tmp_path, reissue__toml='[metadata]\ntitle = "甲"\npublisher = "乙"\n', page__toml='[metadata]\ntitle = "丙"\n')
    said = json.loads(ran.text)["metadata"]
    assert (said["title"], said["publisher"]) == ("丙", "乙")


def test_a_role_by_line(tmp_path: Path) -> None:
    assert blocks(convert(tmp_path, page__toml='[reading.roles]\n3 = "caption"\n'))[1][0] == "caption"


def test_an_article_by_line(tmp_path: Path) -> None:
    plain = json.loads(convert(tmp_path).text)["articles"]
    hinted = json.loads(convert(tmp_path, page__toml="[reading]\narticles = [5]\n").text)["articles"]
    assert (len(plain), len(hinted)) == (1, 2)


@pytest.mark.parametrize("toml", [
    "[reading]\narticles = [99]\n", "[reading]\narticles = [2]\n", "[reading]\narticles = [0]\n",
    "[reading]\narticles = 5\n",
    "[reading]\narticles = [true]\n", "[reading]\nparagraph = [3]\n", '[reading.roles]\n3 = "boss"\n',
    '[reading.roles]\nx = "title"\n', "[reading]\nroles = 3\n",
    "[meta]\n", "[edition]\nstil = 'x'\n", "[edition]\nresolver = 'x'\n", "[edition]\nstyle = 3\n",
])
def test_a_slip_is_told(tmp_path: Path, toml: str) -> None:
    ran = convert(tmp_path, page__toml=toml)
    assert ran.code == 2
    assert len(ran.err.strip().splitlines()) == 1
    assert "page" in ran.err


def test_keep_and_errata(tmp_path: Path) -> None:
    at = PAGE.index("三百")
    around = [PAGE[at - 6:at], PAGE[at + 2:at + 8]]
    row = ["text", "page.txt", str(at), str(at + 2), "三百", "四百", *around, "", "1", "accept", "here", "", ""]
    ran = convert(tmp_path, page__errata__tsv="\t".join(sidecars.COLUMNS) + "\n" + "\t".join(row) + "\n", keep__tsv="社区\n")
    assert "四百多位读者" in ran.text


def test_glossary_of_the_issue_goes_before_the_projects(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "glossary.tsv").write_text("社区\t小區\n图书馆\t書館\n", encoding="utf-8")
    (tmp_path / "page.glossary.tsv").write_text("社区\t社群\n", encoding="utf-8")
    ran = reissue("convert", tmp_path / "page.txt", "-o", "-", "--to", "text", "--variant", "tw")
    assert "社群書館" in ran.text


@pytest.mark.parametrize(("text", "words"), [
    ("a\n", "must name the columns"), ("kind\tstart\tend\twrong\tdecision\ntext\tx\t2\ta\taccept\n", "whole numbers"),
    ("kind\tstart\tend\twrong\tdecision\ntext\t1\t2\ta\tmaybe\n", "accept, reject or replace"),
])
def test_errata_that_are_none(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "e.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        list(sidecars.errata(path))


def test_names_of_sidecars(tmp_path: Path) -> None:
    for name in ("a.alto.xml", "a.toml", "a.alto.errata.tsv", "glossary.tsv", "b.toml"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [(kind, path.name) for kind, path in sidecars.find(tmp_path / "a.alto.xml")] == [
        ("glossary", "glossary.tsv"), ("toml", "a.toml"), ("errata", "a.alto.errata.tsv"),
    ]


def project(root: Path) -> Path:
    """An archive of two folders below one with the project's files; the path of an issue."""
    folder = root / "archive" / "1998" / "05"
    folder.mkdir(parents=True)
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    (root / "archive" / "glossary.tsv").write_text("社区\t小區\n今后\t往後\n", encoding="utf-8")
    (root / "archive" / "1998" / "glossary.tsv").write_text("图书馆\t書館\n今后\t爾後\n", encoding="utf-8")
    (root / "glossary.tsv").write_text("读者\t看官\n", encoding="utf-8")
    return folder / "page.txt"


@pytest.mark.parametrize("marked", [True, False])
def test_the_files_of_a_project_hold_for_the_folders_below(tmp_path: Path, marked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    page, archive = project(tmp_path), tmp_path / "archive"
    if marked:
        (archive / "reissue.toml").write_text("[metadata]\ntitle = '社区报'\n", encoding="utf-8")
    wanted = ["reissue.toml", "glossary.tsv", "glossary.tsv"] if marked else []
    assert [path.name for _, path in sidecars.find(page)] == wanted
    converted = reissue("convert", page, "-o", "-", "--to", "text", "--variant", "tw").text
    assert reissue("build", archive, "-o", tmp_path / "out", "--to", "text", "--variant", "tw").code == 0
    made, = (tmp_path / "out").rglob("*.txt")
    assert made.read_text(encoding="utf-8") == converted
    assert ("小區書館" in converted) is marked and "看官" not in converted
    assert "爾後" in converted or not marked, "the nearer folder goes before"
    monkeypatch.chdir(page.parent)
    assert [path.name for _, path in sidecars.find(Path("page.txt"))] == wanted


def test_a_change_of_the_projects_files_makes_all_below_stale(tmp_path: Path) -> None:
    page = project(tmp_path)
    archive, out = tmp_path / "archive", tmp_path / "out"
    (archive / "reissue.toml").write_text("", encoding="utf-8")
    run = ("build", archive, "-o", out, "--to", "text", "--variant", "tw")
    assert "1 built" in reissue(*run).err and "0 built" in reissue(*run).err
    (archive / "errata.tsv").write_text(
        "kind\tsource\tstart\tend\twrong\tright\tdecision\tscope\ntext\t\t0\t0\t多位\t余位\treplace\tissue\n", encoding="utf-8")
    assert "1 built" in reissue(*run).err and page.exists()
    made, = out.rglob("*.txt")
    assert "餘位" in made.read_text(encoding="utf-8")
