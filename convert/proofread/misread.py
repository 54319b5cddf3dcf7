"""Characters the OCR engine itself doubted: what was printed there, by outline, by the words it makes, by what the issue writes.

Where an engine gives confidences it nearly says which characters are wrong: of what Tesseract is least sure of, four in ten
are misread, of what it is sure of, one in ten thousand.  So every doubted character is weighed, not only those that make no
word, and whatever fits the gap is a candidate, however unlike it looks.  The weights are those of a conditional logit over
{as read, something else, candidate 1, candidate 2, …}: the log-ratio of P(read | printed) P(printed | context) to
P(read as it is).  “Something else” takes the probability of what no list holds: a name, a rare character.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from convert.proofread import context, names, outlines, weights
from convert.proofread.evidence import DOUBTED, NO_DOUBT
from convert.proofread.index import index
from convert.proofread.page import Page, Passage, is_han
from convert.proofread.proposal import Proposal
from convert.proofread.readings import readings

RULE = "misread"
MOST = 20
"""Candidates weighed at a place."""
OFTENEST = 3
"""Of what was printed where Tesseract read the character, the most frequent ones are weighed even where they make no word."""
AT_LEAST = 20
"""Occurrences per 60 million from which a word of two is offered."""
IN_NAMES = 0.39
"""Most confidence in a name that stands in a list of names: the archive profile still asks."""
ALIKE = 0.4
"""Least likeness of a change that may be applied without asking, unless Tesseract is known to read the one for the other."""
_WINDOW = 6
FEATURES = (
    "bias", "doubt", "here-alone", "here-frequency", "here-word", "here-seen", "here-seen-both", "here-seen-three",
    "here-archive", "here-archive-both", "here-archive-three", "archive", "name", "edge", "near", "candidate",
    "candidate-doubt", "candidate-name", "candidate-near", "candidate-archive", "gain", "likeness", "alike", "misread",
    "frequency", "two", "three", "four", "word", "seen", "seen-both", "seen-three", "archive-seen", "archive-both",
    "archive-three", "split",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may have been printed at a place, the word it makes there, and what speaks for it; "" for something else."""

    character: str
    start: int
    end: int
    features: tuple[float, ...]


def misreadings(page: Page) -> Iterator[Proposal]:
    """The most probable character at each doubted place."""
    vector = weights.load(RULE, FEATURES)
    for passage in page.passages:
        for at, candidates in places(page, passage):
            scores = [min(30.0, sum(map(float.__mul__, c.features, vector))) for c in candidates]
            best = max(range(1, len(scores)), key=scores.__getitem__)
            confidence = math.exp(scores[best]) / (1.0 + sum(map(math.exp, scores)))
            if confidence >= 0.02:
                yield _proposal(page, passage, at, candidates[best], confidence)


def _proposal(page: Page, passage: Passage, at: int, chosen: Candidate, confidence: float) -> Proposal:
    text, other = passage.text, chosen.character
    word = text[chosen.start:at] + other + text[at + 1:chosen.end]
    why = f"The engine was not sure of {text[at]}; {word} fits." if len(word) > 1 else f"The engine was not sure of {text[at]}."
    alike = other in readings().get(text[at], ()) or outlines.load().likeness(text[at], other) >= ALIKE
    safe = alike and len(word) > 1 and not names.NUMERALS & {text[at], *word} and not names.transliterated(text, at)
    safe = safe and not names.listed(text, at) and page.lexicon.tag(word) not in ("r", "f", "s", "t", "z")
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
    cut = page.lexicon.segment(text[start:at] + other + text[at + 1:end])
    return any(last - first == 1 for first, last in cut)


def places(page: Page, passage: Passage) -> Iterator[tuple[int, list[Candidate]]]:
    """Doubted characters with what may have been printed; the first candidate is something else."""
    text = passage.text
    for at, doubt in sorted(passage.doubts.items()):
        if doubt >= DOUBTED and at < len(text) and is_han(text[at]) and not passage.protected[at]:
            options = _options(page, text, at)
            if options:
                yield at, _weigh(page, passage, at, doubt, options)


def _options(page: Page, text: str, at: int) -> list[str]:
    """Candidates, the likeliest at first sight."""
    here, lexicon = text[at], page.lexicon
    known, table = outlines.load(), readings().get(here, {})
    attested = page.threes.around(text, at)
    if page.model:
        attested |= context.archived(page.model.whole).around(text, at)
    long = context.longer(lexicon, index(), text, at)
    fitting = context.pairs(lexicon, index(), text, at, AT_LEAST) | long | attested

    def rank(other: str) -> float:
        fit = 2.0 * (other in long) + 2.0 * (other in attested) + 0.15 * math.log1p(lexicon.frequency(other))
        return 4.0 * known.likeness(here, other) + math.log1p(table.get(other, 0)) + fit

    numeral = here in names.NUMERALS
    ranked = sorted((-rank(c), c) for c in fitting if c != here and is_han(c) and not (numeral and c in names.NUMERALS))
    chosen = [other for _, other in ranked[:MOST]]
    return chosen + [c for c in list(table)[:OFTENEST] if c not in chosen]


def _weigh(page: Page, passage: Passage, at: int, doubt: float, options: list[str]) -> list[Candidate]:
    text, lexicon, model, seen = passage.text, page.lexicon, page.model, page.seen
    here, low, high = text[at], max(0, at - _WINDOW), min(len(text), at + 1 + _WINDOW)
    left, right = text[low:at], text[at + 1:high]
    one, two = text[max(0, at - 1):at], text[at + 1:at + 2]
    base, words = lexicon.best(left + here + right)
    start, end = next(pair for pair in words if pair[0] <= at - low < pair[1])
    threes = [(text[place:at], text[at + 1:place + 3]) for place in range(max(0, at - 2), min(at, len(text) - 3) + 1)]
    table, known = readings().get(here, {}), outlines.load()

    def written(character: str, count: Callable[[str], int], own: int) -> tuple[float, float, float]:
        """How often the better and the worse pair and the best three with it are written, `own` times of them here."""
        before, after = count(one + character) - own * is_han(one), count(character + two) - own * is_han(two)
        three = max((count(a + character + b) - own for a, b in threes), default=0)
        return math.log1p(max(0, before, after)), math.log1p(max(0, min(before, after))), math.log1p(max(0, three))

    archive = model.count if model else _nothing
    size_of_archive = math.log1p(model.characters / 10_000) if model else 0.0
    name = float(names.transliterated(text, at)) + float(names.after_surname(text, at))
    near = float(sum(passage.doubts.get(at + step, NO_DOUBT) >= DOUBTED for step in (-2, -1, 1, 2)))
    place = (
        1.0, doubt, float(end - start == 1), math.log1p(lexicon.frequency(here)),
        math.log1p(lexicon.frequency(text[low + start:low + end])) * (end - start > 1),
        *written(here, seen, 1), *written(here, archive, 0), size_of_archive,
        name, float(not is_han(one)) + float(not is_han(two)), near,
    )
    out = [Candidate("", at, at + 1, (*place, *([0.0] * (len(FEATURES) - len(place)))))]
    for other in options:
        score, cut = lexicon.best(left + other + right)
        first, last = next(pair for pair in cut if pair[0] <= at - low < pair[1])
        size, word = last - first, (left + other + right)[first:last]
        likeness = known.likeness(here, other)
        out.append(Candidate(other, low + first, low + last, (
            *place, 1.0, doubt, name, near, size_of_archive, score - base, likeness, max(0.0, likeness - 0.4),
            math.log1p(table.get(other, 0)),
            math.log1p(lexicon.frequency(other)), float(size == 2), float(size == 3), float(size >= 4),
            math.log1p(lexicon.frequency(word)) * (size > 1), *written(other, seen, 0), *written(other, archive, 0),
            float(len(cut) - len(words)),
        )))
    return out


def _nothing(gram: str) -> int:
    """What an archive counts where there is none."""
    return 0
