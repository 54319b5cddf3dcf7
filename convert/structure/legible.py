"""Whether a short line can be read at all: upright headlines and pictures come out of a recogniser as characters no text has.

Two signs, from text alone: characters that no lexicon puts together, and marks or single Latin letters where words should be.
"""

from __future__ import annotations

import re

from convert import lexicon
from convert.structure.lexis import Lexis

UNLIKELY = -8.4
"""Mean log-probability a character (unigram words) below which a line is none (headlines have -5 to -7.5, names -8)."""
ENOUGH = 5
"""Han characters from which that can be said."""
LONGEST = 30
"""Characters of a line that may be rubbish; a longer one of one is text misread in places."""
_HAN = re.compile("[㐀-鿿]+")
_STRAY = re.compile(r"[|<>\[\]{}\\^~_`«»£€§¢¥®*#=]|(?<![a-z])[a-z]{1,3}(?![a-z])")
_PLAIN = re.compile("[A-Z0-9]")


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
        return sum(words.score(lexis.fold(run)) for run in runs) >= (UNLIKELY - 0.5 * clauses) * han
    strays = len(_STRAY.findall(text))
    if han <= 2 and not _PLAIN.search(text):
        return strays == 0 and (len(body) > 2 or han == len(body) == 2)
    return strays < 2 or (han > 2 and _PLAIN.search(text) is not None)
