"""Structure: from sources to an issue.  Lines become units, units find their order, roles and articles."""

from __future__ import annotations

from collections.abc import Sequence

from convert.issue import Issue
from convert.options import ParseOptions
from convert.source import Source


def structure(sources: Sequence[Source], options: ParseOptions) -> Issue:
    """Run the passes of `passes.PASSES` over all sources as one issue, and assemble what they found.

    The result keeps both laws: every non-white character of every source is in one block, every change in the ledger.
    """
    from convert.structure import language
    from convert.structure.assemble import assemble
    from convert.structure.lexis import Lexis
    from convert.structure.passes import PASSES
    from convert.structure.reading import reading
    from convert.structure.state import State

    script = language.detect(source.text for source in sources)
    lexis = Lexis((reading(source.text) for source in sources), script.startswith("zh-Hant"))
    state = State(tuple(sources), options, script, lexis)
    for _, run in PASSES:
        run(state)
    return assemble(state)
