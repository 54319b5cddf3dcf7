"""Floors under the figures of the benchmark, so that a change that costs quality or memory is seen; speed is in benchmarks/."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from convert.laws import check_laws
from convert.options import ParseOptions
from convert.proofread import proofread
from tests.proofread.pages import issue_of
from tests.shared import shared

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("01", "02", "03", "04", "05", "06")


def rows(path: Path) -> list[dict[str, str]]:
    head, *lines = path.read_text("utf-8").splitlines()
    return [dict(zip(head.split("\t"), line.split("\t"), strict=False)) for line in lines]


def test_simulated_pages() -> None:
    folder = shared("bench", "pages_dev")
    count: Counter[str] = Counter()
    for page in PAGES:
        text = (folder / f"{page}.sim.txt").read_text("utf-8")
        issue = proofread(issue_of(text, "zh-Hant-TW" if page == "05" else "zh-Hans"), ParseOptions())
        check_laws(issue)
        errors = [row for row in rows(folder / f"{page}.sim.errors.tsv") if int(row["sim_off"]) >= 0]
        wrong = {at for row in errors for at in range(int(row["sim_off"]), int(row["sim_off"]) + len(row["wrong"]))}
        count["damaged"] += sum(e.effective and not wrong & set(range(e.start, e.end)) for e in issue.edits)
        for row in errors:
            if row["certainty"] != "sure" or row["type"] not in ("confusion", "doubled"):
                continue
            at = int(row["sim_off"])
            hits = [e for e in issue.edits if e.start <= at + len(row["wrong"]) - 1 < e.end]
            count[row["type"]] += 1
            count[row["type"] + " found"] += bool(hits)
            count[row["type"] + " applied"] += any(e.effective for e in hits)
        for row in rows(folder / f"{page}.traps.tsv"):
            at = text.find(row["text"])
            if at >= 0:
                count["traps broken"] += any(e.effective and e.start < at + len(row["text"]) and e.end > at for e in issue.edits)
    assert count["damaged"] == 0 and count["traps broken"] == 0
    assert count["confusion found"] >= 0.6 * count["confusion"] and count["confusion applied"] >= 0.25 * count["confusion"]
    assert count["doubled found"] >= 0.9 * count["doubled"] and count["doubled applied"] >= 0.5 * count["doubled"]


def test_our_own_clean_prose_is_left_alone() -> None:
    for name in ("news", "prose"):
        text = (ROOT / f"tools/data/training_{name}.txt").read_text("utf-8").partition("\n")[2]
        issue = proofread(issue_of(text), ParseOptions())
        assert [e for e in issue.edits if e.effective] == []
        assert len(issue.edits) + len(issue.queries) <= 6


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc, which this system has not")
def test_ready_within_120_megabytes() -> None:
    program = (
        "from pathlib import Path;"
        "from convert.proofread import glyphs, misprints, run;"
        "from convert.proofread.index import bound, index; from convert import lexicon;"
        "lexicon.load(); index(); bound(); glyphs.load(); misprints.shipped();"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert int(out) < 120_000


@pytest.mark.parametrize("folder", ["lexicon", "proofread"])
def test_data_names_its_source(folder: str) -> None:
    import gzip

    size = 0
    for path in sorted((ROOT / "convert" / folder).rglob("*")):
        if path.suffix in (".gz", ".txt", ".tsv", ".toml"):
            raw = path.read_bytes()
            size += len(raw)
            head = (gzip.decompress(raw) if path.suffix == ".gz" else raw)[:600].decode("utf-8", "ignore")
            known = ("Apache-2.0", "MIT", "Unicode License", "LGPL-2.1")
            assert head.startswith("#") and any(word in head for word in known), path
    assert size < 3_000_000
