"""Word lists as they are written: groups of words with a tag and a frequency, put together into one table.

`tools/pack_lexicon.py` does this once and keeps the result in `packed/`, which is what a run reads.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent

BEGINNING = "-"
"""Tag of the group of strings that are no words but begin one: a search stops where no word can go on."""

RAISED = "+"
"""Tag of groups of known words whose frequency is to be at least the one given (words common today, rare in old corpora)."""

Group = tuple[str, int, list[str]]


@dataclass(frozen=True)
class Table:
    """Every word's code; `tags` and `frequencies` by code.  Code 0 is what only begins a word."""

    codes: dict[str, int]
    tags: list[str]
    frequencies: list[int]


def table(groups: Iterable[Group]) -> Table:
    """One table of all groups; of a word in two groups the later holds."""
    made = Table({}, [""], [0])
    codes = made.codes
    for tag, frequency, members in groups:
        if tag == BEGINNING:
            for word in members:
                codes.setdefault(word, 0)
        elif tag == RAISED:
            _raise(made, frequency, members)
        else:
            codes.update(dict.fromkeys(members, _code(made, tag, frequency)))
    return made


def _code(made: Table, tag: str, frequency: int) -> int:
    made.tags.append(tag)
    made.frequencies.append(frequency)
    return len(made.tags) - 1


def _raise(made: Table, frequency: int, members: list[str]) -> None:
    """Make known words at least so frequent; their tags stay."""
    raised: dict[str, int] = {}
    for word in members:
        code = made.codes.get(word, 0)
        if code and made.frequencies[code] < frequency:
            tag = made.tags[code]
            if tag not in raised:
                raised[tag] = _code(made, tag, frequency)
            made.codes[word] = raised[tag]


def read(lines: Iterable[str]) -> list[Group]:
    """The groups of a word list: tag, frequency and words on each line; `#` begins a comment line."""
    groups: list[Group] = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            tag, frequency, *members = line.split()
            groups.append((tag, int(frequency), members))
    return groups


def beginnings(words: Iterable[str]) -> list[str]:
    """All proper beginnings of `words`."""
    return list({word[:length] for word in words for length in range(1, len(word))})


def shipped() -> Table:
    """The table of our two lists: a word both know keeps the frequency that was counted."""
    general = read(gzip.decompress((FOLDER / "words.txt.gz").read_bytes()).decode().splitlines())
    modern = read((FOLDER / "modern.txt").read_text("utf-8").splitlines())
    raised = [group for group in modern if group[0] == RAISED]
    coined = [group for group in modern if group[0] != RAISED]
    started = (BEGINNING, 0, beginnings(word for _, _, members in coined for word in members))
    return table([started, *coined, *general, *raised])
