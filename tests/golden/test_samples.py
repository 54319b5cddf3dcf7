"""The whole JSON export of every sample issue, as `reissue convert --to json` writes it, against the one that was read.

A change here is a change in what a library would get.  `python -m tests.golden.make` writes the files anew; read the
difference, line by line, before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from convert.batch.find import issues
from tests.cli.run import reissue

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent / "samples"
SAMPLES = {found.folder: found.path for found in issues(ROOT / "seeds")}


def written(path: Path, out: Path) -> str:
    """The export of one sample, with its sidecars."""
    ran = reissue("convert", path, "-o", out, "--to", "json", "--quiet")
    assert ran.code == 0, ran.err
    (made,) = out.glob("*.json")
    return made.read_text("utf-8")


def test_every_sample_has_its_export() -> None:
    assert sorted(SAMPLES) == sorted(path.stem for path in FOLDER.glob("*.json"))


@pytest.mark.parametrize("name", SAMPLES)
def test_whole_export(name: str, tmp_path: Path) -> None:
    text = written(SAMPLES[name], tmp_path)
    jsonschema.validate(json.loads(text), json.loads((ROOT / "docs" / "issue.schema.json").read_text("utf-8")))
    assert text == (FOLDER / f"{name}.json").read_text("utf-8")
