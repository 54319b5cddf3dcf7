"""Quotation marks and brackets without a partner (GB/T 15834-2011, 4.8 and 4.9).

A quotation that runs over several paragraphs opens each of them and closes the last: that is no fault.  Where the issue
prints the same quoted words elsewhere with both marks, the lost one is proposed; otherwise the editor is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from convert.proofread.page import Page, Passage
from convert.proofread.proposal import Proposal, Question

PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "（": "）", "《": "》", "〈": "〉", "【": "】", "〔": "〕"}
CLOSERS = {closing: opening for opening, closing in PAIRS.items()}
QUOTES = frozenset("“‘「『")
CONFIDENCE = 0.6
"""Of eight marks proposed on 204 damaged pages five were right."""
_QUOTED = re.compile(r"[“「《]([^“”「」《》\n]{2,20})[”」》]")


def unpaired(passage: Passage) -> tuple[list[int], list[int]]:
    """Offsets of opening and of closing marks without a partner."""
    stack: list[int] = []
    closers: list[int] = []
    text = passage.text
    for at, character in enumerate(text):
        if character in PAIRS:
            stack.append(at)
        elif character in CLOSERS:
            opening = CLOSERS[character]
            if character == "’" and _apostrophe(text, at):
                continue
            for depth in range(len(stack) - 1, -1, -1):
                if text[stack[depth]] == opening:
                    del stack[depth]
                    break
            else:
                closers.append(at)
    return stack, closers


def _apostrophe(text: str, at: int) -> bool:
    """As in McDonald’s and ’98."""
    before = text[max(0, at - 1):at]
    return text[at + 1:at + 3].isdigit() or (before.isascii() and before.isalpha())


def mark_questions(page: Page) -> Iterator[Proposal | Question]:
    """A proposal where the issue itself shows the repair, else a question."""
    quoted = {match.group(1) for passage in page.passages for match in _QUOTED.finditer(passage.text)}
    found = [(passage, *unpaired(passage)) for passage in page.passages]
    for number, (passage, openers, closers) in enumerate(found):
        for at in openers:
            if passage.text[at] in QUOTES and _runs_on(found, number, at):
                continue
            yield _lost_closer(passage, at, quoted)
        for at in closers:
            if passage.text[at] in "”’」』" and number and _runs_in(found, number, at):
                continue
            yield _lost_opener(passage, at, quoted)


def _runs_on(found: list[tuple[Passage, list[int], list[int]]], number: int, at: int) -> bool:
    """Whether the next paragraph begins with the same mark, or closes what this one opened."""
    mark = found[number][0].text[at]
    for passage, _, closers in found[number + 1:number + 13]:
        if passage.text.startswith(mark):
            return True
        return any(passage.text[place] == PAIRS[mark] for place in closers)
    return False


def _runs_in(found: list[tuple[Passage, list[int], list[int]]], number: int, at: int) -> bool:
    """Whether an earlier paragraph opened what this one closes."""
    opening = CLOSERS[found[number][0].text[at]]
    passage, openers, _ = found[number - 1]
    return any(passage.text[place] == opening for place in openers)


def _lost_closer(passage: Passage, at: int, quoted: set[str]) -> Proposal | Question:
    text, mark = passage.text, passage.text[at]
    inner = _longest(text, at + 1, quoted)
    if inner:
        end = at + 1 + len(inner)
        if text[end:end + 1] in (mark, '"'):  # “党建“: the second was misread
            why = f"The issue prints {mark}{inner}{PAIRS[mark]} elsewhere."
            return Proposal(passage.number, end, end + 1, PAIRS[mark], "unpaired-mark", CONFIDENCE, why, safe=False)
        why = f"The issue prints {mark}{inner}{PAIRS[mark]} elsewhere."
        return Proposal(passage.number, end - 1, end, inner[-1] + PAIRS[mark], "unpaired-mark", CONFIDENCE, why, safe=False)
    message = f"{mark} is opened here and not closed in this paragraph. Where does the quotation end?"
    return Question(passage.number, at, at + 1, "unpaired-mark", message)


def _lost_opener(passage: Passage, at: int, quoted: set[str]) -> Proposal | Question:
    text, mark = passage.text, passage.text[at]
    for length in range(20, 1, -1):
        inner = text[at - length:at] if length <= at else ""
        if inner in quoted:
            start = at - length
            why = f"The issue prints {CLOSERS[mark]}{inner}{mark} elsewhere."
            if start and text[start - 1] in (mark, '"'):  # ”党建”: the first was misread
                return Proposal(passage.number, start - 1, start, CLOSERS[mark], "unpaired-mark", CONFIDENCE, why, safe=False)
            after = CLOSERS[mark] + inner[0]
            return Proposal(passage.number, start, start + 1, after, "unpaired-mark", CONFIDENCE, why, safe=False)
    message = f"{mark} closes something that is not opened in this paragraph. Where does it begin?"
    return Question(passage.number, at, at + 1, "unpaired-mark", message)


def _longest(text: str, at: int, quoted: set[str]) -> str:
    return next((text[at:at + length] for length in range(20, 1, -1) if text[at:at + length] in quoted), "")
