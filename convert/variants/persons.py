"""Is this a person?  A surname of two forms and a given name weighed by what stands around them, on a logistic scale.

余 in 余敏 is a surname, in 余下 none.  No single thing tells; every one here (an office before, words of saying behind, a
column of names, characters people are called by, a word that covers the place) has a weight fitted on lines of our own
(`tools/fit_persons.py`, `data/press/persons.toml`).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from convert.variants import press
from convert.variants.packed import frequency

BELIEVED = 0.5
"""Probability from which a name is taken for one."""

ASKED, SURE = 0.25, 0.75
"""Probabilities between which the editor is asked, whichever way it was decided."""

FEATURES = (
    "bias", "guarded", "family", "two", "common", "uncommon", "word-head", "word-name", "word-given", "runs-on", "inside",
    "inside-long", "function", "office", "unit", "list-before", "list-after", "border-before", "line-before", "leads",
    "border-after", "line-after", "cell", "title", "speech", "acts", "plain-verb", "facts", "again", "time", "full", "place",
    "named", "named-guarded", "named-office", "longer", "head-office",
)
_NEVER = frozenset("的了是在和与及也都就又已每等这那其此我你他她它们个，。、；：！？（）“”《》")
"""Second characters of no name: most of what stands behind 后 and 于 is sorted out here."""
_IN = frozenset("里上下")
"""What stands behind a word of a place and in few names: 谷地里."""
_SPACES = " \u3000\t"
_HAN = re.compile("[\u3400-\u9fff]")


@dataclass(frozen=True)
class Model:
    """Weights and the lists behind the features."""

    weights: Mapping[str, float]
    offices: frozenset[str]
    units: tuple[str, ...]
    leads: tuple[str, ...]
    titles: re.Pattern[str]
    speech: re.Pattern[str]
    acts: re.Pattern[str]
    plain: re.Pattern[str]
    facts: re.Pattern[str]
    given: frozenset[str]


@dataclass(frozen=True)
class People:
    """Characters of names: surnames of two forms, those that are also function words, given names, all families."""

    surnames: Container[str]
    guarded: Container[str]
    common: frozenset[str]
    families: frozenset[str]
    office: Callable[[str], bool]


@cache
def model() -> Model:
    """The weights and lists, read when first needed."""
    import tomllib

    data = tomllib.loads((press.FOLDER / "press/persons.toml").read_text("utf-8"))
    words = {name: data["words"][name].split() for name in data["words"]}

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile("|".join(sorted(map(re.escape, words[name]), key=len, reverse=True)))

    return Model(
        data["weights"], frozenset(words["offices"]), tuple(words["units"]), tuple(words["leads"]), any_of("titles"),
        any_of("speech"), any_of("acts"), any_of("plain"), re.compile(data["facts"]["expression"]), frozenset(words["given"]),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a name, with the probability, 0..1, that it is one."""

    start: int
    end: int
    probability: float


class Reader:
    """Weighs the candidates of one text.  `known` says whether a string is a word,
    `ordinary` whether it is one in which the first character is no surname."""

    def __init__(
        self, text: str, people: People, known: Callable[[str], bool], ordinary: Callable[[str], bool],
        starts: Sequence[int],
    ) -> None:
        self.text, self.people, self.known, self.ordinary = text, people, known, ordinary
        self.model = model()
        self._often = Counter(text[at:at + length] for at in starts for length in (2, 3) if at + length <= len(text))

    def best(self, at: int) -> Candidate | None:
        """The likelier of the names of two and three characters that may begin at a place."""
        found = [candidate for length in (3, 2) if (candidate := self._weigh(at, length)) is not None]
        return max(found, key=lambda candidate: candidate.probability, default=None)

    def _weigh(self, at: int, length: int) -> Candidate | None:
        text = self.text
        name = text[at:at + length]
        if len(name) < length or not name.isalpha() or name.isascii():
            return None
        features = self.features(at, length)
        if features is None:
            return None
        weights, score = self.model.weights, 0.0
        for key, value in features.items():
            if value:
                score += weights[key] * value
        return Candidate(at, at + length, 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))))

    def features(self, at: int, length: int) -> dict[str, float] | None:
        """What speaks for a name there and against it; None where nothing but a word can stand."""
        text, people, known, lists = self.text, self.people, self.known, self.model
        end = at + length
        name = text[at:end]
        common = sum(map(people.common.__contains__, name[1:]))
        if not common or (length == 3 and (name[1] in _NEVER or (name[2] in _IN and known(name[:2])))):
            return None
        near = text[max(0, at - 6):at]
        before = near.rstrip(_SPACES)
        gap = len(near) > len(before)
        office = bool(before) and (_ends(before, lists.offices) or people.office(before))
        after = text[end:end + 8]
        title, speech, acts = (
            expression.match(after) is not None for expression in (lists.titles, lists.speech, lists.acts)
        )
        inside = at > 0 and not office and text[at - 1] != "的" and known(text[at - 1:at + 1])
        if inside and not (length == 3 == common + 1 and (title or speech or acts)):
            return None
        if inside and known(name[1:]) and name[1:] not in lists.given:
            return None  # 其余|敏感|问题: words on both sides of the border
        rest = after.lstrip(_SPACES)
        out: dict[str, float] = {"bias": 1.0, "common": common / (length - 1)}
        out["uncommon"] = float(length - 1 - common)
        out["two"] = float(length == 2)
        out["guarded"] = float(name[0] in people.guarded)
        out["family"] = float(name[0] not in people.surnames)
        out["word-head"] = float(length == 3 and self.ordinary(name[:2]))
        out["word-name"] = float(self.ordinary(name))
        given = (frequency(name[1:]) or 0.0) if length == 3 else 0.0  # 卫国, 小妹: words, and names; 于 + word is another matter
        named = length == 3 and name[1:] in lists.given
        given = 0.0 if named else given
        out["longer"] = float(any(known(text[at + 1:end + more]) for more in (1, 2) if end + more <= len(text)))
        out["head-office"] = float(office and out["word-head"] and not out["guarded"] and length == common + 1)
        out["named"], out["named-office"] = float(named), float(named and office)
        out["named-guarded"] = float(named and name[0] in people.guarded)
        out["word-given"] = (given if out["guarded"] else max(0.0, given - 6)) / 10
        out["runs-on"] = (frequency(name[-1] + after[0]) or 0.0) / 10 if _HAN.match(after) else 0.0
        out["inside"] = float(inside)
        out["inside-long"] = float(at > 1 and not office and known(text[at - 2:at + 1]))
        out["function"] = float(length == 2 and (frequency(name[1]) or 0.0) > 9.5)
        out["office"] = float(office)
        out["unit"] = float(gap and not office and before.endswith(lists.units))
        out["line-before"] = float(not before or before[-1] == "\n")
        out["border-before"] = float(gap or not before or not before[-1].isalnum())
        out["leads"] = float(before.endswith(lists.leads))
        out["line-after"] = float(not rest or rest[0] == "\n")
        out["border-after"] = float(not rest or rest is not after or not rest[0].isalnum())
        out["cell"] = float((gap and out["border-after"] > 0) or (bool(out["border-before"]) and 0 < len(rest) < len(after)))
        out["list-before"] = float(self._neighbour(before, gap, near))
        out["list-after"] = float(self._following(rest, len(rest) < len(after)))
        out["title"], out["speech"], out["acts"] = float(title), float(speech), float(acts)
        out["plain-verb"] = float(lists.plain.match(after) is not None)
        out["facts"] = float(lists.facts.match(text[end:end + 16]) is not None)
        out["again"] = float(self._often[name] > 1 and not out["word-name"])
        out["place"] = float(not office and name[-1] in "路街道巷弄村庄屯寨乡镇县市区沟桥站港岛湖")
        plain = not (out["family"] or out["guarded"] or out["word-head"] or out["word-name"])
        out["full"] = float(length == 3 == common + 1 and plain and not (out["runs-on"] or out["longer"]))
        out["time"] = float((not office or out["guarded"] > 0) and name[-1] in "日月年午晚时前后间季初底末晨夜夕昏")
        return out

    def _neighbour(self, before: str, gap: bool, near: str) -> bool:
        """Whether a name stands before in a list: 王建平、余敏 or 王建平 余敏."""
        if before.endswith("、"):
            before = before[:-1]
        elif not gap:
            return False
        token = re.split(r"[^\u3400-\u9fff]", before)[-1]
        return self._likely(token)

    def _following(self, rest: str, gap: bool) -> bool:
        if rest.startswith("、"):
            rest = rest[1:].lstrip(_SPACES)
        elif not gap:
            return False
        found = re.match(r"[\u3400-\u9fff]{2,4}", rest)
        return found is not None and self._likely(found.group())

    def _likely(self, token: str) -> bool:
        """Whether a token by itself looks like a name."""
        if not 2 <= len(token) <= 3 or token[0] not in self.people.families:
            return False
        return self.people.common.issuperset(token[1:]) and (frequency(token) or 0.0) < 4.0


def _ends(text: str, words: Container[str]) -> bool:
    return any(text[-length:] in words for length in (1, 2, 3, 4, 5) if length <= len(text))


def candidates(reader: Reader, starts: Sequence[int]) -> Iterator[Candidate]:
    """The names believed in and those to ask about, each with its probability."""
    for at in starts:
        found = reader.best(at)
        if found is not None and found.probability >= ASKED:
            yield found
