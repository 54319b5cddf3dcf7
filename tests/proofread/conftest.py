"""A headless browser for tests of the proof page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.proofread.browser import ARGUMENTS, Proof
from tests.proofread.test_proof_page import issue
from tests.tools import require, require_module


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless browser, once for the run."""
    path = require("chromium", "google-chrome", "chromium-browser", why="the proof page is driven by it")
    require_module("playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def proof(chromium: Any, tmp_path: Path) -> Iterator[Proof]:
    """The small issue, open; at the end nothing was fetched and nothing went wrong."""
    opened = Proof(chromium, tmp_path, issue())
    yield opened
    assert opened.said == [] and opened.asked == [opened.path.as_uri()] * len(opened.asked)
    opened.context.close()
