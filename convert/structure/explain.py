"""Why a unit has its role, in words: the features that told for it most."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from convert.issue import Role
from convert.structure.state import State

MOST = 3
"""Signs named at most."""


@cache
def phrases() -> dict[str, str]:
    """Feature to words, from `phrases.toml`."""
    return {
        str(name): str(words)
        for name, words in tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8")).items()
    }


def reason(role: str, told: dict[str, float]) -> str:
    """A sentence naming the signs; `told` is what each sign contributed to the role, in nats: of the line itself by the name of
    the feature, of its neighbours with `above ` or `below ` before it."""
    signs = sorted((name for name in told if told[name] > 0.4 and name.split()[-1] in phrases()), key=lambda name: -told[name])
    if not signs:
        return f"{role}: nothing else fits between its neighbours."
    return f"{role}: {', '.join(map(_phrase, signs[:MOST]))}."


def _phrase(sign: str) -> str:
    """A sign in words, with the line it is seen in where that is another."""
    *where, name = sign.split()
    said = phrases()[name]
    return f"the line {where[0]} it: {said}" if where else said


def complete(state: State) -> None:
    """A role that a later pass gave is told too: the last reason about the role of a block names the role it has."""
    last = {id(unit): why for unit, what, why in state.reasons if what == "role"}
    for unit in state.units:
        said = last.get(id(unit), "")
        named = said.partition(":")[0]
        if unit.role is Role.PARAGRAPH and (not said or unit.kind == "pull-quote"):
            continue
        if named != unit.role and not (named == "signature" and unit.role is Role.BYLINE):
            before = f"; on its own it looked like a {named}" if named else ""
            state.because(unit, "role", f"{unit.role}: by where it stands among the lines around it{before}.")
