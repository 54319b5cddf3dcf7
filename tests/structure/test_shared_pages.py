"""The annotated pages beside the checkout: undamaged text is left alone, and the real pages come out as annotated."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from convert.laws import check_laws
from convert.options import ParseOptions
from convert.source import Source
from convert.structure import structure
from convert.writers.tsv import TsvWriter
from tests.shared import SHARED, shared

GOLD = sorted((SHARED / "gold").glob("*.gold.tsv")) + sorted((SHARED / "bench" / "pages_dev").glob("*.gold.tsv"))


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.name.split(".")[0])
def test_pages_without_damage_are_neither_moved_nor_joined(gold: Path) -> None:
    rows = [line.split("\t", 1) for line in gold.read_text("utf-8").splitlines() if "\t" in line]
    text = "".join(("\n\n\n\n" if role == "caption" else "\n\n") + words for role, words in rows)
    issue = structure((Source("page.txt", text),), ParseOptions())
    check_laws(issue)
    assert not issue.moves
    assert not [edit for edit in issue.edits if edit.rule.startswith("join")]


@pytest.mark.parametrize("gold", GOLD[:3], ids=lambda path: path.name.split(".")[0])
def test_real_pages(gold: Path, tmp_path: Path) -> None:
    sys.path.append(str(shared("bench")))
    score = pytest.importorskip("score")
    page = shared("seeds", gold.name.replace(".gold.tsv", ".txt"))
    sink = io.BytesIO()
    issue = structure((Source(page.name, page.read_text("utf-8")),), ParseOptions())
    TsvWriter().write(issue, None, None, sink)  # type: ignore[arg-type]
    (tmp_path / "out.tsv").write_bytes(sink.getvalue())
    result = score.score_files(str(gold), str(tmp_path / "out.tsv"), str(page))
    assert result["boundary"]["f1"] == result["whole"]["whole"] == result["article"]["starts"]["f1"] == 1.0
    assert result["role"]["macro_f1"] >= 0.97 and result["order"]["links"] >= 0.98
    assert sum(result["repair"][kind]["damaged"] for kind in ("content", "punct")) == 0
