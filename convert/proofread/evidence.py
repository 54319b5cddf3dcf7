"""What the OCR engine itself doubted: its confidence a word (hOCR x_wconf, ALTO WC) as log-odds that the word was misread."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from convert.issue import Issue
from convert.ledger import EditIndex, trace

BINS = (0.30, 0.60, 0.75, 0.85, 0.90, 0.93, 0.96, 1.01)
ODDS = (1.0, 0.9, 0.6, 0.2, -0.2, -1.7, -2.8, -3.2)
"""Upper ends of confidence bins, and the natural logarithm of how much likelier a misread character is to be in the bin than
a right one: measured with Tesseract 5.3 (chi_sim) on our own prose printed and read again (benchmarks/reocr.py make; 159 slips,
5,824 right).  Of what speaks for a slip only a third is kept: doubt says that something is wrong, not what would be right."""


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
