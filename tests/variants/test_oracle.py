"""Layers off, our engine gives byte for byte what official OpenCC gives (`tools/opencc_oracle.py` made the hashes)."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from convert.options import VariantOptions
from convert.variants import convert_text, engine
from tests.shared import shared

DATA = Path(__file__).parent / "data"
ROWS = [line.split("\t") for line in (DATA / "oracle.tsv").read_text("utf-8").splitlines() if not line.startswith("#")]
OWN = [row for row in ROWS if (DATA / row[0]).exists()]
REAL = [row for row in ROWS if not (DATA / row[0]).exists()]
NAMES = {"s2t": "t", "s2tw": "tw", "s2twp": "twp", "s2hk": "hk", "s2hkp": "hkp"}
OFF = VariantOptions(register="plain", resolver=False, quotes=False)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def test_the_oracle_covers_every_configuration_and_the_five_real_pages() -> None:
    assert {row[1] for row in OWN} == set(engine.CONFIGURATIONS)
    assert len({row[0] for row in REAL}) == 5


@pytest.mark.parametrize("name", engine.CONFIGURATIONS)
def test_own_texts(name: str) -> None:
    rows = [row for row in OWN if row[1] == name]
    wrong = [file for file, _, want in rows if _digest(engine.chain(name).convert(_text(DATA / file))) != want]
    assert rows
    assert not wrong


@pytest.mark.parametrize("name", engine.CONFIGURATIONS)
def test_real_pages(name: str) -> None:
    rows = [row for row in REAL if row[1] == name]
    wrong = [file for file, _, want in rows if _digest(engine.chain(name).convert(_text(shared("seeds", file)))) != want]
    assert rows
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_the_layers_can_all_be_switched_off(name: str) -> None:
    for file, _, want in (row for row in OWN if row[1] == name):
        assert _digest(convert_text(_text(DATA / file), NAMES[name], OFF, language="zh-Hans").text) == want
