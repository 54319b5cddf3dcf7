"""What the OCR engine itself doubted: its confidence a word (hOCR x_wconf, ALTO WC) as log-odds that the word was misread."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping

from convert.issue import Issue
from convert.ledger import EditIndex, trace

BINS = (0.001, 0.10, 0.30, 0.50, 0.60, 0.70, 0.80, 0.85, 0.90, 0.93, 1.01)
ODDS = (3.8, 2.8, 2.8, 2.6, 2.2, 1.7, 1.3, 0.4, -0.6, -2.7, -4.5)
"""Upper ends of confidence bins, and the natural logarithm of how much likelier a misread character is to be in the bin than
a right one: measured with Tesseract 5.3 (chi_sim) on our own prose printed and read again (benchmarks/reocr.py make)."""

DOUBTED = 1.0
"""Log-odds from which a character is taken to be doubted: one in fifteen of Tesseract's, and seven in eight of its slips."""
NO_DOUBT = -math.inf
"""For a character of which nothing is known."""


def doubt(confidence: float) -> float:
    """Log-odds that a character of that confidence was misread, relative to any character."""
    return ODDS[min(bisect_right(BINS, confidence), len(ODDS) - 1)]


def doubts(issue: Issue) -> dict[str, Mapping[int, float]]:
    """For each block the doubt about its characters by offset in its text; empty where the reader knew no confidences."""
    by_source: dict[int, dict[int, float]] = {}
    for number, source in enumerate(issue.sources):
        known = {
            at: doubt(word.confidence)
            for line in source.lines for word in line.words if word.confidence is not None
            for at in range(word.start, word.end)
        }
        if known:
            by_source[number] = known
    if not by_source:
        return {}
    index, found = EditIndex(issue.edits), dict[str, Mapping[int, float]]()
    for block in issue.blocks():
        mine: dict[int, float] = {}
        for segment in trace(block.id, block.spans, index, issue.sources):
            known = by_source.get(segment.span.source, {})
            if segment.edit is None and known:
                shift = segment.text_start - segment.span.start
                mine |= {at + shift: known[at] for at in range(segment.span.start, segment.span.end) if at in known}
        found[block.id] = mine
    return found
