"""Fit the weights of `convert/variants/persons.py` and write them into `convert/variants/data/press/persons.toml`.

    pip install numpy
    python -m tools.fit_persons

Text: our own lines (tests/variants/data/persons.txt and ordinary.txt), the odd ones to fit, the even ones to test; prints
what each half gets wrong.  Binary logistic regression with a ridge that pulls towards the hand-set priors below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from convert.options import VariantOptions
from convert.variants import convert_text, names, persons, plan, press
from tools import logit

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "convert/variants/data/press/persons.toml"
FOLDER = ROOT / "tests/variants/data"
OPTIONS = VariantOptions(register="plain", quotes=False)
ORDINARY = 4.0
"""Weight of a stretch that is no name: a word taken for a name costs more than a name not seen."""
PRIORS = {
    "bias": -4.5, "guarded": -1.5, "family": -1.0, "two": -0.8, "common": 1.5, "uncommon": -1.0, "word-head": -1.5,
    "word-name": -2.0, "word-given": -2.0, "runs-on": -1.5, "inside": -3.0, "inside-long": -2.0, "function": -1.0,
    "office": 3.0, "unit": 2.5, "list-before": 2.0, "list-after": 2.0, "border-before": 1.2, "line-before": 0.3, "leads": 0.7,
    "border-after": 0.8, "line-after": 0.8, "cell": 1.0, "title": 2.5, "speech": 2.5, "acts": 2.0, "plain-verb": 0.3,
    "facts": 3.0, "again": 1.0, "time": -2.0, "full": 1.5, "place": -1.5, "named": 1.0, "named-guarded": -0.5,
    "named-office": 0.5, "longer": -3.0, "head-office": 2.5,
}


def lines(name: str) -> Iterator[tuple[str, set[tuple[int, int]]]]:
    """Every line without its brackets, and where the names in brackets are."""
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, found, at = "", set(), 0
        for match in re.finditer(r"\[([^\]]*)\]", line):
            text += line[at:match.start()]
            found.add((len(text), len(text) + len(match.group(1))))
            text += match.group(1)
            at = match.end()
        yield text + line[at:], found


def examples(half: int) -> Iterator[tuple[dict[str, float], bool, str]]:
    """Features of every stretch that may be a name, and whether it is one."""
    known = plan.resolver_for("s2tw", "press").knows
    chain = press.chain("s2tw", "press")
    word = names.ordinary(chain, known)
    for name in ("persons.txt", "ordinary.txt"):
        for number, (text, found) in enumerate(lines(name)):
            if number % 2 != half:
                continue
            starts, converted = names.starts(text), convert_text(text, "tw", OPTIONS, language="zh-Hans").text
            reader = persons.Reader(text, names.people(), known, word, starts)
            for at in starts:
                for length in (3, 2):
                    if at + length > len(text) or not text[at:at + length].isalpha():
                        continue
                    features = reader.features(at, length)
                    right = (at, at + length) in found
                    inside = any(low <= at < high for low, high in found)
                    if text[at + 1:at + 2] == "某" or names.names().titles.match(text, at + 1):
                        continue  # a surname before a title is not weighed
                    if features is None:
                        if right:
                            print("not looked at:", text[at:at + length], "in", text)
                        continue
                    name = names.name_piece(text, at, length, chain, 0.5, "").out
                    if right or not (inside or name == converted[at:at + length]):
                        yield features, right, f"{text[at:at + length]} in {text}"


def words(folder: Path) -> Iterator[tuple[dict[str, float], bool, str]]:
    """Features of what is no name on pages with answers (`tests/variants/data/press`)."""
    known, chain = plan.resolver_for("s2tw", "press").knows, press.chain("s2tw", "press")
    for path in sorted(folder.glob("*.cn.txt")):
        text = path.read_text("utf-8")
        want = path.with_name(path.name.replace(".cn.", ".tw.")).read_text("utf-8")
        starts = names.starts(text)
        reader = persons.Reader(text, names.people(), known, names.ordinary(chain, known), starts)
        for at in starts:
            for length in (3, 2):
                if text[at:at + length].isalpha() and (features := reader.features(at, length)) is not None:
                    name = names.name_piece(text, at, length, chain, 0.5, "").out
                    if name != want[at:at + length]:
                        yield features, False, f"{text[at:at + length]} in {text[max(0, at - 8):at + 8]!r}"


def main() -> None:
    """Fit, write, and say what each half gets wrong."""
    keys = list(persons.FEATURES)
    prior = np.array([PRIORS[key] for key in keys])
    rows = [*examples(0), *words(FOLDER / "press")]
    x = np.array([[features.get(key, 0.0) for key in keys] for features, _, _ in rows])
    hit = np.array([float(right) for _, right, _ in rows])
    weight = np.where(hit > 0, 1.0, ORDINARY)
    fitted = logit.fit(x, np.arange(len(rows)), hit, weight, prior, np.ones(len(keys), bool), 1.0)
    for half in (0, 1):
        wrong = [0, 0]
        size = [0, 0]
        for features, right, where in examples(half):
            score = float(np.array([features.get(key, 0.0) for key in keys]) @ fitted)
            size[right] += 1
            if (score >= 0) != right:
                wrong[right] += 1
                print("missed" if right else "WRONG", f"{score:.1f}", where, " ".join(key for key in features if features[key]))
        print(f"{'fitted' if half == 0 else 'tested'}: {wrong[1]} of {size[1]} names missed, {wrong[0]} of {size[0]} words taken")
    text = TARGET.read_text("utf-8")
    table = "".join(f"{key} = {value:.2f}\n" for key, value in zip(keys, fitted, strict=True))
    TARGET.write_text(text[:text.index("[weights]")] + "[weights]\n" + table, "utf-8")


if __name__ == "__main__":
    main()
