"""Terms of a text beyond threes of characters: words and compounds of four (营商环境, 党建联盟), and names of two (刘伟).

A term of four is one word or several whole ones, none of them grammar; a name of two stands alone between words, surname first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from convert.lexicon import Lexicon
from convert.proofread import names

FOUR = 4
GRAMMAR = frozenset(
    "的了是在和有为以对也就都与从被把将而并于向但由及或又还已才不没这那他她它我你其之所"
    "该要能使让给跟因如则且按经更很们着过"
)
"""Characters that, alone, are words of grammar."""
NO_NAME = (GRAMMAR | names.NUMERALS | frozenset("上下里内外前后说去做年月日时")) - frozenset("其有为之能如可以所向经")
"""What no given name has; 钱其琛, 傅全有 and 李可 have what is frequent elsewhere."""
COMMON = 20_000
"""Frequency of a character from which, beside a name of two, it is taken for a word of its own."""
ORDINARY = 1_000
"""Frequency from which a word of two that is listed as a name is more (顾客, 贺词)."""
Words = Sequence[tuple[int, int]]


def terms(text: str, words: Words, lexicon: Lexicon) -> Iterator[str]:
    """All terms of a text that is cut into words, as often as they stand there."""
    for number, (start, end) in enumerate(words):
        if end - start <= FOUR and is_han(text[start]):
            size, more = end - start, number
            whole = size > 1 or text[start] not in GRAMMAR
            while whole and size < FOUR and more + 1 < len(words):
                more += 1
                low, high = words[more]
                size = high - start
                whole = is_han(text[low]) and (high - low > 1 or text[low] not in GRAMMAR)
            if whole and size == FOUR:
                yield text[start:start + FOUR]
            if text[start] in names.SURNAMES and is_name(text, words, number, lexicon):
                yield name(text[start:start + 2])


def whole(words: Words, size: int) -> list[int]:
    """Where `size` characters begin that cut no word."""
    ends = {end for _, end in words}
    return [start for start, _ in words if start + size in ends]


def name(two: str) -> str:
    """How a name of two is counted: with its borders, so that it is no two characters of a text."""
    return f"|{two}|"


def is_name(text: str, words: Words, number: int, lexicon: Lexicon) -> bool:
    """Whether a name of two stands from that word on, which the lexicon knows (罗干) or which stands as one."""
    start, end = words[number]
    if end - start == 1:
        return bordered(text, words, number, lexicon)
    return end - start == 2 and lexicon.tag(text[start:end]) == "r" and lexicon.frequency(text[start:end]) < ORDINARY


def bordered(text: str, words: Words, number: int, lexicon: Lexicon) -> bool:
    """Whether two characters stand alone from that word on, as a name does: between words of more characters and marks."""
    start, _ = words[number]
    if number + 1 >= len(words) or words[number + 1] != (start + 1, start + 2) or not is_han(text[start + 1]):
        return False
    if text[start + 1] in NO_NAME or text[start + 1] in GRAMMAR:
        return False
    before = words[number - 1] if number else (0, 0)
    after = words[number + 2] if number + 2 < len(words) else (0, 0)
    return _border(text[before[0]:before[1]], lexicon) and _border(text[after[0]:after[1]], lexicon)


def _border(word: str, lexicon: Lexicon) -> bool:
    return len(word) != 1 or not is_han(word) or (word != "之" and lexicon.frequency(word) >= COMMON)


def is_han(character: str) -> bool:
    """Whether it is a Han character of the first plane."""
    return "\u3400" <= character <= "\u9fff"
