"""Whether a short line can be read at all: upright headlines and pictures come out of a recogniser as characters no text has.

Two signs, from text alone: characters that no lexicon puts together, and marks or single Latin letters where words should be.
In doubt a line can be read: a headline lost is worse than rubbish kept.
"""

from __future__ import annotations

import re

from convert import lexicon
from convert.structure.lexis import Lexis

UNLIKELY = -8.4
"""Mean log-probability a character (unigram words) below which a line is none (headlines have -5 to -7.5, names -8)."""
ENOUGH = 5
"""Han characters from which that can be said."""
WORDS = 0.3
"""Share of the Han characters in words of two or more, in particles and in numbers, from which any line is text."""
LONGEST = 30
"""Characters of a line that may be rubbish; a longer one of one is text misread in places."""
_HAN = re.compile("[㐀-鿿]+")
_STRAY = re.compile(r"[|<>\[\]{}\\^~_`«»£€§¢¥®*#=]|(?<![a-z0-9])[a-z]{1,3}(?![a-z])")
_PLAIN = re.compile("[A-Z0-9]")
_PARTICLES = frozenset("的了在是和与與不我你他两兩二三四五六七八九十百千")


def is_legible(text: str, lexis: Lexis) -> bool:
    """Whether a line in reading copy is text.  Figures, addresses, abbreviations in capitals and names are."""
    body = text.replace(" ", "")
    runs: list[str] = _HAN.findall(text)
    han = sum(map(len, runs))
    if len(body) > LONGEST or text[-1:] in "，。、；：？！" or "。" in text or "@" in text or "://" in text:
        return True
    if han >= ENOUGH:
        words = lexicon.load()
        clauses = "，" in text or "、" in text  # rubbish has marks, but hardly these
        folded = [lexis.fold(run) for run in runs]
        likely = sum(map(words.score, folded)) >= (UNLIKELY - 0.5 * clauses) * han
        return likely or sum(_in_words(words, run) for run in folded) >= WORDS * han
    strays = len(_STRAY.findall(text))
    if han <= 2 and not _PLAIN.search(text):
        return strays == 0 and (len(body) > 2 or han == len(body) == 2)
    return strays < 2 or (han > 2 and _PLAIN.search(text) is not None)


def _in_words(words: lexicon.Lexicon, run: str) -> int:
    return sum(end - start for start, end in words.segment(run) if end - start > 1 or run[start] in _PARTICLES)
