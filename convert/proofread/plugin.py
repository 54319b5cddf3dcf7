"""Correctors are plug-ins of the group `reissue.correctors`: anything that can propose, a neural model on the user's disk too.

What a corrector says goes the way of every other proposal: its confidence is compared with the profile's thresholds, its
changes are rows of the ledger, keep lists bind it.  `docs/plugins.md` shows one that runs an ONNX file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from convert import plugins
from convert.errors import MissingDependency
from convert.proofread.page import Page
from convert.proofread.proposal import Proposal


@dataclass(frozen=True, slots=True)
class Correction:
    """Text `start`..`end` should read `after`; `confidence` is the corrector's own, 0..1."""

    start: int
    end: int
    after: str
    confidence: float
    why: str = ""


MEASURED = 0.9
"""Least confidence of what a corrector may have applied, whatever the profile."""


@runtime_checkable
class Corrector(Protocol):
    """Proposes corrections for one passage of text at a time.

    `ceiling` bounds the confidence Reissue gives what it proposes: 0.9 (never applied by the library profile) is right
    for anything whose confidence was not measured on OCR text.
    """

    name: str
    ceiling: float

    def correct(self, text: str, language: str) -> Iterable[Correction]: ...


def corrections(page: Page) -> Iterator[Proposal]:
    """What the installed correctors propose."""
    for name in plugins.names("correctors"):
        corrector = plugins.corrector(name)
        try:
            yield from run(corrector, page)
        except Exception as error:
            message = f"The corrector “{corrector.name}” failed ({error}). Mend or uninstall it, or use --profile off."
            raise MissingDependency(message) from error


def run(corrector: Corrector, page: Page) -> Iterator[Proposal]:
    """The proposals of one corrector; what lies outside the text or changes nothing is passed over."""
    for passage in page.passages:
        for found in corrector.correct(passage.text, page.language):
            inside = 0 <= found.start < found.end <= len(passage.text)
            if inside and passage.text[found.start:found.end] != found.after:
                confidence, rule = max(0.0, min(found.confidence, corrector.ceiling)), f"corrector:{corrector.name}"
                safe = confidence >= MEASURED
                yield Proposal(passage.number, found.start, found.end, found.after, rule, confidence, found.why, safe)
