"""The proof page: one HTML file to read an issue beside its source, decide on every row, and save an errata file.

It fetches nothing and runs nothing but its own script, whose digest its policy names; every text of the issue is text.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

from convert.issue import Issue
from convert.options import Decision
from convert.style import folder

SCRIPTS = ("words", "words-hant", "source", "decisions", "marks", "arrange", "panel", "blocks", "files", "start")
"""Parts of the page's one script, in order; `styles/proof` holds them."""


def proof_page(issue: Issue, *, images: Path | None = None, decisions: Sequence[Decision] | None = None) -> str:
    """The page as text.  `images` is the folder of page images, for clips of the lines that are asked about.

    The page of a variant is about its doubtful conversions.  `decisions` are those of the issue's own errata file: what
    the page saves holds them too.  Without them it holds what the ledger says was decided.
    """
    from convert.proofread.proof import conversions
    from convert.proofread.proof.clips import clips
    from convert.proofread.proof.items import data
    from convert.proofread.proof.panes import edition, source

    origin, converted = issue.origin, issue.parent is not None
    said = data(issue, decisions)
    said["clips"] = clips(origin, said["items"], images) if images is not None else {}
    css, script = "\n" + _asset("proof.css"), "\n" + "".join(_asset(f"proof/{name}.js") for name in SCRIPTS)
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(css)}'; script-src 'sha256-{_digest(script)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    values = {
        "policy": policy, "title": escape(_visible(f"{origin.name} · {issue.variant}" if converted else origin.name)),
        "language": escape(issue.language),
        "css": css, "script": script,
        "data": _json(said), "original": escape(origin.language),
        "edition": conversions.pane(issue) if converted else edition(origin),
        "source": source(origin, conversions.marks(issue) if converted else None),
    }
    page = (Path(__file__).with_name("page.html")).read_text(encoding="utf-8")
    return "".join(values[part[1:]] if part.startswith("\0") else part for part in _cut(page, values))


def _cut(page: str, values: dict[str, str]) -> list[str]:
    """The template in pieces, a place to fill as NUL and its name: what is filled in is never searched for places."""
    for name in values:
        page = page.replace(f"<!--{name}-->", f"\0\0{name}\0").replace(f"%{name}%", f"\0\0{name}\0")
    pieces = page.split("\0")
    return [f"\0{piece}" if number and not pieces[number - 1] else piece for number, piece in enumerate(pieces)]


def _asset(name: str) -> str:
    return (folder() / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _json(value: Any) -> str:
    """JSON that no HTML parser reads as markup, whatever the texts hold; lone surrogates stay escapes."""
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _visible(text: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
