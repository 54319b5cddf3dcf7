"""The corrector printed in docs/plugins.md works: its code is run as it stands there, on a stand-in for the model."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from convert.proofread.plugin import Corrector
from tests.tools import require_module

DOCS = Path(__file__).resolve().parents[2] / "docs/plugins.md"
VOCABULARY = ["[UNK]", "已", "己", "经", "开", "工"]


def printed() -> dict[str, Any]:
    code = re.search(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.S)
    assert code is not None
    names: dict[str, Any] = {}
    exec(compile(code[1], str(DOCS), "exec"), names)
    return names


class Session:
    """Is sure of what it is given, but reads 己 as 已 at four to one."""

    def __init__(self, path: str) -> None:
        assert path.endswith("model.onnx")

    def run(self, outputs: None, feeds: dict[str, Any]) -> list[Any]:
        import numpy

        rows = feeds["input_ids"]
        logits = numpy.full((1, rows.shape[1], len(VOCABULARY)), -9.0)
        for at, number in enumerate(rows[0]):
            logits[0, at, number] = 0.0
            if VOCABULARY[number] == "己":
                logits[0, at, VOCABULARY.index("已")] = numpy.log(4)
        return [logits]


def test_it_proposes_what_the_model_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_module("numpy")
    stand_in = ModuleType("onnxruntime")
    stand_in.InferenceSession = Session  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "onnxruntime", stand_in)
    (tmp_path / "vocab.txt").write_text("\n".join(VOCABULARY), encoding="utf-8")
    corrector = printed()["OnnxCorrector"]()
    assert isinstance(corrector, Corrector)
    monkeypatch.delenv("REISSUE_MODEL", raising=False)
    assert list(corrector.correct("己经开工", "zh-Hans")) == []
    monkeypatch.setenv("REISSUE_MODEL", str(tmp_path))
    found = list(corrector.correct("己经开工乙", "zh-Hans"))
    assert [(c.start, c.end, c.after) for c in found] == [(0, 1, "已")]
    assert found[0].confidence == pytest.approx(0.8, abs=0.01)
