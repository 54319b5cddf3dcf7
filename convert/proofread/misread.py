"""Characters the OCR engine itself doubted: what was printed there, by outline, by the words it makes, by what the issue writes.

Where an engine gives confidences it nearly says which characters are wrong: of what Tesseract is least sure of, four in ten
are misread, of what it is sure of, one in ten thousand.  So every doubted character is weighed, not only those that make no
word, and whatever fits the gap is a candidate, however unlike it looks.  The weights are those of a conditional logit over
{as read, something else, candidate 1, candidate 2, …}: the log-ratio of P(read | printed) P(printed | context) to
P(read as it is).  “Something else” takes the probability of what no list holds: a name, a rare character.  A candidate may also
be none at all: at the ends of lines Tesseract reads what is not there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from convert.proofread import fitting, names, outlines, weights
from convert.proofread.evidence import DOUBTED
from convert.proofread.fitting import FEATURES, Weighed
from convert.proofread.page import Page, Passage, is_han
from convert.proofread.proposal import Proposal
from convert.proofread.readings import invented, readings

RULE = "misread"
SCREEN = -4.5
"""Score of the place alone below which no candidate was ever likely enough to be asked about: it is not weighed further."""
IN_NAMES = 0.39
"""Most confidence in a name that stands in a list of names: the archive profile still asks."""
ALIKE, VERY_ALIKE = 0.4, 0.6
"""Least likeness of a change that may be applied without asking, unless Tesseract is known to read the one for the other: where
it makes a word of three or more, and where it makes one of two (中贝, two countries, is not 中央)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A doubted character, what speaks for its being misread, and what may have been printed."""

    at: int
    features: tuple[float, ...]
    candidates: tuple[Weighed, ...]


def misreadings(page: Page) -> Iterator[Proposal]:
    """The most probable character at each doubted place."""
    vector = weights.load(RULE, FEATURES)
    of_place, of_candidate = vector[:len(fitting.PLACE)], vector[len(fitting.PLACE):]
    for passage in page.passages:
        for place in places(page, passage, of_place):
            base = sum(map(float.__mul__, place.features, of_place))
            scores = [min(30.0, base + sum(map(float.__mul__, c.features, of_candidate))) for c in place.candidates]
            best = max(range(len(scores)), key=scores.__getitem__)
            confidence = math.exp(scores[best]) / (1.0 + math.exp(min(30.0, base)) + sum(map(math.exp, scores)))
            if confidence >= 0.02:
                yield _proposal(page, passage, place.at, place.candidates[best], confidence)


def places(page: Page, passage: Passage, screen: tuple[float, ...] = ()) -> Iterator[Place]:
    """Doubted characters with what may have been printed; those the weights `screen` find unlikely enough are passed over."""
    text = passage.text
    for at, doubt in sorted(passage.doubts.items()):
        if doubt < DOUBTED or at >= len(text) or not is_han(text[at]) or passage.protected[at]:
            continue
        gap = fitting.Gap(page, passage, at, doubt)
        features = gap.place()
        if screen and text[at] not in invented() and sum(map(float.__mul__, features, screen)) < SCREEN:
            continue
        candidates = gap.candidates()
        if candidates:
            yield Place(at, features, candidates)


def _proposal(page: Page, passage: Passage, at: int, chosen: Weighed, confidence: float) -> Proposal:
    text, other = passage.text, chosen.character
    if not other:
        why = f"The engine was not sure of {text[at]}; without it the text reads on."
        return Proposal(passage.number, at, at + 1, "", RULE, confidence, why, safe=False)
    word, read = text[chosen.start:at] + other + text[at + 1:chosen.end], text[at]
    why = f"The engine was not sure of {read}; {word} fits." if len(word) > 1 else f"The engine was not sure of {read}."
    likeness = outlines.load().likeness(text[at], other)
    alike = other in readings().get(text[at], ()) or likeness >= (ALIKE if len(word) > 2 else VERY_ALIKE)
    safe = alike and len(word) > 1 and not names.NUMERALS & {text[at], *word}
    safe = safe and not names.transliterated(text, at)
    safe = safe and not names.listed(text, at) and page.lexicon.tag(word) not in names.FACTS
    most = 1.0
    if _in_a_list_of_names(page, text, at, other):
        most, safe = IN_NAMES, False
    return Proposal(passage.number, at, at + 1, other, RULE, min(confidence, most), why, safe, most)


def _in_a_list_of_names(page: Page, text: str, at: int, other: str) -> bool:
    """Whether it stands between marks of a list, in two to four characters of which not all make words with the candidate:
    、奚美国、 is somebody's name, 、玉米、 is maize."""
    found = names.item(text, at)
    if found is None:
        return False
    start, end = found
    name = text[start:at] + other + text[at + 1:end]
    cut = page.lexicon.segment(name)
    return any(last - first == 1 or page.lexicon.tag(name[first:last]) in ("r", "f") for first, last in cut)
