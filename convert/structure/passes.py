"""The table of passes, in the order they run.  Adding a pass is one function and one row."""

from __future__ import annotations

from collections.abc import Callable

from convert.structure import (
    articles,
    broken,
    captions,
    explain,
    fragments,
    furniture,
    gathered,
    heads,
    joins,
    kinds,
    merged,
    private,
    roles,
    unreadable,
)
from convert.structure.state import State

Pass = Callable[[State], None]

PASSES: tuple[tuple[str, Pass], ...] = (
    ("read", fragments.read),
    ("private", private.ask),
    ("split", merged.part),
    ("join", joins.pair),
    ("roles", roles.assign),
    ("broken", broken.mend),
    ("unreadable", unreadable.mark),
    ("gathered", gathered.restore),
    ("headlines", heads.restore),
    ("captions", captions.settle),
    ("articles", articles.open_articles),
    ("untitled", articles.untitled),
    ("kinds", kinds.settle),
    ("levels", articles.levels),
    ("metadata", furniture.metadata),
    ("reasons", explain.complete),
)
