"""What a detector says about a place: a change with a confidence, or a question that has no single answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Proposal:
    """Text `start`..`end` of passage `passage` should read `after`, with a `confidence` (of rules with numbers in `calibration`
    how often it was right on other pages, of the others a rank).

    `safe` is False for what is asked about whatever its confidence: names, facts, wording.  `most` bounds the confidence,
    however many slips the rest of the issue shows.
    """

    passage: int
    start: int
    end: int
    after: str
    rule: str
    confidence: float
    why: str = ""
    safe: bool = True
    most: float = 1.0


@dataclass(frozen=True, slots=True)
class Question:
    """Something wrong at a place for which no detector knows the one repair: a quotation mark without its partner."""

    passage: int
    start: int
    end: int
    kind: str
    message: str
    choices: tuple[str, ...] = ()
