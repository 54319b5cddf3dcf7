"""Issue 2, «Bad input»: a right edition, or one clear sentence and its exit code; nothing in between."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path

import pytest

from convert.options import MAX_INPUT_BYTES
from tests.cli.run import Ran, reissue
from tests.hostile.wholesome import wholesome

BODY = "\n\n　　九月三日，社区图书馆开馆，第一天就来了三百多位读者。大家都说这里的书很多，值得常来。\n"
FORMATS = "docx,pdf,epub,html,json,tsv,markdown,text"


def convert(tmp_path: Path, data: bytes, name: str = "page.txt", to: str = FORMATS, *more: str) -> Ran:
    """Convert bytes; check that what came out is whole, and that a refusal is one sentence and leaves nothing."""
    (tmp_path / "in").mkdir(exist_ok=True)
    path = tmp_path / "in" / name
    path.write_bytes(data)
    ran = reissue("convert", path, "-o", tmp_path / "out", "--to", to, "--variant", "cn,tw", *more)
    made = sorted((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else []
    assert sorted(p.name for p in (tmp_path / "in").iterdir() if p.suffix != ".toml") == [name]
    if ran.code == 0:
        assert len(made) == 2 * len(to.split(","))
        for edition in made:
            wholesome(edition.name, edition.read_bytes())
    else:
        assert made == []
        assert len(ran.err.strip().splitlines()) == 1, ran.err
        assert "report it" not in ran.err, ran.err
    return ran


@pytest.mark.parametrize("data", [
    b"", b"\n\n  \n\t\n", b"\xef\xbb\xbf", "\u3000\u3000\n\u00a0".encode(), b"\xff\xfe", b"\0\0\0\0",
])
def test_nothing_to_read(tmp_path: Path, data: bytes) -> None:
    assert convert(tmp_path, data).code == 3


@pytest.mark.parametrize("data", [
    bytes(range(256)) * 64, b"\x7fELF\x02\x01\x01" + bytes(500), b"\x89PNG\r\n\x1a\n" + os.urandom(64) + bytes(100),
    b"PK\x03\x04" + bytes(range(256)) * 4, b"\x1f\x8b\x08\x00" + bytes(range(256)) * 4,
])
def test_binary_is_refused(tmp_path: Path, data: bytes) -> None:
    assert convert(tmp_path, data).code == 3


def test_a_folder_a_missing_file_and_a_circle(tmp_path: Path) -> None:
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    for path in (tmp_path, tmp_path / "none.txt", tmp_path / "loop.txt", tmp_path / ("x" * 300)):
        ran = reissue("convert", path, "-o", tmp_path / "out")
        assert ran.code == 3, ran.err
        assert len(ran.err.strip().splitlines()) == 1
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


@pytest.mark.parametrize("command", [("check",), ("proof",), ("build",), ("learn",), ("variant", "tw")])
def test_a_name_no_file_system_holds_is_told_by_every_command(tmp_path: Path, command: tuple[str, ...]) -> None:
    more = ("-o", tmp_path / "model") if command == ("learn",) else ()
    ran = reissue(*command, tmp_path / ("x" * 300), *more)
    assert ran.code == 3, ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert "nobody foresaw" not in ran.err


def test_a_file_larger_than_the_cap_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_INPUT_BYTES + 1)
    ran = reissue("convert", path)
    assert ran.code == 3
    assert "MB" in ran.err


def test_200_megabytes_of_text_are_refused_in_bounded_time_and_memory(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    piece = ("社区图书馆开馆。" * 1000 + "\n").encode()
    with path.open("wb") as file:
        for _ in range(200 * 2**20 // len(piece)):
            file.write(piece)
    start = time.process_time()
    ran = reissue("convert", path, "--to", "tsv")
    assert ran.code == 3
    assert "characters" in ran.err
    assert time.process_time() - start < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 4 * 2**20
    path.unlink()


@pytest.mark.parametrize("data", [
    ("题目" + BODY).encode() + b"\0\0\0", ("题\0目" + BODY).encode(), ("题目\x07\x1b[31m红\x1b[0m\x08" + BODY).encode(),
    ("题目\u2028行\u2029段\x85换\x0c页\x0b" + BODY).encode(), ("题目\ue000\uf8ff\U000f0000\U0010fffd" + BODY).encode(),
    ("题目\ufffe\uffff\ufdd0\U0001ffff" + BODY).encode(), ("题目\u202e倒\u2066着\u2069\u200b\ufeff" + BODY).encode(),
    ("题目" + "\u0301" * 400 + BODY).encode(), ("題目🈚️👨‍👩‍👧‍👦𠮷𪚥" + BODY).encode(),
    ("题目" + BODY).encode("utf-16"), ("题目" + BODY).encode("utf-16-be"), ("题目" + BODY).encode("utf-32"),
    b"\xff\xfe" + "题目".encode("utf-16-le") + b"\x00\xd8" + BODY.encode("utf-16-le"),
    ("题目" + BODY).encode() + ("第二段" + BODY).encode("gb18030"), ("题目" + BODY).encode("gb18030") + b"\x80\xff",
    ("题目" + BODY).encode("big5hkscs", "ignore"),
], ids=range(16))
def test_strange_characters_and_encodings(tmp_path: Path, data: bytes) -> None:
    assert convert(tmp_path, data).code in (0, 3)


TITLES = [
    "甲/乙\\丙", "../../../etc/passwd", "<script>alert(1)</script>", "&lt;b&gt; & &#x3c;", "]]><!--", "${HOME} $(id) `id`",
    "'\"><img src=x onerror=1>", "长" * 300, "=HYPERLINK(\"http://example.com\")", "%s%n%x{0}{__class__}",
    "\\input{/etc/passwd} \\write18{id}",
    "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;",
    "[链接](javascript:alert(1))", "<?php echo 1 ?>", "{% raw %}{{ 7*7 }}", "CON", "-rf", "题目\tarticle\n", "‮题目",
]


@pytest.mark.parametrize("title", TITLES)
def test_a_hostile_title_stays_text(tmp_path: Path, title: str) -> None:
    toml = '[metadata]\ntitle = {0}\nnumber = {0}\npublisher = {0}\ncreator = {0}\nidentifier = {0}\ndate = {0}\nrights = {0}\n'
    import json

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.toml").write_text(toml.format(json.dumps(title, ensure_ascii=False)), encoding="utf-8")
    assert convert(tmp_path, f"{title}\n\n本报记者 {title}{BODY}{title}{BODY}".encode()).code == 0


@pytest.mark.parametrize("name", [
    "-rf.txt", "a b'c\"d.txt", "<b>.txt", "a&b;$(id).txt", "报" * 80 + ".txt", "a..b...txt", "..txt", "%2e%2e%2f.txt",
    "x.tar.gz.txt", "\u202egpj.txt", "new\nline.txt", "CON.txt", "ｆｕｌｌ.txt",
])
def test_a_hostile_file_name(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / name
    path.write_bytes(("社区图书馆开馆" + BODY).encode())
    ran = reissue("convert", path, "-o", tmp_path / "out", "--to", "docx,pdf,epub,html,json,tsv", "--variant", "cn")
    assert ran.code == 0, ran.err
    made = list((tmp_path / "out").iterdir())
    assert len(made) == 6
    for edition in made:
        wholesome(edition.name, edition.read_bytes())


def test_a_name_that_is_not_unicode(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    with open(name, "wb") as file:  # noqa: PTH123 (bytes)
        file.write(("社区图书馆开馆" + BODY).encode())
    ran = reissue("convert", os.fsdecode(name), "-o", tmp_path / "out", "--to", "docx,epub,tsv,json,pdf", "--variant", "cn")
    assert ran.code == 0, ran.err


@pytest.mark.parametrize("sidecar", [
    "page.toml", "reissue.toml", "page.errata.tsv", "errata.tsv", "glossary.tsv", "page.glossary.tsv", "keep.tsv",
    "confusions.tsv",
])
@pytest.mark.parametrize("content", [
    b"", b"\0\0\0", b"\xff\xfe\x00", b"[", b"a = 1", b'[metadata]\ntitle = ["x"]\n', b"\t\t\t\n" * 50, b"x\n" * 50, b"[" * 5000,
    b"kind\tstart\tend\twrong\tright\tdecision\ntext\t-5\t99999999999999999999\tx\ty\taccept\n",
    b"kind\tstart\tend\twrong\tright\tdecision\ntext\tnan\t1e5\tx\ty\taccept\n",
    "社区\t小區\n社区\t別\n".encode(), b"a\tb\tevil\n", b"=cmd\t=\t\n", b'[edition]\nstyle = "../../etc/passwd"\n',
    b'[edition]\nstyle = "/etc/passwd.toml"\n', b'[reading]\nencoding = "hex"\n', b'[reading]\nformat = "os.system"\n',
], ids=range(18))
def test_a_hostile_sidecar(tmp_path: Path, sidecar: str, content: bytes) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / sidecar).write_bytes(content)
    (tmp_path / "in" / "page.txt").write_bytes(("社区图书馆开馆" + BODY).encode())
    ran = reissue("convert", tmp_path / "in" / "page.txt", "-o", tmp_path / "out", "--to", "tsv,json", "--variant", "tw")
    assert ran.code in (0, 2, 3)
    assert "report it" not in ran.err, ran.err
    if ran.code:
        assert len(ran.err.strip().splitlines()) == 1, ran.err
        assert not list(tmp_path.glob("out/*"))
    else:
        for edition in (tmp_path / "out").iterdir():
            wholesome(edition.name, edition.read_bytes())
