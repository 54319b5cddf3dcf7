"""Features of a unit: what a line looks like, each a name and a value.  The weights are in `weights.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from convert.structure.reading import is_closed, length
from convert.structure.state import Place, Unit

LENGTHS = ((4, "to4"), (7, "to7"), (12, "to12"), (18, "to18"), (24, "to24"), (32, "to32"), (45, "to45"), (70, "to70"))
"""Upper bounds of the length classes, in characters; longer ones are `long`."""


@dataclass(frozen=True)
class Words:
    """The patterns of `words.toml`, compiled."""

    patterns: dict[str, re.Pattern[str]]
    colophon: tuple[re.Pattern[str], ...]
    drop: tuple[re.Pattern[str], ...]
    surnames: frozenset[str]


@cache
def words() -> Words:
    """Read `words.toml`, once a process."""
    table: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    patterns = {name: re.compile(value) for name, value in table["patterns"].items()}
    surname = f"[{table['names']['surnames']}]"
    credit = table["byline"]["credit"].replace("SURNAME", surname)
    patterns["signed"] = re.compile(table["byline"]["signed"].replace("SURNAME", surname))
    patterns["byline"] = re.compile(f"{table['byline']['strong']}|{credit}")
    patterns["org"] = re.compile(table["byline"]["org"])
    patterns["related"] = re.compile(table["drop"]["related"])
    patterns["photo"] = re.compile(table["caption"]["strong"])
    patterns["scene"] = re.compile(table["caption"]["scene"])
    patterns["lead"] = re.compile(table["article"]["lead"])
    return Words(
        patterns,
        tuple(re.compile(hit) for hit in table["colophon"]["hits"]),
        tuple(re.compile(hit) for hit in table["drop"]["hits"]),
        frozenset(table["names"]["surnames"]),
    )


_DIGITS = "〇一二三四五六七八九十"
_ORDINAL = re.compile("^([（(]?)([一二三四五六七八九十]|[0-9]{1,2}|[①-⑩])([）)、.．]?)(?![0-9年月日])")


def ordinal(text: str) -> tuple[str, int] | None:
    """The style and value of the number a line begins with: （三） is ("（）", 3)."""
    match = _ORDINAL.match(text)
    if match is None:
        return None
    value = match.group(2)
    number = int(value) if value.isdecimal() else _DIGITS.find(value) if value in _DIGITS else ord(value) - ord("①") + 1
    return match.group(1) + ("1" if value.isdecimal() else "一") + match.group(3), number


DISPLAY = 1.25
"""Size against the body's from which no running text is set."""
FULL = 15
"""Characters from which a line that fills its column is hardly a heading by chance."""
PICTURE = 4.0
"""Ems of white over a line in which a picture may stand."""
_CLASS = re.compile("（[0-9一二三四五六七八九十]{1,2}）(?=班)")
"""The number of a class: 初一（1）班."""
BOXED = 24
"""Characters of a byline after a box at most."""
SHORT = 70
"""Characters above which a unit is body text, and only signs that a paragraph may show are looked for."""

_ALWAYS = ("numbered1", "numbered2", "numbered3", "serial", "question", "reply", "answer", "report", "entry", "lead")
_SHORT_ONLY = (
    "dash",
    "book",
    "salutation",
    "source_line",
    "date_only",
    "closing",
    "leader",
    "separator",
    "fact",
    "verdict",
    "figures",
    "byline",
    "related",
    "photo",
    "scene",
    "listing",
    "bracketed",
    "page_number",
    "formula",
    "bullet",
    "notice",
    "sponsor",
    "note",
    "wish",
)


_BOX = re.compile("^[□■○●◇◆△▲☆★◎]+ ?(?=[㐀-鿿])")
"""What stands before the name of a writer."""

_SIGNS = ("names", "office_and_names", "signed", "org", "date_only", "source_line", "byline")
"""What a signature shows at least one of."""


def features(unit: Unit) -> dict[str, float]:
    """Names and values of what is seen in the unit itself."""
    text = unit.text
    size = length(text)
    known = words()
    found: dict[str, float] = {next((name for limit, name in LENGTHS if size <= limit), "long"): 1.0}
    if is_closed(text):
        found["closed"] = 1.0
    elif text[-1:] in "，、；（-+=×÷/":
        found["hanging"] = 1.0
    elif text[-1:] == "：":
        found["colon"] = 1.0
    else:
        found["bare"] = 1.0
    if any(stop in text[:-2] for stop in "。！？"):
        found["sentences"] = 1.0
    if "，" in text:
        found["comma"] = 1.0
    if text[-1:] in "？！":
        found["asks"] = 1.0
    if unit.blanks == 3:
        found["three_blanks"] = 1.0
    if unit.interrupts:
        found["interrupts"] = 1.0
        if unit.blanks == 3:
            found["framed"] = 1.0
    patterns = known.patterns
    for name in _ALWAYS if size > SHORT else _ALWAYS + _SHORT_ONLY:
        if patterns[name].search(text):
            found[name] = 1.0
    if size <= SHORT:
        found["colophon_hits"] = float(min(3, sum(bool(hit.search(text)) for hit in known.colophon)))
        found["drop_hits"] = float(min(2, sum(bool(hit.search(text)) for hit in known.drop)))
        boxed = _BOX.sub("", text) if "bullet" in found or text[:1] in "□■" else text
        if boxed != text and size <= BOXED and "closed" not in found:
            found["boxed"] = 1.0
        if is_names(boxed):
            found["names" if len(boxed.split()) == 1 else "office_and_names"] = 1.0
        elif size <= 12 and patterns["signed"].search(text):
            found["signed"] = 1.0
        elif size <= 20 and "closed" not in found and patterns["org"].search(text):
            found["org"] = 1.0
        if found.keys().isdisjoint(_SIGNS) and "page_number" not in found:
            found["nameless"] = 1.0
        if size <= 6 and patterns["column"].search(text):
            found["column"] = 1.0
            found.pop("names", None)
        numbered = "numbered1" in found or "numbered2" in found
        if "bare" in found and size <= 36 and numbered and text[-1:] != "）" and not ("：" in text and "，" in text):
            found["numbered_bare"] = 1.0
    if unit.hint is not None:
        found[f"says_{unit.hint}"] = 1.0
    if unit.place_says is not None:
        found.update(_place(unit.place_says))
        if unit.place_says.full and size >= FULL and found.pop("numbered_bare", None):
            found["numbered_full"] = 1.0
    return found


def _place(place: Place) -> dict[str, float]:
    """What size, indent and centring say."""
    found: dict[str, float] = {}
    scale = place.scale
    if scale is None:
        return {"full_line": 1.0} if place.full and place.indented is not None else {}
    name = "large" if scale > 1.6 else "bigger" if scale > 1.1 else "smaller" if scale < 0.97 else "body_size"
    found[name] = 1.0
    if DISPLAY < scale <= 1.6:
        found["display"] = 1.0
    if place.aside:
        found["aside"] = 1.0
    if place.above is not None and place.above > PICTURE:
        found["under_picture"] = 1.0
    if place.centered:
        found["centered"] = 1.0
    if place.vertical:
        found["vertical"] = 1.0
    if place.indented and name == "body_size" and not place.centered:
        found["indented"] = 1.0
    return found


def is_names(text: str) -> bool:
    """Whether a line ends in a person's name and holds nothing but names and offices: 江小鱼, 借阅部 吴小满."""
    text = _CLASS.sub("", text)
    parts = text.split()
    if not parts or len(text) > 24 or any(mark in text for mark in "，。；：！？“”、（《0123456789"):
        return False
    last = parts[-1]
    surname = last[0] in words().surnames
    return 2 <= len(last) <= 3 and surname and (len(parts) > 1 or len(last) <= 3)
