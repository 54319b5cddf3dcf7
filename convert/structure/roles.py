"""Roles: one decision for the whole page, the most probable sequence under weights, trees and what may follow what (Viterbi)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from convert.issue import Role
from convert.structure import context, explain, forest, kinds
from convert.structure.features import features
from convert.structure.state import State, Unit

STATES = (*map(str, Role), "signature")
"""The roles, and `signature`: a byline at the end of a letter or notice, which ends an article."""
_SIGNATURE = STATES.index("signature")
ROLES = (*Role, Role.BYLINE)
"""The role of each state."""

UNREADABLE = "unreadable"
"""Why a unit was dropped whose characters make no words."""
PAGE = frozenset({Role.COLOPHON, Role.DROP})
CERTAIN = 3.0
"""Nats by which a unit must look like furniture of the page to stand outside the sequence of roles."""


@dataclass(frozen=True)
class Model:
    """Weights by feature (one number per role, in the order of `STATES`), and transitions between roles."""

    weights: dict[str, tuple[float, ...]]
    bias: tuple[float, ...]
    start: tuple[float, ...]
    end: tuple[float, ...]
    step: tuple[tuple[float, ...], ...]


@cache
def model() -> Model:
    """The weights of `weights.toml`, read once a process."""
    return load(Path(__file__).with_name("weights.toml"))


def load(path: Path) -> Model:
    """Read a table of weights."""
    table = tomllib.loads(path.read_text("utf-8"))
    moves = table["transitions"]

    def row(weights: dict[str, float]) -> tuple[float, ...]:
        return tuple(float(weights.get(state, 0.0)) for state in STATES)

    return Model(
        {name: row(weights) for name, weights in table["features"].items()},
        row(table["bias"]),
        row(moves["start"]),
        row(moves["end"]),
        tuple(row(moves[state]) for state in STATES),
    )


def emissions(unit: Unit) -> list[float]:
    """How well each state fits what is seen in the unit alone."""
    return weigh(features(unit), model())


def weigh(found: dict[str, float], known: Model) -> list[float]:
    """Scores of the states for a set of features."""
    scores = list(known.bias)
    for name, value in found.items():
        weights = known.weights.get(name)
        if weights is not None and value:
            scores = [score + value * weight for score, weight in zip(scores, weights, strict=True)]
    return scores


def decode(table: list[list[float]], known: Model) -> list[int]:
    """The best path through `table`, one row of role scores a unit."""
    span = range(len(ROLES))
    scores = [a + b for a, b in zip(table[0], known.start, strict=True)]
    backs: list[list[int]] = []
    for row in table[1:]:
        back: list[int] = []
        now: list[float] = []
        for to in span:
            best, at = max((scores[come] + known.step[come][to], -come) for come in span)
            back.append(-at)
            now.append(best + row[to])
        backs.append(back)
        scores = now
    last = max(span, key=lambda role: scores[role] + known.end[role])
    path = [last]
    for back in reversed(backs):
        path.append(back[path[-1]])
    return path[::-1]


def path(table: list[list[float]], known: Model) -> list[int]:
    """The states of all units, one row of scores each."""
    out = apart(table)
    rest = iter(decode(left, known) if (left := [row for row, aside in zip(table, out, strict=True) if not aside]) else ())
    return [max(range(len(ROLES)), key=row.__getitem__) if aside else next(rest) for row, aside in zip(table, out, strict=True)]


def apart(table: list[list[float]]) -> list[bool]:
    """Which units stand out of the sequence.  What is certainly the page's own, in the midst of stories, says nothing of what may
    follow what: the text around it goes on without it."""
    best = [max(range(len(ROLES)), key=row.__getitem__) for row in table]
    out = [_certain(row, at) for row, at in zip(table, best, strict=True)]
    start = 0
    for at in range(len(out) + 1):
        if at < len(out) and out[at]:
            continue
        if start < at and (not start or at == len(out) or ROLES[best[start - 1]] in PAGE or ROLES[best[at]] in PAGE):
            out[start:at] = [False] * (at - start)
        start = at + 1
    return out


def _certain(row: list[float], best: int) -> bool:
    """Whether a unit is furniture whatever stands around it."""
    return ROLES[best] in PAGE and row[best] - max(score for at, score in enumerate(row) if ROLES[at] not in PAGE) >= CERTAIN


def assign(state: State) -> None:
    """Give every unit its role and kind, and say why where it is not plain text."""
    if not state.units:
        return
    seen = context.page(state)
    known, trees = model(), forest.forest()
    weighed = [weigh(found, known) for found in seen]
    chosen = path(forest.amend(weighed, seen, trees), known)
    for place, (unit, found, at) in enumerate(zip(state.units, seen, chosen, strict=True)):
        unit.role = ROLES[at]
        unit.kind = _kind(unit, found, at)
        if unit.role is Role.DROP and "page_number" in found:
            unit.reason = "page number"
        elif unit.role is Role.DROP and "illegible" in found:
            unit.reason = UNREADABLE
        if unit.role is not Role.PARAGRAPH:
            told = {name: value * known.weights[name][at] for name, value in found.items() if name in known.weights}
            if weighed[place][at] < max(weighed[place]):  # the trees had the last word
                for name, more in forest.told(seen, place, at, trees).items():
                    told[name] = told.get(name, 0.0) + more
            state.because(unit, "role", explain.reason(str(unit.role), told))


def _kind(unit: Unit, found: dict[str, float], at: int) -> str | None:
    """What is finer than the nine roles."""
    if at == _SIGNATURE:
        return "date" if "date_only" in found else "signature"
    if unit.role is Role.PARAGRAPH:
        return next((kind for name, kind in kinds.KINDS if name in found), None)
    return None
