"""What belongs together and is not parted by the end of a column."""

from __future__ import annotations

from itertools import pairwise

from convert.typeset.pages.boxes import Box

_SIGNED = ("signature", "date", "credit", "byline")


def keep(boxes: list[Box], kinds: list[str]) -> None:
    """Keep together, by the kinds of the boxes: a question and its answer, a salutation and what follows, the end of a
    text and who signed it when, the first two and the last two lines of a poem."""
    for at, (kind, after) in enumerate(pairwise(kinds)):
        edge = at == 0 or kinds[at - 1] != "verse" or at + 2 == len(kinds) or kinds[at + 2] != "verse"
        verse = kind == after == "verse" and edge
        asked = kind == "salutation" or (kind, after) == ("question", "answer")
        boxes[at].kept = verse or asked or after in _SIGNED
