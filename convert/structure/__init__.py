"""Structure: from sources to an issue.  Lines become units, units find their order, roles and articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from convert.issue import Issue
from convert.options import ParseOptions
from convert.source import Source

if TYPE_CHECKING:
    from convert.structure.state import State


def structure(sources: Sequence[Source], options: ParseOptions) -> Issue:
    """Run the passes of `passes.PASSES` over all sources as one issue, and assemble what they found.

    The result keeps both laws: every non-white character of every source is in one block, every change in the ledger.
    """
    from convert.structure.assemble import assemble

    return assemble(passed(sources, options))


def passed(sources: Sequence[Source], options: ParseOptions, before: str = "") -> State:
    """The page as the passes leave it: all of them, or those before the one named `before`, as the fits of tools/ need it."""
    from convert.structure import language
    from convert.structure.lexis import Lexis
    from convert.structure.passes import PASSES
    from convert.structure.reading import reading
    from convert.structure.state import State

    script = language.detect(source.text for source in sources)
    lexis = Lexis((reading(source.text) for source in sources), script.startswith("zh-Hant"))
    state = State(tuple(sources), options, script, lexis)
    for name, run in PASSES:
        if name == before:
            break
        run(state)
    return state
