"""The project's own promises: what is in the repository, and what must never be."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.shared import shared

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def tracked() -> list[Path]:
    """Files git knows, or all that are not ignored where this is no checkout."""
    try:
        said = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs a git checkout")
    return [path for name in said.decode().split("\0") if name and (path := ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    """Tracked files that are text."""
    found = []
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:4096]:
            found.append((path, data.decode("utf-8", "replace")))
    return found


def test_no_file_names_a_machine_or_an_index() -> None:
    here = re.compile("/" + r"(?:work|root)/(?:main|shared|\.)|simple" + "/|index" + "-url|extra" + "-index")
    wrong = [path.name for path, text in texts() if here.search(text) and not path.name.endswith((".lock", ".svg"))]
    assert wrong == []


def test_nothing_is_left_to_be_done() -> None:
    marks = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    ours = [(path, text) for path, text in texts() if path.suffix in (".py", ".md", ".toml")]
    assert [path.relative_to(ROOT).as_posix() for path, text in ours if marks.search(text)] == []


def test_the_real_pages_are_not_here() -> None:
    real = {hashlib.sha256(path.read_bytes()).hexdigest() for path in shared("seeds").iterdir()}
    assert not [path for path in tracked() if hashlib.sha256(path.read_bytes()).hexdigest() in real]


def test_licences() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in licence and "END OF TERMS AND CONDITIONS" in licence
    for name in ("README.md", "README.zh.md", "NOTICE"):
        assert "AGPL-3.0-or-later" in (ROOT / name).read_text(encoding="utf-8")


def test_dependencies() -> None:
    def named(lines: list[str]) -> set[str]:
        return {re.split(r"[<>=!~\[; ]", line)[0].lower() for line in lines}

    names = named(PROJECT["dependencies"])
    assert {"python-docx", "reportlab", "ebooklib", "opencc-python-reimplemented", "typer"} <= names
    extras = PROJECT["optional-dependencies"].values()
    assert "opencc" not in names.union(*map(named, extras)), "it overwrites the module of opencc-python-reimplemented"


def test_the_makefile_has_what_the_readme_promises() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("docx", "pdf", "epub", "test", "check", "bench", "verify-all", "clean"):
        assert re.search(rf"^(?:[\w-]+ )*{target}(?: [\w-]+)*:", makefile, re.M), target


def test_make_rebuilds_nothing_it_need_not() -> None:
    command = ["make", "-n", "VENV=.venv-none", "VARIANTS=tw", "SEEDS=a b", "DIST=c"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 0
    assert 'build "a b" -o "c" --variant tw' in said.stdout


def test_dist_is_tracked_with_a_readme_only() -> None:
    assert [path.name for path in tracked() if path.parent == ROOT / "dist"] == ["README.md"]


def test_samples_show_every_kind_of_damage() -> None:
    seeds = ROOT / "seeds"
    issues = [path for path in seeds.iterdir() if path.suffix in (".txt", ".hocr")]
    assert len(issues) >= 6
    assert all(path.with_suffix(".toml").exists() for path in issues)
    assert "gb18030" in (seeds / "hengyue-386.toml").read_text(encoding="utf-8")
    assert list(seeds.glob("*.errata.tsv")) and (seeds / "glossary.tsv").exists()


def test_every_shipped_style_says_what_it_is() -> None:
    themes = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in (ROOT / "styles").glob("*.toml")}
    assert themes
    assert [name for name, theme in themes.items() if not theme.get("description")] == []


def test_to_name_a_file_loads_no_conversion_engine() -> None:
    ask = "import convert.naming, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
    assert "convert.naming" in loaded
    assert [name for name in loaded if name.startswith("convert.variants")] == []


def test_every_dependency_is_in_the_notice_and_the_readme() -> None:
    names = [re.split(r"[<>=\[]", line)[0] for line in PROJECT["dependencies"]]
    for file in ("NOTICE", "README.md", "README.zh.md"):
        text = (ROOT / file).read_text(encoding="utf-8")
        assert [name for name in names if name not in text] == [], file
