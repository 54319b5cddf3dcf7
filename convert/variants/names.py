"""Surnames that are also everyday characters: 于阿姨, 记者 范…, 姓余.  Kept only where a title, an office or 姓 shows them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

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
_TIMES = frozenset("日月年午晚天时前后间夜周季初底末")
_SOME = re.compile("某[日地种个年月处时天国一些]")
_VERBS = frozenset("游涂")
_FAMILIAR = frozenset("老小阿")
_NUMERALS = frozenset("一二两三四五六七八九十百千万亿0123456789")
_COMMON = math.log(100)
"""Logarithm of the occurrences from which a string is a word even in a byline."""
_CERTAIN, _LIKELY = 0.97, 0.93


@dataclass(frozen=True)
class Names:
    """The lists of `data/press/names.toml`."""

    surnames: Mapping[str, str]
    guarded: frozenset[str]
    given: Mapping[str, str]
    common: frozenset[str]
    roles: frozenset[str]
    titles: re.Pattern[str]
    verbs: re.Pattern[str]
    speech: re.Pattern[str]
    writes: re.Pattern[str]
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
        frozenset(data["before"]["roles"].split()),
        re.compile("|".join(sorted(map(re.escape, data["after"]["titles"].split()), key=len, reverse=True))),
        re.compile("|".join(map(re.escape, data["after"]["verbs"].split())) + f"|{_OTHER}|$"),
        re.compile("|".join(map(re.escape, data["after"]["speech"].split()))),
        re.compile("(?:主编|编著|著|译|撰|绘)(?=[，。；、）)]|$)"),
        re.compile(f"[{''.join(surnames)}]|[{characters['families']}](?=.?[{''.join(given)}])"),
    )


def find(text: str, chain: Chain, known: Callable[[str], bool]) -> Iterator[Piece]:
    """Pieces for the names of the text.  `known` says whether a string is a word of the language."""
    lists = names()
    yield from _bylines(text, chain)

    def ordinary(word: str) -> bool:
        """Whether the string is a word in which the character is no surname (余下, not 于海)."""
        return known(word) and chain.finish(word)[:1] != chain.regional(lists.surnames[word[0]])

    matches = list(lists.surname.finditer(text))
    often = Counter(text[match.start():match.start() + 3] for match in matches)
    for match in matches:
        at, character = match.start(), match.group()
        if character not in lists.surnames:  # any family's name: only a given name that asks for care is looked at
            length = next((n for n in (3, 2) if _person(text, at, n, lists, known)), 0)
            if length:
                yield _name(text, at, length, chain, _LIKELY, "a name after an office")
            continue
        form = chain.regional(lists.surnames[character])
        before, after = text[max(0, at - 5):at].rstrip(" \u3000"), text[at + 1:at + 5]
        if before.endswith("姓") and not before.endswith(("百姓", "同姓", "老姓")) and not after.startswith(("名", "氏")):
            yield Piece(at, at + 1, form, "name", _CERTAIN, "a surname after 姓")
            continue
        word = any(known(text[at - length:at + 1]) for length in (1, 2, 3) if at >= length)
        office = any(before.endswith(role) for role in _endings(before, lists.roles))
        border = not before or before[-1] in _LEADING or not "\u3400" <= text[at - 1] <= "\u9fff"
        word = word or before[-1:] in _NUMERALS
        if _called(text, at, lists, office, border, word, ordinary, known, often):
            yield _name(text, at, 3, chain, _LIKELY, "a surname and a given name")
            continue
        if border and not word and _speaker(text, at, lists, known):
            yield _name(text, at, 2, chain, _LIKELY, "a name before what persons do")
            continue
        if character not in lists.guarded and not ordinary(text[at:at + 2]) and _person(text, at, 2, lists, known):
            yield _name(text, at, 2, chain, _LIKELY, "a name after an office")
            continue
        if lists.titles.match(after):
            if not word and (border or office or character not in lists.guarded):
                yield Piece(at, at + 1, form, "name", _CERTAIN if border or office else _LIKELY, "a surname before a title")
        elif after.startswith("某"):
            near = border or office or character not in lists.guarded
            if near and not word and not _SOME.match(after):
                yield Piece(at, at + 1, form, "name", _CERTAIN, "a surname before 某")
        elif before[-1:] in _FAMILIAR and character not in lists.guarded:
            if not word and not ordinary(character + after[:1]) and not ordinary(character + after[:2]):
                yield Piece(at, at + 1, form, "name", _LIKELY, "a surname after 老, 小 or 阿")
        elif office and not ordinary(character + after[:1]) and not ordinary(character + after[:2]):
            for length in (2, 1):
                given, rest = after[:length], text[at + 1 + length:at + 4 + length]
                rare = character not in lists.guarded or (frequency(given) or 0.0) < _COMMON
                follows = lists.verbs if rare else lists.speech
                whole = len(given) == length and given.isalpha() and given[-1] not in _TIMES
                if whole and follows.match(rest) and not known(given[-1] + rest[:1]):
                    yield _name(text, at, length + 1, chain, _LIKELY, "a name after an office")
                    break


def _person(text: str, at: int, length: int, lists: Names, known: Callable[[str], bool]) -> bool:
    """Whether a name of that length stands behind an office, its last character no beginning of a word."""
    name, before = text[at:at + length], text[max(0, at - 5):at].rstrip(" \u3000")
    if len(name) < length or not lists.common.issuperset(name[1:]) or known(name) or known(name[:2]) or known(name[1:3]):
        return False
    if known(name[-1] + text[at + length:at + length + 1]) or name[-1] in _TIMES:
        return False
    return any(_endings(before, lists.roles)) or lists.writes.match(text, at + length) is not None


def _speaker(text: str, at: int, lists: Names, known: Callable[[str], bool]) -> bool:
    """Whether a name of two characters stands before what only persons do (于蕾说)."""
    given = text[at + 1:at + 2]
    if given not in lists.common or lists.speech.match(text, at + 2) is None:
        return False
    return not known(text[at:at + 2]) and not known(text[at + 1:at + 3])


def _called(
    text: str, at: int, lists: Names, office: bool, border: bool, word: bool, ordinary: Callable[[str], bool],
    known: Callable[[str], bool], often: Mapping[str, int],
) -> bool:
    """Whether a full name of three characters stands at `at`: 余丽华 wherever it is, 谷雨薇 behind an office.

    Two characters people are called by must follow the surname, and one thing more must speak for a person: an office
    before, what only persons do behind, or the same three characters again in the text, none of them inside a word.
    Behind an office one such character is enough where no word stands there.
    """
    name = text[at:at + 3]
    likely = sum(map(lists.common.__contains__, name[1:]))
    if len(name) < 3 or not likely or not name.isalpha() or name[2] in _TIMES:
        return False
    guarded = name[0] in lists.guarded
    if office and not guarded and likely == 2:
        return True
    if word or ordinary(name[:2]) or ordinary(name):
        return False
    if likely == 1:
        return office and not guarded and not known(text[at + 2:at + 4])
    speaks = bool(lists.speech.match(text, at + 3) or lists.titles.match(text, at + 3))
    if guarded:
        return office or (border and speaks)
    return speaks or often[name] > 1 or (border and name[0] not in _VERBS)


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
                    yield _name(text, start, length, chain, _CERTAIN, "a name in a byline")


def _name(text: str, at: int, length: int, chain: Chain, confidence: float, why: str) -> Piece:
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
