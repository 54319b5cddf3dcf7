"""Plain values are taken without Pydantic; whatever is not plain still gets Typer's answer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.run import reissue


def test_a_plain_command_loads_no_pydantic(tmp_path: Path) -> None:
    page = tmp_path / "a.txt"
    page.write_text("社区图书馆开馆。\n", encoding="utf-8")
    program = (
        "import sys; from convert.cli.guard import guarded; code = guarded(sys.argv[1:]);"
        "sys.exit(code or 'pydantic' in sys.modules)"
    )
    command = ["convert", str(page), "-o", str(tmp_path), "--to", "tsv,text", "--variant", "cn", "--jobs", "1", "-q"]
    assert subprocess.run([sys.executable, "-c", program, *command], check=False).returncode == 0
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize(("arguments", "words"), [
    (("convert",), "Missing argument"), (("convert", "a.txt", "--jobs", "-1"), "jobs"),
    (("convert", "a.txt", "--jobs", "many"), "jobs"), (("build", "--jobs", "1.5"), "jobs"), (("build", "--nothing"), "--nothing"),
])
def test_slips_are_answered_as_ever(arguments: tuple[str, ...], words: str) -> None:
    ran = reissue(*arguments)
    assert ran.code == 2 and words in ran.err and "Traceback" not in ran.err
