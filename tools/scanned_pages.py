"""Scanned pages whose truth is known, as the proofreader sees them: hOCR or ALTO, NAME.gold.tsv (role<TAB>text) beside each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from benchmarks.reocr import extras, slips
from benchmarks.scanned import beside, gold
from convert import pipeline
from convert.lexicon.folding import simplified
from convert.options import ParseOptions
from convert.proofread.page import Page
from convert.proofread.run import look
from convert.structure import structure


@dataclass(frozen=True)
class Scanned:
    """A page, the passages that are like the true text, and by passage and offset what was truly printed ("" for nothing)."""

    name: str
    page: Page
    known: frozenset[int]
    truth: dict[tuple[int, int], str]


def read(path: Path) -> Scanned:
    """The page parsed, each passage laid beside the stretch of the true text it is most like."""
    issue = structure((pipeline.read(path),), ParseOptions())
    page, right = look(issue, ParseOptions()), gold(path)
    if issue.language.startswith("zh-Hant"):
        right = simplified(right)
    known: set[int] = set()
    truth: dict[tuple[int, int], str] = {}
    for passage in page.passages:
        places = [at for at, character in enumerate(passage.text) if not character.isspace()]
        text = "".join(passage.text[at] for at in places)
        stretch = beside(text, right) if len(text) < len(right) else ""
        if stretch:
            known.add(passage.number)
            truth |= {(passage.number, places[at]): character for at, character in slips(stretch, text).items()}
            truth |= {(passage.number, places[at]): "" for at in extras(stretch, text)}
    return Scanned(path.parent.name + "/" + path.stem, page, frozenset(known), truth)
