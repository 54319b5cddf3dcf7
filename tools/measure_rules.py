"""What the confidences of the rules that are not fitted are worth; writes `convert/proofread/data/precision.toml`.

    python -m tools.measure_rules CLEAN.txt [--every 25000]

CLEAN is news taken to be right, one paragraph a line, cut into issues of 7,000 characters; it is read alone and with an archive
of the other issues.  What a rule says of it as it stands is false.  Then slips of the rule's kind are planted in it, one an
issue, and what it says of these is right.  A confidence is how often the rule is right where its kind of slip is met once in
EVERY characters: the lower end of Wilson's interval of what is found (95 in 100), against one false alarm more than were counted.
"""

from __future__ import annotations

import argparse
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from convert import lexicon
from convert.issue import Article, Block, Issue, Role
from convert.options import ParseOptions
from convert.proofread import glyphs, kinship, people, sounds, split
from convert.proofread.detectors import DETECTORS
from convert.proofread.index import index
from convert.proofread.misprints import shipped
from convert.proofread.model import Model
from convert.proofread.page import HAN_RUN
from convert.proofread.particles import PARTICLES
from convert.proofread.proposal import Proposal
from convert.proofread.run import look
from convert.source import Source, Span

TARGET = Path(__file__).resolve().parents[1] / "convert/proofread/data/precision.toml"
RULES = {
    "misprints": "misprint", "consistency": "consistency", "names": "consistency", "dropped": "dropped", "extra": "extra",
    "split": "split", "letters": "figure-letter", "doubled-particles": "particle",
}
BINS = {"misprint": (0.75, 0.85, 0.97, 1.01)}
"""Upper ends of the figures that are told apart; other rules have one worth."""
ISSUE, Z = 7_000, 1.96
HEADER = """\
# What a confidence of the rules that are not fitted is worth; ours, Apache-2.0.
# Made by: python -m tools.measure_rules {name} --every {every} (which says how), of {characters} characters.
# Below each rule pairs: an upper end of the rule's own figure and what it is worth; with -archive: where an archive is at hand.
"""
Slip = tuple[str, int, str]
"""The text with the slip, where it is, and what must be read there."""


def often(text: str, size: int, least: int) -> list[str]:
    """Runs of so many Han characters that are written so often."""
    counts: Counter[str] = Counter()
    for run in HAN_RUN.findall(text):
        counts.update(run[at:at + size] for at in range(len(run) - size + 1))
    return sorted(gram for gram, times in counts.items() if times >= least)


def somewhere(text: str, what: str, rng: random.Random) -> int:
    """One of the places where it stands."""
    return rng.choice([match.start() for match in re.finditer(re.escape(what), text)])


def name(text: str, rng: random.Random) -> Slip | None:
    """A name written five times, once with a character that looks or sounds like its own."""
    found = [three for three in often(text, 3, 5) if people.possible(three)]
    found = [three for three in found if lexicon.load().frequency(three[1:]) < people.ORDINARY]
    if not found:
        return None
    three, offset = rng.choice(found), rng.randrange(3)
    own = three[offset]
    near = {*glyphs.load().near(own, kinship.OUTLINE), *sounds.characters[own]}
    known = sorted(other for other in near if lexicon.load().frequency(other) > 500 and other not in PARTICLES)
    if not known:
        return None
    at = somewhere(text, three, rng) + offset
    return text[:at] + rng.choice(known) + text[at + 1:], at, own


def lost(text: str, rng: random.Random) -> Slip | None:
    """A term written five times, once without one of its characters."""
    found = often(text, 4, 5)
    if not found:
        return None
    four, offset = rng.choice(found), rng.randrange(4)
    at = somewhere(text, four, rng) + offset
    return text[:at] + text[at + 1:], at, four[offset]


def inserted(text: str, rng: random.Random) -> Slip | None:
    """A character too many inside a word of four."""
    words = [(a, b) for a, b in lexicon.load().segment(text) if b - a == 4 and text[a:b] in index().heads[text[a:a + 2]]]
    if not words:
        return None
    start, end = rng.choice(words)
    at = start + rng.choice((1, 2, 3))
    return text[:at] + rng.choice([c for c in text if "\u4e00" <= c <= "\u9fff"]) + text[at:], at, text[start:end]


def halved(text: str, rng: random.Random) -> Slip | None:
    """A character read as its halves."""
    halves = {whole: two for two, whole in split.halves().items() if split.RADICALS.isdisjoint(two)}
    places = [at for at, character in enumerate(text) if character in halves]
    if not places:
        return None
    at = rng.choice(places)
    return text[:at] + halves[text[at]] + text[at + 1:], at, text[at]


def lettered(text: str, rng: random.Random) -> Slip | None:
    """A nought or a one of a number read as a letter."""
    places = [m.start() for m in re.finditer(r"(?<=\d)[01](?=\d*[年月日元%人个万亿])|1(?=\d[年月日元%人个万亿])", text)]
    if not places:
        return None
    at = rng.choice(places)
    return text[:at] + ("O" if text[at] == "0" else "l") + text[at + 1:], at, text[at]


def stammered(text: str, rng: random.Random) -> Slip | None:
    """A particle twice."""
    places = [at for at, c in enumerate(text[1:-1], 1) if c in PARTICLES and c not in (text[at - 1], text[at + 1])]
    at = rng.choice(places)
    return text[:at] + text[at] + text[at:], at, text[at]


def misprinted(low: float, high: float) -> Callable[[str, random.Random], Slip | None]:
    """A word as the list of misprints has it, of those with such a figure."""
    rows = [row for group in shipped().values() for row in group if low <= row[2] < high]

    def plant(text: str, rng: random.Random) -> Slip | None:
        known = [row for row in rows if row[1] in text]
        if not known:
            return None
        wrong, right, *_ = rng.choice(known)
        at = somewhere(text, right, rng)
        return text[:at] + wrong + text[at + len(right):], at, right

    return plant


KINDS: dict[str, tuple[Callable[[str, random.Random], Slip | None], ...]] = {
    "consistency": (name,), "dropped": (lost,), "extra": (inserted,), "split": (halved,), "figure-letter": (lettered,),
    "particle": (stammered,), "misprint": tuple(map(misprinted, (0.0, *BINS["misprint"][:-1]), BINS["misprint"])),
}


def said(text: str, archive: Model | None, only: str = "") -> Iterator[tuple[str, float, int, int, str]]:
    """Rule, figure, place and reading of all that the rules say of an issue."""
    source = Source("text", text)
    blocks = tuple(
        Block(f"b{line.number}", Role.PARAGRAPH, text[line.start:line.end], (Span(0, line.start, line.end),))
        for line in source.lines if line.end > line.start
    )
    page = look(Issue((source,), "zh-Hans", articles=(Article("a1", blocks),)), ParseOptions(batch_model=archive))
    for detector, function in DETECTORS:
        if RULES.get(detector) and only in ("", RULES[detector]):
            for p in function(page):
                if isinstance(p, Proposal):
                    start = page.passages[p.passage].block.spans[0].start
                    yield RULES[detector], p.confidence, start + p.start, start + p.end, p.after


def interval(right: int, total: int) -> float:
    """The lower end of Wilson's interval."""
    share, spread = right / total, Z * Z / total
    return (share + spread / 2 - Z * math.sqrt(share * (1 - share) / total + spread / (4 * total))) / (1 + spread)


def main() -> None:
    """Count, write, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clean", type=Path)
    parser.add_argument("--every", type=int, default=25_000)
    options = parser.parse_args()
    issues = [""]
    for line in options.clean.read_text("utf-8").splitlines():
        if len(issues[-1]) > ISSUE:
            issues.append("")
        issues[-1] += line.strip() + "\n" if line.strip() else ""
    characters, model, rng = sum(map(len, issues)), Model.of(issues), random.Random(11)
    parts = [HEADER.format(name=options.clean.name, every=options.every, characters=characters)]
    for archive in (None, model):
        false: dict[str, list[float]] = defaultdict(list)
        for text in issues:
            for rule, figure, *_ in said(text, archive):
                false[rule].append(figure)
        for rule, kinds in sorted(KINDS.items()):
            found = [list(planted(issues, rule, plant, archive, rng)) for plant in kinds]
            parts.append(table(rule, bool(archive), found, false[rule], characters / options.every))
            print(parts[-1])
    TARGET.write_text("\n".join(parts), "utf-8")


def planted(
    issues: list[str], rule: str, plant: Callable[[str, random.Random], Slip | None], archive: Model | None, rng: random.Random
) -> Iterator[float]:
    """For each slip the figure it was found with, 0 where it was not."""
    for text in issues:
        slip = plant(text, rng)
        if slip:
            spoiled, at, right = slip
            yield max((
                figure for _, figure, start, end, after in said(spoiled, archive, rule)
                if start <= at + 1 and end >= at and right in after
            ), default=0.0)


def table(rule: str, archive: bool, found: list[list[float]], false: list[float], slips: float) -> str:
    """The pairs of a rule: `slips` is how many there were in the whole text if it had them as often as is assumed."""
    lines, pairs, low = [f"[{rule}{'-archive' * archive}]"], [], 0.0
    for number, high in enumerate(BINS.get(rule, (1.01,))):
        figures = found[min(number, len(found) - 1)]
        right, wrong = sum(low < figure < high for figure in figures), sum(low < figure < high for figure in false)
        share = slips * interval(right, len(figures))
        pairs.append(f"[{min(high, 1.0)}, {share / (share + wrong + 1):.2f}]")
        lines.append(f"# to {min(high, 1.0)}: {right} found of {len(figures)}, {wrong} false")
        low = high
    return "\n".join([*lines, f"worth = [{', '.join(pairs)}]", ""])


if __name__ == "__main__":
    main()
