"""The proof page open in a real browser, and what it complained of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from convert import sidecars
from convert.issue import Issue
from convert.laws import check_laws
from convert.proofread import errata
from convert.proofread.proof import proof_page

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]


class Proof:
    """A page open in its own context, and what it complained of."""

    def __init__(self, browser: Any, folder: Path, made: Issue, language: str = "en-GB", **more: Any) -> None:
        self.made, self.folder = made, folder
        self.path = folder / "proof.html"
        self.path.write_text(proof_page(made, **more), encoding="utf-8")
        self.context = browser.new_context(locale=language, viewport={"width": 1200, "height": 800}, accept_downloads=True)
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(self.path.as_uri())

    def keys(self, keys: str) -> None:
        for key in keys.split():
            self.page.keyboard.press(key)

    def reload(self) -> None:
        """Again from disk, as a reader would later; the browser takes a moment to hand its storage over."""
        self.page.wait_for_timeout(1500)
        self.page.reload()

    def text(self, selector: str) -> str:
        return str(self.page.inner_text(selector))

    def edition(self) -> str:
        return "".join(self.text("#edition").split())

    def decide(self) -> Issue:
        """Save, read the file as `build` does, and apply it to the issue."""
        with self.page.expect_download() as saving:
            self.page.keyboard.press("w")
        path = self.folder / saving.value.suggested_filename
        saving.value.save_as(path)
        assert path.name == "a.errata.tsv"
        made = errata.apply(self.made, sidecars.errata(path))
        check_laws(made)
        return made


def wait(page: Any, condition: str) -> None:
    """Until it holds; the page's own policy forbids the usual way, which evaluates a text inside it."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)
