"""Why a unit has its role, in words: the features that told for it most."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

MOST = 3
"""Signs named at most."""


@cache
def phrases() -> dict[str, str]:
    """Feature to words, from `phrases.toml`."""
    return {
        str(name): str(words)
        for name, words in tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8")).items()
    }


def reason(role: str, found: dict[str, float], told: dict[str, float]) -> str:
    """A sentence naming the signs; `told` is what each feature contributed to the role, in nats."""
    known = phrases()
    signs = sorted((name for name in found if told.get(name, 0.0) > 0.4 and name in known), key=lambda name: -told[name])
    if not signs:
        return f"{role}: nothing else fits between its neighbours."
    return f"{role}: {', '.join(known[name] for name in signs[:MOST])}."
