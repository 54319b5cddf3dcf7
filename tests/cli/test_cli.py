"""The command line: what goes in, what comes out where, and the exit codes of DESIGN section 3."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from convert import __version__
from tests.cli.run import reissue

TEXT = "社区图书馆开馆\n\n本报记者 王小明\n\n　　九月三日,社区图书馆开馆,第一天就来了三百多位读者。\n".encode()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_bytes(TEXT)
    return path


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from convert.cli import main; main()"
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)


def test_version_costs_less_than_typer() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ran = command("--version")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert (ran.returncode, ran.stdout) == (0, f"reissue {__version__}\n")
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.15


def test_version_imports_nothing_heavy() -> None:
    code = "import sys; sys.argv = ['reissue', '--version']; from convert.cli import main; main(); print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"typer", "rich", "lxml", "docx", "reportlab", "convert.pipeline"} & set(modules)


def test_help_names_every_command() -> None:
    shown = reissue("--help").text
    for name in ("convert", "build", "check", "proof", "variant", "learn", "formats", "variants", "styles", "fonts"):
        assert name in shown


@pytest.mark.parametrize("name", ["convert", "build", "check", "proof", "variant"])
def test_every_command_has_help(name: str) -> None:
    ran = reissue(name, "--help")
    assert ran.code == 0
    assert "Usage" in ran.text


def test_every_flag_is_in_the_manual() -> None:
    import typer

    from convert.cli.app import app

    manual = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    group = typer.main.get_command(app)
    for name, sub in group.commands.items():  # type: ignore[attr-defined]
        assert f"reissue {name}" in manual
        for parameter in sub.params:
            for option in getattr(parameter, "opts", ()):
                if option.startswith("--"):
                    assert option in manual, f"{option} of {name} is not in docs/cli.md"


def test_convert_writes_beside_the_input_and_says_where(page: Path) -> None:
    ran = reissue("convert", page, "--to", "tsv,json", "--variant", "cn,tw")
    assert ran.code == 0
    assert sorted(ran.text.split()) == sorted(
        str(page.with_name(f"page.{tag}.{ext}")) for tag in ("zh-Hans", "zh-Hant-TW") for ext in ("tsv", "json")
    )
    assert "社區圖書館" in page.with_name("page.zh-Hant-TW.tsv").read_text(encoding="utf-8")


def test_convert_default_is_nine_editions(page: Path, tmp_path: Path) -> None:
    ran = reissue("convert", page, "-o", tmp_path / "out")
    assert ran.code == 0, ran.err
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert names == {f"page.{tag}.{ext}" for tag in ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK") for ext in ("docx", "pdf", "epub")}


def test_convert_from_stdin_to_stdout() -> None:
    ran = reissue("convert", "-", "-o", "-", "--to", "tsv", stdin=TEXT)
    assert ran.code == 0
    assert ran.text.startswith("article\n")
    assert "社区图书馆开馆" in ran.text


def test_stdout_takes_one_edition_only(page: Path) -> None:
    ran = reissue("convert", page, "-o", "-", "--to", "tsv,json")
    assert ran.code == 2
    assert ran.out == b""


def test_convert_json_is_for_machines(page: Path) -> None:
    said = json.loads(reissue("convert", page, "--to", "tsv", "--json").text)
    assert said[0]["articles"] == 1
    assert said[0]["files"] == [str(page.with_name("page.zh-Hans.source.tsv"))]


def test_convert_never_replaces_a_file_it_did_not_write(page: Path) -> None:
    target = page.with_name("page.zh-Hans.source.tsv")
    target.write_text("precious")
    refused = reissue("convert", page, "--to", "tsv")
    assert refused.code == 1
    assert "--overwrite" in refused.err
    assert target.read_text() == "precious"
    assert not list(page.parent.glob(".reissue-*"))
    assert reissue("convert", page, "--to", "tsv", "--overwrite").code == 0
    assert target.read_text(encoding="utf-8").startswith("article")
    assert reissue("convert", page, "--to", "tsv").code == 0, "its own file it may replace"
    target.write_text("edited by hand")
    assert reissue("convert", page, "--to", "tsv").code == 1


def test_two_inputs_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "page.txt").write_bytes(TEXT + folder.encode())
    ran = reissue("convert", tmp_path / "a" / "page.txt", tmp_path / "b" / "page.txt", "-o", tmp_path / "out", "--to", "tsv")
    assert ran.code == 1
    assert "already the edition" in ran.err


def test_variant_keeps_lines(tmp_path: Path) -> None:
    ran = reissue("variant", "tw", "-", stdin="发展\n\n头发\n".encode())
    assert ran.text == "發展\n\n頭髮\n"
    (tmp_path / "a.txt").write_text("软件", encoding="utf-8")
    assert reissue("variant", "twp", tmp_path / "a.txt").text == "軟體"


@pytest.mark.parametrize(("arguments", "code"), [
    (["bild"], 2), ([], 2), (["convert"], 2),
    (["convert", "x", "--to", "doc"], 2), (["convert", "x", "--variant", "fr"], 2), (["convert", "x", "--style", "nonesuch"], 2),
    (["convert", "x", "--profile", "wild"], 2), (["convert", "x", "--jobs", "-1"], 2),
    (["convert", "x", "--encoding", "klingon"], 2), (["convert", "x", "--encoding", "hex"], 2),
    (["convert", "x", "--from", "odt"], 2), (["convert", "x", "--glossary", "nonesuch.tsv"], 2),
    (["build", "--runner", "cloud"], 2),
    (["convert", "nonesuch.txt"], 3), (["build", "nonesuch"], 3), (["check", "nonesuch.txt"], 3),
    (["variant", "tw", "nonesuch"], 3),
])
def test_exit_codes(arguments: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = reissue(*arguments)
    assert ran.code == code
    if arguments:
        assert len(ran.err.strip().splitlines()) == 1
        assert ran.err.rstrip().endswith((".", "`.", "?"))
    assert list(tmp_path.iterdir()) == []


def test_a_broken_law_is_exit_code_5_and_writes_nothing(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from convert import pipeline
    from convert.errors import BrokenLaw

    def broken(*_: object) -> None:
        raise BrokenLaw("Partition: “社” at 0-1 of page.txt lies in no block.")

    monkeypatch.setattr(pipeline, "check_laws", broken)
    ran = reissue("convert", page, "--to", "tsv")
    assert ran.code == 5
    assert "lies in no block" in ran.err
    assert [p.name for p in page.parent.iterdir()] == ["page.txt"]


def test_an_unforeseen_error_is_one_sentence(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from convert import pipeline

    monkeypatch.setattr(pipeline, "parse", lambda *_: 1 / 0)
    ran = reissue("convert", page, "--to", "tsv")
    assert ran.code == 1
    assert "report it" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_formats_variants_styles_as_json() -> None:
    assert {w["name"] for w in json.loads(reissue("formats", "--json").text)["writers"]} >= {"docx", "pdf", "epub", "json", "tsv"}
    assert json.loads(reissue("variants", "--json").text)[0]["language"] == "zh-Hans"
    assert "newspaper" in reissue("styles").text


def test_several_files_as_one_issue(page: Path, tmp_path: Path) -> None:
    second = tmp_path / "second.txt"
    second.write_text("第二版\n\n　　今天起，图书馆延长开放时间，晚上九点才关门。\n", encoding="utf-8")
    ran = reissue("convert", page, second, "--as-issue", "报.131", "-o", tmp_path / "out", "--to", "json")
    assert ran.code == 0, ran.err
    said = json.loads((tmp_path / "out" / "报.131.zh-Hans.source.json").read_text(encoding="utf-8"))
    assert [source["name"] for source in said["sources"]] == ["page.txt", "second.txt"]


def test_check_and_proof(page: Path) -> None:
    checked = reissue("check", page)
    assert checked.code in (0, 1)
    assert "page.txt" in checked.text
    assert reissue("check", page, "--json").text.lstrip().startswith("{")
    assert reissue("check", page, "--report", "pdf").code == 2
    ran = reissue("proof", page)
    assert ran.code == 0, ran.err
    assert ran.text.strip() == str(page.with_name("page.proof.html"))
    assert "社区图书馆" in page.with_name("page.proof.html").read_text(encoding="utf-8")
    assert reissue("proof", page, "-o", "-").text.startswith("<!")


def test_learn_gives_a_model_that_check_takes(seeds: Path, page: Path, tmp_path: Path) -> None:
    assert reissue("learn", seeds, "-o", tmp_path / "model").code == 0
    assert reissue("check", page, "--model", tmp_path / "model").code in (0, 1)


def test_a_model_is_used_or_refused_with_a_sentence(page: Path, seeds: Path, tmp_path: Path) -> None:
    page.write_text("社区新闻\n\n　　今天访问了商辅联盟，大家商量了很多事情。\n", encoding="utf-8")
    archive = tmp_path / "archive"
    archive.mkdir()
    for n in range(3):
        (archive / f"{n}.txt").write_text("商辅联盟召开会议。\n" * 8, encoding="utf-8")
    assert reissue("learn", archive, "-o", tmp_path / "model").code == 0
    asked = ("check", page, "--profile", "archive", "--report", "tsv")
    assert "商铺" in reissue(*asked).text
    assert "商铺" not in reissue(*asked, "--model", tmp_path / "model").text
    (tmp_path / "none").write_bytes(b"nothing learned")
    ran = reissue(*asked, "--model", tmp_path / "none")
    assert ran.code == 3 and "reissue learn" in ran.err
    assert reissue("build", seeds, "--learn", "--model", tmp_path / "model").code == 2


def test_build_learns_from_its_own_batch(seeds: Path, tmp_path: Path) -> None:
    ran = reissue("build", seeds, "-o", tmp_path / "out", "--to", "text", "--learn")
    assert ran.code == 0, ran.err
    assert (tmp_path / "out/.reissue.model").exists()


def test_fonts() -> None:
    assert "NotoSerifSC-Regular" in reissue("fonts").text


def test_a_folder_without_issues_is_told(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    ran = reissue("build", tmp_path / "seeds", "-o", tmp_path / "out")
    assert ran.code == 0 and "There is nothing to read in" in ran.err and "total" not in ran.text


def test_a_cover_is_given_refused_or_missing(page: Path, seeds: Path, tmp_path: Path) -> None:
    from zipfile import ZipFile

    from PIL import Image

    def built(cover: object) -> list[bytes]:
        ran = reissue("build", seeds, "-o", tmp_path / "out", "--to", "epub", "--variant", "cn", "--cover", cover)
        assert ran.code == 0, ran.err
        books = sorted((tmp_path / "out").rglob("*.epub"))
        return [ZipFile(book).read("EPUB/cover.png") for book in books if "EPUB/cover.png" in ZipFile(book).namelist()]

    picture = tmp_path / "mine.png"
    for shade in (0, 200):  # a picture drawn anew makes the editions stale
        Image.new("L", (20, 30), shade).save(picture)
        found = built(picture)
        assert found and set(found) == {picture.read_bytes()}
    assert built("none") == []
    assert reissue("convert", page, "--to", "epub", "--cover", tmp_path / "lost.png").code == 2


@pytest.mark.parametrize("arguments", [["convert", "--help"], ["build", "--help"], ["fonts", "--help"]])
def test_a_command_made_alone_is_the_command_among_all(arguments: list[str]) -> None:
    import typer

    from convert.cli.app import app
    from convert.cli.plain import narrow

    alone, whole = typer.main.get_command(narrow(app, arguments)), typer.main.get_command(app)
    assert list(alone.commands) == [arguments[0]]  # type: ignore[attr-defined]
    mine, theirs = (command.commands[arguments[0]] for command in (alone, whole))  # type: ignore[attr-defined]
    assert [(p.name, p.opts) for p in mine.params] == [(p.name, p.opts) for p in theirs.params]
    assert mine.help == theirs.help


@pytest.mark.parametrize("arguments", [[], ["--help"], ["nonsense"], ["-h"]])
def test_without_a_command_all_are_there(arguments: list[str]) -> None:
    from convert.cli.app import app
    from convert.cli.plain import narrow

    assert narrow(app, arguments) is app


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_no_room_behind_the_standard_output_is_one_sentence(page: Path, unbuffered: str) -> None:
    for arguments in (["variant", "tw", str(page)], ["check", str(page), "--json"], ["formats"]):
        with Path("/dev/full").open("w") as full:
            ran = subprocess.run(
                [sys.executable, "-c", "from convert.cli import main; main()", *arguments], stdout=full, stderr=subprocess.PIPE,
                text=True, env={**os.environ, "PYTHONUNBUFFERED": unbuffered}, check=False,
            )
        assert ran.returncode == 1 and ran.stderr == "reissue: The output could not be written: No space left on device.\n"


def test_a_reader_who_goes_away_is_no_error(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("本报讯，社区里来了新图书馆。\n" * 30000, encoding="utf-8")
    line = f"{sys.executable} -c 'from convert.cli import main; main()' variant tw {page} | head -c 10; echo ${{PIPESTATUS[0]}}"
    ran = subprocess.run(["bash", "-c", line], capture_output=True, check=False)
    assert ran.stdout.decode("utf-8", "ignore").endswith("0\n") and ran.stderr == b""


def test_all_that_was_said_arrives_though_the_exit_is_quick(tmp_path: Path) -> None:
    """Through a pipe, where output is kept back until it is flushed: all of it, and the exit code."""
    page = tmp_path / "page.txt"
    page.write_text("本报讯，社区里来了新图书馆。\n" * 3000, encoding="utf-8")
    command = [sys.executable, "-c", "from convert.cli import main; main()"]
    ran = subprocess.run([*command, "variant", "tw", str(page)], capture_output=True, check=False)
    assert ran.returncode == 0 and ran.stdout.decode() == "本報訊，社區裡來了新圖書館。\n" * 3000
    ran = subprocess.run([*command, "variant", "none", str(page)], capture_output=True, check=False)
    assert ran.returncode == 2 and ran.stderr.decode().count("\n") == 1
