"""Surnames that are also everyday characters: before a title (于阿姨), behind 姓, in bylines, and whole names (`persons`)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from convert.variants import persons
from convert.variants.engine import Chain
from convert.variants.model import Piece
from convert.variants.packed import frequency

# Letters but Latin ones: a range of all Han characters would take the regular expression compiler a millisecond each time.
_HAN, _OTHER = "[^\\W\\da-zA-Z_]", "[\\W\\da-zA-Z_]"
_NAME = f"(?:{_HAN}{{2,3}}|{_HAN}[ \u3000]{_HAN}(?!{_HAN}))"


@cache
def _credits() -> tuple[re.Pattern[str], ...]:
    """Names behind a role and a space, names before 摄, 文 or 图, and signatures at the end of a line."""
    return (
        re.compile(
            f"(?:记者|通讯员|摄影|作者|编辑|责编|美编|校对|撰稿|供稿|实习生|编剧|导演|文|图|摄)[ \u3000：:/／]+"
            f"({_NAME}(?:[ \u3000、]+{_NAME}){{0,5}})(?=[ \u3000]*(?:(?![ \u3000]){_OTHER}|$|摄|文|图|报道))"
        ),
        re.compile(
            f"(?:^|[ \u3000（(，。/／])({_NAME})[ \u3000/／]*(?:摄|文|图|供图|摄影|摄影报道|报道)(?=[）)/／ \u3000]|$)",
            re.MULTILINE,
        ),
        re.compile(f"[（(]({_NAME})[）)]$|^(?=.{{1,30}}$).*[ \u3000]({_NAME})$", re.MULTILINE),
    )


_LEADING = frozenset("给请问找和与跟由被让叫把的是到见听替帮及")
_SOME = re.compile("某[日地种个年月处时天国一些]")
_KIND = re.compile("们|而言|来说|来讲|办公室|队伍|群体|处[^，。；]")
"""Behind a title that is everybody's: 于教练而言."""
_FAMILIAR = frozenset("老小阿")
_NUMERALS = tuple("一二两三四五六七八九十百千万亿0123456789")
_COMMON = math.log(100)
"""Logarithm of the occurrences from which a string is a word even in a byline."""
_CERTAIN, _LIKELY = 0.97, 0.93
PERSON = "a person, by what stands around"


@dataclass(frozen=True)
class Names:
    """The lists of `data/press/names.toml`."""

    surnames: Mapping[str, str]
    guarded: frozenset[str]
    given: Mapping[str, str]
    common: frozenset[str]
    families: frozenset[str]
    roles: frozenset[str]
    titles: re.Pattern[str]
    surname: re.Pattern[str]


@cache
def names() -> Names:
    """The lists, read when first needed."""
    import tomllib

    data = tomllib.loads((Path(__file__).parent / "data/press/names.toml").read_text("utf-8"))
    characters = data["characters"]
    surnames = {pair[0]: pair[1] for pair in characters["surnames"].split()}
    given = {pair[0]: pair[1] for pair in characters["given"].split()}
    return Names(
        surnames,
        frozenset(characters["guarded"]),
        given,
        frozenset(characters["common"]) - {"\n"} | given.keys(),
        frozenset(characters["families"]),
        frozenset(data["before"]["roles"].split()),
        re.compile("|".join(sorted(map(re.escape, data["after"]["titles"].split()), key=len, reverse=True))),
        re.compile(f"[{''.join(surnames)}]|[{characters['families']}](?=.?[{''.join(given)}])"),
    )


def starts(text: str) -> list[int]:
    """Where a surname stands whose form, or that of a character behind it, is not what the tables say."""
    return [match.start() for match in names().surname.finditer(text)]


@cache
def people() -> persons.People:
    """The characters of names, as `persons` weighs them."""
    lists = names()
    families = lists.families | lists.surnames.keys()

    def office(before: str) -> bool:
        return any(_endings(before, lists.roles))

    return persons.People(lists.surnames, lists.guarded, lists.common, families, office)


def ordinary(chain: Chain, known: Callable[[str], bool]) -> Callable[[str], bool]:
    """Whether a string is a word in which the first character is no surname (余下, not 于海)."""
    surnames = names().surnames

    def word(text: str) -> bool:
        if not known(text):
            return False
        form = surnames.get(text[0])
        if form is None:
            return True
        form = chain.regional(form)
        return chain.finish(text)[:1] != form or chain.finish(text[0]) == form

    return word


def find(text: str, chain: Chain, known: Callable[[str], bool]) -> Iterator[Piece]:
    """Pieces for the names of the text.  `known` says whether a string is a word of the language."""
    return filter(believed, weigh(text, chain, known))


def believed(piece: Piece) -> bool:
    """Whether a piece of `weigh` is taken for a name."""
    return piece.confidence >= persons.BELIEVED


def unsure(piece: Piece) -> bool:
    """Whether the editor is to be asked about a piece of `weigh`, be it believed or not."""
    return piece.why == PERSON and piece.confidence < persons.SURE


def weigh(text: str, chain: Chain, known: Callable[[str], bool]) -> Iterator[Piece]:
    """Pieces for names, and for what may be names with a confidence below a half."""
    lists = names()
    yield from _bylines(text, chain)
    matches = list(lists.surname.finditer(text))
    places = [match.start() for match in matches]
    is_word = ordinary(chain, known)
    for found in persons.candidates(persons.Reader(text, people(), known, is_word, places), places):
        yield name_piece(text, found.start, found.end - found.start, chain, found.probability, PERSON)
    for match in matches:
        at, character = match.start(), match.group()
        if character in lists.surnames:
            piece = _alone(text, at, lists, chain, known, is_word)
            if piece is not None:
                yield piece


def _alone(
    text: str, at: int, lists: Names, chain: Chain, known: Callable[[str], bool], is_word: Callable[[str], bool]
) -> Piece | None:
    """A surname by itself: before a title or 某, behind 姓, 老, 小 or 阿."""
    character, guarded = text[at], text[at] in lists.guarded
    form = chain.regional(lists.surnames[character])
    before, after = text[max(0, at - 5):at].rstrip(" \u3000"), text[at + 1:at + 5]
    if before.endswith("姓") and not before.endswith(("百姓", "同姓", "老姓")) and not after.startswith(("名", "氏")):
        return Piece(at, at + 1, form, "name", _CERTAIN, "a surname after 姓")
    if text[max(0, at - 1):at] in _NUMERALS:
        return None
    if any(known(text[at - length:at + 1]) for length in (1, 2, 3) if at >= length and text[at - length] != "的"):
        return None
    office = any(_endings(before, lists.roles))
    border = not before or before[-1] in _LEADING or not "\u3400" <= text[at - 1] <= "\u9fff"
    title = lists.titles.match(text, at + 1)
    if title is not None and not (guarded and _KIND.match(text, title.end())):
        if border or office or not guarded:
            return Piece(at, at + 1, form, "name", _CERTAIN if border or office else _LIKELY, "a surname before a title")
    elif after.startswith("某"):
        if (border or office or not guarded) and not _SOME.match(after):
            return Piece(at, at + 1, form, "name", _CERTAIN, "a surname before 某")
    elif before[-1:] in _FAMILIAR and not guarded and not is_word(text[at:at + 2]) and not is_word(text[at:at + 3]):
        return Piece(at, at + 1, form, "name", _LIKELY, "a surname after 老, 小 or 阿")
    return None


def _endings(text: str, roles: frozenset[str]) -> Iterator[str]:
    return (text[-length:] for length in (1, 2, 3, 4, 5) if text[-length:] in roles)


def _bylines(text: str, chain: Chain) -> Iterator[Piece]:
    """Names in a byline or credit; only what begins with a common word is none there (编辑 后勤部)."""
    lists = names()
    *credits, signature = _credits()
    for pattern in (*credits, signature):
        for match in pattern.finditer(text):
            group = match.lastindex or 1
            for token in re.finditer(_NAME, match.group(group)):
                name = "".join(token.group().split())
                telling = any(character in lists.given for character in name) or name[0] in lists.surnames
                if pattern is signature:
                    telling = telling and lists.common.issuperset(name[1:]) and lists.surname.match(name) is not None
                if telling and max(frequency(name) or 0.0, frequency(name[:2]) or 0.0) < _COMMON:
                    start, length = match.start(group) + token.start(), len(token.group())
                    yield name_piece(text, start, length, chain, _CERTAIN, "a name in a byline")


def name_piece(text: str, at: int, length: int, chain: Chain, confidence: float, why: str) -> Piece:
    lists = names()
    word = text[at:at + length]
    given = lists.given if not word.endswith("有余") else {}  # a wish, not a name of its own: 姜有餘
    out = "".join(
        chain.regional(form) if form else chain.finish(character)
        for character, form in [
            (word[0], lists.surnames.get(word[0])), *((character, given.get(character)) for character in word[1:])
        ]
    )
    return Piece(at, at + length, out, "name", confidence, why)
