"""Whole pages an engine read, with what they truly say: what the proofreader applies and suggests, right and wrong.

    python benchmarks/scanned.py FILE … [-v]      # hOCR, ALTO or text; NAME.gold.tsv (role<TAB>text) beside each

The page is parsed and proofread as `build` does.  A block is laid beside the stretch of the true text it is most like; what is
like nothing (rubbish, a table read crosswise) counts neither as slips nor as right.  A row is right where the surroundings
come nearer to the truth by all it changes.  Slips are Han characters read for others.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

from benchmarks.reocr import slips
from convert import pipeline
from convert.issue import Issue
from convert.ledger import Edit
from convert.options import ParseOptions
from convert.proofread import proofread
from convert.structure import structure

AROUND, LIKE = 8, 75.0
"""Characters around a change, and how like the truth, of 100, a block must be to be laid beside it."""
RULES = frozenset((
    "look-alike", "misread", "sound-alike", "split", "figure-letter", "misread-dash", "doubled", "doubled-word", "misprint",
    "extra", "dropped", "consistency",
))
_SPACE = re.compile(r"\s+")


def gold(path: Path) -> str:
    """The true text of the page, without its roles and white space."""
    name = re.sub(r"\.(hocr|alto\.xml|tess\.txt|txt)$", "", path.name)
    lines = (path.parent / f"{name}.gold.tsv").read_text("utf-8").splitlines()
    return _SPACE.sub("", "".join(line.partition("\t")[2] + "|" for line in lines))


def beside(text: str, truth: str) -> str:
    """The stretch of the truth the text is most like; empty where it is like none."""
    from rapidfuzz import fuzz

    found = fuzz.partial_ratio_alignment(text, truth, score_cutoff=LIKE)
    return truth[found.dest_start:found.dest_end] if found and len(text) >= AROUND else ""


def right(source: str, edit: Edit, truth: str) -> bool | None:
    """Whether the row brings its surroundings nearer to the truth by all it changes; None where they are like nothing in it."""
    from rapidfuzz.distance import Levenshtein

    def nearest(text: str) -> int:
        stretch = beside(text, truth)
        return Levenshtein.distance(text, stretch) if stretch else 99

    left, end = _SPACE.sub("", source[max(0, edit.start - AROUND):edit.start]), edit.end + AROUND
    behind = _SPACE.sub("", source[edit.end:end])
    before, after = nearest(left + _SPACE.sub("", edit.before) + behind), nearest(left + edit.after + behind)
    if before == after == 99:
        return None
    one, other = edit.before, edit.after
    size = sum(a != b for a, b in zip(one, other, strict=True)) if len(one) == len(other) else abs(len(one) - len(other))
    return after <= before - size


def score(path: Path, verbose: bool) -> Counter[str]:
    """Counts of a page."""
    before: Issue = structure((pipeline.read(path),), ParseOptions())
    truth, counts = gold(path), Counter[str]()
    for block in before.blocks():
        text = _SPACE.sub("", block.text)
        stretch = beside(text, truth) if len(text) < len(truth) else ""
        counts["characters"] += len(text)
        counts["slips"] += len(slips(stretch, text)) if stretch else 0
    issue = proofread(before, ParseOptions())
    for edit in issue.edits:
        if edit.rule.split("+")[-1] in RULES:
            good = right(issue.sources[edit.source].text, edit, truth)
            kind = "right" if good else "unlike" if good is None else "wrong"
            counts[f"{'applied' if edit.effective else 'suggested'} {kind}"] += 1
            if verbose and not good:
                source = issue.sources[edit.source].text
                shown = f"{source[edit.start - 6:edit.start]}[{edit.before}→{edit.after}]{source[edit.end:edit.end + 6]}"
                print(" ", good, edit.status.value, edit.rule, edit.confidence, shown.replace("\n", "|"))
    return counts


def main() -> None:
    """Print each page and all of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    total: Counter[str] = Counter()
    for path in options.pages:
        total += score(path, options.verbose)
    said = sum(total[key] for key in total if key.startswith(("applied", "suggested")) and not key.endswith("unlike"))
    good = total["applied right"] + total["suggested right"]
    print(dict(total))
    print(f"applied {total['applied right']} of {total['applied right'] + total['applied wrong']} right, "
          f"precision {good / max(1, said):.2f}, about {good / max(1, total['slips']):.2f} of the slips")


if __name__ == "__main__":
    main()
