"""One run over an issue: the page view is made, every detector is asked, the answers are entered."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

from convert import lexicon
from convert.issue import Issue
from convert.options import ParseOptions
from convert.proofread import calibration, density, glyphs, misprints, script
from convert.proofread.detectors import DETECTORS
from convert.proofread.enter import enter
from convert.proofread.model import Model
from convert.proofread.page import Page, passages
from convert.proofread.profile import thresholds
from convert.proofread.proposal import Proposal, Question
from convert.proofread.terms import terms


def examine(issue: Issue, options: ParseOptions) -> Issue:
    """The issue with what the detectors found, at the thresholds of the profile."""
    limits = thresholds(options.profile)
    page = look(issue, options)
    found: list[Proposal | Question] = []
    for _, detector in DETECTORS:
        found += detector(page)
    found += _confusions(page, options)
    characters = _characters(page)
    proposals = density.recalibrate([p for p in found if isinstance(p, Proposal)], characters)
    proposals = calibration.calibrate(proposals, bool(page.model))
    questions = [q for q in found if isinstance(q, Question)]
    if issue.language.startswith("zh-Hant"):
        proposals = _in_own_script(page, proposals)
        questions = [script.quote(q, page.passages[q.passage].original, page.passages[q.passage].text) for q in questions]
    return enter(issue, page.passages, [*density.hold_back(proposals, characters, limits.apply), *questions], limits)


def scored(page: Page) -> list[Proposal]:
    """What the detectors propose, before it is calibrated on other pages (tools/calibrate.py)."""
    found = [p for _, detector in DETECTORS for p in detector(page) if isinstance(p, Proposal)]
    return density.recalibrate(found, _characters(page))


def _characters(page: Page) -> int:
    return sum(len(passage.text) for passage in page.passages)


def _in_own_script(page: Page, proposals: list[Proposal]) -> list[Proposal]:
    counts = Counter("".join(passage.original for passage in page.passages))
    passages = page.passages
    return [script.restore(p, passages[p.passage].original, passages[p.passage].text, counts) for p in proposals]


def look(issue: Issue, options: ParseOptions) -> Page:
    """The page view of an issue: passages, lexicon, glyphs, and what the archive says."""
    words = lexicon.load()
    page = Page(tuple(passages(issue, words)), words, glyphs.load(), Model(), issue.language)
    archive = _archive(options)
    if archive:
        page.model = archive if options.batch_model is None else archive.excluding({**page.grams, **_terms(page)})
    keep = misprints.by_beginning((word, word, 1.0, "") for word in _kept(options) if word)
    for passage in page.passages if keep else ():
        for at, row in misprints.matches(passage, keep):
            passage.protected[at:at + len(row[0])] = b"\1" * len(row[0])
    return page


def _terms(page: Page) -> Counter[str]:
    """The terms of the issue, as an archive counts them."""
    counts: Counter[str] = Counter()
    for passage in page.passages:
        counts.update(terms(passage.text, passage.words, passage.lexicon))
    return counts


def _kept(options: ParseOptions) -> list[str]:
    return [*options.keep, *(wrong for wrong, right, action in options.confusions if action == "keep" or wrong == right)]


def _confusions(page: Page, options: ParseOptions) -> list[Proposal]:
    """The user's own confusions: `apply` is certain, `suggest` is asked."""
    rows = [
        (wrong, right, 1.0 if action == "apply" else 0.9, "from the confusion list")
        for wrong, right, action in options.confusions if wrong and wrong != right and action != "keep"
    ]
    table = misprints.by_beginning(rows)
    return [
        Proposal(passage.number, at, at + len(wrong), right, "confusion-list", confidence, why, safe=confidence == 1.0)
        for passage in page.passages for at, (wrong, right, confidence, why) in misprints.matches(passage, table)
    ] if rows else []


def _archive(options: ParseOptions) -> Model | None:
    batch: Model | Path | None = options.batch_model
    if batch is not None:
        return _load(batch) if isinstance(batch, Path) else batch
    return _load(options.model) if options.model else None


def _load(path: Path) -> Model:
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        changed = 0  # the reading itself says what is wrong
    return _loaded(path, changed)


@lru_cache(maxsize=2)
def _loaded(path: Path, changed: int) -> Model:
    return Model.load(path)
