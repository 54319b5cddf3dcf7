"""A gap in a text: both sides are cut into words once, so that many fillings can be compared at the price of one."""

from __future__ import annotations

from typing import NamedTuple

from convert.lexicon import Lexicon

_NEVER = -1e18
Best = tuple[float, int]
"""Log-probability of the likeliest cut, and how many words it has."""


class Filled(NamedTuple):
    """The likeliest cut of the text with a character in the gap: its log-probability, how many words it has, and where in
    the text the word begins and ends that the character stands in."""

    score: float
    size: int
    start: int
    end: int


class Around:
    """What stands left and right of one character; says what `Lexicon.best` of the whole text would."""

    def __init__(self, lexicon: Lexicon, left: str, right: str) -> None:
        self._lexicon, self._right, self._at = lexicon, right, len(left)
        self._before, self._behind = _forwards(lexicon, left), _backwards(lexicon, right)
        find = lexicon.find
        self._heads = [
            (start, left[start:], *self._before[start])
            for start in range(len(left) + 1) if start == len(left) or find(left[start:]) is not None
        ]

    def best(self, character: str) -> Filled:
        """The likeliest cut with the character in the gap."""
        find, values, right, behind, at = self._lexicon.find, self._lexicon.values, self._right, self._behind, self._at
        best, size, first, last = _NEVER, 0, at, at + 1
        for start, head, before, words in self._heads:
            text = head + character
            for end in range(len(right) + 1):
                code = find(text + right[:end])
                if code or not (head or end):  # what is no word stands alone
                    score, more = behind[end]
                    score += before + values[code or 0]
                    if score > best:
                        best, size, first, last = score, words + 1 + more, start, at + 1 + end
                if code is None:
                    break
        return Filled(best, size, first, last)


def _forwards(lexicon: Lexicon, text: str) -> list[Best]:
    """For each place of the text the likeliest cut of what stands before it."""
    find, values, size = lexicon.find, lexicon.values, len(text)
    states: list[Best] = [(0.0, 0)] + [(_NEVER, 0)] * size
    for start in range(size):
        base, words = states[start]
        end, code = start + 1, find(text[start])
        here = base + values[code or 0]
        if here > states[end][0]:
            states[end] = here, words + 1
        while code is not None and end < size:
            end += 1
            code = find(text[start:end])
            if code:
                here = base + values[code]
                if here > states[end][0]:
                    states[end] = here, words + 1
    return states


def _backwards(lexicon: Lexicon, text: str) -> list[Best]:
    """For each place of the text the likeliest cut of what stands behind it."""
    find, values, size = lexicon.find, lexicon.values, len(text)
    states: list[Best] = [(_NEVER, 0)] * size + [(0.0, 0)]
    for start in range(size - 1, -1, -1):
        end, code = start + 1, find(text[start])
        score, words = states[end]
        best, many = values[code or 0] + score, words + 1
        while code is not None and end < size:
            end += 1
            code = find(text[start:end])
            if code:
                score, words = states[end]
                here = values[code] + score
                if here > best:
                    best, many = here, words + 1
        states[start] = best, many
    return states
