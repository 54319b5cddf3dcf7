"""Weights of the scoring rules, fitted by tools/fit_proofreader.py and kept as data with how they were made."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files


@cache
def load(rule: str, features: tuple[str, ...]) -> tuple[float, ...]:
    """The weights of `rule` for its `features`, in their order."""
    table = tomllib.loads(files(__package__).joinpath("data/weights.toml").read_text("utf-8"))[rule]
    return tuple(float(table[feature]) for feature in features)


def probability(features: Sequence[float], weights: Sequence[float]) -> float:
    """The logistic function of the weighted sum."""
    total = sum(map(float.__mul__, features, weights))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
